package analysis

import "github.com/amvlib/amvlib/timecode"

// pace finds the rate at which frames come from their stamps, and whether they keep to it. The container's claim is believed where
// the stamps bear it out to the frame; then the common rate nearest to the average; then the average itself.
func pace(times []timecode.Time, claimed timecode.Rate) (rate timecode.Rate, variable bool) {
	average := averageRate(times)
	common := timecode.Nearest(average.Float())
	for _, r := range []timecode.Rate{claimed, common, average} {
		if r.Valid() && keeps(times, r) {
			return r, false
		}
	}
	switch {
	case claimed.Valid():
		return claimed, len(times) > 1
	case common.Valid():
		return common, true
	}
	return timecode.PAL, len(times) > 1
}

func averageRate(times []timecode.Time) timecode.Rate {
	n := int64(len(times)) - 1
	if n < 1 || times[n] <= times[0] {
		return timecode.Rate{}
	}
	return timecode.Rate{Num: n * int64(timecode.Second), Den: int64(times[n] - times[0])}
}

// keeps tells whether every frame is the one that its stamp says at rate, counted from the first.
func keeps(times []timecode.Time, rate timecode.Rate) bool {
	for i, t := range times {
		if rate.Frame(t-times[0]) != int64(i) {
			return false
		}
	}
	return true
}

// end is where the frame after the last would begin.
func end(times []timecode.Time, rate timecode.Rate) timecode.Time {
	if len(times) == 0 {
		return 0
	}
	return times[len(times)-1] + rate.At(1)
}
