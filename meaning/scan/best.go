package scan

import (
	"cmp"
	"math"
	"slices"
)

// Scored is something with its score.
type Scored[T any] struct {
	Score float32
	Of    T
}

// Best keeps the most of those with the highest scores that are offered to it. Of equal ones it keeps those that compare puts first, so what
// comes out does not depend on the order in which they come.
type Best[T any] struct {
	most    int
	compare func(a, b T) int
	heap    []Scored[T] // the worst first
}

// NewBest makes room for the best of all that will be offered.
func NewBest[T any](most int, compare func(a, b T) int) *Best[T] {
	return &Best[T]{most: max(most, 0), compare: compare}
}

// Bar is the score below which nothing is kept.
func (b *Best[T]) Bar() float32 {
	switch {
	case b.most == 0:
		return float32(math.Inf(1))
	case len(b.heap) < b.most:
		return float32(math.Inf(-1))
	}
	return b.heap[0].Score
}

// Offer keeps of, if it is among the best so far. What has no score (NaN) is not kept.
func (b *Best[T]) Offer(score float32, of T) {
	s := Scored[T]{score, of}
	switch {
	case score != score || b.most == 0:
	case len(b.heap) < b.most:
		b.heap = append(b.heap, s)
		b.rise(len(b.heap) - 1)
	case b.order(s, b.heap[0]) < 0:
		b.heap[0] = s
		b.sink(0)
	}
}

// Merge offers all that another has kept.
func (b *Best[T]) Merge(other *Best[T]) {
	for _, s := range other.heap {
		b.Offer(s.Score, s.Of)
	}
}

// Sorted gives what was kept, the best first.
func (b *Best[T]) Sorted() []Scored[T] {
	out := slices.Clone(b.heap)
	slices.SortFunc(out, b.order)
	return out
}

// order puts the better one first.
func (b *Best[T]) order(x, y Scored[T]) int {
	return cmp.Or(cmp.Compare(y.Score, x.Score), b.compare(x.Of, y.Of))
}

// worse tells whether i belongs above j.
func (b *Best[T]) worse(i, j int) bool { return b.order(b.heap[i], b.heap[j]) > 0 }

func (b *Best[T]) rise(i int) {
	for i > 0 && b.worse(i, (i-1)/2) {
		b.heap[i], b.heap[(i-1)/2] = b.heap[(i-1)/2], b.heap[i]
		i = (i - 1) / 2
	}
}

func (b *Best[T]) sink(i int) {
	for {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(b.heap); child++ {
			if b.worse(child, worst) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		b.heap[i], b.heap[worst] = b.heap[worst], b.heap[i]
		i = worst
	}
}
