package hashes

import (
	"fmt"
	"math"
	"net/url"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/phash"
)

// The number of a hash in the table is twice its frame, and one more where it is of a centre.
const (
	whole  = 0
	centre = 1
)

// entries are the hashes of an episode that say something.
func entries(q *catalog.Sequence) []phash.Entry {
	all := make([]phash.Entry, 0, 2*len(q.Samples))
	for i := range q.Samples {
		s := &q.Samples[i]
		if s.Frame < 0 || s.Frame > math.MaxUint32/2 || phash.Flat(s.Variance) {
			continue
		}
		at := uint32(2 * s.Frame)
		all = append(all, phash.Entry{Hash: s.Hash, Number: at + whole})
		if s.Centre != 0 {
			all = append(all, phash.Entry{Hash: s.Centre, Number: at + centre})
		}
	}
	return all
}

// markOf is what the table remembers: what is in it, of which library, and up to which state of it.
func markOf(library string, m catalog.Mark) string {
	return fmt.Sprintf("%d %s %d %s", format, url.QueryEscape(library), m.Generation, url.QueryEscape(m.Token))
}

// format counts up whenever other hashes are taken in.
const format = 1

// parseMark tells up to which state of library a table is; false where it is of another, or of another format. The mark of an empty
// table is the zero Mark.
func parseMark(mark, library string) (m catalog.Mark, ok bool) {
	if mark == "" {
		return m, true
	}
	var v int
	var id, token string
	n, _ := fmt.Sscan(mark, &v, &id, (*int64)(&m.Generation), &token)
	if n < 3 || v != format || id != url.QueryEscape(library) {
		return catalog.Mark{}, false
	}
	m.Token, _ = url.QueryUnescape(token)
	return m, true
}
