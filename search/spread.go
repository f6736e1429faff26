package search

import (
	"slices"

	"github.com/amvlib/amvlib/index"
)

// tiring is what each hit of an anime that is in the answer already makes the next one of it worth, in parts of its score.
const tiring = 0.6

// spread puts hits in an order in which the anime take turns: each place goes to the hit that is worth most, of those of one anime every
// next one being worth less. So a much better hit still comes before a poor one of another anime, and hits that are worth the same go
// round. Within an anime the order stays.
func spread(hits []Hit, limit int) []Hit {
	queues := bySourceOf(hits)
	if len(queues) < 2 {
		return hits[:min(len(hits), limit)]
	}
	out := make([]Hit, 0, min(len(hits), limit))
	for len(out) < cap(out) {
		best := slices.MaxFunc(queues, func(a, b *queue) int { return a.compare(b) })
		out = append(out, hits[best.next()])
	}
	return out
}

// queue are the hits of one anime that wait for their turn.
type queue struct {
	hits   []Hit // all hits
	mine   []int // places of those of the anime
	weight float64
	taken  int
}

func bySourceOf(hits []Hit) (out []*queue) {
	at := map[string]*queue{}
	for i := range hits {
		name := index.Fold(hits[i].Episode.Name.Source)
		q := at[name]
		if q == nil {
			q = &queue{hits: hits, weight: 1}
			at[name] = q
			out = append(out, q)
		}
		q.mine = append(q.mine, i)
	}
	return out
}

func (q *queue) next() int {
	i := q.mine[0]
	q.mine, q.taken, q.weight = q.mine[1:], q.taken+1, q.weight*tiring
	return i
}

// compare is positive where q's turn comes before that of o.
func (q *queue) compare(o *queue) int {
	if len(q.mine) == 0 || len(o.mine) == 0 {
		return len(q.mine) - len(o.mine)
	}
	i, j := q.mine[0], o.mine[0]
	if a, b := q.hits[i].Score*q.weight, o.hits[j].Score*o.weight; a > b {
		return 1
	} else if a < b {
		return -1
	}
	if q.taken != o.taken { // a listing has no scores
		return o.taken - q.taken
	}
	return j - i
}
