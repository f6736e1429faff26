package feature

import "math"

const (
	blendFloor = coarse * 4 * 16 // added to the squared distance of the ends, in quarters of a step
	spreadSafe = 10 * 16         // the same for one pixel
	fineness   = 256             // of a pixel's share
)

// ends is what a frame and two around it have in common, summed over pixels and over luma and chroma, in quarters of a step.
type ends struct {
	aa, ab, bb int64 // products of a = frame - before and b = after - before
	near, span int64 // of each pixel the distance to the nearer end, and that of the ends
	s1, s2     int64 // of each pixel its share of after, and that squared, weighted by the squared distance of the ends
}

// blended is whether now is a blend of before and after, see [Row.Blend].
func blended(before, now, after *look) (n [Blends]float32) {
	var e ends
	meet(&e, &before.quarters, &now.quarters, &after.quarters)
	total := float64(e.bb + blendFloor)
	alpha := float64(e.ab) / total
	rest := float64(e.aa) - float64(2*alpha*float64(e.ab)) + float64(square(alpha)*float64(e.bb))
	spread := float64(float64(e.s2)/(fineness*fineness)) - float64(2*alpha*(float64(e.s1)/fineness)) + float64(square(alpha)*float64(e.bb))
	span := e.span + 4*coarse
	n[0] = float32(min(max(alpha, -1), 2))
	n[1] = float32(min(math.Sqrt(max(rest, 0)/total), 3))
	n[2] = float32(min(float64(e.near)/float64(span), 3))
	n[3] = float32(min(math.Sqrt(max(spread, 0)/total), 2))
	n[4] = share(int(e.span), 4*coarse)
	return n
}

// meetPlain reckons ends of the quarters of three looks.
func meetPlain(e *ends, before, now, after *[3][coarse]int16) {
	*e = ends{}
	for i := range coarse {
		var ab, bb, toBefore, toAfter int32
		for k := range before {
			a, b := int32(now[k][i])-int32(before[k][i]), int32(after[k][i])-int32(before[k][i])
			e.aa += int64(a * a)
			ab, bb = ab+a*b, bb+b*b
			toBefore, toAfter = toBefore+abs(a), toAfter+abs(a-b)
			e.span += int64(abs(b))
		}
		e.ab, e.bb = e.ab+int64(ab), e.bb+int64(bb)
		e.near += int64(min(toBefore, toAfter))
		// The quotient of two floats is rounded alike everywhere, and then cut to a whole number.
		q := int64(min(max(float32(ab)/float32(bb+spreadSafe), -.5), 1.5) * fineness)
		e.s1, e.s2 = e.s1+q*int64(bb), e.s2+q*q*int64(bb)
	}
}

func abs(v int32) int32 { return max(v, -v) }
