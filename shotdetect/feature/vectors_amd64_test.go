package feature

import (
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

// lookOf is a picture of such luma, repeated.
func lookOf(luma []byte) *look {
	l := new(look)
	for i := range l.Y {
		if len(luma) > 0 {
			l.Y[i] = luma[i%len(luma)]
		}
	}
	l.derive()
	return l
}

// agree compares what vectors and the plain twins say of two pictures.
func agree(t *testing.T, old, now *look) {
	t.Helper()
	var first moves
	var vector, plain found
	search(&vector, old, now, &first)
	plainly(func() { search(&plain, old, now, &first) })
	if vector != plain {
		t.Errorf("searched with vectors %v, plainly %v", vector, plain)
	}
	for _, p := range [][2]*[coarse]int16{{&old.luma, &now.luma}, {&old.outline, &now.outline}} {
		if v := dot(p[0], p[1]); v != dotPlain(p[0], p[1]) {
			t.Errorf("the product is %d with vectors, %d plainly", v, dotPlain(p[0], p[1]))
		}
	}
}

func noise(seed uint64, from, to int) []byte {
	r, b := rand.New(rand.NewPCG(seed, 1)), make([]byte, pixels)
	for i := range b {
		b[i] = byte(from + r.IntN(to-from))
	}
	return b
}

func TestVectorsAgreeWithThePlainTwins(t *testing.T) {
	if !vectors {
		t.Skip("this machine has no AVX2")
	}
	white, black := lookOf([]byte{255}), lookOf([]byte{0})
	agree(t, white, black)
	agree(t, black, white)
	agree(t, white, white)
	agree(t, lookOf([]byte{0, 255}), lookOf([]byte{255, 0}))
	for seed := range uint64(30) {
		calm := noise(seed, 100, 110+int(seed)*5)
		moved := slices.Concat(calm[67*seed:], calm[:67*seed])
		agree(t, lookOf(calm), lookOf(moved))
		agree(t, lookOf(noise(seed, 0, 256)), lookOf(calm))
	}
}

func TestFilmsAgreeWithoutVectors(t *testing.T) {
	frames := film(320, 180, 60)
	with := rowsOf(frames...)
	plainly(func() {
		for n, row := range rowsOf(frames...) {
			if row != with[n] {
				t.Fatalf("frame %d is %v plainly, %v with vectors", n, row, with[n])
			}
		}
	})
}

func FuzzVectors(f *testing.F) {
	f.Add([]byte{0}, []byte{255})
	f.Add([]byte{1, 2, 3}, noise(1, 0, 256))
	f.Fuzz(func(t *testing.T, a, b []byte) { agree(t, lookOf(a), lookOf(b)) })
}

func BenchmarkStreamPlain(b *testing.B) { plainly(func() { BenchmarkStream(b) }) }

func BenchmarkSearch(b *testing.B) {
	old, now := lookOf(noise(1, 0, 256)), lookOf(noise(2, 0, 256))
	both := func(b *testing.B) {
		var first moves
		var f found
		for b.Loop() {
			search(&f, old, now, &first)
		}
	}
	b.Run("vectors", both)
	b.Run("plain", func(b *testing.B) { plainly(func() { both(b) }) })
}
