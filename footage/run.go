package footage

import (
	"math"

	"github.com/amvlib/amvlib/timecode"
)

// Run is a stretch of a reel that shows what a stretch of an episode shows: a straight line in the plane of their two times.
type Run struct {
	Episode  int64          // that it was found in
	A        timecode.Range // where it is in the reel that was asked for
	B        timecode.Range // where it is in the episode; Start before End also where it runs backwards
	Rate     float64        // how much of the episode goes by in a second of the reel: 1 the same speed, 2 twice as fast, below 0 backwards
	Matches  int            // looks of the reel that were seen in the episode, none of them flat
	Distance float64        // mean distance of those, in bits

	origin timecode.Time // the episode's time at A.Start
}

// At is the time in the episode that the reel shows at t.
func (r Run) At(t timecode.Time) timecode.Time {
	return r.origin + timecode.Time(math.Round(r.Rate*float64(t-r.A.Start)))
}

// Back is the time in the reel at which it shows the episode's t.
func (r Run) Back(t timecode.Time) timecode.Time {
	return r.A.Start + timecode.Time(math.Round(float64(t-r.origin)/r.Rate))
}

// Offset is how much later in the episode the reel's first picture of the run is; it tells all where Rate is 1.
func (r Run) Offset() timecode.Time { return r.origin - r.A.Start }

// Shifted is r with the episode's times so much later: what a closer look at its offset comes to.
func (r Run) Shifted(by timecode.Time) Run {
	r.origin += by
	r.B.Start += by
	r.B.End += by
	return r
}

// span sets both stretches of a line through (t, u) from the reel's time from to its time to.
func span(t, u timecode.Time, rate float64, from, to timecode.Time) Run {
	r := Run{A: timecode.Range{Start: from, End: to}, Rate: rate}
	r.origin = u + timecode.Time(math.Round(rate*float64(from-t)))
	r.B = timecode.Range{Start: r.At(from), End: r.At(to)}
	if rate < 0 {
		r.B.Start, r.B.End = r.B.End, r.B.Start
	}
	return r
}
