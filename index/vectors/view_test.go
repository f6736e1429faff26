package vectors

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/amvlib/amvlib/meaning"
)

func TestCatchesUp(t *testing.T) {
	dir, s, d := filepath.Join(t.TempDir(), "vectors"), newShelf(), &drawer{version: "1"}
	s.put(1, "rain", "snow", "wind")
	s.put(2, "hail")
	v := opened(t, dir, s, d, Options{})
	missing(t, v, 2, 4)
	finds(t, v, s, d, "snow", 0)
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("opening made a folder: %v", err)
	}
	var told []Progress
	if err := v.CatchUp(t.Context(), Effort{Workers: 1, Tell: func(p Progress) { told = append(told, p) }}); err != nil {
		t.Fatal(err)
	}
	if len(told) != 2 || told[1].Lines != 4 || told[1].OfLines != 4 || told[1].Episodes != 2 || told[1].OfEpisodes != 2 {
		t.Errorf("told %+v", told)
	}
	missing(t, v, 0, 0)
	finds(t, v, s, d, "snow", 1)
	finds(t, v, s, d, "hail", 2)
	s.put(3, "hail and fog", "mist")
	s.forget(2)
	if err := v.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	missing(t, v, 1, 2)
	finds(t, v, s, d, "hail", 0)
	catchUp(t, v)
	finds(t, v, s, d, "mist", 3)
	if files, _ := filepath.Glob(filepath.Join(dir, "1", "*")); len(files) != 2 {
		t.Errorf("there are %v", files)
	}
	read := s.read.Load()
	again := opened(t, dir, s, d, Options{})
	missing(t, again, 0, 0)
	finds(t, again, s, d, "mist", 3)
	if s.read.Load() != read || again.Len() != 5 {
		t.Errorf("lines were read %d times to open what is whole; %d lines", s.read.Load()-read, again.Len())
	}
}

// TestOnlyWhatChangedIsEmbedded when an episode is committed anew or moved.
func TestOnlyWhatChangedIsEmbedded(t *testing.T) {
	dir, s, d := t.TempDir(), newShelf(), &drawer{version: "1"}
	texts := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	s.put(1, texts...)
	v := opened(t, dir, s, d, Options{})
	catchUp(t, v)
	for _, step := range []struct {
		name string
		do   func()
		most int64
	}{
		{"a move", func() { s.touch(1) }, 0},
		{"the same lines", func() { s.put(1, texts...) }, 0},
		{"another line", func() { texts[4] = "other"; s.put(1, texts...) }, 5},
		{"a line more", func() { texts = append(texts, "i"); s.put(1, texts...) }, 3},
		{"the same line again and again", func() { s.put(2, slices.Repeat([]string{"on and on"}, 100)...) }, 5},
	} {
		before := d.embedded.Load()
		step.do()
		catchUp(t, v)
		if n := d.embedded.Load() - before; n > step.most {
			t.Errorf("%s: %d lines were embedded, at most %d needed", step.name, n, step.most)
		}
		missing(t, v, 0, 0)
		for _, text := range texts {
			finds(t, v, s, d, text, 1)
		}
	}
}

