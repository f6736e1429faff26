package catalog

import (
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/amvlib/amvlib/timecode"
)

// setBack is a clock that goes back by an hour whenever somebody looks.
func setBack(c *Catalog) {
	now := time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)
	c.now = func() time.Time { now = now.Add(-time.Hour); return now }
}

func TestAClockThatGoesBack(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	setBack(c)
	first, second := commit(t, c, synthetic(1, small)), commit(t, c, synthetic(2, small))
	if !second.Added.Before(first.Added) || second.Generation <= first.Generation {
		t.Fatalf("added %v, then %v", first.Added, second.Added)
	}
	for _, v := range []string{"1", "2", "3"} {
		say(t, c, Rate, first.Key, timecode.Range{}, v)
	}
	words, err := c.WordsOn(t.Context(), first.Key)
	if err != nil || len(words) != 3 {
		t.Fatal(words, err)
	}
	for i, w := range words { // in the order in which they were said, not that of the clock
		if w.Value != []string{"1", "2", "3"}[i] || i > 0 && !w.Said.Before(words[i-1].Said) {
			t.Errorf("word %d is %+v", i, w)
		}
	}
	if _, err := c.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if words, err = c.WordsOn(t.Context(), first.Key); err != nil || len(words) != 2 || words[1].Value != "2" {
		t.Errorf("after undo %+v, %v", words, err)
	}
	mark, _, err := c.Changes(t.Context(), Mark{})
	if err != nil {
		t.Fatal(err)
	}
	again := commit(t, c, synthetic(1, small))
	if again.ID != first.ID || !again.Added.Equal(first.Added) {
		t.Errorf("learnt again it is %+v", again)
	}
	if _, changes, err := c.Changes(t.Context(), mark); err != nil || !reflect.DeepEqual(changes, []Change{{Episode: first.ID}}) {
		t.Errorf("changed are %v, %v", changes, err)
	}
	sound(t, c, 3)
}

func TestDatesOfBrokenClocks(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	for i, at := range []time.Time{time.Now().Add(24 * 365 * time.Hour), time.Unix(0, 0), time.Unix(0, 1), time.Unix(0, -1),
		time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2446, 5, 10, 22, 38, 55, 999, time.UTC), time.Date(60056, 5, 28, 0, 0, 0, 0, time.UTC),
		time.Unix(0, math.MaxInt64), time.Unix(0, math.MinInt64)} {
		in := synthetic(uint64(i), small)
		in.Modified = at
		e := commit(t, c, in)
		files, err := c.Files(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		f := files[e.Path]
		if !f.Same(in.Size, at) || !f.Same(in.Size, at.Truncate(time.Microsecond)) {
			t.Errorf("%v came back as %v", at, f.Modified)
		}
		if f.Same(in.Size+1, at) || f.Same(in.Size, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%v: another file passes for it", at)
		}
	}
}
