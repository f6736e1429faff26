package phash

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSome finds what Within finds where that is little, and else as many of the nearest, in libraries of every kind.
func TestSome(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for name, sets := range map[string][]Set{"films": newLibrary(1).sets(20_000), "equal": equal(20_000), "narrow": narrow(20_000)} {
		table := create(t, sets)
		for _, radius := range []int{0, 8} {
			for _, k := range []int{1, 50, 30_000} {
				h := sets[r.IntN(len(sets))].Entries[0].Hash
				odd := func(id ID) bool { return id.Number%2 == 1 }
				want, err := table.Within(h, radius)
				if err != nil {
					t.Fatal(err)
				}
				want = slices.DeleteFunc(want, func(m Match) bool { return !odd(m.ID) })
				got, err := table.Some(h, radius, k, odd)
				if err != nil || len(got) != min(k, len(want)) {
					t.Fatalf("%s within %d: %d of %d, at most %d; %v", name, radius, len(got), len(want), k, err)
				}
				for i, m := range got {
					if m.Distance != want[i].Distance || !slices.Contains(want, m) || i > 0 && got[i-1].Compare(m) >= 0 {
						t.Fatalf("%s within %d, at most %d: %d is %v, want one as near as %v", name, radius, k, i, m, want[i])
					}
				}
			}
		}
	}
}