func TestDamagedFilesAreMadeAnew(t *testing.T) {
	dir, s, d := t.TempDir(), newShelf(), &drawer{version: "1"}
	s.put(1, "rain", "snow")
	s.put(2, "hail", "fog")
	catchUp(t, opened(t, dir, s, d, Options{}))
	files, _ := filepath.Glob(filepath.Join(dir, "1", "1-*"))
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]byte) []byte{
		"empty":  func([]byte) []byte { return nil },
		"cut":    func(b []byte) []byte { return b[:len(b)-70] },
		"header": func(b []byte) []byte { b[9] ^= 1; return b },
		"row":    func(b []byte) []byte { b[headerSize] ^= 1; return b },
		"number": func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
	} {
		if err := os.WriteFile(files[0], damage(slices.Clone(whole)), 0o600); err != nil {
			t.Fatal(err)
		}
		v := opened(t, dir, s, d, Options{})
		seen, err := v.Check(t.Context(), false)
		if seen += len(v.absent()); err != nil || seen != 1 {
			t.Errorf("%s: %d episodes are seen to be damaged, %v", name, seen, err)
		}
		if _, err := v.Check(t.Context(), true); err != nil || len(v.absent()) != 1 {
			t.Errorf("%s: %d episodes are missing, %v", name, len(v.absent()), err)
		}
		finds(t, v, s, d, "snow", 0)
		finds(t, v, s, d, "fog", 2)
		if err := v.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		missing(t, v, 1, 2)
		catchUp(t, v)
		finds(t, v, s, d, "snow", 1)
		if now, err := os.ReadFile(files[0]); err != nil || !slices.Equal(now, whole) {
			t.Errorf("%s: the file made anew is another, %v", name, err)
		}
		_ = v.Close()
	}
}

// TestOtherModelsAndLibraries count as missing, and go when all is done.
func TestOtherModelsAndLibraries(t *testing.T) {
	dir, s, d := t.TempDir(), newShelf(), &drawer{version: "1"}
	s.put(1, "rain", "snow")
	catchUp(t, opened(t, dir, s, d, Options{}))
	newer := &drawer{version: "2"}
	v := opened(t, dir, s, newer, Options{})
	missing(t, v, 1, 2)
	finds(t, v, s, newer, "snow", 0)
	catchUp(t, v)
	finds(t, v, s, newer, "snow", 1)
	if _, err := os.Stat(filepath.Join(dir, "1")); !os.IsNotExist(err) {
		t.Errorf("the older models' vectors are still there: %v", err)
	}
	other := newShelf()
	other.id = "another"
	other.put(1, "rain", "sun")
	v = opened(t, dir, other, newer, Options{})
	missing(t, v, 1, 2)
	catchUp(t, v)
	finds(t, v, other, newer, "sun", 1)
}

