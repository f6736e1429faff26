package phash

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
)

var kinds = []struct {
	name string
	draw func(int) []Set
}{
	{"films", func(n int) []Set { return newLibrary(1).sets(n) }},
	{"uniform", uniform},
	{"equal", equal},
	{"narrow", narrow},
}

// sizes grow tenfold, to ten million where there is no hurry.
func sizes() []int {
	all := []int{10_000, 100_000, 1_000_000, 10_000_000}
	if testing.Short() {
		return all[:2]
	}
	return all
}

// questions are hashes that are in sets, a few bits off, and one in four that is in none.
func questions(sets []Set) []Hash {
	r := rand.New(rand.NewPCG(9, 9))
	all := make([]Hash, 64)
	for i := range all {
		s := sets[r.IntN(len(sets))]
		all[i] = s.Entries[r.IntN(len(s.Entries))].Hash ^ Hash(1)<<r.IntN(63) ^ Hash(1)<<r.IntN(63)
		if i%4 == 0 {
			all[i] = Hash(r.Uint64())
		}
	}
	return all
}

// BenchmarkTable looks up, counts, and opens tables of each kind and size.
func BenchmarkTable(b *testing.B) {
	for _, kind := range kinds {
		for _, n := range sizes() {
			sets := kind.draw(n)
			t := create(b, sets)
			asked := questions(sets)
			for _, radius := range []int{0, 4, 8, 12} {
				b.Run(fmt.Sprintf("Count/%s/%d/within=%d", kind.name, n, radius), func(b *testing.B) { benchCount(b, t, asked, radius) })
			}
			b.Run(fmt.Sprintf("Within/%s/%d/within=8", kind.name, n), func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					if _, err := t.Within(asked[i%len(asked)], 8); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprintf("Some/%s/%d/within=8", kind.name, n), func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					if _, err := t.Some(asked[i%len(asked)], 8, 5000, func(id ID) bool { return id.Number%2 == 0 }); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprintf("Nearest/%s/%d/k=10", kind.name, n), func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					if _, err := t.Nearest(asked[i%len(asked)], 10); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprintf("Open/%s/%d", kind.name, n), func(b *testing.B) { benchOpen(b, t) })
			t.Close()
		}
	}
}

func benchCount(b *testing.B, t *Table, asked []Hash, radius int) {
	found := 0
	for i := 0; b.Loop(); i++ {
		n, err := t.Count(asked[i%len(asked)], radius)
		if err != nil {
			b.Fatal(err)
		}
		found += n
	}
	b.ReportMetric(float64(found)/float64(b.N), "found/op")
}

func benchOpen(b *testing.B, t *Table) {
	size := int64(0)
	files, _ := os.ReadDir(t.dir)
	for _, f := range files {
		info, _ := f.Info()
		size += info.Size()
	}
	for b.Loop() {
		o, err := Open(t.dir)
		if err != nil {
			b.Fatal(err)
		}
		o.Close()
	}
	b.ReportMetric(float64(size)/float64(t.Len()), "B/hash")
}

// BenchmarkPairs finds all pairs within distance 6.
func BenchmarkPairs(b *testing.B) {
	for _, kind := range kinds {
		for _, n := range sizes() {
			if n > 1_000_000 {
				continue
			}
			t := create(b, kind.draw(n))
			b.Run(fmt.Sprintf("%s/%d", kind.name, n), func(b *testing.B) {
				found := 0
				for b.Loop() {
					for _, err := range t.Pairs(b.Context(), 6) {
						if err != nil {
							b.Fatal(err)
						}
						found++
					}
				}
				b.ReportMetric(float64(found)/float64(b.N), "pairs/op")
			})
		}
	}
}

// BenchmarkEngines times the two engines side by side, in nanoseconds for each hash of the table, for the rule that chooses.
func BenchmarkEngines(b *testing.B) {
	for _, kind := range kinds[:2] {
		for _, n := range sizes()[1:] {
			sets := kind.draw(n)
			t := create(b, sets)
			asked := questions(sets)
			p := t.state.parts[0]
			for _, radius := range []int{4, 8, 12, 16} {
				for _, scan := range []bool{true, false} {
					if !scan && !p.indexed {
						continue
					}
					b.Run(fmt.Sprintf("%s/%d/within=%d/scan=%v", kind.name, n, radius, scan), func(b *testing.B) {
						for i := 0; b.Loop(); i++ {
							c := &count{radius: radius}
							if h := uint64(asked[i%len(asked)]); scan {
								p.scan(0, uint32(p.rows), h, c)
							} else {
								planFor(radius).look(p, h, c)
							}
						}
					})
				}
			}
			t.Close()
		}
	}
}
