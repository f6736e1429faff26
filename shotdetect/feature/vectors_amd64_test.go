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

// lit is a picture of such luma and chroma, repeated.
func lit(luma, tint []byte) *look {
	l := lookOf(luma)
	for i := range l.Cb {
		if len(tint) > 0 {
			l.Cb[i], l.Cr[i] = tint[i%len(tint)], tint[i*7%len(tint)]
		}
	}
	l.derive()
	return l
}

// agreeBlended compares what both say of three.
func agreeBlended(t *testing.T, before, now, after *look) {
	t.Helper()
	var vector, plain ends
	meet(&vector, &before.quarters, &now.quarters, &after.quarters)
	meetPlain(&plain, &before.quarters, &now.quarters, &after.quarters)
	if vector != plain {
		t.Errorf("blended with vectors %v, plainly %v", vector, plain)
	}
}

// agreeReduced compares both ways to reduce pix, repeated.
func agreeReduced(t *testing.T, pix []byte) {
	t.Helper()
	frame := make([]byte, 320*180)
	for i := range frame {
		if len(pix) > 0 {
			frame[i] = pix[i%len(pix)]
		}
	}
	for _, width := range []int{320, 160} {
		var r reducer
		r.fit(width, width*9/16, width/5*2, width*9/16/5*2)
		vector, plain, slow := new(kept), new(kept), new(kept)
		r.reduce(vector.y[:], frame, width)
		plainly(func() { r.reduce(plain.y[:], frame, width) })
		r.reduceAny(slow.y[:], frame, width)
		if *vector != *plain || *plain != *slow {
			t.Errorf("reduced from a width of %d: %v with vectors, %v plainly, %v by any size", width, vector.y[:9], plain.y[:9], slow.y[:9])
		}
	}
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
	for _, p := range [][2]*[coarse]int16{{&old.quarters[0], &now.quarters[0]}, {&old.outline, &now.outline}} {
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
	ends := []*look{lit([]byte{0}, []byte{0}), lit([]byte{255}, []byte{255}), lit([]byte{255}, []byte{0}), lit([]byte{0, 255}, []byte{255, 0})}
	for _, a := range ends {
		for _, b := range ends {
			agree(t, a, b)
			for _, c := range ends {
				agreeBlended(t, a, b, c)
			}
		}
	}
	for seed := range uint64(30) {
		calm, wild := noise(seed, 100, 110+int(seed)*5), noise(seed, 0, 256)
		moved := slices.Concat(calm[67*seed:], calm[:67*seed])
		a, b, c := lit(calm, wild), lit(moved, calm), lit(wild, moved)
		agree(t, a, b)
		agree(t, c, a)
		agreeBlended(t, a, b, c)
		agreeBlended(t, c, a, b)
		agreeReduced(t, wild)
		agreeReduced(t, wild[:seed])
	}
	agreeReduced(t, []byte{255})
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
	f.Fuzz(func(t *testing.T, a, b []byte) {
		old, now := lit(a, b), lit(b, a)
		agree(t, old, now)
		agreeBlended(t, old, lit(a, a), now)
		agreeReduced(t, a)
	})
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
