package footage

import (
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// section is a stretch of a world, laid into an episode.
type section struct {
	of       world
	from     timecode.Time
	length   timecode.Time
	expected Part
}

func own(seed uint64) world { return world{seed: seed, shots: 2500 * ms, pace: 90 * ms} }

// series lays four episodes of two minutes: an opening, an eyecatch, endings of two kinds, a recap and a preview, and else their own.
func series() ([][]section, *shelf) {
	opening, eyecatch, first, second2 := own(1), own(2), own(3), own(4)
	body := func(i int) world { return own(uint64(10 + i)) }
	episodes := [][]section{
		{{opening, 0, 15 * second, Opening}, {body(1), 0, 40 * second, ""}, {eyecatch, 0, 4 * second, Eyecatch}, {body(1), 40 * second, 41 * second, ""},
			{first, 0, 16 * second, Ending}, {body(2), 50 * second, 4 * second, Preview}},
		{{body(1), 20 * second, 5 * second, Recap}, {opening, 0, 15 * second, Opening}, {body(2), 0, 45 * second, ""}, {eyecatch, 0, 4 * second, Eyecatch},
			{body(2), 45 * second, 35 * second, ""}, {first, 0, 16 * second, Ending}},
		{{body(3), 0, 7 * second, ""}, {opening, 0, 15 * second, Opening}, {body(3), 7 * second, 70 * second, ""}, {second2, 0, 18 * second, Ending}},
		{{opening, 0, 15 * second, Opening}, {body(4), 0, 85 * second, ""}, {second2, 0, 18 * second, Ending}},
	}
	s := &shelf{notes: map[int64]catalog.Episode{}}
	for i, pieces := range episodes {
		id := int64(i + 1)
		length := timecode.Time(0)
		for _, p := range pieces {
			length += p.length
		}
		s.reels = append(s.reels, reel(id, length, second/4, func(t timecode.Time) Look {
			for _, p := range pieces {
				if t < p.length {
					return noisy(p.of.at(p.from+t), 2)
				}
				t -= p.length
			}
			return Look{Flat: true}
		}))
		s.notes[id] = catalog.Episode{Duration: length}
	}
	return episodes, s
}

// TestRecurring finds every part of a series where it is, and nothing in what is an episode's own.
func TestRecurring(t *testing.T) {
	episodes, s := series()
	all, err := s.Episodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	labels, err := New(s, s).Recurring(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	wanted := 0
	for i, pieces := range episodes {
		at := timecode.Time(0)
		for _, p := range pieces {
			if p.expected != "" {
				wanted++
				if !hasLabel(labels, Label{Episode: int64(i + 1), Part: p.expected, Range: timecode.Range{Start: at, End: at + p.length}}) {
					t.Errorf("episode %d lacks its %s at %v", i+1, p.expected, at)
				}
			}
			at += p.length
		}
	}
	if len(labels) != wanted {
		t.Errorf("%d labels, want %d: %+v", len(labels), wanted, labels)
	}
	for _, l := range labels {
		if want := 1 + max(0, int(l.Episode)-1)/2; l.Part == Ending && l.Variant != want || l.Part == Opening && (l.Variant != 1 || l.Others != 3) {
			t.Errorf("%+v", l)
		}
	}
}

func hasLabel(all []Label, want Label) bool {
	for _, l := range all {
		if l.Episode == want.Episode && l.Part == want.Part && within(l.Range.Start, want.Range.Start, 600*ms) && within(l.Range.End, want.Range.End, 600*ms) {
			return true
		}
	}
	return false
}

// TestRecurringReleases: a second release of an episode makes no recurrence.
func TestRecurringReleases(t *testing.T) {
	s := twoReleases()
	all, err := s.Episodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	labels, err := New(s, s).Recurring(t.Context(), all)
	if err != nil || len(labels) != 0 {
		t.Errorf("%+v, %v", labels, err)
	}
}

// TestOf names what most of a shot lies in.
func TestOf(t *testing.T) {
	labels := []Label{{Episode: 1, Part: Opening, Range: timecode.Range{Start: 10 * second, End: 20 * second}}}
	for start, want := range map[timecode.Time]bool{8 * second: false, 9 * second: true, 18 * second: true, 19 * second: false} {
		shot := catalog.Shot{Episode: 1}
		shot.Range = timecode.Range{Start: start, End: start + 3*second}
		if _, ok := Of(labels, shot); ok != want {
			t.Errorf("from %v: %v", start, ok)
		}
	}
}
