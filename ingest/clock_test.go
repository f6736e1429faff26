package ingest

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Dates that lie in the future, or before all computers, are of clocks that were wrong; the files are known by them all the same.
func TestFilmsWithDatesOfBrokenClocks(t *testing.T) {
	films := []string{"ahead.mkv", "far.mkv", "before.mkv", "zero.mkv"}
	l := newLibrary(t, films...)
	for i, at := range []time.Time{time.Now().Add(1000 * time.Hour), time.Date(2400, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(1965, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(0, 0)} {
		if err := os.Chtimes(filepath.Join(l.dir, films[i]), at, at); err != nil {
			t.Skip("this disk keeps no such dates:", err)
		}
	}
	l.expect(l.run(Options{}), 4, 0, 0, 0, 0)
	before, err := l.cat.Generation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l.expect(l.run(Options{}), 0, 0, 0, 4, 0)
	if after, err := l.cat.Generation(t.Context()); err != nil || after != before {
		t.Errorf("what is known was written again: generation %d, %v, was %d", after, err, before)
	}

	// A film that is replaced by one that looks older, as by a clock that was set back, is another one still.
	path := l.put("ahead.mkv", "another")
	past := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, past, past); err != nil {
		t.Fatal(err)
	}
	l.expect(l.run(Options{}), 1, 0, 0, 3, 0)
}
