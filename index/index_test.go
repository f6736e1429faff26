package index

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amvlib/amvlib/catalog"
)

func words(s string) Query { return Query{Words: strings.Fields(s)} }

func ask(t *testing.T, f *fake, ix *Index, q Query) []string {
	t.Helper()
	m, err := ix.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return f.texts(m)
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCatchesUpByItself(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain falls")
	wantLines(t, ask(t, f, f.open(t, dir, Options{}), words("rain")), "rain falls")
	f.put(2, "more rain than ever before")
	f.put(1, "the sun is back")
	ix := f.open(t, dir, Options{})
	wantLines(t, ask(t, f, ix, words("rain")), "more rain than ever before")
	wantLines(t, ask(t, f, ix, words("sun")), "the sun is back")
	f.forget(2)
	if err := ix.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantLines(t, ask(t, f, ix, words("rain")))
	if ix.Seen() != f.upto || ix.Stale() != nil {
		t.Errorf("seen %d of %d, stale %v", ix.Seen(), f.upto, ix.Stale())
	}
}

func TestUpToDateIndexReadsNoLines(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	f.open(t, dir, Options{})
	reads := f.reads.Load()
	f.open(t, dir, Options{})
	if f.reads.Load() != reads {
		t.Errorf("read %d episodes again", f.reads.Load()-reads)
	}
}

func TestEmptyCatalog(t *testing.T) {
	f := newFake()
	ix := f.open(t, t.TempDir(), Options{})
	wantLines(t, ask(t, f, ix, words("rain")))
}

func TestManyCatchUpsStayFewPieces(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	for e := range int64(40) {
		f.put(e+1, "rain of day "+strings.Repeat("x", int(e)))
		f.open(t, dir, Options{})
	}
	ix := f.open(t, dir, Options{})
	if got := ask(t, f, ix, Query{Words: []string{"rain"}, Limit: 100}); len(got) != 40 {
		t.Errorf("found %d of 40", len(got))
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*", "*.zap"))
	if len(files) > maxPieces+1 {
		t.Errorf("%d segment files", len(files))
	}
	if dirs, _ := filepath.Glob(filepath.Join(dir, "*-*")); len(dirs) != 1 {
		t.Errorf("left behind: %q", dirs)
	}
}

func TestOlderCopyOrOtherCatalogIsTakenInAnew(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	f.put(2, "rain too")
	f.open(t, dir, Options{})
	old := newFake()
	old.put(1, "snow")
	wantLines(t, ask(t, old, old.open(t, dir, Options{}), words("rain")))
	wantLines(t, ask(t, old, old.open(t, dir, Options{}), words("snow")), "snow")
	other := newFake()
	other.id = "other"
	other.put(7, "hail")
	ix := other.open(t, dir, Options{})
	wantLines(t, ask(t, other, ix, words("snow")))
	wantLines(t, ask(t, other, ix, words("hail")), "hail")
}

func TestDamageIsMended(t *testing.T) {
	harm := map[string]func(path string, info os.FileInfo) error{
		"truncated": func(p string, i os.FileInfo) error { return os.Truncate(p, i.Size()/2) },
		"emptied":   func(p string, _ os.FileInfo) error { return os.Truncate(p, 0) },
		"removed":   func(p string, _ os.FileInfo) error { return os.Remove(p) },
		"scribbled": func(p string, i os.FileInfo) error { return os.WriteFile(p, make([]byte, i.Size()), 0o600) },
	}
	for _, glob := range []string{"root.bolt", "*.zap"} {
		for name, do := range harm {
			t.Run(name+" "+glob, func(t *testing.T) { mends(t, glob, do) })
		}
	}
}

func mends(t *testing.T, glob string, do func(string, os.FileInfo) error) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain falls", "on my town")
	if err := f.open(t, dir, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "v*", glob))
	if len(files) == 0 {
		t.Fatal("nothing to harm")
	}
	for _, path := range files {
		_ = os.Chmod(path, 0o600)
		info, err := os.Stat(path)
		if err == nil {
			err = do(path, info)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	wantLines(t, ask(t, f, f.open(t, dir, Options{}), words("rain")), "rain falls")
}

// TestSpoiltBytes harms a few bytes anywhere: whatever comes of it, nothing panics or hangs, and catching up or rebuilding ends it.
func TestSpoiltBytes(t *testing.T) {
	f := drawn(3, 60)
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		dir := t.TempDir()
		_ = f.open(t, dir, Options{}).Close()
		files, _ := filepath.Glob(filepath.Join(dir, "v*", "*"))
		spoil(t, r, files[r.IntN(len(files))])
		ix := f.open(t, dir, Options{})
		for n := range uint64(20) {
			if _, err := ix.Find(t.Context(), Query{Any: true, Words: []string{drawnWord(n)}, Phrases: []string{"you " + drawnWord(n)}}); err != nil {
				t.Fatal(err)
			}
		}
		f.put(3, "something new", "w0 you")
		if err := ix.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		q := Query{Words: []string{"you"}, Limit: 10000}
		if got, err := ix.Find(t.Context(), q); err != nil || !slices.Equal(lineIDs(got), f.matching(q)) {
			t.Fatalf("after catching up: %d lines, %v", len(got), err)
		}
		_ = ix.Close()
	}
}

func spoil(t *testing.T, r *rand.Rand, path string) {
	data, err := os.ReadFile(path)
	for range 1 + r.IntN(20) {
		data[r.IntN(len(data))] ^= byte(1 + r.IntN(255))
	}
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestCatchingUpReadsOnlyWhatChanged(t *testing.T) {
	f, dir := drawn(20, 10), t.TempDir()
	f.open(t, dir, Options{})
	for range 10 {
		f.put(7, "changed")
		reads := f.reads.Load()
		f.open(t, dir, Options{})
		if f.reads.Load() != reads+1 {
			t.Fatalf("read %d episodes", f.reads.Load()-reads)
		}
	}
}

func TestOtherFormatIsReplaced(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	f.open(t, dir, Options{})
	if err := os.Rename(filepath.Join(dir, snapshotName(1)), filepath.Join(dir, "v0-00000009")); err != nil {
		t.Fatal(err)
	}
	wantLines(t, ask(t, f, f.open(t, dir, Options{}), words("rain")), "rain")
	if _, err := os.Stat(filepath.Join(dir, "v0-00000009")); err == nil {
		t.Error("the old one is still there")
	}
}

func TestRebuild(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	ix := f.open(t, dir, Options{})
	reads := f.reads.Load()
	if err := ix.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if f.reads.Load() != reads+1 {
		t.Error("the catalog was not read again")
	}
	wantLines(t, ask(t, f, ix, words("rain")), "rain")
}

func TestReadOnly(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	if _, err := Open(t.Context(), dir, f, Options{ReadOnly: true}); !errors.Is(err, ErrNoIndex) {
		t.Errorf("without an index: %v", err)
	}
	f.open(t, dir, Options{})
	f.put(2, "rain again")
	ix := f.open(t, dir, Options{ReadOnly: true})
	wantLines(t, ask(t, f, ix, words("rain")), "rain")
	if err := ix.Stale(); !errors.Is(err, errReadOnly) {
		t.Errorf("why it is stale: %v", err)
	}
}

func TestBusyWriterDoesNotHoldReadersUp(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	first := f.open(t, dir, Options{})
	unlock, err := first.lock(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	f.put(2, "rain again")
	second := f.open(t, dir, Options{Wait: time.Millisecond})
	wantLines(t, ask(t, f, second, words("rain")), "rain")
	if err := second.Stale(); !errors.Is(err, ErrBusy) {
		t.Errorf("why it is stale: %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if err := second.CatchUp(t.Context()); err != nil || second.Stale() != nil {
		t.Errorf("after the other is done: %v, stale %v", err, second.Stale())
	}
	wantLines(t, ask(t, f, second, words("rain")), "rain", "rain again")
	wantLines(t, ask(t, f, first, words("rain")), "rain") // still answers from what it has open
}

func TestFirstBuildWaitsOnlyAsLongAsItsContext(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	ix := &Index{dir: dir, cat: f, options: Options{Wait: time.Millisecond}}
	unlock, err := ix.lock(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unlock() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := Open(ctx, dir, f, Options{Wait: time.Millisecond}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// failing is a catalog whose lines cannot be read.
type failing struct{ *fake }

func (failing) Lines(context.Context, int64) ([]catalog.Line, error) {
	return nil, errors.New("disk on fire")
}

func TestTroubleWhileCatchingUpIsSaid(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	if _, err := Open(t.Context(), dir, failing{f}, Options{}); err == nil || !strings.Contains(err.Error(), "index episode 1: disk on fire") {
		t.Errorf("got %v", err)
	}
	f.open(t, dir, Options{})
	f.put(2, "rain")
	ix, err := Open(t.Context(), dir, failing{f}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ix.Close() }()
	if wantLines(t, ask(t, f, ix, words("rain")), "rain"); ix.Stale() == nil || !strings.Contains(ix.Stale().Error(), "disk on fire") {
		t.Errorf("why it is stale: %v", ix.Stale())
	}
}

func TestUseAfterClose(t *testing.T) {
	f := newFake()
	f.put(1, "rain")
	ix := f.open(t, t.TempDir(), Options{})
	_ = ix.Close()
	if _, err := ix.Find(t.Context(), words("rain")); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed index says %v", err)
	}
	if err := ix.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}
