package phash

import (
	"bytes"
	"errors"
	"image"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// plane is random luma with some structure.
func plane(r *rand.Rand, stride, w, h int) []byte {
	y := make([]byte, stride*h)
	a, b := 1+r.IntN(9), 1+r.IntN(9)
	for i := range y {
		x, row := i%stride, i/stride
		y[i] = byte(128 + 90*math.Sin(float64(x*a)/40)*math.Cos(float64(row*b)/30) + float64(r.IntN(20)))
	}
	return y
}

// exact is one reduced pixel by fractions: the mean of the plane over its box.
func exact(y []byte, stride, w, h, col, row int) byte {
	sum := new(big.Rat)
	part := func(n, size, at int) *big.Rat { // of source line n, in 64ths, under reduced line at
		low, high := max(n*Side, at*size), min((n+1)*Side, (at+1)*size)
		return big.NewRat(int64(max(0, high-low)), 1)
	}
	for sy := row * h / Side; sy < h && sy*Side < (row+1)*h; sy++ {
		for sx := col * w / Side; sx < w && sx*Side < (col+1)*w; sx++ {
			v := new(big.Rat).Mul(part(sx, w, col), part(sy, h, row))
			sum.Add(sum, v.Mul(v, big.NewRat(int64(y[sy*stride+sx]), 1)))
		}
	}
	sum.Quo(sum, big.NewRat(int64(w*h), 1)).Add(sum, big.NewRat(1, 2))
	return byte(new(big.Int).Quo(sum.Num(), sum.Denom()).Int64())
}

func TestGray64IsExactMean(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, s := range [][2]int{{320, 180}, {64, 64}, {1, 1}, {3, 200}, {63, 65}, {100, 7}, {321, 179}} {
		stride := s[0] + 3
		y := plane(r, stride, s[0], s[1])
		g := Gray64(y, stride, s[0], s[1])
		for range 200 {
			col, row := r.IntN(Side), r.IntN(Side)
			if got, want := g.GrayAt(col, row).Y, exact(y, stride, s[0], s[1], col, row); got != want {
				t.Fatalf("%v: %d,%d is %d, want %d", s, col, row, got, want)
			}
		}
	}
}

func TestGray64KeepsFlatPlanes(t *testing.T) {
	for _, v := range []byte{0, 1, 16, 127, 254, 255} {
		g := Gray64(bytes.Repeat([]byte{v}, 333*77), 333, 333, 77)
		if !bytes.Equal(g.Pix, bytes.Repeat([]byte{v}, Side*Side)) {
			t.Errorf("a plane of %d is not", v)
		}
	}
}

func TestGray64OfBrokenPlanesIsBlack(t *testing.T) {
	y := bytes.Repeat([]byte{200}, 100)
	for _, c := range [][3]int{{10, 0, 10}, {10, 10, 0}, {10, -1, 5}, {5, 10, 10}, {10, 10, 11}, {10, 10, math.MaxInt}, {0, 0, 0}, {math.MaxInt, 10, 3}} {
		g := Gray64(y, c[0], c[1], c[2])
		if _, variance, err := Of(g); err != nil || !Flat(variance) || g.Pix[0] != 0 {
			t.Errorf("%v: variance %v, %v", c, variance, err)
		}
	}
	if g := Gray64(y[:94], 12, 10, 8); g.Pix[Side*Side-1] != 200 {
		t.Error("the last row needs no whole stride")
	}
}

func FuzzGray64(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4}, 2, 2, 2)
	f.Add(bytes.Repeat([]byte{9}, 500), 25, 20, 20)
	f.Fuzz(func(t *testing.T, y []byte, stride, w, h int) {
		if g := Gray64(y, stride, w, h); len(g.Pix) != Side*Side {
			t.Errorf("%d pixels", len(g.Pix))
		}
	})
}

func hash(t *testing.T, y []byte) Hash {
	t.Helper()
	h, variance, err := Of(Gray64(y, 320, 320, 180))
	if err != nil || Flat(variance) {
		t.Fatal(variance, err)
	}
	return h
}

func TestLikePicturesHashAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	a, b := plane(r, 320, 320, 180), plane(r, 320, 320, 180)
	brighter := make([]byte, len(a))
	for i, v := range a {
		brighter[i] = byte(min(255, int(v)*9/10+25))
	}
	if d := hash(t, a).Distance(hash(t, brighter)); d > 4 {
		t.Errorf("a brighter copy is %d bits off", d)
	}
	if d := hash(t, a).Distance(hash(t, b)); d < 16 {
		t.Errorf("another picture is only %d bits off", d)
	}
}

func TestVariance(t *testing.T) {
	g := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range g.Pix {
		g.Pix[i] = byte(i % 2 * 20)
	}
	if _, v, err := Of(g); err != nil || v != 100 {
		t.Errorf("variance %v %v, want 100", v, err)
	}
	for _, empty := range []*image.Gray{nil, {}} {
		if _, _, err := Of(empty); !errors.Is(err, ErrEmpty) {
			t.Errorf("of no picture: %v", err)
		}
	}
}

// Of may be called from many goroutines: the library beneath shares its buffers.
func TestOfInParallel(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	y := plane(r, 320, 320, 180)
	want := hash(t, y)
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for range 50 {
				if hash(t, y) != want {
					t.Error("hash differs")
				}
			}
		})
	}
}

func TestHashText(t *testing.T) {
	if s := Hash(0xab).String(); s != "00000000000000ab" {
		t.Error(s)
	}
}

func BenchmarkGray64(b *testing.B) {
	y := plane(rand.New(rand.NewPCG(1, 1)), 320, 320, 180)
	for b.Loop() {
		Gray64(y, 320, 320, 180)
	}
}

func BenchmarkOf(b *testing.B) {
	g := Gray64(plane(rand.New(rand.NewPCG(1, 1)), 320, 320, 180), 320, 320, 180)
	for b.Loop() {
		if _, _, err := Of(g); err != nil {
			b.Fatal(err)
		}
	}
}
