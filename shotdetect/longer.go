package shotdetect

import "slices"

// Longer leaves out boundaries of a film of so many frames until every shot is long enough, or there is one alone: that of the two at
// the shorter ones' ends of which the detector is less sure, the shortest shots first. The boundaries are in order and do not overlap.
func Longer(found []Boundary, frames int64, enough func(Shot) bool) []Boundary {
	left := slices.Clone(found)
	for len(left) > 0 {
		shortest, at := int64(-1), 0
		for i, s := range Shots(left, frames) {
			if n := s.Span.Len(); !enough(s) && (shortest < 0 || n < shortest) {
				shortest, at = n, i
			}
		}
		if shortest < 0 {
			break
		}
		drop := min(at, len(left)-1) // the boundary behind it
		if at > 0 && left[at-1].Score < left[drop].Score {
			drop = at - 1
		}
		left = slices.Delete(left, drop, drop+1)
	}
	return left
}
