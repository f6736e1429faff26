package facets

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/mood"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// library is a catalog in memory. Its generations are the changes that were made.
type library struct {
	id    string
	shots map[int64][]catalog.Shot
	log   []catalog.Change
	other bool // another copy was put back
	read  int  // episodes that were read
}

func (l *library) ID() string { return l.id }

func (l *library) Changes(_ context.Context, since catalog.Mark) (catalog.Mark, []catalog.Change, error) {
	upto := catalog.Mark{Generation: catalog.Generation(len(l.log)), Token: "a b%"}
	if len(l.log) == 0 {
		upto = catalog.Mark{}
	}
	if l.other && since != (catalog.Mark{}) {
		return upto, nil, catalog.ErrOtherHistory
	}
	return upto, l.log[min(len(l.log), int(since.Generation)):], nil
}

func (l *library) Effective(_ context.Context, episode int64) ([]catalog.Shot, error) {
	l.read++
	if l.shots[episode] == nil {
		return nil, catalog.ErrNotFound
	}
	return l.shots[episode], nil
}

func (l *library) commit(episode int64, shots ...catalog.Shot) {
	if l.shots == nil {
		l.shots = map[int64][]catalog.Shot{}
	}
	l.shots[episode] = shots
	l.log = append(l.log, catalog.Change{Episode: episode, Gone: shots == nil})
}

// shot goes from a second to another.
func shot(from, to float64, loudness int8, f picture.Features, p picture.Palette) catalog.Shot {
	return catalog.Shot{Shot: analysis.Shot{Range: timecode.Range{Start: timecode.FromSeconds(from), End: timecode.FromSeconds(to)},
		Loudness: loudness, Features: f, Palette: p}}
}

