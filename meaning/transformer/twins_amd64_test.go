package transformer

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// plainly runs f without vectors.
func plainly(f func()) {
	defer func(before bool) { vectors = before }(vectors)
	vectors = false
	f()
}

func needVectors(t testing.TB) {
	if !vectors {
		t.Skip("this machine has no AVX2")
	}
}

// same fails unless f does the same to v with vectors and without, bit for bit.
func same(t *testing.T, what string, v []float32, f func(v []float32)) {
	t.Helper()
	fast, plain := slices.Clone(v), slices.Clone(v)
	f(fast)
	plainly(func() { f(plain) })
	sameBits(t, what, fast, plain)
}

func sameBits(t *testing.T, what string, fast, plain []float32) {
	t.Helper()
	for i := range plain {
		if math.Float32bits(fast[i]) != math.Float32bits(plain[i]) {
			t.Fatalf("%s: number %d of %d is %g with vectors and %g without", what, i, len(plain), fast[i], plain[i])
		}
	}
}

// noise has small numbers, large ones, zeros of both signs, and numbers at the edges of float32 that a computation can hold.
func noise(seed uint64, n int) []float32 {
	r, v := rand.New(rand.NewPCG(seed, 9)), make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64() * math.Exp(r.NormFloat64()*float64(seed%7)))
		if r.IntN(20) == 0 {
			v[i] = []float32{0, float32(math.Copysign(0, -1)), 1e15, -1e15, 1e-30, -1e-38, 1e-45, 0.5, -126.5}[r.IntN(9)]
		}
	}
	return v
}

func TestFloatTwins(t *testing.T) {
	needVectors(t)
	for seed := range uint64(100) {
		for _, n := range []int{8, 16, 32, 64, 96, 384} {
			x, y, z, u := noise(seed, n), noise(seed+1000, n), noise(seed+2000, n), noise(seed+3000, n)
			same(t, "gelu", x, gelu)
			same(t, "softmax", x, func(v []float32) { softmax(v, 0.25) })
			same(t, "normalise", x, func(v []float32) { normalise(v, y, Norm{z, u}, 1e-12) })
			same(t, "blend", x, func(v []float32) { blend(v, y[:3], noise(seed, 5*n), 2*n) })
		}
	}
}

func TestQuantiseTwins(t *testing.T) {
	needVectors(t)
	check := func(x []float32) {
		t.Helper()
		fast, plain := make([]block, 3*len(x)/span), make([]block, 3*len(x)/span)
		quantise(fast, 3, x)
		quantisePlain(plain, 3, x)
		if !slices.Equal(fast, plain) {
			t.Fatalf("%v: blocks with vectors %v, without %v", x, fast, plain)
		}
	}
	for seed := range uint64(200) {
		check(noise(seed, 3*span))
	}
	halves := make([]float32, span) // what lies between two whole numbers goes to the even one
	for i := range halves {
		halves[i] = float32(i) - 15.5
	}
	halves[0] = 127
	check(halves)
	check(make([]float32, span))
	check(slices.Repeat([]float32{smallest}, span))
	check(slices.Repeat([]float32{math.Nextafter32(smallest, 0)}, span))
}

// edges are weights and numbers as large as they come, the worst that a sum of 16 bits can meet.
func edges(r *rand.Rand, v []float32) {
	for i := range v {
		v[i] = []float32{-1, 1}[r.IntN(2)]
	}
}

func TestMultiplyTwins(t *testing.T) {
	needVectors(t)
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 10))
		count, in, out := 1+r.IntN(9), 1+r.IntN(6), span*(1+r.IntN(2))
		x := noise(seed, count*in*span)
		if seed%3 == 0 {
			edges(r, x)
		}
		for _, bits := range []int{4, 8} {
			m := drawnMatrix(r, out, in*span, bits, 0.1)
			switch seed % 6 {
			case 0:
				extreme(r, m)
			case 3:
				lowest4And8(m)
			}
			a := arrange(Linear{m, noise(seed+1, out)})
			same(t, "product", make([]float32, wholeGroups(count)*out), func(v []float32) {
				var tok tokens
				tok.reset(count, in)
				tok.quantise(x)
				a.run(v, out, &tok, 0, out)
			})
		}
	}
}

// extreme makes every number of a matrix the lowest or the highest.
func extreme(r *rand.Rand, m Matrix) {
	for i := range m.Data {
		if m.Bits == 8 {
			m.Data[i] = []byte{0x80, 0x7f}[r.IntN(2)]
		} else if i%spanBytes >= 2 {
			m.Data[i] = []byte{0x00, 0x0f, 0xf0, 0xff}[r.IntN(4)]
		}
	}
}

func lowest4And8(m Matrix) {
	for i := range m.Data {
		if m.Bits == 8 {
			m.Data[i] = 0x80
		} else if i%spanBytes >= 2 {
			m.Data[i] = 0
		}
	}
}

func TestModelsAgreeWithoutVectors(t *testing.T) {
	needVectors(t)
	for _, bits := range []int{4, 8} {
		m, ids := modelOf(t, small, drawn(3, small, 70, bits)), sentences(3, 30, 50, 70)
		fast := embedded(t, m, ids)
		plainly(func() {
			for i, plain := range embedded(t, m, ids) {
				sameBits(t, "vector", fast[i], plain)
			}
		})
	}
}

func FuzzTwins(f *testing.F) {
	f.Add(uint64(1), []byte{0, 255, 128, 127, 1})
	f.Add(uint64(2), []byte("\x80\x7f\x00\xff"))
	f.Fuzz(func(t *testing.T, seed uint64, data []byte) {
		needVectors(t)
		r := rand.New(rand.NewPCG(seed, 11))
		x := noise(seed, 5*2*span)
		for _, bits := range []int{4, 8} {
			m := drawnMatrix(r, span, 2*span, bits, 0.1)
			for i := range m.Data {
				if len(data) > 0 && (bits == 8 || i%spanBytes >= 2) {
					m.Data[i] = data[i%len(data)]
				}
			}
			a := arrange(Linear{m, noise(seed+1, span)})
			same(t, "product", make([]float32, 8*span), func(v []float32) {
				var tok tokens
				tok.reset(5, 2)
				tok.quantise(x)
				a.run(v, span, &tok, 0, span)
			})
		}
	})
}

func BenchmarkEmbedPlain(b *testing.B) { plainly(func() { BenchmarkEmbed(b) }) }
