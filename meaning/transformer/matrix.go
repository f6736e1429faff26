package transformer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// span is how many numbers in a row share a scale, in matrices of 4 bits and in what is multiplied with them.
const span = 32

// spanBytes is the size of a span of 4 bits.
const spanBytes = 2 + span/2

// Matrix holds numbers of few bits, row by row.
//
// With 8 bits Data is [Rows][Cols] in two's complement, and the numbers are those times a scale, which is 0 to 1: Scales is [Rows], or
// [Rows][Cols/32] where every 32 numbers in a row have a scale of their own, which is more exact. With 4 bits Data is
// [Rows][Cols/32][18]: a little-endian half-precision scale, up to 16 either way, then 16 bytes, of which byte i has number i in its low half
// and number i+16 in its high half, 8 too large; Scales is empty. This is how ggml's Q4_0 and its kin store them.
type Matrix struct {
	Rows, Cols int // Cols is a multiple of 32
	Bits       int // 8 or 4
	Data       []byte
	Scales     []float32
}

// check holds a matrix to its size and its scales to their bounds.
func (m Matrix) check(rows, cols int) error {
	if err := m.checkSize(rows, cols); err != nil || m.Bits == 8 {
		return errors.Join(err, m.checkScales())
	}
	return m.checkSpans()
}

// checkSize leaves the scales of 4 bits, which lie among the numbers, unread: what is never looked up need not come from the disk.
func (m Matrix) checkSize(rows, cols int) error {
	if m.Rows != rows || m.Cols != cols || rows < 1 || rows > mostTokens {
		return fmt.Errorf("%w: a matrix of %dx%d, not %dx%d", ErrShape, m.Rows, m.Cols, rows, cols)
	}
	switch {
	case m.Bits == 8 && len(m.Data) == rows*cols && (len(m.Scales) == rows || len(m.Scales) == rows*cols/span):
		return nil
	case m.Bits == 4 && len(m.Data) == rows*cols/span*spanBytes && len(m.Scales) == 0:
		return nil
	}
	return fmt.Errorf("%w: %d bytes and %d scales for %dx%d of %d bits", ErrShape, len(m.Data), len(m.Scales), rows, cols, m.Bits)
}

func (m Matrix) checkScales() error {
	for _, s := range m.Scales {
		if !(s >= 0 && s <= 1) {
			return fmt.Errorf("%w: a scale is %g", ErrShape, s)
		}
	}
	return nil
}

// largestHalf is 16 in half precision, without the sign; what is no number has larger bits.
const largestHalf = 0x4c00

func (m Matrix) checkSpans() error {
	for at := 0; at < len(m.Data); at += spanBytes {
		if bits := binary.LittleEndian.Uint16(m.Data[at:]); !bounded(bits) {
			return fmt.Errorf("%w: a scale is %#x", ErrShape, bits)
		}
	}
	return nil
}

func bounded(bits uint16) bool { return bits&0x7fff <= largestHalf }

// row gives the numbers of row r, which there must be, to dst. Those of 4 bits whose scale is out of bounds are zeros.
func (m Matrix) row(dst []float32, r int) {
	if m.Bits == 8 {
		for i, b := range m.Data[r*m.Cols:][:m.Cols] {
			dst[i] = float32(int8(b)) * m.scale(r, i/span)
		}
		return
	}
	for i := 0; i < m.Cols; i += span {
		m.unpack((*[span]float32)(dst[i:]), m.Data[(r*m.Cols+i)/span*spanBytes:])
	}
}

// scale is that of a span of 8 bits.
func (m Matrix) scale(row, of int) float32 {
	if len(m.Scales) == m.Rows {
		return m.Scales[row]
	}
	return m.Scales[row*(m.Cols/span)+of]
}

func (m Matrix) unpack(dst *[span]float32, from []byte) {
	scale := float32(0)
	if bits := binary.LittleEndian.Uint16(from); bounded(bits) {
		scale = half(bits)
	}
	for i, b := range from[2:spanBytes] {
		dst[i] = float32(int(b&15)-8) * scale
		dst[i+span/2] = float32(int(b>>4)-8) * scale
	}
}

// half is a number of half precision. Those below its normal ones are multiples of 2^-24.
func half(bits uint16) float32 {
	sign, exponent, fraction := uint32(bits&0x8000)<<16, uint32(bits>>10&31), uint32(bits&1023)
	if exponent == 0 {
		return math.Float32frombits(sign | math.Float32bits(float32(fraction)/(1<<24)))
	}
	return math.Float32frombits(sign | (exponent+127-15)<<23 | fraction<<13)
}
