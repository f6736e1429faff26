package footage

import (
	"cmp"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// slack is how far points of one line may lie from it: a sample on either side, so that what stands still leans to neither.
const slack = timecode.Second / 4

// still is how far to both sides of a run other lines through the same stretch are taken for echoes of it: a picture that stands still
// looks like itself a moment later, and drawn ones move in circles.
const still = 8 * timecode.Second

// linesIn finds straight lines among points, those with most looks first. Each point speaks for one line.
func linesIn(points []point, o RunOptions) []Run {
	var all []Run
	left := slices.Clone(points)
	for len(left) >= o.Least {
		best := Run{}
		for _, rate := range o.Rates {
			if r := bestLine(left, rate, o); r.Matches > best.Matches {
				best = r
			}
		}
		if best.Matches < o.Least {
			break
		}
		all = append(all, best)
		left = slices.DeleteFunc(left, func(p point) bool {
			return best.A.Start <= p.a && p.a <= best.A.End && away(best.At(p.a), p.b) <= still
		})
	}
	return all
}

// sloped is a point and where the line of a rate through it crosses zero.
type sloped struct {
	point
	zero timecode.Time
}

// bestLine is the run of one rate with the most looks.
func bestLine(points []point, rate float64, o RunOptions) Run {
	all := make([]sloped, len(points))
	for i, p := range points {
		all[i] = sloped{p, p.b - timecode.Time(rate*float64(p.a))}
	}
	slices.SortFunc(all, func(x, y sloped) int { return cmp.Or(cmp.Compare(x.zero, y.zero), cmp.Compare(x.a, y.a)) })
	from, to := densest(all)
	if to-from < o.Least {
		return Run{}
	}
	return chained(all[from:to], rate, o.Gap)
}

// densest is the stretch, 2*slack long, of points in order of zero that has most.
func densest(all []sloped) (from, to int) {
	low := 0
	for high := range all {
		for all[high].zero-all[low].zero > 2*slack {
			low++
		}
		if high+1-low > to-from {
			from, to = low, high+1
		}
	}
	return from, to
}

// chained is the longest chain of points, in order of the reel's time, without a gap. Of a look only its nearest point counts.
func chained(line []sloped, rate float64, gap timecode.Time) Run {
	line = slices.Clone(line)
	slices.SortFunc(line, func(x, y sloped) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.d, y.d)) })
	line = slices.CompactFunc(line, func(x, y sloped) bool { return x.a == y.a })
	from, to := 0, 0
	for start, i := 0, 1; i <= len(line); i++ {
		if i < len(line) && line[i].a-line[i-1].a <= gap {
			continue
		}
		if i-start > to-from {
			from, to = start, i
		}
		start = i
	}
	return through(line[from:to], rate)
}

// through is the run of a chain of points: at the middle of where their lines cross zero, weighed by how near they are.
func through(chain []sloped, rate float64) Run {
	var sum, weight, bits float64
	for _, p := range chain {
		w := 1 / float64(1+p.d)
		sum += w * float64(p.zero-chain[0].zero)
		weight += w
		bits += float64(p.d)
	}
	zero := chain[0].zero + timecode.Time(sum/weight)
	r := span(0, zero, rate, chain[0].a, chain[len(chain)-1].a)
	r.Matches, r.Distance = len(chain), bits/float64(len(chain))
	return r
}
