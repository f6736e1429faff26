package index

import (
	"cmp"
	"slices"
)

// scored is a document that matches.
type scored struct {
	doc   uint64
	score float64
	in    int // index of its field
}

// best keeps the documents that may be among the highest few: those, and whatever ties with the last of them, for which is first
// among equals is not known before their keys are read.
type best struct {
	limit int
	docs  []scored
	room  int     // prune when there are more than so many
	low   float64 // what a document must reach
}

func newBest(limit int) *best { return &best{limit: limit, room: 4*limit + 1024} }

func (b *best) add(s scored) {
	if s.score < b.low {
		return
	}
	if b.docs = append(b.docs, s); len(b.docs) > b.room {
		b.prune()
		b.room = max(b.room, 2*len(b.docs))
	}
}

// prune is called seldom: each time the room is full, which then is half empty or doubles.
func (b *best) prune() {
	if len(b.docs) <= b.limit {
		return
	}
	slices.SortFunc(b.docs, func(x, y scored) int { return cmp.Compare(y.score, x.score) })
	b.low = b.docs[b.limit-1].score
	n := b.limit
	for n < len(b.docs) && b.docs[n].score >= b.low {
		n++
	}
	b.docs = b.docs[:n]
}
