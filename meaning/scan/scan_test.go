package scan

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func drawn(r *rand.Rand, rows, size int) (data []byte, numbers []int8, q []int16) {
	numbers, q = make([]int8, rows*size), make([]int16, size)
	for i := range numbers {
		numbers[i] = int8(r.IntN(2*Most+1) - Most)
	}
	for i := range q {
		q[i] = int16(r.IntN(1<<16) - 1<<15)
	}
	return Pack(nil, numbers), numbers, q
}

// TestProducts compares with sums in wide integers, cut to 32 bits.
func TestProducts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 32, 64, 384, 4096} {
		for rows := range 11 {
			data, numbers, q := drawn(r, rows+1, size)
			got, plain := make([]int32, rows), make([]int32, rows)
			Products(got, data, q)
			productsPlain(plain, data, q)
			for i := range got {
				var want int64
				for k, x := range q {
					want += int64(x) * int64(numbers[i*size+k])
					plain[i] -= bias * int32(x)
				}
				if got[i] != int32(want) || plain[i] != int32(want) {
					t.Fatalf("%d rows of %d: row %d is %d, plain %d, want %d", rows, size, i, got[i], plain[i], int32(want))
				}
			}
		}
	}
}

// TestExtremes meets the largest numbers everywhere, and bytes that Pack never makes.
func TestExtremes(t *testing.T) {
	for _, b := range []byte{0x00, 0x11, 0x88, 0xff} {
		for _, y := range []int16{math.MinInt16, math.MaxInt16} {
			data, q, got := slices.Repeat([]byte{b}, 4*16), slices.Repeat([]int16{y}, 32), make([]int32, 4)
			Products(got, data, q)
			if want := 32 * (int32(b&15) - bias) * int32(y); !slices.Equal(got, []int32{want, want, want, want}) {
				t.Errorf("%x times %d: %d, want %d", b, y, got, want)
			}
		}
	}
}

func TestUnpackIsTheWayBack(t *testing.T) {
	data, numbers, _ := drawn(rand.New(rand.NewPCG(7, 8)), 3, 64)
	got := make([]int8, len(numbers))
	Unpack(got, data)
	if !slices.Equal(got, numbers) || len(data) != len(numbers)/2 {
		t.Errorf("%d numbers in %d bytes: %v, want %v", len(numbers), len(data), got, numbers)
	}
}

func TestBestIsTheTopOfTheSorted(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for most := range 20 {
		var all []Scored[int]
		best, other := NewBest(most, cmp.Compare[int]), NewBest(most, cmp.Compare[int])
		for i := range r.IntN(60) {
			s := Scored[int]{float32(r.IntN(10)), i}
			all = append(all, s)
			if i%2 == 0 {
				best.Offer(s.Score, s.Of)
			} else {
				other.Offer(s.Score, s.Of)
			}
		}
		best.Offer(float32(math.NaN()), -1)
		best.Merge(other)
		slices.SortFunc(all, best.order)
		want := all[:min(most, len(all))]
		if got := best.Sorted(); !slices.Equal(got, want) {
			t.Errorf("best %d: %v, want %v", most, got, want)
		}
		if bar := best.Bar(); len(want) == most && most > 0 && bar != want[most-1].Score {
			t.Errorf("the bar is at %g, want %g", bar, want[most-1].Score)
		}
	}
	if none := NewBest(0, cmp.Compare[int]); none.Bar() < math.MaxFloat32 || len(none.Sorted()) != 0 {
		t.Error("the best none are some")
	}
}

// BenchmarkProducts scans as many lines as a library of 500 episodes has, and a million.
func BenchmarkProducts(b *testing.B) {
	for _, rows := range []int{175_000, 1_000_000} {
		data, _, q := drawn(rand.New(rand.NewPCG(5, 6)), rows, 384)
		dst := make([]int32, 4096)
		all := func(products func([]int32, []byte, []int16)) func(b *testing.B) {
			return func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					for at := 0; at < rows; at += len(dst) {
						n := min(len(dst), rows-at)
						products(dst[:n], data[at*len(q)/2:][:n*len(q)/2], q)
					}
				}
			}
		}
		b.Run(fmt.Sprintf("%d", rows), all(Products))
		if rows < 1_000_000 {
			b.Run(fmt.Sprintf("%dPlain", rows), all(productsPlain))
		}
	}
}
