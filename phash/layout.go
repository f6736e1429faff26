package phash

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
)

// A segment is one file, numbers little-endian, every section at a multiple of 64 bytes:
//
//	header   512 bytes: magic, version, what it covers, sizes, the caller's mark, a checksum of each section and of itself
//	sets     8 bytes each: the sets that the segment speaks of, ascending; one without rows says that it was taken out
//	hashes   8 bytes a row, ascending
//	owners   3 bytes a row: which of the sets
//	numbers  4 bytes a row: which picture of the set
//	starts   where it is indexed: for each quarter of a hash, where each of its 65,536 values starts, and the end
//	quarter1, quarter2, quarter3: 4 bytes a row: the rows in order of that quarter; the first needs none, for rows are in its order
//
// A row is 15 bytes, 27 where it is indexed, to which comes one megabyte of starts.
const (
	magic       = "amvphash"
	layout      = 1
	headerSize  = 512
	markAt      = 128
	longestMark = headerSize - markAt - 4
	align       = 64

	quarters  = 4
	values    = 1 << 16
	indexFrom = 1 << 19   // rows below which a scan takes a fraction of a millisecond and the starts would outweigh them
	mostRows  = 1<<31 - 1 // so that a row fits 32 bits and every size an int64
	mostSets  = 1<<24 - 1 // so that an owner fits 24 bits
)

const (
	setsSection = iota
	hashesSection
	ownersSection
	numbersSection
	startsSection
	quarterSection // of the second quarter; the third's and fourth's follow
	sections       = quarterSection + quarters - 1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// header is what a segment says of itself.
type header struct {
	first, last uint64 // the updates that it holds, from 1
	rows, sets  int
	indexed     bool
	mark        string
	sums        [sections]uint32
}

// size is how many bytes section i takes without its padding.
func (h *header) size(i int) int64 {
	rows := int64(h.rows)
	switch {
	case i == setsSection:
		return int64(h.sets) * 8
	case i == hashesSection:
		return rows * 8
	case i == ownersSection:
		return rows * 3
	case i == numbersSection:
		return rows * 4
	case !h.indexed:
		return 0
	case i == startsSection:
		return quarters * (values + 1) * 4
	}
	return rows * 4
}

// at is where section i starts; at(sections) is where the file ends.
func (h *header) at(i int) int64 {
	at := int64(headerSize)
	for k := range i {
		at += padded(h.size(k))
	}
	return at
}

func padded(n int64) int64 { return (n + align - 1) / align * align }

// bytes is the header as a file holds it.
func (h *header) bytes() []byte {
	b := make([]byte, 0, headerSize)
	b = append(b, magic...)
	b = binary.LittleEndian.AppendUint32(b, layout)
	b = binary.LittleEndian.AppendUint32(b, flag(h.indexed))
	for _, n := range []uint64{h.first, h.last, uint64(h.rows), uint64(h.sets), uint64(len(h.mark))} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	for _, sum := range h.sums {
		b = binary.LittleEndian.AppendUint32(b, sum)
	}
	b = append(append(b, make([]byte, markAt-len(b))...), h.mark...)
	b = append(b, make([]byte, headerSize-4-len(b))...)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func flag(on bool) uint32 {
	if on {
		return 1
	}
	return 0
}

// readHeader believes a header only as a whole: it has to be, byte for byte, what would be written for what it says.
func readHeader(b []byte) (*header, error) {
	if len(b) < headerSize || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: no header", ErrDamaged)
	}
	le := binary.LittleEndian
	if v := le.Uint32(b[8:]); v != layout {
		return nil, fmt.Errorf("%w: layout %d, want %d", ErrDamaged, v, layout)
	}
	word := func(i int) uint64 { return le.Uint64(b[16+8*i:]) }
	if word(2) > mostRows || word(3) > mostSets || word(4) > longestMark || word(0) < 1 || word(0) > word(1) || word(1) >= math.MaxInt64 {
		return nil, fmt.Errorf("%w: impossible sizes", ErrDamaged)
	}
	h := &header{first: word(0), last: word(1), rows: int(word(2)), sets: int(word(3)), indexed: le.Uint32(b[12:]) == 1}
	h.mark = string(b[markAt:][:word(4)])
	for i := range h.sums {
		h.sums[i] = le.Uint32(b[56+4*i:])
	}
	if !bytes.Equal(b[:headerSize], h.bytes()) {
		return nil, fmt.Errorf("%w: header", ErrDamaged)
	}
	return h, nil
}
