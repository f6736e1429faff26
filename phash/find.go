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

// Some finds entries at most radius bits from h of which want is told that they count, nearest first, then by ID: all of them where they
// are fewer than k, else k of the nearest, and which of equally near ones is left open. Where much of the library has one hash it is
// faster than [Table.Within], and takes memory for k matches alone. want is called by one goroutine at a time.
func (t *Table) Some(h Hash, radius, k int, want func(ID) bool) ([]Match, error) {
	if k <= 0 {
		return nil, nil
	}
	some := &some{best: best{k: k, radius: radius}, want: want}
	err := t.read(func(s *state) error { s.search(uint64(h), some); return nil })
	if err != nil {
		return nil, err
	}
	slices.SortFunc(some.matches, Match.Compare)
	return some.matches, nil
}

// some keeps k near ones, and once it has them wants nearer ones only.
type some struct {
	best
	want func(ID) bool
}

func (s *some) reach() int {
	if len(s.matches) == s.k {
		return min(s.radius, s.matches[0].Distance-1)
	}
	return s.radius
}

func (s *some) take(id ID, distance int) {
	if distance <= s.reach() && s.want(id) {
		s.best.take(id, distance)
	}
}

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
