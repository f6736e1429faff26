package index

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestACopyPutBackIsTakenInAnew: the generation is the one that was seen, and yet the catalog is another.
func TestACopyPutBackIsTakenInAnew(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	f.put(2, "lost snow")
	f.open(t, dir, Options{})
	back := newFake()
	back.branch = "since the copy was put back"
	back.put(1, "rain")
	back.put(2, "hail")
	ix := back.open(t, dir, Options{})
	wantLines(t, ask(t, back, ix, words("hail")), "hail")
	wantLines(t, ask(t, back, ix, words("snow")))
	if reads := back.reads.Load(); ix.CatchUp(t.Context()) != nil || back.reads.Load() != reads {
		t.Error("it was read again")
	}
}

// sealed is a directory that takes nothing, whoever asks: its lock cannot be opened.
func sealed(t *testing.T, dir string) string {
	t.Helper()
	if err := errors.Join(os.RemoveAll(filepath.Join(dir, "lock")), os.MkdirAll(filepath.Join(dir, "lock"), 0o755)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestIndexGrowsElsewhereWhereItsOwnPlaceTakesNothing(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	f.id = "a/../../b"
	f.put(1, "rain")
	dir := filepath.Join(sealed(t, t.TempDir()), "lock", "index")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := Options{Cache: cache}
	wantLines(t, ask(t, f, f.open(t, dir, o), words("rain")), "rain")
	f.put(2, "rain again")
	reads := f.reads.Load()
	ix := f.open(t, dir, o)
	wantLines(t, ask(t, f, ix, words("again")), "rain again")
	if f.reads.Load() != reads+1 || ix.Stale() != nil {
		t.Errorf("%d episodes were read again, stale %v", f.reads.Load()-reads, ix.Stale())
	}
	if made, _ := filepath.Glob(filepath.Join(cache, "*")); len(made) != 1 || !strings.Contains(filepath.Base(made[0]), "%2F..") {
		t.Errorf("made %q", made)
	}
}

func TestIndexThatCannotBeWrittenGoesOnElsewhere(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	f.open(t, dir, Options{})
	sealed(t, dir)
	f.put(2, "rain again")
	o, reads := Options{Cache: t.TempDir()}, f.reads.Load()
	for range 2 {
		wantLines(t, ask(t, f, f.open(t, dir, o), words("rain")), "rain", "rain again")
	}
	if f.reads.Load() != reads+1 {
		t.Errorf("%d episodes were read again", f.reads.Load()-reads)
	}
	if err := f.open(t, dir, o).Rebuild(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLastResortIsATemporaryIndex(t *testing.T) {
	f, temp := newFake(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	f.put(1, "rain")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ix := f.open(t, filepath.Join(file, "index"), Options{Cache: file})
	wantLines(t, ask(t, f, ix, words("rain")), "rain")
	if err := ix.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWhyAnIndexIsStaleIsSaid(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.put(1, "rain")
	f.open(t, dir, Options{})
	sealed(t, dir)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", file)
	t.Setenv("TMP", file)
	f.put(2, "rain again")
	ix := f.open(t, dir, Options{Cache: file})
	wantLines(t, ask(t, f, ix, words("rain")), "rain")
	if err := ix.Stale(); err == nil || errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), filepath.Join(dir, "lock")) {
		t.Errorf("why it is stale: %v", err)
	}
}

// TestALibraryThatVanishesAsTheIndexIsBegun takes the library away just before the engine makes the folder that it writes to.
func TestALibraryThatVanishesAsTheIndexIsBegun(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not let go of an open file")
	}
	lib := filepath.Join(t.TempDir(), "library")
	dir := filepath.Join(lib, "index", building)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := openWriter(dir, func(dir string) (*writer, error) {
		if err := os.Rename(lib, lib+"-away"); err != nil {
			t.Fatal(err)
		}
		return newWriter(dir)
	})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat(lib); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something stands in its place: %v", err)
	}
}
