package subtitles

import (
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

const (
	offsetBin   = timecode.Second / 10
	offsetReach = 10 * 60 * timecode.Second // further is another film, or another episode
	offsetLines = 1500                      // more decide nothing and cost the square
	offsetLeast = 8                         // agreeing lines
)

// Offset finds by how much beside, a sidecar's lines, must be moved to fit inside, those of a track in the film itself, as when the
// sidecar was made for a release with a longer logo: add it to every start and end. The languages may differ, for a translation
// keeps most of the times. It is false when no one offset fits at least a third of the lines, much better than any other; ±10
// minutes are searched. Sidecars that drift, made for another frame rate, fit none: see [Fit].
func Offset(inside, beside []Line) (timecode.Time, bool) {
	by, agreed := agree(starts(inside), starts(beside))
	return by, agreed > 0
}

// agree is [Offset] for the instants at which lines begin, and how many of them agree; 0 where too few do.
func agree(a, b []timecode.Time) (by timecode.Time, agreed int) {
	votes := map[int64]int{}
	for _, s := range b {
		from, _ := slices.BinarySearch(a, s-offsetReach)
		for _, r := range a[from:] {
			if r > s+offsetReach {
				break
			}
			votes[floorDiv(int64(r-s), int64(offsetBin))]++
		}
	}
	best, top, next := elect(votes)
	if enough := max(offsetLeast, min(len(a), len(b))/3); top < enough || top < 2*next {
		return 0, 0
	}
	return refine(a, b, timecode.Time(best)*offsetBin), top
}

// starts is when the talk begins, sorted, each instant once: songs and signs are timed as their translator likes.
func starts(lines []Line) (at []timecode.Time) {
	for _, l := range lines {
		if l.Kind == Dialogue {
			at = append(at, l.Start)
		}
	}
	slices.Sort(at)
	at = slices.Compact(at)
	return at[:min(len(at), offsetLines)]
}

func floorDiv(a, b int64) int64 {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// elect finds the two neighbouring bins with the most votes, and the most that any pair a second away has.
func elect(votes map[int64]int) (best int64, top, next int) {
	for bin := range votes {
		if n := votes[bin] + votes[bin+1]; n > top || n == top && bin < best {
			best, top = bin, n
		}
	}
	for bin := range votes {
		if n := votes[bin] + votes[bin+1]; (bin < best-10 || bin > best+10) && n > next {
			next = n
		}
	}
	return best, top, next
}

// refine is the median of the differences in the two bins from low.
func refine(a, b []timecode.Time, low timecode.Time) timecode.Time {
	var near []timecode.Time
	for _, s := range b {
		from, _ := slices.BinarySearch(a, s+low)
		for _, r := range a[from:] {
			if r >= s+low+2*offsetBin {
				break
			}
			near = append(near, r-s)
		}
	}
	slices.Sort(near)
	return near[len(near)/2]
}
