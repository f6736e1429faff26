package catalog

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"syscall"
	"testing"
)

// disk is a small disk of its own.
func disk(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestAFullDiskIsNoHarm(t *testing.T) {
	dir := filepath.Join(disk(t, "size=3m"), "library")
	filler := filepath.Join(filepath.Dir(dir), "filler")
	write(t, filler, make([]byte, 1<<20))
	c, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var kept []Episode
	for i := uint64(0); err == nil; i++ {
		var e Episode
		if e, err = c.Commit(t.Context(), synthetic(i, size{frames: 240, shots: 5, lines: 6, pictures: 10000})); err == nil {
			kept = append(kept, e)
		}
	}
	expectError(t, err, ErrFull, "the disk is full", hintFull)
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	reopened := library(t, dir, Options{}) // on a disk that is still full
	if got, err := reopened.Episodes(t.Context()); err != nil || !reflect.DeepEqual(got, kept) || len(kept) < 3 {
		t.Errorf("got %d episodes, %v, want %d", len(got), err, len(kept))
	}
	_, err = reopened.Commit(t.Context(), synthetic(98, size{frames: 240, shots: 50, lines: 6, pictures: 30000}))
	expectError(t, err, ErrFull)
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	sound(t, reopened, 99)
}

func TestNoRoomForALibrary(t *testing.T) {
	dir := disk(t, "size=64k")
	filler := filepath.Join(dir, "filler")
	for _, room := range []int{0, 4, 8, 16, 24, 32, 48, 56} { // KB
		write(t, filler, make([]byte, (64-room)<<10))
		if c, err := Open(t.Context(), filepath.Join(dir, "library"), Options{}); err == nil {
			t.Fatalf("there is a library in %d KB: %v", room, c.Close())
		} else {
			expectError(t, err, ErrFull)
		}
	}
	if err := errors.Join(os.Remove(filler), syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=9m")); err != nil {
		t.Fatal(err)
	}
	sound(t, library(t, filepath.Join(dir, "library"), Options{}), 1)
}

func TestAReadOnlyDisk(t *testing.T) {
	dir := disk(t, "size=9m")
	c, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := commit(t, c, synthetic(1, small))
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	expectReadOnly(t, dir, e)
	_, err = open(t.Context(), dir, Options{ReadOnly: true}, nextSchema())
	expectError(t, trouble(t.Context(), "open library", dir, err), ErrReadOnly)
}

// What a process that was killed left in the log cannot be read without room to sort it; that must not pass for an older library.
func TestAReadOnlyDiskWithAnOpenLog(t *testing.T) {
	source := t.TempDir()
	c := library(t, source, Options{})
	commit(t, c, synthetic(1, small))
	dir := disk(t, "size=9m")
	for _, name := range []string{fileName, fileName + "-wal"} {
		data, err := os.ReadFile(filepath.Join(source, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), data)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, Options{ReadOnly: true}, ErrReadOnly, "it was not closed", "open it once where it can")
}
