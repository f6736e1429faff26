package phash

import (
	"context"
	"iter"
	"slices"
)

// Pair is two hashes of a [Table] that are near each other, A before B; [Table.Within] with radius 0 finds what they belong to.
type Pair struct {
	A, B     Hash
	Distance int
}

// Pairs yields every two hashes of the table that are at most radius bits apart, each pair of hashes once, however many entries have
// them: a million equal hashes are one pair of a hash with itself, at distance 0, which stands for all of them and comes first. The
// order is the same every time. It copies 8 bytes a hash into memory, and twice that for every core, but never holds the pairs.
// It ends with an error when the context ends. A radius above 18 compares all with all.
func (t *Table) Pairs(ctx context.Context, radius int) iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		var all []uint64
		if err := t.read(func(s *state) error { all = s.hashes(); return ctx.Err() }); err != nil {
			yield(Pair{}, err)
			return
		}
		distinct, repeated := distinct(all)
		for _, h := range repeated {
			if radius >= 0 && !yield(Pair{Hash(h), Hash(h), 0}, nil) {
				return
			}
		}
		if radius > 0 {
			joinAll(ctx, distinct, radius, yield)
		}
	}
}

// hashes are those of all entries, in order.
func (s *state) hashes() []uint64 {
	all := make([]uint64, 0, s.live)
	for _, p := range s.parts {
		for i, h := range p.hashes {
			if p.stands(uint32(i)) {
				all = append(all, h)
			}
		}
	}
	if len(s.parts) > 1 || !slices.IsSorted(all) {
		slices.Sort(all)
	}
	return all
}

// distinct keeps one of every hash, in place, and lists those of which there were more.
func distinct(sorted []uint64) (kept, repeated []uint64) {
	kept = sorted[:0]
	for i, h := range sorted {
		switch {
		case i == 0 || h != kept[len(kept)-1]:
			kept = append(kept, h)
		case len(repeated) == 0 || repeated[len(repeated)-1] != h:
			repeated = append(repeated, h)
		}
	}
	return kept, repeated
}
