package index

import (
	"context"
	"errors"
	"slices"

	bleve "github.com/blevesearch/bleve_index_api"
)

// evaluation is a plan at work on one field of one snapshot.
type evaluation struct {
	wanted, unwanted []*matcher
	any              bool
	walk             []walker // by which candidates are found
	only             *docSet  // documents that may match at all; nil: all
}

// walker is a matcher with the slots by which it is walked.
type walker struct {
	*matcher
	driven [][]*cursor
}

// newEvaluation is nil where p cannot match.
func newEvaluation(ctx context.Context, r bleve.IndexReader, f *field, p plan, only *docSet) (*evaluation, error) {
	if len(p.wanted) == 0 {
		return nil, nil
	}
	lines, err := lineCount(ctx, r, f)
	if err != nil || lines == 0 {
		return nil, err
	}
	e := &evaluation{any: p.any, only: only}
	for _, c := range p.wanted {
		err = errors.Join(err, e.open(ctx, r, f, c, lines, &e.wanted))
	}
	for _, c := range p.unwanted {
		err = errors.Join(err, e.open(ctx, r, f, c, lines, &e.unwanted))
	}
	if err != nil {
		return nil, errors.Join(err, e.close())
	}
	e.choose()
	return e, nil
}

func (e *evaluation) open(ctx context.Context, r bleve.IndexReader, f *field, c clause, lines uint64, to *[]*matcher) error {
	m, err := openMatcher(ctx, r, f, c, lines)
	if err == nil {
		*to = append(*to, m)
	}
	return err
}

// choose walks by every clause where one is enough, else by the rarest.
func (e *evaluation) choose() {
	walked := e.wanted
	if !e.any {
		walked = []*matcher{slices.MinFunc(e.wanted, func(a, b *matcher) int {
			return int(min(a.reach(), 1<<40)) - int(min(b.reach(), 1<<40))
		})}
	}
	for _, m := range walked {
		e.walk = append(e.walk, walker{m, m.driven()})
	}
}

// reach is how many documents walking by m visits, at most.
func (m *matcher) reach() (n uint64) {
	for _, slot := range m.driven() {
		n += held(slot)
	}
	return n
}

func (e *evaluation) close() (err error) {
	for _, m := range slices.Concat(e.wanted, e.unwanted) {
		err = errors.Join(err, m.close())
	}
	return err
}

// candidate is the first document from doc on that may match; end after the last.
func (e *evaluation) candidate(doc uint64) (uint64, error) {
	first := uint64(end)
	for _, w := range e.walk {
		c, err := w.candidate(w.driven, doc)
		if err != nil {
			return end, err
		}
		first = min(first, c)
	}
	return first, nil
}

// at gives doc's score, 0 where it does not match, and each wanted clause's part in parts, which may be nil.
func (e *evaluation) at(doc uint64, parts []float64) (float64, error) {
	if e.only != nil && !e.only.has(doc) {
		return 0, nil
	}
	sum := 0.0
	for i, m := range e.wanted {
		s, err := m.at(doc)
		if err != nil || s == 0 && !e.any {
			return 0, err
		}
		if sum += s; parts != nil {
			parts[i] = s
		}
	}
	for _, m := range e.unwanted {
		if s, err := m.at(doc); err != nil || s > 0 {
			return 0, err
		}
	}
	return sum, nil
}

// docSet is a set of document numbers.
type docSet struct{ bits []uint64 }

func (s *docSet) add(doc uint64) {
	for uint64(len(s.bits)) <= doc/64 {
		s.bits = append(s.bits, 0)
	}
	s.bits[doc/64] |= 1 << (doc % 64)
}

func (s *docSet) has(doc uint64) bool {
	return doc/64 < uint64(len(s.bits)) && s.bits[doc/64]&(1<<(doc%64)) != 0
}
