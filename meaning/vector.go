package meaning

import "math"

// Vector is what is kept of a line. Its numbers are from -7 to 7, so four bits hold one; they are those of a model, seen through the space, in
// steps that are the same for all lines. Vectors of different lines can so be compared with one question by integers alone.
type Vector struct {
	Any     [Size]int8 // by the multilingual model
	English [Size]int8 // by the English one; zeros for a line that is not English
}

// How many steps make 1. Numbers of films' lines spread by 2.8 steps, so that one in eighty is cut off at 7; on the tuning half of the relevance
// set that finds as much as numbers that are not rounded.
const (
	stepsAny     = 34
	stepsEnglish = 36
	most         = 7
)

// IsEnglish tells whether the line has a vector of the English model.
func (v *Vector) IsEnglish() bool { return v.English != [Size]int8{} }

// store rounds v to dst, which has Size numbers.
func store(dst *[Size]int8, v []float32, steps float64) {
	for i, x := range v {
		dst[i] = int8(max(-most, min(most, math.RoundToEven(float64(x)*steps))))
	}
}
