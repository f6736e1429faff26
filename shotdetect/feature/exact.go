package feature

import "math"

// logarithm is the natural logarithm of v, which is 1 or more. It is reckoned here, since the bits of math.Log may differ from machine to
// machine: v = m 2^e, and log m = 2 artanh((m-1)/(m+1)), good to 1e-14. Conversions keep products from being fused into sums.
func logarithm(v float64) float64 {
	m, e := math.Frexp(v)
	if m < math.Sqrt2/2 {
		m, e = m*2, e-1
	}
	s := (m - 1) / (m + 1)
	z := float64(s * s)
	p := 1.0 / 15
	for n := 13; n > 0; n -= 2 {
		p = float64(p*z) + 1/float64(n)
	}
	return float64(2*s*p) + float64(float64(e)*math.Ln2)
}

// share is log(1 + sum/of).
func share(sum, of int) float32 { return float32(logarithm(float64(of+sum) / float64(of))) }

// square is v times v, rounded.
func square(v float64) float64 { return float64(v * v) }

// edgeRoots are the roots of the sums of four steepnesses, times 16.
var edgeRoots = func() (roots [4*2*255 + 1]int16) {
	r := 0
	for v := range roots {
		for (r+1)*(r+1) <= v<<8 {
			r++
		}
		roots[v] = int16(r)
	}
	return roots
}()