func open(t *testing.T, path string, l *library) *Table {
	t.Helper()
	table, err := Open(t.Context(), path, l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func gather(table *Table) (all []Shot) {
	for s := range table.All() {
		c := *s
		c.Facets.Shares = slices.Clone(c.Facets.Shares)
		all = append(all, c)
	}
	return all
}

func near(t *testing.T, what string, got, want, by float64) {
	t.Helper()
	if !(math.Abs(got-want) <= by) {
		t.Errorf("%s is %g, want %g", what, got, want)
	}
}

func TestAShotComesBackAsItWas(t *testing.T) {
	l := &library{id: "one"}
	p := picture.Palette{picture.Red: 100, picture.Black: 155}
	f := picture.Features{Brightness: .25, Contrast: .5, Saturation: .75, Warmth: -.5, Motion: .013, Stillness: .4}
	l.commit(7, shot(0, 2, -20, f, p), shot(2, 4.5, -30, picture.Features{Brightness: float32(math.NaN()), Warmth: 9}, picture.Palette{}))
	path := filepath.Join(t.TempDir(), "facets.bin")
	open(t, path, l)
	table := open(t, path, l)
	s, ok := table.Shot(7, 1)
	if !ok || s.Length != 2*timecode.Second || l.read != 1 || table.Len() != 2 {
		t.Fatalf("%+v %v, read %d times", s, ok, l.read)
	}
	near(t, "brightness", s.Facets.Brightness, .25, .003)
	near(t, "contrast", s.Facets.Contrast, .5, .003)
	near(t, "saturation", s.Facets.Saturation, .75, .003)
	near(t, "warmth", s.Facets.Warmth, -.5, .005)
	near(t, "motion", s.Facets.Motion, .013, .0001)
	near(t, "stillness", s.Facets.Stillness, .4, .003)
	near(t, "red", s.Facets.Shares[picture.Red], 100./255, 1e-9)
	near(t, "black", s.Facets.Shares[picture.Black], 155./255, 1e-9)
	s, ok = table.Shot(7, 2)
	if !ok || s.Facets.Shares != nil || s.Facets.Brightness != 0 || s.Facets.Warmth > 1 || s.Start != 2*timecode.Second {
		t.Errorf("%+v: hues are unknown, and numbers that are none are the least", s)
	}
	for _, n := range []int{0, 3, -1} {
		if _, ok := table.Shot(7, n); ok {
			t.Errorf("there is no shot %d", n)
		}
	}
}

// TestHuesHaveTheSameNames: what is counted by one room is named by another.
func TestHuesHaveTheSameNames(t *testing.T) {
	for i, name := range mood.Colours() {
		if picture.Hue(i).String() != name {
			t.Errorf("hue %d is %q and %q", i, picture.Hue(i), name)
		}
	}
	if len(mood.Colours()) != int(picture.Hues) {
		t.Error("not as many")
	}
}

func TestPace(t *testing.T) {
	l := &library{id: "one"}
	var all []catalog.Shot
	for i := range 30 { // a minute of shots of two seconds
		all = append(all, shot(float64(2*i), float64(2*i+2), -20, picture.Features{}, picture.Palette{}))
	}
	all = append(all, shot(60, 180, -20, picture.Features{}, picture.Palette{})) // and two in which nothing is cut
	l.commit(1, all...)
	got := gather(open(t, filepath.Join(t.TempDir(), "f"), l))
	near(t, "pace in the middle of the fast part", got[14].Facets.CutRate, 30, 2)
	near(t, "pace at the very beginning", got[0].Facets.CutRate, 30, 4)
	near(t, "pace of the long shot", got[30].Facets.CutRate, 0, 0)
	l.commit(2, shot(0, 5, -20, picture.Features{}, picture.Palette{}))
	for _, s := range gather(open(t, filepath.Join(t.TempDir(), "f"), l)) {
		if s.Episode == 2 && s.Facets.CutRate != 0 {
			t.Errorf("a film of one shot has %g cuts a minute", s.Facets.CutRate)
		}
	}
}

func TestSound(t *testing.T) {
	l := &library{id: "one"}
	none := picture.Features{}
	l.commit(1, shot(0, 10, -24, none, picture.Palette{}), shot(10, 12, -12, none, picture.Palette{}), shot(12, 13, -36, none, picture.Palette{}),
		shot(13, 40, -127, none, picture.Palette{}), shot(40, 41, analysis.Silent, none, picture.Palette{}))
	l.commit(2, shot(0, 10, analysis.Silent, none, picture.Palette{}))
	got := gather(open(t, filepath.Join(t.TempDir(), "f"), l))
	for i, want := range []mood.Facets{{Sounds: true}, {Sounds: true, Level: 12}, {Sounds: true, Level: -12}, {Sounds: true, Silent: true}, {}, {}} {
		f := got[i].Facets
		if f.Sounds != want.Sounds || f.Silent != want.Silent || f.Sounds && !f.Silent && f.Level != want.Level {
			t.Errorf("shot %d: %+v, want %+v", i, f, want)
		}
	}
}

func TestCatchUp(t *testing.T) {
	l := &library{id: "one"}
	one, two := shot(0, 1, -20, picture.Features{Brightness: 1}, picture.Palette{}), shot(0, 1, -20, picture.Features{}, picture.Palette{})
	l.commit(1, one)
	l.commit(2, two)
	path := filepath.Join(t.TempDir(), "f")
	table := open(t, path, l)
	l.commit(2, two, one)
	l.commit(1, []catalog.Shot(nil)...)
	l.read = 0
	if err := table.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := gather(table); len(got) != 2 || got[0].Episode != 2 || got[1].Facets.Brightness != 1 || l.read != 1 {
		t.Errorf("%+v, %d read", got, l.read)
	}
	if again := gather(open(t, path, l)); l.read != 1 || len(again) != 2 {
		t.Errorf("opened again: %d read", l.read)
	}
	l.other = true
	l.read = 0
	if got := gather(open(t, path, l)); len(got) != 2 || l.read == 0 {
		t.Errorf("after another copy was put back: %+v, %d read", got, l.read)
	}
	if got := gather(open(t, path, &library{id: "two"})); len(got) != 0 {
		t.Errorf("of another library: %+v", got)
	}
}

func TestAFileThatIsDamagedIsMadeAnew(t *testing.T) {
	l := &library{id: "one"}
	l.commit(1, shot(0, 1, -20, picture.Features{Brightness: 1}, picture.Palette{}))
	path := filepath.Join(t.TempDir(), "f")
	open(t, path, l)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		spoilt := slices.Clone(whole)
		spoilt[i] ^= 0x40
		for _, file := range [][]byte{spoilt, whole[:i]} {
			if err := os.WriteFile(path, file, 0o644); err != nil {
				t.Fatal(err)
			}
			if got := gather(open(t, path, l)); len(got) != 1 || got[0].Facets.Brightness != 1 {
				t.Fatalf("byte %d: %+v", i, got)
			}
		}
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestWhereNothingCanBeWritten there is an answer all the same.
func TestWhereNothingCanBeWritten(t *testing.T) {
	l := &library{id: "one"}
	l.commit(1, shot(0, 1, -20, picture.Features{Brightness: 1}, picture.Palette{}))
	if got := gather(open(t, filepath.Join(t.TempDir(), "no folder", "f"), l)); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

func FuzzDecode(f *testing.F) {
	l := &library{id: "one"}
	l.commit(1, shot(0, 1, -20, picture.Features{Brightness: 1}, picture.Palette{}))
	f.Add(encode("one", state{episodes: map[int64][]byte{1: pack(l.shots[1])}, order: []int64{1}}))
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := decode("one", file)
		for _, b := range s.episodes {
			if err != nil || len(b)%size != 0 {
				t.Fatal(err, len(b))
			}
		}
	})
}

// BenchmarkJudge is over the shots of 500 episodes: by traits that are asked for, and by what moods tend to.
func BenchmarkJudge(b *testing.B) {
	l := &library{id: "one"}
	for e := range int64(500) {
		var all []catalog.Shot
		for i := range 350 {
			all = append(all, shot(float64(4*i), float64(4*i+4), -20, picture.Features{Brightness: float32(i%100) / 100}, picture.Palette{uint8(i % 256)}))
		}
		l.commit(e+1, all...)
	}
	table, err := Open(b.Context(), filepath.Join(b.TempDir(), "f"), l, Options{})
	if err != nil {
		b.Fatal(err)
	}
	traits, err := mood.ParseTraits(mood.Picture, "dark,still,red")
	if err != nil {
		b.Fatal(err)
	}
	w, err := mood.Parse("lonely but hopeful")
	if err != nil {
		b.Fatal(err)
	}
	w.Traits = traits
	scorer, sum := w.Scorer(), 0.0
	for b.Loop() {
		for s := range table.All() {
			if score, ok := scorer.Asked(&s.Facets); ok {
				sum += score
			}
			sum += scorer.Lean(&s.Facets)
		}
	}
	if sum == 0 {
		b.Error("nothing was judged")
	}
}
