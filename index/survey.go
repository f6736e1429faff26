package index

import (
	"context"

	bleve "github.com/blevesearch/bleve_index_api"
)

// survey counts lines over all fields of a snapshot. A word is as rare as it is in the library: in a Polish track an English word is
// rare, and yet no more telling there than in an English one.
type survey struct {
	ctx    context.Context // of the one query that a survey is made for
	r      bleve.IndexReader
	lists  *lists
	lines  map[*field]uint64
	all    uint64
	counts map[string]uint64
}

func newSurvey(ctx context.Context, of *snapshot) (*survey, error) {
	s := &survey{ctx: ctx, r: of.reader, lists: &of.lists, lines: map[*field]uint64{}, counts: map[string]uint64{}}
	for _, f := range fields {
		n, err := s.count(tagField, f.tag())
		if err != nil {
			return nil, err
		}
		s.lines[f] = n
		s.all += n
	}
	return s, nil
}

// count is how many lines have a term.
func (s *survey) count(field, term string) (uint64, error) {
	key := field + "\x00" + term
	if n, ok := s.counts[key]; ok {
		return n, nil
	}
	reader, err := s.r.TermFieldReader(s.ctx, []byte(term), field, false, false, false)
	if err != nil {
		return 0, err
	}
	s.counts[key] = reader.Count()
	return reader.Count(), reader.Close()
}

// held is how many lines of f fill a slot, near enough: the terms of one mostly stand together.
func (s *survey) held(f *field, terms slot) (most uint64, err error) {
	for _, term := range terms {
		n, err := s.count(f.fieldName(), term)
		if err != nil {
			return 0, err
		}
		most = max(most, n)
	}
	return most, nil
}

// rarities gives for each slot of w, which is text as f cuts it, how telling it is. Fields that cut text in as many slots count too.
func (s *survey) rarities(f *field, text string, w way) ([]float64, error) {
	counts := make([]uint64, len(w.slots))
	for _, other := range fields {
		slots := w.slots
		if other != f && s.lines[other] > 0 {
			slots = other.slots(text)
		}
		if s.lines[other] == 0 || len(slots) != len(counts) {
			continue
		}
		for i, terms := range slots {
			n, err := s.held(other, terms)
			if err != nil {
				return nil, err
			}
			counts[i] += n
		}
	}
	out := make([]float64, len(counts))
	for i, n := range counts {
		out[i] = rarity(n, s.all)
	}
	return out, nil
}

// possible tells whether any line of f may be found by w.
func (s *survey) possible(f *field, w way) (bool, error) {
	filled := 0
	for _, terms := range w.slots {
		n, err := s.held(f, terms)
		if err != nil {
			return false, err
		}
		if n > 0 {
			filled++
		}
	}
	return filled >= w.need, nil
}
