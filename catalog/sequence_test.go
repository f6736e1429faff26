package catalog

import (
	"errors"
	"reflect"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/timecode"
)

// TestSequence gives the pictures of an episode as they were committed, also those of before centres were hashed.
func TestSequence(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(3, small)
	e := commit(t, c, in)
	q, err := c.Sequence(t.Context(), e.ID)
	if err != nil || !reflect.DeepEqual(q.Samples, in.Analysis.Samples) || !reflect.DeepEqual(q.Times, in.Analysis.Times) || q.Rate != in.Analysis.Rate {
		t.Errorf("%d samples, %d times, %v", len(q.Samples), len(q.Times), err)
	}
	stills, err := c.Stills(t.Context(), e.ID, timecode.Span{In: in.Analysis.Stills[1].Frame, Out: in.Analysis.Stills[3].Frame})
	if err != nil || !reflect.DeepEqual(stills, in.Analysis.Stills[1:3]) {
		t.Errorf("%d stills, %v", len(stills), err)
	}
	if _, err := c.Sequence(t.Context(), e.ID+1); !errors.Is(err, ErrNotFound) {
		t.Errorf("an episode that is not there: %v", err)
	}
	if _, err := c.writer.Exec("UPDATE signal SET centres = x''"); err != nil {
		t.Fatal(err)
	}
	q, err = c.Sequence(t.Context(), e.ID)
	for i := range q.Samples {
		want := in.Analysis.Samples[i]
		want.Centre = 0
		if err != nil || q.Samples[i] != want {
			t.Fatalf("sample %d of before: %+v, want %+v; %v", i, q.Samples[i], want, err)
		}
	}
}

// TestSequenceTime stays within the film.
func TestSequenceTime(t *testing.T) {
	q := &Sequence{Times: []timecode.Time{5, 9}}
	for frame, want := range map[int64]timecode.Time{-1: 5, 0: 5, 1: 9, 2: 9} {
		if got := q.Time(frame); got != want {
			t.Errorf("frame %d at %v, want %v", frame, got, want)
		}
	}
	if got := (&Sequence{Samples: []analysis.Sample{{}}}).Time(3); got != 0 {
		t.Errorf("without frames %v", got)
	}
}
