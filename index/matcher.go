package index

import (
	"slices"
	"unicode"
)

// matcher walks the documents in which one clause holds, in any of its ways.
type matcher struct {
	clause
	runs []*run
	by   int     // of its runs, the one that found it where it was last asked
	idf  float64 // of its rarest word, as it stands
	best float64 // what it may be worth at most
	full float64 // what it is worth in a line of usual length that has all of it once
}

// run walks the documents in which one way of saying a clause holds.
type run struct {
	way
	slots   [][]*cursor // for each slot, its terms
	bearing [][]*cursor // where not all slots are needed: those one of which is
}

// openMatcher leaves out other ways in which f has nothing.
func openMatcher(s *survey, f *field, c clause) (*matcher, error) {
	m := &matcher{clause: c}
	for i, w := range c.ways {
		w, err := s.settle(f, w)
		if err != nil {
			return nil, err
		}
		if ok, err := s.possible(f, w); err != nil || i > 0 && !ok {
			if err != nil {
				return nil, err
			}
			continue
		}
		idf, err := m.open(s, f, w)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			m.idf = slices.Max(idf)
			m.full = m.runs[0].weight * sum(idf)
		}
	}
	m.best = m.most()
	return m, nil
}

func (m *matcher) open(s *survey, f *field, w way) ([]float64, error) {
	if m.faint {
		w.weight *= faintness
	}
	u := &run{way: w, slots: make([][]*cursor, len(w.slots))}
	m.runs = append(m.runs, u)
	idf, err := s.rarities(f, w.text, w)
	for i, terms := range w.slots {
		for _, term := range terms {
			if err == nil {
				err = u.open(s, f, i, term, idf[i])
			}
		}
	}
	u.bear()
	return idf, err
}

func (u *run) open(s *survey, f *field, slot int, term string, idf float64) error {
	c, err := openCursor(s, f, term, idf)
	if err == nil {
		u.slots[slot] = append(u.slots[slot], c)
	}
	return err
}

// bear finds what a run of Japanese must have one of: a pair that is not kana alone, for those are endings.
func (u *run) bear() {
	for i, terms := range u.way.slots {
		if slices.ContainsFunc(terms, func(t string) bool { return !hiragana(t) }) {
			u.bearing = append(u.bearing, u.slots[i])
		}
	}
	if len(u.bearing) == 0 {
		u.bearing = u.slots
	}
}

func hiragana(term string) bool {
	for _, r := range term {
		if !unicode.Is(unicode.Hiragana, r) && r != 'ー' {
			return false
		}
	}
	return true
}

// driven are the slots that a match must have one of: with all needed, the rarest slot is enough.
func (m *matcher) driven() (out [][]*cursor) {
	for _, u := range m.runs {
		if u.need < len(u.slots) {
			out = append(out, u.bearing...)
		} else {
			out = append(out, slices.MinFunc(u.slots, func(a, b []*cursor) int { return int(min(held(a), 1<<40)) - int(min(held(b), 1<<40)) }))
		}
	}
	return out
}

func held(slot []*cursor) (n uint64) {
	for _, c := range slot {
		n += c.count()
	}
	return n
}

// most is what m is worth at best in any document.
func (m *matcher) most() (best float64) {
	for _, u := range m.runs {
		sum := 0.0
		for _, slot := range u.slots {
			if len(slot) > 0 {
				sum += slot[0].most()
			}
		}
		best = max(best, u.weight*sum)
	}
	return best
}

// at gives what m is worth in doc, 0 where it does not hold. It must be asked in order.
func (m *matcher) at(doc uint64) (best float64, err error) {
	for i, u := range m.runs {
		s, err := u.at(doc)
		if err != nil {
			return 0, err
		}
		if s *= u.weight; s > best {
			best, m.by = s, i
		}
	}
	return best, nil
}

// likened tells whether m was last found by a word that is one slip away.
func (m *matcher) likened() bool { return m.runs[m.by].near }

// at lets part of a run of Japanese count for less than its share, so that what has all of it comes first.
func (u *run) at(doc uint64) (float64, error) {
	filled, sum := 0, 0.0
	for i, slot := range u.slots {
		best := bestOf(slot, doc)
		if best > 0 {
			filled, sum = filled+1, sum+best
		}
		if filled+len(u.slots)-i-1 < u.need {
			return 0, nil
		}
	}
	if filled < len(u.slots) {
		return sum * u.share(filled, doc), nil
	}
	if u.strict {
		if ok, err := u.sideBySide(doc); !ok {
			return 0, err
		}
	}
	return sum, nil
}

// share is what is left of the worth of a document that fills so many slots; 0 where those say too little.
func (u *run) share(filled int, doc uint64) float64 {
	for _, slot := range u.bearing {
		for _, c := range slot {
			if c.doc == doc {
				part := float64(filled) / float64(len(u.slots))
				return part * part
			}
		}
	}
	return 0
}

func bestOf(slot []*cursor, doc uint64) (best float64) {
	for _, c := range slot {
		if c.seek(doc); c.doc == doc {
			best = max(best, c.here())
		}
	}
	return best
}

// sideBySide tells whether the slots are filled by neighbours somewhere in doc.
func (u *run) sideBySide(doc uint64) (bool, error) {
	var chains []uint32 // where a run that holds up to here would end
	for i, slot := range u.slots {
		here, err := places(slot, doc)
		if err != nil {
			return false, err
		}
		var longer []uint32
		for _, p := range here {
			if i == 0 || slices.Contains(chains, p-1) {
				longer = append(longer, p)
			}
		}
		if chains = longer; len(chains) == 0 {
			return false, nil
		}
	}
	return true, nil
}

// places may give a list that is not to be changed.
func places(slot []*cursor, doc uint64) (out []uint32, err error) {
	for _, c := range slot {
		if c.doc != doc {
			continue
		}
		at, err := c.places()
		if err != nil {
			return nil, err
		}
		if len(slot) == 1 {
			return at, nil
		}
		out = append(out, at...)
	}
	return out, nil
}

func sum(list []float64) (total float64) {
	for _, x := range list {
		total += x
	}
	return total
}

// single is the one list by which all of m can be told, nil where there are several.
func (m *matcher) single() *cursor {
	if len(m.runs) == 1 && len(m.runs[0].slots) == 1 && len(m.runs[0].slots[0]) == 1 {
		return m.runs[0].slots[0][0]
	}
	return nil
}
