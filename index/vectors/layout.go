package vectors

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/meaning/scan"
)

// A file is of one episode, numbers little-endian, every section at a multiple of 64 bytes:
//
//	header   128 bytes: magic, rows, rows of English, episode, generation, library, a checksum of each section and of itself
//	rows     24 bytes each: the line's ID, a sum of what it was embedded from, its track, its row among the English ones from 1, or 0
//	any      192 bytes a row: 384 numbers of four bits, as scan.Pack makes them
//	english  192 bytes a row of English, in the order of the rows
const (
	magic      = "amvvecs\x02"
	headerSize = 128
	sumAt      = headerSize - 4
	align      = 64
	rowSize    = 24
	trackAt    = 16
	englishAt  = 20
	numbers    = meaning.Size / 2 // bytes of a vector
	mostRows   = 1 << 24          // of an episode
)

const (
	rowsSection = iota
	anySection
	englishSection
	sections
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errDamaged is what a file that is not as it was written gives.
var errDamaged = errors.New("vectors are damaged")

// header is what a file says of itself.
type header struct {
	rows, english int
	stamp         stamp
	sums          [sections]uint32
}

// stamp says what a file is of.
type stamp struct {
	episode    int64
	generation int64
	library    uint64 // a sum of its ID
}

func (h *header) size(section int) int {
	return []int{rowSize * h.rows, numbers * h.rows, numbers * h.english}[section]
}

// at is where a section starts; at(sections) is where the file ends.
func (h *header) at(section int) int {
	at := headerSize
	for i := range section {
		at += (h.size(i) + align - 1) / align * align
	}
	return at
}

func (h *header) bytes() []byte {
	b := append(make([]byte, 0, headerSize), magic...)
	b = binary.LittleEndian.AppendUint32(b, uint32(h.rows))
	b = binary.LittleEndian.AppendUint32(b, uint32(h.english))
	for _, n := range []uint64{uint64(h.stamp.episode), uint64(h.stamp.generation), h.stamp.library} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	for _, sum := range h.sums {
		b = binary.LittleEndian.AppendUint32(b, sum)
	}
	b = append(b, make([]byte, sumAt-len(b))...)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// readHeader believes a header only if it is, byte for byte, what would be written for what it says.
func readHeader(b []byte) (*header, error) {
	if len(b) < headerSize || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: no header", errDamaged)
	}
	le := binary.LittleEndian
	rows, english := le.Uint32(b[8:]), le.Uint32(b[12:])
	if rows > mostRows || english > rows {
		return nil, fmt.Errorf("%w: %d rows, %d of English", errDamaged, rows, english)
	}
	h := &header{rows: int(rows), english: int(english)}
	h.stamp = stamp{int64(le.Uint64(b[16:])), int64(le.Uint64(b[24:])), le.Uint64(b[32:])}
	for i := range h.sums {
		h.sums[i] = le.Uint32(b[40+4*i:])
	}
	if !bytes.Equal(b[:headerSize], h.bytes()) {
		return nil, fmt.Errorf("%w: header", errDamaged)
	}
	return h, nil
}

// Row names a line that has a vector.
type row struct {
	line    int64
	content uint64 // a sum of the texts that the vector was made of
	track   uint32
	english uint32 // which of the English rows, from 1; 0 for none
}

func (r row) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(r.line))
	b = binary.LittleEndian.AppendUint64(b, r.content)
	b = binary.LittleEndian.AppendUint32(b, r.track)
	return binary.LittleEndian.AppendUint32(b, r.english)
}

func readRow(b []byte) row {
	le := binary.LittleEndian
	return row{int64(le.Uint64(b)), le.Uint64(b[8:]), le.Uint32(b[trackAt:]), le.Uint32(b[englishAt:])}
}

// encode is a whole file.
func encode(s stamp, rows []row, vectors []meaning.Vector) []byte {
	h := &header{rows: len(rows), stamp: s}
	for i := range rows {
		if rows[i].english = 0; vectors[i].IsEnglish() {
			h.english++
			rows[i].english = uint32(h.english)
		}
	}
	out := make([]byte, headerSize, h.at(sections))
	for _, r := range rows {
		out = r.append(out)
	}
	out = out[:h.at(anySection)]
	for i := range vectors {
		out = scan.Pack(out, vectors[i].Any[:])
	}
	out = out[:h.at(englishSection)]
	for i := range vectors {
		if rows[i].english > 0 {
			out = scan.Pack(out, vectors[i].English[:])
		}
	}
	out = out[:h.at(sections)]
	for i := range sections {
		h.sums[i] = crc32.Checksum(out[h.at(i):h.at(i+1)], castagnoli)
	}
	copy(out, h.bytes())
	return out
}
