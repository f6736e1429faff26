package footage

import (
	"cmp"
	"context"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// Part is what a stretch of an episode is within its series.
type Part string

// The parts. What is said of the middle of an episode alone is an eyecatch.
const (
	Opening  Part = "opening"  // recurs near the beginning of other episodes
	Ending   Part = "ending"   // recurs near the end of others
	Eyecatch Part = "eyecatch" // a few seconds that recur elsewhere, as before and after a break
	Recap    Part = "recap"    // near the beginning, out of an earlier episode
	Preview  Part = "preview"  // near the end, out of a later episode
)

// Label says what a stretch of an episode is.
type Label struct {
	Episode int64
	Range   timecode.Range
	Part    Part
	Variant int // 1 for the first look of it in the series, in order of episodes, 2 for the next
	Others  int // episodes of the series that have it too
}

// The shape of what recurs.
const (
	leastSequence = 6 * timecode.Second   // an opening or ending is longer
	leastEyecatch = 2 * timecode.Second   // an eyecatch is longer
	mostEyecatch  = 12 * timecode.Second  // and shorter
	mostSequence  = 150 * timecode.Second // an opening or ending is shorter
	sameSpot      = 0.25                  // share of an episode within which it begins or ends with it
	gapOfSequence = 1500 * timecode.Second / 1000
)

// Recurring finds what recurs in the episodes of one series, in order of episode and time. Whole episodes that are there twice are
// duplicates and no recurrence: of these only the first is looked at.
func (f *Footage) Recurring(ctx context.Context, episodes []catalog.Episode) ([]Label, error) {
	r := &recurring{Footage: f, at: map[int64]int{}, stretches: map[int64][]stretch{}}
	if err := r.gather(ctx, episodes); err != nil {
		return nil, err
	}
	var all []Label
	for i := range r.episodes {
		all = append(all, r.labels(i)...)
	}
	r.variants(all)
	return all, nil
}

// recurring is the work of Recurring.
type recurring struct {
	*Footage
	episodes  []catalog.Episode
	at        map[int64]int       // place of an episode in the series
	stretches map[int64][]stretch // of an episode, what others have too
}

// stretch is what an episode has in common with another.
type stretch struct {
	own, there timecode.Range
	other      int64
}

func (r *recurring) gather(ctx context.Context, episodes []catalog.Episode) error {
	only := map[int64]bool{}
	for _, e := range episodes {
		only[e.ID] = true
	}
	for i := range episodes {
		e := &episodes[i]
		reel, err := r.Reel(ctx, e.ID)
		if err != nil {
			return err
		}
		runs, err := r.Runs(ctx, reel, RunOptions{Only: only, Least: 5})
		if err != nil {
			return err
		}
		if r.known(e, runs) {
			continue
		}
		r.at[e.ID] = len(r.episodes)
		r.episodes = append(r.episodes, *e)
		if err := r.note(ctx, reel, runs); err != nil {
			return err
		}
	}
	return nil
}

// known tells of another release of an episode that is there already.
func (r *recurring) known(e *catalog.Episode, runs []Run) bool {
	shared := map[int64]timecode.Time{}
	for _, run := range runs {
		shared[run.Episode] += run.A.Length()
	}
	for other, length := range shared {
		if _, there := r.at[other]; there && 10*length > 7*e.Duration {
			return true
		}
	}
	return false
}

// note keeps an episode's runs, those of one line joined.
func (r *recurring) note(ctx context.Context, reel *Reel, runs []Run) error {
	by := map[int64][]Run{}
	for _, run := range runs {
		by[run.Episode] = append(by[run.Episode], run)
	}
	for other, of := range by {
		b, err := r.Reel(ctx, other)
		if err != nil {
			return err
		}
		for _, run := range bridged(reel, b, of) {
			r.stretches[reel.Episode] = append(r.stretches[reel.Episode], stretch{run.A, run.B, other})
		}
	}
	slices.SortFunc(r.stretches[reel.Episode], func(a, b stretch) int {
		return cmp.Or(cmp.Compare(a.own.Start, b.own.Start), cmp.Compare(a.own.End, b.own.End), cmp.Compare(a.other, b.other))
	})
	return nil
}

// labels are those of one episode: stretches that overlap or touch and are of one part are one.
func (r *recurring) labels(i int) []Label {
	e := &r.episodes[i]
	var all []Label
	others := map[int]map[int64]bool{}
	for _, s := range r.stretches[e.ID] {
		other, there := r.at[s.other]
		if !there {
			continue
		}
		part := partOf(s, e, &r.episodes[other], other-i)
		if part == "" {
			continue
		}
		n := slices.IndexFunc(all, func(l Label) bool {
			return l.Part == part && s.own.Start <= l.Range.End+gapOfSequence && l.Range.Start <= s.own.End+gapOfSequence
		})
		if n < 0 {
			n = len(all)
			all = append(all, Label{Episode: e.ID, Range: s.own, Part: part})
			others[n] = map[int64]bool{}
		}
		l := &all[n]
		l.Range = timecode.Range{Start: min(l.Range.Start, s.own.Start), End: max(l.Range.End, s.own.End)}
		others[n][s.other] = true
		l.Others = len(others[n])
	}
	slices.SortFunc(all, func(a, b Label) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	return all
}

// partOf tells what a stretch is by where it is in both episodes, how long it is, and which comes first.
func partOf(s stretch, e, other *catalog.Episode, later int) Part {
	length := s.own.Length()
	own, there := where(s.own, e), where(s.there, other)
	switch {
	case length < leastEyecatch || length > mostSequence:
		return ""
	case length >= leastSequence && own.begins && there.begins:
		return Opening
	case length >= leastSequence && own.ends && there.ends:
		return Ending
	case own.begins && !there.begins && later < 0:
		return Recap
	case own.ends && !there.ends && later > 0:
		return Preview
	case length <= mostEyecatch && !own.begins && !own.ends && !there.begins && !there.ends:
		return Eyecatch
	}
	return ""
}

// spot is where a stretch lies.
type spot struct{ begins, ends bool }

func where(s timecode.Range, e *catalog.Episode) spot {
	first, length := e.FirstPTS, e.Duration
	side := timecode.Time(sameSpot * float64(length))
	return spot{begins: s.Start-first <= side, ends: first+length-s.End <= side}
}

// variants numbers openings and endings that are not the same footage.
func (r *recurring) variants(all []Label) {
	count := map[Part]int{}
	for i := range all {
		l := &all[i]
		if l.Part != Opening && l.Part != Ending {
			l.Variant = 1
			continue
		}
		for k := range i {
			if o := &all[k]; o.Part == l.Part && r.same(l, o) {
				l.Variant = o.Variant
				break
			}
		}
		if l.Variant == 0 {
			count[l.Part]++
			l.Variant = count[l.Part]
		}
	}
}

// same tells whether most of two labels is the same footage.
func (r *recurring) same(a, b *Label) bool {
	var both timecode.Time
	for _, s := range r.stretches[a.Episode] {
		if s.other == b.Episode && s.own.Overlap(a.Range) > 0 {
			both += s.there.Overlap(b.Range)
		}
	}
	return 2*both >= min(a.Range.Length(), b.Range.Length())
}

// Of is the label that most of a shot lies in; false where it is just the episode.
func Of(labels []Label, shot catalog.Shot) (Label, bool) {
	for _, l := range labels {
		if l.Episode == shot.Episode && 2*l.Range.Overlap(shot.Range) >= max(1, shot.Range.Length()) {
			return l, true
		}
	}
	return Label{}, false
}
