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
	low   float64 // what a document must reach; 0 as long as none was left out
}

func newBest(limit int) *best { return &best{limit: limit, room: limit + limit/2 + 16} }

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

// hit is a document on its way to a Match.
type hit struct {
	scored
	key
	shot int
	last bool // after those that are worth the same
}

// before orders by score, then episode and time.
func (h hit) before(o hit) int {
	switch {
	case h.score != o.score:
		return cmp.Compare(o.score, h.score)
	case h.last && !o.last:
		return 1
	case o.last && !h.last:
		return -1
	}
	return h.key.compare(o.key)
}

// ranking keeps the first few hits, and where that is asked for the first of each shot. Many more than the limit may tie: every "Yes."
// of a library.
type ranking struct {
	q     Query
	hits  []hit
	room  int
	worst *hit // of so many as are wanted; what comes after it is none
	taken map[spot]bool
}

type spot struct {
	episode int64
	shot    int
}

func newRanking(q Query) *ranking { return &ranking{q: q, room: 2*q.limit() + 256} }

func (r *ranking) add(h hit) {
	if r.q.Shots && h.shot == 0 || r.worst != nil && h.before(*r.worst) > 0 {
		return
	}
	if r.hits = append(r.hits, h); len(r.hits) > r.room {
		r.settle()
	}
}

// settle puts the hits in order and leaves out what is none. A line goes for a better one of its shot, which stays or goes for the
// first few, so nothing is lost by doing it now and again.
func (r *ranking) settle() []hit {
	slices.SortFunc(r.hits, hit.before)
	if r.q.Shots {
		r.taken = make(map[spot]bool, len(r.hits))
		r.hits = slices.DeleteFunc(r.hits, r.again)
	}
	clear(r.hits[min(len(r.hits), r.q.limit()):])
	r.hits = r.hits[:min(len(r.hits), r.q.limit())]
	if n := r.q.limit(); len(r.hits) == n {
		worst := r.hits[n-1]
		r.worst = &worst
	}
	return r.hits
}

func (r *ranking) again(h hit) bool {
	at := spot{h.episode, h.shot}
	was := r.taken[at]
	r.taken[at] = true
	return was
}
