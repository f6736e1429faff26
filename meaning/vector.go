package meaning

import "math"

// Vector is what is kept of a line. Its numbers are those of a model in steps of 1/steps, so vectors of different lines can be compared with
// one question by integers alone.
type Vector struct {
	Any     [Size]int8 // by the multilingual model
	English [Size]int8 // by the English one; zeros for a line that is not English
}

// steps is how many steps of a stored number make 1. A line's vector and its share of the window's come to numbers of up to 0.42; half of 1 can
// be stored.
const steps = 256

// IsEnglish tells whether the line has a vector of the English model.
func (v *Vector) IsEnglish() bool { return v.English != [Size]int8{} }

// store rounds v to dst, which has Size numbers.
func store(dst *[Size]int8, v []float32) {
	for i, x := range v {
		dst[i] = int8(max(-127, min(127, math.RoundToEven(float64(x)*steps))))
	}
}
