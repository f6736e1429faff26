package timeline

import (
	"iter"

	"github.com/amvlib/amvlib/timecode"
)

// Placed yields the track's items, each with the frame of the timeline at which it begins, counted from 0; a transition with the
// frame of the cut that it lies over.
func (t *Track) Placed() iter.Seq2[int64, Item] {
	return func(yield func(int64, Item) bool) {
		var at int64
		for _, it := range t.Items {
			if !yield(at, it) {
				return
			}
			at += it.Frames()
		}
	}
}

// Hour is the frame whose timecode reads 01:00:00:00 at rate, where edits begin by custom. At 29.97 and 59.94 that is drop frame's
// 01:00:00;00, an hour by the clock; at 23.976 it is 86400, an hour by the count.
func Hour(rate timecode.Rate) int64 {
	hour, err := rate.ParseTimecode("01:00:00;00")
	if err != nil {
		return 0 // an unknown rate counts nothing
	}
	return hour
}
