package index

import "iter"

// span is how many documents a sieve looks at together: as many as the nearest of the processor's memory holds sums for.
const span = 2048

// sieve finds which documents may be among the best where one clause is enough. Such questions have words that half of all lines have, so it
// goes over each clause's list by itself, adds up what documents are worth at best, and asks more of those alone that may come to enough.
type sieve struct {
	*evaluation
	scouts []scout
	bright uint64  // clauses one of which a match has; those from the 64th on share their bits
	hoped  float64 // what all pairs add
	first  uint64  // of the documents at hand
	worth  [span]float64
	seen   [span]uint64 // which clauses may be there
}

// scout goes over one list of a clause.
type scout struct {
	*postings
	at     int
	bit    uint64
	worth  []float64 // of each kind of document, nil where only what the clause is worth at best is known
	weight float64
	once   bool // the bit is of no other clause, and says whether the clause is counted
}

func newSieve(e *evaluation) *sieve {
	s := &sieve{evaluation: e, hoped: e.extra - e.faint}
	for i, m := range e.wanted {
		bit := bitOf(i)
		if !m.faint {
			s.bright |= bit
		}
		if c := m.single(); c != nil {
			s.scouts = append(s.scouts, scout{postings: c.postings, bit: bit, worth: c.worth, weight: m.runs[0].weight})
			continue
		}
		for _, slot := range m.driven() {
			for _, c := range slot {
				s.scouts = append(s.scouts, scout{postings: c.postings, bit: bit, weight: m.best, once: i < 64})
			}
		}
	}
	return s
}

func bitOf(clause int) uint64 { return 1 << (clause % 64) }

// candidates are the documents that may reach low, in order.
func (s *sieve) candidates(low *float64) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for s.next() {
			for i, seen := range s.seen {
				if seen&s.bright == 0 || (s.worth[i]+s.hoped)*slack < *low || (s.worth[i]+s.hopes(seen))*slack < *low {
					continue
				}
				if !yield(s.first + uint64(i)) {
					return
				}
			}
		}
	}
}

// next weighs the stretch of documents in which the next one is, false after the last.
func (s *sieve) next() bool {
	first := uint64(end)
	for i := range s.scouts {
		if c := &s.scouts[i]; c.at < len(c.docs) {
			first = min(first, uint64(c.docs[c.at]))
		}
	}
	if first == end {
		return false
	}
	s.first = first
	clear(s.worth[:])
	clear(s.seen[:])
	for i := range s.scouts {
		s.scouts[i].weigh(s)
	}
	return true
}

// weigh adds what a list's documents are worth. Of several lists of a clause, what it is worth at best is added once where that can be told.
func (c *scout) weigh(s *sieve) {
	docs := c.docs[c.at:]
	for i, doc := range docs {
		at := uint64(doc) - s.first
		if at >= span {
			c.at += i
			return
		}
		switch {
		case c.worth != nil:
			s.worth[at] += c.worth[c.kinds[c.at+i]] * c.weight
		case !c.once || s.seen[at]&c.bit == 0:
			s.worth[at] += c.weight
		}
		s.seen[at] |= c.bit
	}
	c.at += len(docs)
}

// hopes is what pairs add at best to a document that may have these clauses.
func (s *sieve) hopes(seen uint64) (sum float64) {
	for _, p := range s.pairs {
		if seen&bitOf(p.first) != 0 && seen&bitOf(p.second) != 0 {
			sum += p.worth
		}
	}
	return sum
}
