package phash

import "slices"

// state is a table between two updates. Its segments go from old to new; where several speak of a set, the newest is right.
type state struct {
	parts []part
	live  int // entries
	held  int
}

// part is a segment as it stands in a table.
type part struct {
	*segment
	replaced []bool // which of its sets a newer segment speaks of; nil where none
	dead     int    // rows of those, and of sets that do not exist
}

// newState is what segments, which go from old to new, make together. Nobody holds it yet.
func newState(segments []*segment) (*state, error) {
	s := &state{parts: make([]part, len(segments))}
	return s, unfaulted(func() error { s.lay(segments); return nil })
}

func (s *state) lay(segments []*segment) {
	newer := map[int64]bool{}
	for i, segment := range slices.Backward(segments) {
		s.parts[i] = newPart(segment, newer)
		s.live += segment.rows - s.parts[i].dead
		if i > 0 {
			for _, id := range segment.ids {
				newer[id] = true
			}
		}
	}
}

// hold keeps a new state, and so its segments, from being let go.
func (s *state) hold() {
	s.held++
	for _, p := range s.parts {
		p.held++
	}
}

func newPart(s *segment, newer map[int64]bool) part {
	p := part{segment: s}
	replaced := make([]bool, len(s.ids))
	for i, id := range s.ids {
		if newer[id] {
			replaced[i], p.replaced = true, replaced
		}
	}
	for i := range uint32(s.rows) {
		if !p.stands(i) {
			p.dead++
		}
	}
	return p
}

// stands tells whether row i stands for something still.
func (p part) stands(i uint32) bool {
	owner := int(p.owner(i))
	return owner < len(p.ids) && (p.replaced == nil || !p.replaced[owner])
}

// id is what row i stands for.
func (p part) id(i uint32) ID { return ID{Set: p.ids[p.owner(i)], Number: p.numbers[i]} }

func (s *state) mark() string {
	if len(s.parts) == 0 {
		return ""
	}
	return s.parts[len(s.parts)-1].segment.mark
}

// last is the number of the last update.
func (s *state) last() uint64 {
	if len(s.parts) == 0 {
		return 0
	}
	return s.parts[len(s.parts)-1].segment.last
}
