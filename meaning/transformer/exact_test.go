package transformer

import (
	"math"
	"testing"
)

func TestExponential(t *testing.T) {
	for x := float32(0); x > lowest; x -= 0.00073 {
		if want := math.Exp(float64(x)); math.Abs(float64(exponential(x))/want-1) > 3e-7 {
			t.Fatalf("e^%g is %g, not %g", x, exponential(x), want)
		}
	}
	for _, x := range []float32{lowest, -87, -1e10, -math.MaxFloat32, float32(math.Inf(-1))} {
		if e := exponential(x); !(e > 0 && e < 1e-36) {
			t.Errorf("e^%g is %g", x, e)
		}
	}
}

func TestGelu(t *testing.T) {
	for x := -12.0; x < 12; x += 0.00037 {
		v := []float32{float32(x)}
		geluPlain(v)
		want := float64(float32(x)) * 0.5 * (1 + math.Erf(float64(float32(x))/math.Sqrt2))
		if math.Abs(float64(v[0])-want) > 1e-6 {
			t.Fatalf("gelu of %g is %g, not %g", x, v[0], want)
		}
	}
}

func TestHalf(t *testing.T) {
	for bits := range 0x7c00 {
		fraction, exponent := bits&1023, bits>>10
		want := math.Ldexp(float64(fraction), -24)
		if exponent > 0 {
			want = math.Ldexp(float64(1024+fraction), exponent-25)
		}
		if got, minus := half(uint16(bits)), half(uint16(bits|0x8000)); float64(got) != want || float64(minus) != -want {
			t.Fatalf("half %#x is %g, with its sign %g; want %g", bits, got, minus, want)
		}
	}
}
