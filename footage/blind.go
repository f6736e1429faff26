package footage

import (
	"context"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// tempos are the speeds at which footage is looked for by hashes alone.
var tempos = []float64{1, 2, .5, 1.5, .75, 1.25, 4, .25, -1, -2, -.5}

// What is claimed: most of a shot's pictures were seen, in order, and they are near. Look-alikes are near at some moment, not at a pace.
const (
	leastSeen = 3
	mostSeen  = .5 // of the looks of a shot
	nearMean  = 7  // bits
	margin    = 1  // bits by which a speed other than 1 has to be nearer, for pictures that stand still run at any
)

func (f *Footage) trace(ctx context.Context, v *Video, span timecode.Span) (Traced, error) {
	t := Traced{Clean: span, Range: timecode.Range{Start: v.reel.Looks[span.In].Time, End: v.reel.Looks[span.Out-1].Time}}
	t.Plain = !slices.ContainsFunc(v.reel.Looks[span.In:span.Out], func(l Look) bool { return !l.Flat })
	if t.Plain {
		return t, nil
	}
	for _, side := range []*Reel{&v.reel, &v.mirror} {
		part := &Reel{Looks: side.Looks[span.In:span.Out]}
		runs, err := f.atAnyTempo(ctx, part)
		if err != nil {
			return t, err
		}
		for _, r := range runs {
			if claims(part, r) && (!t.Found || preferred(r, t.Run)) {
				t.Found, t.Run, t.Mirrored = true, r, side == &v.mirror
			}
		}
	}
	if !t.Found {
		return t, nil
	}
	return t, f.land(ctx, &t)
}

// atAnyTempo finds runs speed by speed: at half the speed, too, pictures are those of a moment before and after, only not as near.
func (f *Footage) atAnyTempo(ctx context.Context, part *Reel) (all []Run, err error) {
	o := RunOptions{Least: min(leastSeen, len(part.Looks))}
	o.settle()
	points, err := f.points(ctx, part, o)
	for episode, found := range points {
		if err != nil {
			return nil, err
		}
		var b *Reel
		b, err = f.Reel(ctx, episode)
		for _, tempo := range tempos {
			if o.Rates = []float64{tempo}; err == nil {
				all = append(all, runsOn(part, b, found, o)...)
			}
		}
	}
	slices.SortFunc(all, Run.compare)
	return all, err
}

// claims tells whether a run is enough to say that a shot is from there.
func claims(part *Reel, r Run) bool {
	seen := 0
	for _, l := range part.Looks {
		if !l.Flat {
			seen++
		}
	}
	return float64(r.Matches) >= mostSeen*float64(seen) && r.Distance <= nearMean
}

// preferred tells whether a run says more than the one before it.
func preferred(r, than Run) bool {
	d := than.Distance - r.Distance
	switch {
	case r.Rate == 1 && than.Rate != 1:
		d += margin
	case r.Rate != 1 && than.Rate == 1:
		d -= margin
	}
	return d+float64(r.Matches-than.Matches)/8 > 0
}

// land finds the frames of the episode.
func (f *Footage) land(ctx context.Context, t *Traced) error {
	q, err := f.lib.Sequence(ctx, t.Run.Episode)
	if err != nil {
		return err
	}
	p := piece{to: q}
	last := int64(len(q.Times)) - 1
	t.First = min(last, max(0, p.at(t.Run.At(t.Range.Start))))
	t.Last = min(last, max(0, p.at(t.Run.At(t.Range.End))))
	return nil
}
