package footage

import (
	"cmp"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// Align finds what two reels have in common, longest first: [Footage.Runs] for a reel that is at hand, by comparing all looks with all.
func Align(a, b *Reel, o RunOptions) []Run {
	o.settle()
	var points []point
	for _, l := range a.Looks {
		if l.Flat {
			continue
		}
		for _, m := range b.Looks {
			if !m.Flat && l.Whole.Distance(m.Whole) <= o.Radius {
				points = append(points, point{l.Time, m.Time, l.Whole.Distance(m.Whole)})
			}
		}
	}
	all := runsOn(a, b, points, o)
	slices.SortFunc(all, Run.compare)
	return all
}

// Snap corrects a run by boundaries, the times at which shots begin in the reel and in the episode: where the run says that a boundary of
// the one is near one of the other, it is the same boundary. The correction that most pairs agree in is taken, by the median of them;
// without any the run stays as it is. tolerance is how far off a run may be, and how well pairs agree is half a frame.
func Snap(r Run, a, b []timecode.Time, tolerance, frame timecode.Time) (Run, int) {
	var off []timecode.Time
	for _, t := range a {
		if t < r.A.Start-tolerance || t > r.A.End+tolerance {
			continue
		}
		at := r.At(t)
		i, _ := slices.BinarySearch(b, at-tolerance)
		for ; i < len(b) && b[i] <= at+tolerance; i++ {
			off = append(off, b[i]-at)
		}
	}
	agreed := agreeing(off, frame)
	if len(agreed) == 0 {
		return r, 0
	}
	return r.Shifted(agreed[len(agreed)/2]), len(agreed)
}

// agreeing is the largest group of corrections that lie within a frame of each other, of equal ones the smaller correction.
func agreeing(off []timecode.Time, frame timecode.Time) []timecode.Time {
	slices.Sort(off)
	from, to := 0, 0
	low := 0
	for high := range off {
		for off[high]-off[low] > frame {
			low++
		}
		size := cmp.Compare(high+1-low, to-from)
		if size > 0 || size == 0 && away(off[(low+high)/2], 0) < away(off[(from+to)/2], 0) {
			from, to = low, high+1
		}
	}
	return off[from:to]
}
