package analysis

import (
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

func stamps(n int64, at func(int64) timecode.Time) []timecode.Time {
	times := make([]timecode.Time, n)
	for i := range times {
		times[i] = at(int64(i))
	}
	return times
}

func TestPace(t *testing.T) {
	ms := func(r timecode.Rate, off timecode.Time) func(int64) timecode.Time {
		return func(i int64) timecode.Time { return (r.At(i) + off + 500) / 1000 * 1000 }
	}
	odd := timecode.Rate{Num: 12048, Den: 1000}
	for name, c := range map[string]struct {
		times    []timecode.Time
		claimed  timecode.Rate
		want     timecode.Rate
		variable bool
	}{
		"film in milliseconds":        {stamps(30000, ms(timecode.Film, 0)), timecode.Film, timecode.Film, false},
		"begins late":                 {stamps(3000, ms(timecode.Film, 83000)), timecode.Film, timecode.Film, false},
		"claims nothing":              {stamps(3000, ms(timecode.PAL, 0)), timecode.Rate{}, timecode.PAL, false},
		"claims wrongly":              {stamps(3000, ms(timecode.Film, 0)), timecode.NTSC, timecode.Film, false},
		"no common rate":              {stamps(3000, odd.At), odd, odd, false},
		"film is not cinema":          {stamps(34000, ms(timecode.Film, 0)), timecode.Cinema, timecode.Film, false},
		"every fifth frame is longer": {stamps(3000, func(i int64) timecode.Time { return timecode.NTSC.At(i + i/4) }), timecode.Film, timecode.Film, true},
		"one frame":                   {stamps(1, timecode.PAL.At), timecode.Rate{}, timecode.PAL, false},
		"a gap":                       {stamps(100, func(i int64) timecode.Time { return timecode.PAL.At(i + i/50*10) }), timecode.PAL, timecode.PAL, true},
	} {
		if got, variable := pace(c.times, c.claimed); !got.Equal(c.want) || variable != c.variable {
			t.Errorf("%s: %v, variable %v; want %v, %v", name, got, variable, c.want, c.variable)
		}
	}
}
