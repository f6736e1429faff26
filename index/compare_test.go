package index

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/catalog"
)

func wantFlaws(t *testing.T, ix *Index, what string, want ...Flaw) {
	t.Helper()
	if got, err := ix.Compare(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: got %+v, %v, want %+v", what, got, err, want)
	}
}

func TestAnIndexIsWhatItsCatalogSays(t *testing.T) {
	f, dir := drawn(12, 40), t.TempDir()
	ix := f.open(t, dir, Options{})
	wantFlaws(t, ix, "new")
	for i := range int64(9) { // more pieces than are left unmerged
		f.put(i%3+1, "ja:雨が降る", "good-bye, don't go", "pl:Żegnaj", "", "...", "U.S.A. in 1,000 years")
		if i == 5 {
			f.forget(12)
		}
		if err := ix.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantFlaws(t, ix, "caught up")
	}
}

func TestAnIndexThatLostSomething(t *testing.T) {
	for what, c := range map[string]struct {
		spoil func(f *fake, lines []catalog.Line) []catalog.Line
		want  Flaw
	}{
		"a line":       {func(_ *fake, l []catalog.Line) []catalog.Line { return slices.Delete(l, 4, 5) }, Flaw{2, 0, 1, 0}},
		"all lines":    {func(*fake, []catalog.Line) []catalog.Line { return nil }, Flaw{2, 0, 5, 0}},
		"another line": {func(_ *fake, l []catalog.Line) []catalog.Line { l[4].ID += 7; return l }, Flaw{2, 1, 1, 0}},
		"a word":       {func(_ *fake, l []catalog.Line) []catalog.Line { l[0].Text = "never say yes"; return l }, Flaw{2, 0, 0, 1}},
		"a word twice": {func(_ *fake, l []catalog.Line) []catalog.Line { l[0].Text += " goodbye"; return l }, Flaw{2, 0, 0, 1}},
		"a speaker":    {func(_ *fake, l []catalog.Line) []catalog.Line { l[1].Speaker = "Sora"; return l }, Flaw{2, 0, 0, 1}},
		"a style":      {func(_ *fake, l []catalog.Line) []catalog.Line { l[1].Style = "Sign"; return l }, Flaw{2, 0, 0, 1}},
		"a language":   {func(_ *fake, l []catalog.Line) []catalog.Line { l[1].Lang, l[2].Lang = "pl", "de"; return l }, Flaw{2, 0, 0, 2}},
		"a shot":       {func(_ *fake, l []catalog.Line) []catalog.Line { l[2].Shot = 1; return l }, Flaw{2, 0, 0, 1}},
		"a time":       {func(_ *fake, l []catalog.Line) []catalog.Line { l[2].Start++; return l }, Flaw{2, 0, 0, 1}},
		"its end":      {func(_ *fake, l []catalog.Line) []catalog.Line { return slices.Concat(l, later(l)) }, Flaw{2, 5, 0, 0}},
		"an episode":   {func(f *fake, l []catalog.Line) []catalog.Line { f.lines[9], f.touched[9] = moved(l, 9), 1; return l }, Flaw{9, 5, 0, 0}},
	} {
		f := newFake()
		f.put(1, "rain")
		f.put(2, "never say goodbye", "hello", "and then", "it rained", "the end")
		ix := f.open(t, t.TempDir(), Options{})
		f.lines[2] = c.spoil(f, slices.Clone(f.lines[2])) // and no word of it in the journal
		wantFlaws(t, ix, what, c.want)
		if err := ix.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantFlaws(t, ix, what+", made anew")
	}
}

// later is the same lines under other IDs.
func later(lines []catalog.Line) []catalog.Line {
	all := slices.Clone(lines)
	for i := range all {
		all[i].ID += 1000
	}
	return all
}

func moved(lines []catalog.Line, episode int64) []catalog.Line {
	all := later(lines)
	for i := range all {
		all[i].Episode = episode
	}
	return all
}

func TestWhatChangesMeanwhileIsNoFlaw(t *testing.T) {
	f := newFake()
	f.put(1, "rain")
	f.put(2, "hello")
	ix := f.open(t, t.TempDir(), Options{})
	f.put(1, "snow")
	f.forget(2)
	f.put(3, "new")
	wantFlaws(t, ix, "changed since")
	f.lines[3] = later(f.lines[3])
	wantFlaws(t, ix, "changed since, whatever it is")
}

func TestADamagedIndexIsNotCompared(t *testing.T) {
	f, dir := drawn(5, 40), t.TempDir()
	ix := f.open(t, dir, Options{})
	files, err := filepath.Glob(filepath.Join(ix.snap.dir, "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := errors.Join(os.Chmod(files[0], 0o600), os.WriteFile(files[0], data, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Compare(t.Context()); !errors.Is(err, errDamaged) {
		t.Errorf("got %v", err)
	}
	if err := ix.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantFlaws(t, ix, "made anew")
	_ = ix.Close()
	if _, err := ix.Compare(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed index says %v", err)
	}
}

// A library whose disk is away must not be begun anew in its place.
func TestNothingIsMadeWhereTheLibraryWas(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	f := newFake()
	f.put(1, "rain")
	gone := filepath.Join(t.TempDir(), "library")
	ix := f.open(t, filepath.Join(gone, "index"), Options{Cache: t.TempDir()})
	wantLines(t, ask(t, f, ix, words("rain")), "rain")
	if _, err := os.Lstat(gone); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is %s: %v", gone, err)
	}
}

func TestWaitingForTheFirstBuildIsSaid(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	holder := &Index{dir: dir, cat: f, options: Options{}}
	unlock, err := holder.lock(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	var said int
	ix := f.open(t, dir, Options{Wait: 1, Waiting: func() {
		if said++; said == 1 {
			err = unlock()
		}
	}})
	if err != nil || said != 1 {
		t.Errorf("%v, said %d times", err, said)
	}
	wantLines(t, ask(t, f, ix, words("rain")), "rain")
}

// BenchmarkCompare is of 500 episodes with 350 lines each.
func BenchmarkCompare(b *testing.B) {
	f, dir := big()
	ix := f.open(b, dir, Options{})
	for b.Loop() {
		if flaws, err := ix.Compare(b.Context()); err != nil || !reflect.DeepEqual(flaws, []Flaw(nil)) {
			b.Fatal(flaws, err)
		}
	}
}
