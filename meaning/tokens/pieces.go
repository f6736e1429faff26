package tokens

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sort"
	"unicode/utf8"
)

// ErrPieces is what pieces that are not sorted, or do not fit together, give.
var ErrPieces = errors.New("pieces of a vocabulary that do not fit")

// TextMost is how many bytes of a text are read. No 256 pieces are longer.
const TextMost = 1 << 14

const mostPieces = 1 << 24

// Special are the ids that are no piece.
type Special struct {
	Start, End int32 // around every text
	Unknown    int32 // for what no piece has
}

// Pieces are sorted texts, each with an id. They keep the bytes they were made of.
type Pieces struct {
	text  []byte
	ends  []byte // u32 each
	first int32
	count int
}

// NewPieces takes the texts of pieces, one after another in the order of their bytes, and where each ends, as little-endian u32. Piece i has
// the id first+i. Errors: ErrPieces.
func NewPieces(text, ends []byte, first int32) (Pieces, error) {
	p := Pieces{text: text, ends: ends, first: first, count: len(ends) / 4}
	if p.count < 1 || p.count > mostPieces || len(ends)%4 != 0 || first < 0 || first > mostPieces {
		return Pieces{}, fmt.Errorf("%w: %d pieces from id %d", ErrPieces, p.count, first)
	}
	last := 0
	for i := range p.count {
		end := p.end(i)
		if end <= last || end > len(text) || i > 0 && string(p.at(i-1)) >= string(text[last:end]) {
			return Pieces{}, fmt.Errorf("%w: piece %d of %d", ErrPieces, i, p.count)
		}
		last = end
	}
	if last != len(text) {
		return Pieces{}, fmt.Errorf("%w: %d bytes too many", ErrPieces, len(text)-last)
	}
	return p, nil
}

func (p Pieces) end(i int) int { return int(binary.LittleEndian.Uint32(p.ends[4*i:])) }

func (p Pieces) at(i int) []byte {
	from := 0
	if i > 0 {
		from = p.end(i - 1)
	}
	return p.text[from:p.end(i)]
}

// among are the pieces that begin with the bytes read so far.
type among struct{ from, to, read int }

func (p Pieces) all() among { return among{to: p.count} }

// narrow keeps those that go on with b. None are left when from is to.
func (p Pieces) narrow(a among, b byte) among {
	// Only the first of those left can end here; it sorts before those that go on.
	next := func(i int) int {
		if piece := p.at(a.from + i); len(piece) > a.read {
			return int(piece[a.read])
		}
		return -1
	}
	n := a.to - a.from
	from := sort.Search(n, func(i int) bool { return next(i) >= int(b) })
	to := from + sort.Search(n-from, func(i int) bool { return next(from+i) > int(b) })
	return among{from: a.from + from, to: a.from + to, read: a.read + 1}
}

// whole tells whether what was read is itself a piece, which is then the first of those left.
func (p Pieces) whole(a among) bool {
	return a.from < a.to && len(p.at(a.from)) == a.read
}

// cut is text without what is beyond TextMost, between characters.
func cut(text string) string {
	if len(text) <= TextMost {
		return text
	}
	end := TextMost
	for end > TextMost-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// frame puts the special ids around at most most-2 others.
func (s Special) frame(ids []int32, most int) []int32 {
	ids = ids[:min(len(ids), max(most-2, 0))]
	out := make([]int32, 0, len(ids)+2)
	return append(append(append(out, s.Start), ids...), s.End)
}
