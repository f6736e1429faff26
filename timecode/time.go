package timecode

import (
	"fmt"
	"math"
	"time"
)

// Time is an instant or a length in microseconds, exact. Instants count from the start of a container.
type Time int64

// Second is one second of Time.
const Second Time = 1_000_000

// FromSeconds rounds seconds to the nearest microsecond.
func FromSeconds(s float64) Time { return Time(math.Round(s * float64(Second))) }

// FromDuration rounds d to the nearest microsecond.
func FromDuration(d time.Duration) Time { return Time(d.Round(time.Microsecond) / time.Microsecond) }

// Seconds is t for formats that know no integers.
func (t Time) Seconds() float64 { return float64(t) / float64(Second) }

// Duration is t as the standard library counts it.
func (t Time) Duration() time.Duration { return time.Duration(t) * time.Microsecond }

// String is t as people read it, hours only where there are any: 1:02.345 or 1:00:02.345.
func (t Time) String() string {
	sign := ""
	if t < 0 {
		sign, t = "-", -t
	}
	ms := (int64(t) + 500) / 1000
	h, m, s := ms/3_600_000, ms/60_000%60, ms/1000%60
	if h > 0 {
		return fmt.Sprintf("%s%d:%02d:%02d.%03d", sign, h, m, s, ms%1000)
	}
	return fmt.Sprintf("%s%d:%02d.%03d", sign, m, s, ms%1000)
}

// Range is the stretch of time from Start up to, but without, End.
type Range struct {
	Start Time `json:"start"`
	End   Time `json:"end"`
}

// Length is how long r lasts; never negative.
func (r Range) Length() Time { return max(0, r.End-r.Start) }

// Contains tells whether t lies in r.
func (r Range) Contains(t Time) bool { return r.Start <= t && t < r.End }

// Overlap is how much of r and o is common; never negative.
func (r Range) Overlap(o Range) Time { return max(0, min(r.End, o.End)-max(r.Start, o.Start)) }

// Span is the run of frames from In up to, but without, Out.
type Span struct {
	In  int64 `json:"in"`
	Out int64 `json:"out"`
}

// Len is the number of frames in s; never negative.
func (s Span) Len() int64 { return max(0, s.Out-s.In) }

// Contains tells whether frame lies in s.
func (s Span) Contains(frame int64) bool { return s.In <= frame && frame < s.Out }

// Overlap is the number of frames that s and o share; never negative.
func (s Span) Overlap(o Span) int64 { return max(0, min(s.Out, o.Out)-max(s.In, o.In)) }
