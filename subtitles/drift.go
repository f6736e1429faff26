package subtitles

import (
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// Clock is how a sidecar's times become the film's. What the sidecar calls t is t × From / To + By there.
type Clock struct {
	From, To timecode.Rate // of the film that the sidecar was made for, and of this one; both zero where neither runs faster
	By       timecode.Time // added after
}

// Drifts tells whether the two run at different speeds.
func (c Clock) Drifts() bool { return c.From.Valid() && c.To.Valid() && !c.From.Equal(c.To) }

// speeds are how a sidecar's clock runs against a film's where it was made for the same frames at another rate: films are sped up for
// European television and slowed down again, and 23.976 is mistaken for 24.
var speeds = [][2]timecode.Rate{
	{timecode.PAL, timecode.Film}, {timecode.Film, timecode.PAL}, {timecode.PAL, timecode.Cinema}, {timecode.Cinema, timecode.PAL},
	{timecode.Cinema, timecode.Film}, {timecode.Film, timecode.Cinema},
}

// Fit is [Offset] that also finds a sidecar made for another frame rate, whose lines come ever earlier or later: 25 against 23.976
// and 24, and 24 against 23.976. A difference in speed is only found where it fits clearly more lines than a constant offset does,
// for over a few minutes 24 and 23.976 are one.
func Fit(inside, beside []Line) (Clock, bool) {
	a, b := starts(inside), starts(beside)
	found, ok := Clock{}, false
	by, most := agree(a, b)
	if ok = most > 0; ok {
		found.By = by
	}
	least := most + max(offsetLeast/2, most/10)
	for _, s := range speeds {
		c := Clock{From: s[0], To: s[1]}
		if by, n := agree(a, c.times(b)); n > 0 && n > least {
			c.By = by
			found, ok, least = c, true, n
		}
	}
	return found, ok
}

// times are instants at another speed; they keep their order.
func (c Clock) times(at []timecode.Time) []timecode.Time {
	out := make([]timecode.Time, len(at))
	for i, t := range at {
		out[i] = c.at(t)
	}
	return slices.Compact(out)
}

// at is exact to the microsecond. No product is too large: times end at 100 hours, and rates have five digits.
func (c Clock) at(t timecode.Time) timecode.Time {
	if !c.Drifts() {
		return t + c.By
	}
	num, den := timecode.Time(c.From.Num*c.To.Den), timecode.Time(c.From.Den*c.To.Num)
	return (t*num+den/2)/den + c.By
}

// Move puts lines on the film's clock. What would end before the film begins is left out, what would begin before it begins with it.
// The lines that are given are used up.
func (c Clock) Move(lines []Line) []Line {
	kept := lines[:0]
	for _, l := range lines {
		l.Start, l.End = max(0, c.at(l.Start)), c.at(l.End)
		if l.End > 0 {
			kept = append(kept, l)
		}
	}
	return kept
}
