package index

import (
	"context"
	"errors"
	"slices"

	bleve "github.com/blevesearch/bleve_index_api"
)

// matcher walks the documents in which one clause holds.
type matcher struct {
	clause
	slots [][]*cursor // for each slot, its terms
	count uint64      // documents that it may match, at most
}

func openMatcher(ctx context.Context, r bleve.IndexReader, f *field, c clause, lines uint64) (*matcher, error) {
	m := &matcher{clause: c, slots: make([][]*cursor, len(c.slots))}
	for i, slot := range c.slots {
		for _, term := range slot {
			cur, err := openCursor(ctx, r, f, term, lines)
			if err != nil {
				return nil, errors.Join(err, m.close())
			}
			m.slots[i] = append(m.slots[i], cur)
			m.count += cur.count
		}
	}
	return m, nil
}

func (m *matcher) close() (err error) {
	for _, slot := range m.slots {
		for _, c := range slot {
			err = errors.Join(err, c.close())
		}
	}
	return err
}

// driven are the slots that a match must have one of: with all needed, the rarest slot is enough.
func (m *matcher) driven() [][]*cursor {
	if m.need < len(m.slots) {
		return m.slots
	}
	return [][]*cursor{slices.MinFunc(m.slots, func(a, b []*cursor) int { return int(min(held(a), 1<<40)) - int(min(held(b), 1<<40)) })}
}

func held(slot []*cursor) (n uint64) {
	for _, c := range slot {
		n += c.count
	}
	return n
}

// candidate is the first document from doc on in which m may hold.
func (m *matcher) candidate(driven [][]*cursor, doc uint64) (uint64, error) {
	first := uint64(end)
	for _, slot := range driven {
		for _, c := range slot {
			if err := c.seek(doc); err != nil {
				return end, err
			}
			first = min(first, c.doc)
		}
	}
	return first, nil
}

// at gives what m is worth in doc, 0 where it does not hold. It must be asked in order.
func (m *matcher) at(doc uint64) (float64, error) {
	filled, sum := 0, 0.0
	for i, slot := range m.slots {
		best, err := bestOf(slot, doc)
		if err != nil {
			return 0, err
		}
		if best > 0 {
			filled, sum = filled+1, sum+best
		}
		if filled+len(m.slots)-i-1 < m.need {
			return 0, nil
		}
	}
	if m.strict {
		if ok, err := m.sideBySide(doc); !ok {
			return 0, err
		}
	}
	return sum, nil
}

func bestOf(slot []*cursor, doc uint64) (best float64, err error) {
	for _, c := range slot {
		if err := c.seek(doc); err != nil {
			return 0, err
		}
		if c.doc == doc {
			best = max(best, c.score())
		}
	}
	return best, nil
}

// sideBySide tells whether the slots are filled by neighbours somewhere in doc.
func (m *matcher) sideBySide(doc uint64) (bool, error) {
	var chains []uint64 // where a run that holds up to here would end
	for i, slot := range m.slots {
		here, err := places(slot, doc)
		if err != nil {
			return false, err
		}
		if i > 0 {
			here = slices.DeleteFunc(here, func(p uint64) bool { return !slices.Contains(chains, p-1) })
		}
		if chains = here; len(chains) == 0 {
			return false, nil
		}
	}
	return true, nil
}

func places(slot []*cursor, doc uint64) (out []uint64, err error) {
	for _, c := range slot {
		if c.doc == doc {
			at, err := c.at(doc)
			if err != nil {
				return nil, err
			}
			out = append(out, at...)
		}
	}
	return out, nil
}
