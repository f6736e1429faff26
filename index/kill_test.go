package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

const killEpisodes, killLines = 60, 300

// child catches up in dir and says so; TestMain runs it in the processes that TestKilledWhileIndexing starts.
func child(dir string) {
	ix, err := Open(context.Background(), dir, drawn(killEpisodes, killLines), Options{})
	if err == nil {
		err = ix.Close()
	}
	fmt.Println(err)
	os.Exit(0)
}

func TestKilledWhileIndexing(t *testing.T) {
	dir := t.TempDir()
	killed := 0
	for i := range 8 {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), "AMVLIB_INDEX_CHILD="+dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		untilBuilding(dir)
		time.Sleep(time.Duration(i) * 20 * time.Millisecond)
		_ = cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
		if i%2 == 1 { // what the last one published, if it came so far, must not hide the next kill
			_ = os.RemoveAll(filepath.Join(dir, snapshotName(1)))
		}
	}
	f := drawn(killEpisodes, killLines)
	ix := f.open(t, dir, Options{})
	n, err := ix.snap.reader.DocCount()
	if err != nil || n != killEpisodes*killLines || killed == 0 {
		t.Errorf("after %d kills the index has %d lines, %v", killed, n, err)
	}
	if _, err := os.Stat(filepath.Join(dir, building)); err == nil {
		t.Error("a half-built snapshot is left")
	}
}

// untilBuilding waits until the child has begun to write, or a few seconds.
func untilBuilding(dir string) {
	for range 500 {
		if _, err := os.Stat(filepath.Join(dir, building)); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// TestNothingIsMadeWhereALibraryWas: the engine alone would make the folder of a library that vanished between two steps.
func TestNothingIsMadeWhereALibraryWas(t *testing.T) {
	library := filepath.Join(t.TempDir(), "library")
	if w, err := openWriter(filepath.Join(library, "index", building), newWriter); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, %v", w, err)
	}
	if _, err := os.Lstat(library); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it stands there again: %v", err)
	}
}
