package vectors

import (
	"math"
	"testing"
)

// TestSurround compares with the sum as it is written down.
func TestSurround(t *testing.T) {
	was := []float32{1, -2, 3, 0.5, 4, 4, -1, 2}
	tracks := []uint32{0, 0, 0, 0, 1, 1, 1, 2}
	got := append([]float32(nil), was...)
	surround(got, tracks, 0.75, make([]float32, len(was)))
	for i := range was {
		want := float64(was[i])
		for k := range was {
			if k != i && tracks[k] == tracks[i] {
				want += 0.75 * (1 - fade) / 2 * math.Pow(fade, math.Abs(float64(k-i))-1) * float64(was[k])
			}
		}
		if math.Abs(float64(got[i])-want) > 1e-5 {
			t.Errorf("line %d scores %g, want %g", i, got[i], want)
		}
	}
	if got[7] != 2 {
		t.Errorf("a line alone in its track scores %g", got[7])
	}
}
