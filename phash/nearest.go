package phash

import (
	"container/heap"
	"slices"
)

// Nearest finds the k entries nearest to h, nearest first, then by ID; fewer where the table holds fewer. It widens its search
// until there are enough, so what looks like something is found faster than what looks like nothing.
func (t *Table) Nearest(h Hash, k int) ([]Match, error) {
	var found []Match
	err := t.read(func(s *state) error { found = s.nearest(uint64(h), min(k, s.live)); return nil })
	if err != nil {
		return nil, err
	}
	return found, nil
}

func (s *state) nearest(h uint64, k int) []Match {
	if k <= 0 {
		return nil
	}
	for _, radius := range []int{0, 4, 8, 64} {
		if radius < 64 && !s.quick(h, radius) {
			continue
		}
		best := &best{k: k, radius: radius}
		s.search(h, best)
		if len(best.matches) == k {
			slices.SortFunc(best.matches, Match.Compare)
			return best.matches
		}
	}
	return nil // where sets of a segment do not exist, as in a file made by hand
}

// quick tells whether a search is done by buckets wherever it can be, so that trying costs little.
func (s *state) quick(h uint64, radius int) bool {
	indexed := false
	for _, p := range s.parts {
		if p.indexed && !planFor(radius).worth(p.segment, h) {
			return false
		}
		indexed = indexed || p.indexed
	}
	return indexed
}

// best keeps the k nearest, as a heap with the farthest on top.
type best struct {
	k, radius int
	matches   farthest
}

func (b *best) reach() int {
	if len(b.matches) == b.k {
		return min(b.radius, b.matches[0].Distance)
	}
	return b.radius
}

func (b *best) take(id ID, distance int) {
	m := Match{id, distance}
	switch {
	case len(b.matches) < b.k:
		heap.Push(&b.matches, m)
	case m.Compare(b.matches[0]) < 0:
		b.matches[0] = m
		heap.Fix(&b.matches, 0)
	}
}

type farthest []Match

func (f farthest) Len() int           { return len(f) }
func (f farthest) Less(i, j int) bool { return f[i].Compare(f[j]) > 0 }
func (f farthest) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f *farthest) Push(x any)        { *f = append(*f, x.(Match)) }
func (f *farthest) Pop() any          { old := *f; *f = old[:len(old)-1]; return old[len(old)-1] }
