package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestAFilmFromTheFutureIsWatched(t *testing.T) {
	w := &watcher{seen: map[string]sight{}}
	path := filepath.Join(t.TempDir(), "film.mkv")
	look := func(size int, date time.Time) bool {
		t.Helper()
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, date, date); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return w.still(path, info)
	}
	later := func() { // as if time had passed
		s := w.seen[path]
		s.since = s.since.Add(-2 * settled)
		w.seen[path] = s
	}
	ahead := time.Now().Add(24 * time.Hour)
	for range 2 {
		if look(1, ahead) {
			t.Error("it may still be being written")
		}
	}
	later()
	if look(2, ahead) {
		t.Error("it grew")
	}
	later()
	if look(2, ahead.Add(time.Second)) {
		t.Error("it was written to")
	}
	later()
	if !look(2, ahead.Add(time.Second)) {
		t.Error("nobody has written to it for long")
	}
	if !look(2, time.Now().Add(-time.Hour)) {
		t.Error("its date says that nobody has")
	}
}
