package footage

import (
	"math"

	"github.com/amvlib/amvlib/timecode"
)

const (
	alike = 12                       // bits up to which a look is taken for the one that a run says it is
	near  = 5 * timecode.Second / 32 // of that moment, how far the next sample of an episode is at most
	reach = timecode.Second / 2      // how far around that moment looks say something of where exactly it is
)

// confirm looks at a run closely: at which offset the looks fit best, how far it goes on to both sides, and how many fit.
func confirm(a, b *Reel, r Run) Run {
	r = r.Shifted(closer(a, b, r))
	first, last := a.From(r.A.Start), a.From(r.A.End+1)-1
	if first > last {
		return Run{}
	}
	for first > 0 && follows(a, b, r, first-1) {
		first--
	}
	for last+1 < len(a.Looks) && follows(a, b, r, last+1) {
		last++
	}
	out := span(r.A.Start, r.origin, r.Rate, a.Looks[first].Time, a.Looks[last].Time)
	out.Episode = r.Episode
	for _, l := range a.Looks[first : last+1] {
		if d := b.nearest(l, r.At(l.Time)); d <= alike {
			out.Matches++
			out.Distance += float64(d)
		}
	}
	out.Distance /= float64(max(1, out.Matches))
	return out
}

// follows tells whether the look at i, beside a run, is part of it still.
func follows(a, b *Reel, r Run, i int) bool {
	return b.nearest(a.Looks[i], r.At(a.Looks[i].Time)) <= alike
}

// nearest is the least distance from l of the looks at about t; 64 where there are none.
func (r *Reel) nearest(l Look, t timecode.Time) int {
	least := 64
	for _, o := range r.Within(timecode.Range{Start: t - near, End: t + near + 1}) {
		least = min(least, l.Distance(o))
	}
	return least
}

// closer is by how much a run's offset is to be corrected so that its looks fit best. Pictures differ by the more bits the farther apart
// they are in time, so the distances of neighbours make a V whose tip is where they are the same picture. It is found to a fraction
// of the step between samples where something moves, and stays where it is where nothing does.
func closer(a, b *Reel, r Run) timecode.Time {
	var lags, bits []float64
	for _, l := range a.Within(timecode.Range{Start: r.A.Start, End: r.A.End + 1}) {
		t := r.At(l.Time)
		for _, o := range b.Within(timecode.Range{Start: t - reach, End: t + reach}) {
			if d := l.Distance(o); d <= 2*alike {
				lags, bits = append(lags, float64(o.Time-t)), append(bits, float64(d))
			}
		}
	}
	return tip(lags, bits)
}

// tip finds the lag at which a V fits best, by least squares on a grid of 2 ms.
func tip(lags, bits []float64) timecode.Time {
	if len(lags) < 8 {
		return 0
	}
	const grid, side = timecode.Second / 500, 5 * timecode.Second / 16
	best, least := timecode.Time(0), residual(lags, bits, 0)*0.999 // where all are as good, nothing is moved
	for at := -side; at <= side; at += grid {
		if r := residual(lags, bits, float64(at)); r < least {
			best, least = at, r
		}
	}
	return best
}

// residual is what is left of bits beside the best c + s*|lag-at| with s at least 0.
func residual(lags, bits []float64, at float64) float64 {
	var n, sx, sy, sxx, sxy, syy float64
	for i, lag := range lags {
		x, y := math.Abs(lag-at), bits[i]
		n, sx, sy, sxx, sxy, syy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y, syy+y*y
	}
	vx, vxy, vy := sxx-sx*sx/n, sxy-sx*sy/n, syy-sy*sy/n
	if vx <= 0 || vxy <= 0 {
		return vy
	}
	return vy - vxy*vxy/vx
}
