package phash

import "iter"

// Table finds the hashes near a given one, exactly: nothing near is missed. It scans, at about a nanosecond a hash, so a million
// pictures are looked through in a few milliseconds. The zero Table is empty and ready. It may be read by many at once, but not
// while something is added.
type Table struct {
	hashes []Hash // apart from the ids, so that a scan reads nothing else
	ids    []int64
}

// Add puts a hash into t under an id of the caller's. Equal hashes and equal ids are kept side by side.
func (t *Table) Add(h Hash, id int64) {
	t.hashes = append(t.hashes, h)
	t.ids = append(t.ids, id)
}

// Len is the number of hashes in t.
func (t *Table) Len() int { return len(t.hashes) }

// Near yields the id and distance of every hash at most distance bits from h, in the order in which they were added.
func (t *Table) Near(h Hash, distance int) iter.Seq2[int64, int] {
	return func(yield func(int64, int) bool) {
		for i, o := range t.hashes {
			if d := h.Distance(o); d <= distance && !yield(t.ids[i], d) {
				return
			}
		}
	}
}
