package feature

import (
	"encoding/binary"
	"math/bits"
)

// cover is the pixels of one axis that a cell of the reduced picture covers: n of them from at on; the first and the last may be covered
// in part. Weights are in the smallest unit in which all are whole.
type cover struct {
	at, n              int
	first, whole, last uint32
}

// reducer draws pictures of one size over at another, by area; sides of at most widest pixels.
type reducer struct {
	width, height int
	columns, rows []cover
	sums          []uint32 // of a row of cells, by column of the source
	area          uint64   // weight of a cell
	inverse       uint64   // of twice the area, of 2^64, rounded up
}

// widest keeps sums within their bits: with it, (2*total+area)*inverse>>64 is the exact rounded mean.
const widest = 8192

// fit makes r one that reduces width x height to cellsAcross x cellsDown. It does nothing when it is one already.
func (r *reducer) fit(width, height, cellsAcross, cellsDown int) {
	if r.width == width && r.height == height {
		return
	}
	r.width, r.height = width, height
	var across, down uint64
	r.columns, across = covers(r.columns[:0], width, cellsAcross)
	r.rows, down = covers(r.rows[:0], height, cellsDown)
	r.sums = make([]uint32, width)
	r.area = across * down
	r.inverse = ^uint64(0)/(2*r.area) + 1
}

func covers(dst []cover, pixels, cells int) (all []cover, weight uint64) {
	common := divisor(pixels, cells)
	p, q := pixels/common, cells/common
	for j := range cells {
		begin, end := j*p, (j+1)*p
		a, b := begin/q, (end-1)/q
		c := cover{at: a, n: b - a + 1, first: uint32((a+1)*q - begin), whole: uint32(q), last: uint32(end - b*q)}
		if a == b {
			c.first = uint32(p)
		}
		dst = append(dst, c)
	}
	return dst, uint64(p)
}

func divisor(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// reduce draws src over to dst, which has no gaps between its rows.
func (r *reducer) reduce(dst, src []byte, stride int) {
	switch {
	case r.width*2 == len(r.columns)*5 && r.height*2 == len(r.rows)*5 && len(r.columns)%32 == 0 && len(r.columns) <= keptWidth && len(r.rows)%2 == 0:
		fiveToTwo(dst, src, stride, len(r.columns), len(r.rows))
	case r.width == len(r.columns)*2 && r.height == len(r.rows)*2:
		halve(dst, src, stride, len(r.columns), len(r.rows))
	default:
		r.reduceAny(dst, src, stride)
	}
}

func (r *reducer) reduceAny(dst, src []byte, stride int) {
	for y, c := range r.rows {
		r.sum(c, src, stride)
		out := dst[y*len(r.columns):][:len(r.columns)]
		for x := range out {
			out[x] = r.mean(&r.columns[x])
		}
	}
}

// sum adds up the rows that c covers.
func (r *reducer) sum(c cover, src []byte, stride int) {
	for i, v := range src[c.at*stride:][:r.width] {
		r.sums[i] = uint32(v) * c.first
	}
	for k := 1; k < c.n; k++ {
		weight := c.whole
		if k == c.n-1 {
			weight = c.last
		}
		sums := r.sums
		for i, v := range src[(c.at+k)*stride:][:len(sums)] {
			sums[i] += uint32(v) * weight
		}
	}
}

func (r *reducer) mean(c *cover) byte {
	s := r.sums[c.at:][:c.n]
	total := uint64(s[0]) * uint64(c.first)
	if len(s) > 1 {
		for _, v := range s[1 : len(s)-1] {
			total += uint64(v) * uint64(c.whole)
		}
		total += uint64(s[len(s)-1]) * uint64(c.last)
	}
	mean, _ := bits.Mul64(2*total+r.area, r.inverse)
	return byte(mean)
}

// lanes is every second byte of eight, with room for sums.
const lanes = 0x00ff00ff00ff00ff

// fiveToTwo reduces frames of the size in which films are analysed, eight columns at a time: five rows become two, and then five columns.
func fiveToTwo(dst, src []byte, stride, width, height int) {
	var upper, lower fiveSums
	for y := 0; y < height; y += 2 {
		fiveRows(&upper, &lower, src[y/2*5*stride:], stride, width/2*5)
		fiveColumns(dst[y*width:][:width], &upper)
		fiveColumns(dst[(y+1)*width:][:width], &lower)
	}
}

// fiveSums are those of columns, with room for reading whole words past the last.
type fiveSums [keptWidth/2*5 + 8]uint16

// fiveRowsPlain weighs five rows for the two that they become; across is a multiple of 16.
func fiveRowsPlain(upper, lower *fiveSums, src []byte, stride, across int) {
	a, b, c := src[:across], src[stride:][:across], src[2*stride:][:across]
	d, e := src[3*stride:][:across], src[4*stride:][:across]
	for x := 0; x+8 <= across; x += 8 {
		w := binary.LittleEndian.Uint64(c[x:])
		even, odd := w&lanes, w>>8&lanes
		p, q := binary.LittleEndian.Uint64(a[x:]), binary.LittleEndian.Uint64(b[x:])
		unpack(upper[x:][:8], even+2*(p&lanes+q&lanes), odd+2*(p>>8&lanes+q>>8&lanes))
		p, q = binary.LittleEndian.Uint64(d[x:]), binary.LittleEndian.Uint64(e[x:])
		unpack(lower[x:][:8], even+2*(p&lanes+q&lanes), odd+2*(p>>8&lanes+q>>8&lanes))
	}
}

func unpack(c []uint16, even, odd uint64) {
	_ = c[7]
	c[0], c[2], c[4], c[6] = uint16(even), uint16(even>>16), uint16(even>>32), uint16(even>>48)
	c[1], c[3], c[5], c[7] = uint16(odd), uint16(odd>>16), uint16(odd>>32), uint16(odd>>48)
}

// fiveColumnsPlain makes two means of every five sums; out has a multiple of 16.
func fiveColumnsPlain(out []byte, from *fiveSums) {
	sums := from[:]
	for len(out) >= 2 && len(sums) >= 5 {
		m := sums[2]
		out[0] = byte((2*(sums[0]+sums[1]) + m + 12) / 25)
		out[1] = byte((2*(sums[3]+sums[4]) + m + 12) / 25)
		out, sums = out[2:], sums[5:]
	}
}

// halve reduces a picture to half its size.
func halve(dst, src []byte, stride, width, height int) {
	for y := range height {
		a, b := src[2*y*stride:][:2*width], src[(2*y+1)*stride:][:2*width]
		out := dst[y*width:][:width]
		for x := range out {
			out[x] = byte((uint16(a[2*x]) + uint16(a[2*x+1]) + uint16(b[2*x]) + uint16(b[2*x+1]) + 2) >> 2)
		}
	}
}
