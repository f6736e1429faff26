package phash

import (
	"context"
	"slices"
)

// growth is how many times larger than all newer ones together a segment must be to be left alone. So there are no more segments
// than the logarithm of the table's size, and a row is written anew as often.
const growth = 4

// merge adds to c the rows of the segments that are small beside it, or for the most part replaced, and gives those that stay.
func (c *content) merge(ctx context.Context, s *state) ([]part, error) {
	from := mergeFrom(s.parts, len(c.rows)+len(c.sets))
	if from < len(s.parts) {
		c.first = s.parts[from].first
		c.absorb(s.parts[from:])
	}
	if c.first == 1 {
		c.forget()
	}
	if len(c.rows) > mostRows || len(c.sets) > mostSets {
		return nil, errTooMany
	}
	var err error
	c.rows, err = sortRows(ctx, c.rows)
	return s.parts[:from], err
}

// mergeFrom is the oldest part that is to be merged with an update of a size.
func mergeFrom(parts []part, size int) int {
	from := len(parts)
	for i, p := range slices.Backward(parts) {
		own := p.rows + p.sets
		if own <= growth*size || 2*p.dead > p.rows {
			from = i
		}
		size += own
	}
	return from
}

// absorb adds the sets and rows of parts that nothing newer replaces.
func (c *content) absorb(parts []part) {
	own := c.sets
	c.sets = slices.Clone(own)
	for _, p := range parts {
		c.sets = append(c.sets, p.ids...)
	}
	slices.Sort(c.sets)
	c.sets = slices.Compact(c.sets)
	place := make([]uint32, len(own))
	for i, id := range own {
		place[i] = c.place(id)
	}
	for i := range c.rows {
		c.rows[i].owner = place[c.rows[i].owner]
	}
	for _, p := range parts {
		c.take(p, own)
	}
}

// take adds the rows of a part, without those of sets that the update itself speaks of.
func (c *content) take(p part, own []int64) {
	place, stays := make([]uint32, len(p.ids)), make([]bool, len(p.ids))
	for i, id := range p.ids {
		_, replaced := slices.BinarySearch(own, id)
		place[i], stays[i] = c.place(id), !replaced && (p.replaced == nil || !p.replaced[i])
	}
	for i := range p.rows {
		if owner := p.owner(uint32(i)); int(owner) < len(stays) && stays[owner] {
			c.rows = append(c.rows, row{p.hashes[i], place[owner], p.numbers[i]})
		}
	}
}

func (c *content) place(id int64) uint32 {
	i, _ := slices.BinarySearch(c.sets, id)
	return uint32(i)
}

// forget drops sets without rows: below the oldest segment there is nothing that they would take out.
func (c *content) forget() {
	rows := make([]int, len(c.sets))
	for _, r := range c.rows {
		rows[r.owner]++
	}
	place, kept := make([]uint32, len(c.sets)), c.sets[:0:0]
	for i, id := range c.sets {
		place[i] = uint32(len(kept))
		if rows[i] > 0 {
			kept = append(kept, id)
		}
	}
	c.sets = kept
	for i := range c.rows {
		c.rows[i].owner = place[c.rows[i].owner]
	}
}
