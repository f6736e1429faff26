package shotdetect

import "math"

// slope is a curve that stays, rises evenly from start to end, and stays.
type slope struct{ start, end int64 }

// climb is the slope that fits a curve best, by least squares. All pairs of corners are tried, each in constant time.
func climb(curve []float32) slope {
	best, least := slope{}, math.Inf(1)
	c := accumulate(curve)
	for s := 0; s+2 < len(curve); s++ {
		for e := s + 2; e < len(curve); e++ {
			if off := c.off(s, e); off < least {
				best, least = slope{int64(s), int64(e)}, off
			}
		}
	}
	return best
}

// sums are running sums of a curve: of its values, their squares, and values times places. Each begins with 0.
type sums struct{ one, two, timed []float64 }

func accumulate(curve []float32) sums {
	n := len(curve) + 1
	c := sums{make([]float64, n), make([]float64, n), make([]float64, n)}
	for i, v := range curve {
		v := float64(v)
		c.one[i+1], c.two[i+1], c.timed[i+1] = c.one[i]+v, c.two[i]+v*v, c.timed[i]+v*float64(i)
	}
	return c
}

// off is the sum of squares by which the curve misses the slope from s to e: that about the means before and after, and that about
// the line between, which is base + rise*i.
func (c sums) off(s, e int) float64 {
	n := len(c.one) - 1
	low, high := c.one[s+1]/float64(s+1), (c.one[n]-c.one[e])/float64(n-e)
	rise := (high - low) / float64(e-s)
	base := low - rise*float64(s)
	between := float64(e - s - 1)
	places := between * float64(s+e) / 2
	line := between*base*base + 2*base*rise*places + rise*rise*(squares(e-1)-squares(s))
	cross := base*(c.one[e]-c.one[s+1]) + rise*(c.timed[e]-c.timed[s+1])
	return c.two[n] - low*c.one[s+1] - high*(c.one[n]-c.one[e]) + line - 2*cross
}

// squares is 1 + 4 + 9 + ... + n*n.
func squares(n int) float64 { return float64(n) * float64(n+1) * float64(2*n+1) / 6 }
