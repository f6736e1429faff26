package phash

import (
	"cmp"
	"slices"
)

// Match is a picture that was found.
type Match struct {
	ID
	Distance int // bits in which its hash differs from the one asked for
}

// Compare orders by distance, then by ID.
func (m Match) Compare(o Match) int {
	return cmp.Or(cmp.Compare(m.Distance, o.Distance), m.ID.Compare(o.ID))
}

// collector takes what an engine finds.
type collector interface {
	reach() int // the distance beyond which nothing is wanted any more; never grows
	take(id ID, distance int)
}

// Within finds every entry at most radius bits from h, nearest first, then by ID. It takes 24 bytes of memory a match: see [Table.Count].
func (t *Table) Within(h Hash, radius int) ([]Match, error) {
	all := &everything{radius: radius}
	err := t.read(func(s *state) error { s.search(uint64(h), all); return nil })
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all.matches, Match.Compare)
	return all.matches, nil
}

type everything struct {
	radius  int
	matches []Match
}

func (e *everything) reach() int               { return e.radius }
func (e *everything) take(id ID, distance int) { e.matches = append(e.matches, Match{id, distance}) }

// Count is how many entries are at most radius bits from h: how common a picture is.
func (t *Table) Count(h Hash, radius int) (int, error) {
	c := &count{radius: radius}
	err := t.read(func(s *state) error { s.search(uint64(h), c); return nil })
	return c.n, err
}

type count struct{ radius, n int }

func (c *count) reach() int   { return c.radius }
func (c *count) take(ID, int) { c.n++ }

// search looks through every part with the engine that is cheaper there.
func (s *state) search(h uint64, c collector) {
	for _, p := range s.parts {
		if plan := planFor(c.reach()); p.indexed && plan.worth(p.segment, h) {
			plan.look(p, h, c)
		} else {
			p.scan(0, uint32(p.rows), h, c)
		}
	}
}