func TestInterruptedKeepsWhatIsDone(t *testing.T) {
	dir, s, d := t.TempDir(), newShelf(), &drawer{version: "1"}
	for i := range int64(5) {
		s.put(i+1, fmt.Sprint("line ", i))
	}
	ctx, stop := context.WithCancel(t.Context())
	var asked atomic.Int64
	d.before = func(ctx context.Context) error {
		if asked.Add(1) == 3 {
			stop()
		}
		return ctx.Err()
	}
	v := opened(t, dir, s, d, Options{})
	if err := v.CatchUp(ctx, Effort{Workers: 1}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	missing(t, v, 3, 3)
	finds(t, v, s, d, "line 1", 2)
	if err := os.WriteFile(filepath.Join(dir, "1", "3-3"+suffix+unfinished), []byte("half"), 0o600); err != nil { // a kill in the middle
		t.Fatal(err)
	}
	catchUp(t, v)
	missing(t, v, 0, 0)
	if left, _ := filepath.Glob(filepath.Join(dir, "1", "*"+unfinished)); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

func TestOneAtATime(t *testing.T) {
	dir, s := t.TempDir(), newShelf()
	s.put(1, "rain")
	inside, outside := make(chan bool), make(chan bool)
	slow := &drawer{version: "1", before: func(context.Context) error { inside <- true; <-outside; return nil }}
	done := make(chan error)
	v := opened(t, dir, s, slow, Options{})
	go func() { done <- v.CatchUp(t.Context(), Effort{}) }()
	<-inside
	second := opened(t, dir, s, &drawer{version: "1"}, Options{})
	if err := second.CatchUp(t.Context(), Effort{}); !errors.Is(err, ErrBusy) {
		t.Errorf("two at once: %v", err)
	}
	close(outside)
	if err := <-done; err != nil {
		t.Error(err)
	}
	catchUp(t, second)
	missing(t, second, 0, 0)
}

// TestElsewhere: where the folder takes nothing, what it has is read and what is new goes into the cache.
func TestElsewhere(t *testing.T) {
	dir, s, d := t.TempDir(), newShelf(), &drawer{version: "1"}
	s.put(1, "rain")
	catchUp(t, opened(t, dir, s, d, Options{}))
	if err := errors.Join(os.Remove(filepath.Join(dir, "lock")), os.Mkdir(filepath.Join(dir, "lock"), 0o755)); err != nil {
		t.Fatal(err)
	}
	s.put(2, "snow")
	o := Options{Cache: filepath.Join(t.TempDir(), "cache")}
	before := d.embedded.Load()
	catchUp(t, opened(t, dir, s, d, o))
	v := opened(t, dir, s, d, o)
	missing(t, v, 0, 0)
	finds(t, v, s, d, "rain", 1)
	finds(t, v, s, d, "snow", 2)
	if d.embedded.Load() != before+1 {
		t.Errorf("%d lines were embedded again", d.embedded.Load()-before-1)
	}
	if files, _ := filepath.Glob(filepath.Join(o.Cache, "vectors-LIB%2F..", "1", "*")); len(files) != 1 {
		t.Errorf("the cache has %v", files)
	}
}

func TestFilters(t *testing.T) {
	dir, s, d := t.TempDir(), newShelf(), &drawer{version: "1"}
	s.put(1, "rain", "snow")
	s.put(2, "rain", "snow")
	v := opened(t, dir, s, d, Options{})
	catchUp(t, v)
	q := asks("snow", "1")
	if found, err := v.Find(t.Context(), q, Filter{Limit: 10, Only: func(e int64) bool { return e == 2 }}); err != nil || len(found) != 2 || found[0].ID != 4 {
		t.Errorf("in the second: %v, %v", found, err)
	}
	if found, err := v.Find(t.Context(), q, Filter{Limit: 10, Keep: func(l Line) bool { return l.ID != 2 }}); err != nil || len(found) != 3 || found[0].ID != 4 {
		t.Errorf("without the first: %v, %v", found, err)
	}
	if found, err := v.Find(t.Context(), q, Filter{Limit: 1}); err != nil || len(found) != 1 || found[0].Line != (Line{1, 2, 0}) {
		t.Errorf("one: %v, %v", found, err)
	}
	if found, err := v.Find(t.Context(), q, Filter{}); err != nil || len(found) != 0 {
		t.Errorf("none: %v, %v", found, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := v.Find(ctx, q, Filter{Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	vectors, err := v.Vectors(2, 4, 1)
	if err != nil || len(vectors) != 1 || vectors[4] != drawn("snow1") {
		t.Errorf("%d vectors, %v", len(vectors), err)
	}
	if got, want := nearest(t, v, q).Score, q.Score(new(vectors[4])); got != want {
		t.Errorf("the score is %g, of the vector %g", got, want)
	}
}

// TestForeignQuestions: where a question has another vector for lines in English, each line has the score of its own.
func TestForeignQuestions(t *testing.T) {
	s, d := newShelf(), &drawer{version: "1"}
	s.put(1, "rain", "snow", "wind", "hail", "fog")
	for i := range s.lines[1] {
		s.lines[1][i].Lang = []string{"pl", "en", "en", "ja", "en"}[i]
	}
	v := opened(t, t.TempDir(), s, d, Options{})
	catchUp(t, v)
	q := asks("snow", "1")
	q.AnyEnglish = asks("fog", "1").Any
	found, err := v.Find(t.Context(), q, Filter{Limit: 5})
	if err != nil || len(found) != 5 {
		t.Fatal(found, err)
	}
	for _, m := range found {
		vectors, err := v.Vectors(1, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		if want := q.Score(new(vectors[m.ID])); m.Score != want {
			t.Errorf("line %d has the score %g, of its vector %g", m.ID, m.Score, want)
		}
	}
}

func nearest(t *testing.T, v *View, q meaning.Query) Match {
	t.Helper()
	found, err := v.Find(t.Context(), q, Filter{Limit: 1})
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	return found[0]
}
