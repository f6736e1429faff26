package index

import (
	"cmp"
	"errors"
	"iter"
	"slices"
)

// What two words of a query are worth more, of the rarer one's worth, where they stand side by side in their order; and where one of
// them is faint.
const (
	besideWorth = 0.4
	besideFaint = 0.25
)

// evaluation is a plan at work on one field of one snapshot.
type evaluation struct {
	wanted, unwanted []*matcher
	pairs            []besides
	any              bool
	driven           [][]*cursor // where all must be there: slots that a match has one of, by which candidates are found
	only             *docSet     // documents that may match at all; nil: all
	faint            float64     // what faint words add at best
	extra            float64     // and pairs too
	full             float64     // score of a line of usual length that has all of the query once
	parts            []float64
	more             []float64 // what standing side by side adds to each
}

// besides is a pair of clauses, what standing side by side is worth to it, and the clause that it is told of.
type besides struct {
	pair
	worth float64
	to    int
}

// newEvaluation is nil where p cannot match.
func newEvaluation(s *survey, f *field, p plan, only *docSet) (*evaluation, error) {
	if len(p.wanted) == 0 {
		return nil, nil
	}
	e := &evaluation{any: p.any, only: only, parts: make([]float64, len(p.wanted)), more: make([]float64, len(p.wanted))}
	var err error
	for _, c := range p.wanted {
		err = errors.Join(err, e.open(s, f, c, &e.wanted))
	}
	for _, c := range p.unwanted {
		err = errors.Join(err, e.open(s, f, c, &e.unwanted))
	}
	if err != nil {
		return nil, err
	}
	e.choose()
	e.reckon(p.pairs)
	return e, nil
}

func (e *evaluation) open(s *survey, f *field, c clause, to *[]*matcher) error {
	m, err := openMatcher(s, f, c)
	if err == nil {
		*to = append(*to, m)
	}
	return err
}

// choose walks by the rarest clause where all must be there.
func (e *evaluation) choose() {
	if e.any {
		return
	}
	bright := slices.DeleteFunc(slices.Clone(e.wanted), func(m *matcher) bool { return m.faint })
	e.driven = slices.MinFunc(bright, func(a, b *matcher) int { return cmp.Compare(a.reach(), b.reach()) }).driven()
}

// reckon works out what pairs are worth, and what everything that need not be there is.
func (e *evaluation) reckon(pairs []pair) {
	for _, p := range pairs {
		a, b := e.wanted[p.first], e.wanted[p.second]
		s := besides{p, besideWorth * max(a.idf, b.idf), p.second}
		if a.faint || b.faint {
			s.worth *= besideFaint / besideWorth
		}
		if b.faint && !a.faint {
			s.to = p.first
		}
		e.pairs = append(e.pairs, s)
		e.extra += s.worth
	}
	for _, m := range e.wanted {
		e.full += m.full
		if m.faint {
			e.faint += m.best
		}
	}
	e.extra += e.faint
}

// reach is how many documents walking by m visits, at most.
func (m *matcher) reach() (n uint64) {
	for _, slot := range m.driven() {
		n += held(slot)
	}
	return n
}

// candidates are the documents that may match and reach low, which may rise meanwhile, in order.
func (e *evaluation) candidates(low *float64) iter.Seq[uint64] {
	if e.any {
		return newSieve(e).candidates(low)
	}
	return func(yield func(uint64) bool) {
		for doc := e.candidate(0); doc != end && yield(doc); {
			doc = e.candidate(doc + 1)
		}
	}
}

// candidate is the first document from doc on that may have all; end after the last.
func (e *evaluation) candidate(doc uint64) uint64 {
	first := uint64(end)
	for _, slot := range e.driven {
		for _, c := range slot {
			c.seek(doc)
			first = min(first, c.doc)
		}
	}
	return first
}

// slack is more than what sums in another order differ by.
const slack = 1 + 1e-9

// at gives doc's score, 0 where it does not match or cannot reach low. After that, e.parts holds each wanted clause's part.
func (e *evaluation) at(doc uint64, low float64) (float64, error) {
	if e.only != nil && !e.only.has(doc) {
		return 0, nil
	}
	sum, err := e.needed(doc)
	if err != nil || sum == 0 || (sum+e.faint+e.hope(0))*slack < low {
		return 0, err
	}
	for _, m := range e.unwanted {
		if s, err := m.at(doc); err != nil || s > 0 {
			return 0, err
		}
	}
	if e.extra == 0 {
		return sum, nil
	}
	return e.nice(doc, sum, low)
}

// needed is what the clauses that make the match add up to.
func (e *evaluation) needed(doc uint64) (sum float64, err error) {
	for i, m := range e.wanted {
		if e.parts[i] = 0; m.faint {
			continue
		}
		s, err := m.at(doc)
		if err != nil || s == 0 && !e.any {
			return 0, err
		}
		e.parts[i] = s
		sum += s
	}
	return sum, nil
}

// nice adds what need not be there, for as long as doc may reach low. Where words stand is looked up last, and seldom, for it costs most.
func (e *evaluation) nice(doc uint64, sum, low float64) (float64, error) {
	rest := e.faint
	for i, m := range e.wanted {
		if !m.faint {
			continue
		}
		s, err := m.at(doc)
		if err != nil {
			return 0, err
		}
		e.parts[i] = s
		sum, rest = sum+s, rest-m.best
		if (sum+max(rest, 0)+e.hope(i+1))*slack < low {
			return 0, nil
		}
	}
	return e.beside(doc)
}

// hope is what pairs add at best to a document of these parts; of faint words from known on it is open whether they are there.
func (e *evaluation) hope(known int) (sum float64) {
	there := func(i int) bool { return e.parts[i] > 0 || i >= known && e.wanted[i].faint }
	for _, p := range e.pairs {
		if there(p.first) && there(p.second) {
			sum += p.worth
		}
	}
	return sum
}

// beside adds to the parts what pairs are worth in doc, and sums up.
func (e *evaluation) beside(doc uint64) (sum float64, err error) {
	clear(e.more)
	for _, p := range e.pairs {
		if e.parts[p.first] == 0 || e.parts[p.second] == 0 {
			continue
		}
		ok, err := follows(e.wanted[p.first].runs[0], e.wanted[p.second].runs[0], doc)
		if err != nil {
			return 0, err
		}
		if ok {
			e.more[p.to] += p.worth
		}
	}
	for i := range e.parts {
		e.parts[i] += e.more[i]
		sum += e.parts[i]
	}
	return sum, nil
}

// follows tells whether b's first word stands right after a's last in doc.
func follows(a, b *run, doc uint64) (bool, error) {
	before, err := places(a.slots[len(a.slots)-1], doc)
	if err != nil || len(before) == 0 {
		return false, err
	}
	after, err := places(b.slots[0], doc)
	return slices.ContainsFunc(after, func(p uint32) bool { return slices.Contains(before, p-1) }), err
}
