package shotdetect

import (
	"math"

	"github.com/amvlib/amvlib/media"
)

const (
	tintSize  = tintWidth * tintHeight
	padX      = 8 // how far a block is looked for, in luma pixels
	padY      = 4
	padWidth  = lumaWidth + 2*padX
	padHeight = lumaHeight + 2*padY
	bins      = 8 * 4 * 4
	share     = 32 // what a pixel adds to a histogram
)

// look is all that is remembered of a frame.
type look struct {
	luma   [padWidth * padHeight]byte // 64x36, halved to 7 bits, its edges drawn out so that blocks may be sought beyond them
	detail [blocks]uint16             // of each block: sum of distances from its own mean, in 7 bits
	tints  [3][tintSize]byte          // 32x18 of Y, Cb, Cr
	hist   [bins]int16                // of tints, soft in luma
	inside region                     // what is not bars
	mean   float32                    // luma and
	spread float32                    // its standard deviation and
	tint   float32                    // that of chroma, in the part of the film that is not bars
}

// see reduces a frame to what is remembered of it.
func (l *look) see(f *media.Frame) {
	img := regular(f.Image)
	var y [lumaWidth * lumaHeight]byte
	shrink(y[:], img.Y, img.YStride, lumaWidth, lumaHeight)
	shrink(l.tints[1][:], img.Cb, img.CStride, tintWidth, tintHeight)
	shrink(l.tints[2][:], img.Cr, img.CStride, tintWidth, tintHeight)
	l.pad(&y)
	l.measureDetail()
	l.halve(&y)
	l.inside = lit(&l.tints[0])
	l.histogram()
}

func (l *look) pad(y *[lumaWidth * lumaHeight]byte) {
	for row := range padHeight {
		from := y[min(max(row-padY, 0), lumaHeight-1)*lumaWidth:][:lumaWidth]
		to := l.luma[row*padWidth:][:padWidth]
		for x, v := range from {
			to[padX+x] = v >> 1
		}
		for x := range padX {
			to[x], to[padX+lumaWidth+x] = from[0]>>1, from[lumaWidth-1]>>1
		}
	}
}

func (l *look) halve(y *[lumaWidth * lumaHeight]byte) {
	for row := range tintHeight {
		a, b := y[2*row*lumaWidth:][:lumaWidth], y[(2*row+1)*lumaWidth:][:lumaWidth]
		out := l.tints[0][row*tintWidth:][:tintWidth]
		for x := range out {
			out[x] = byte((int(a[2*x]) + int(a[2*x+1]) + int(b[2*x]) + int(b[2*x+1]) + 2) / 4)
		}
	}
}

// histogram counts colours. A pixel's luma is shared by the two bins about it, so that a slow change of light costs little.
func (l *look) histogram() {
	l.hist = [bins]int16{}
	for i, y := range l.tints[0] {
		tint := quarter(l.tints[1][i])*4 + quarter(l.tints[2][i])
		v := max(0, int(y)-16)
		bin, part := v>>5, v&31
		l.hist[bin*16+tint] += int16(share - part)
		l.hist[min(7, bin+1)*16+tint] += int16(part)
	}
}

// quarter splits chroma where film has most of it.
func quarter(v byte) int { return min(3, max(0, (int(v)-96)>>4)) }

// measure fills mean, spread and tint.
func (l *look) measure(r region) {
	_, blue := r.deviation(&l.tints[1])
	_, red := r.deviation(&l.tints[2])
	l.mean, l.spread = r.deviation(&l.tints[0])
	l.tint = max(blue, red)
}

// region is a part of a picture, in its 32 columns and 18 rows.
type region struct{ left, right, top, bottom int }

func (r region) empty() bool { return r.left >= r.right || r.top >= r.bottom }

func (r region) pixels() int { return (r.right - r.left) * (r.bottom - r.top) }

// barLevel is the brightest that a bar of a letterboxed or pillarboxed film is.
const barLevel = 34

// lit is the picture without dark rows and columns at its edges; empty where all is dark.
func lit(y *[tintSize]byte) region {
	var columns [tintWidth]byte
	var rows [tintHeight]byte
	for row := range tintHeight {
		for x, v := range y[row*tintWidth:][:tintWidth] {
			columns[x] = max(columns[x], v)
			rows[row] = max(rows[row], v)
		}
	}
	var r region
	r.left, r.right = bright(columns[:])
	r.top, r.bottom = bright(rows[:])
	return r
}

func bright(lines []byte) (from, to int) {
	to = len(lines)
	for from < to && lines[from] <= barLevel {
		from++
	}
	for to > from && lines[to-1] <= barLevel {
		to--
	}
	return from, to
}

// union is the least region that holds both; everything where both are empty. What is dark in two frames at their edges says
// nothing about whether they belong together.
func (r region) union(o region) region {
	if r = r.merge(o); r.empty() {
		return region{0, tintWidth, 0, tintHeight}
	}
	return r
}

func (r region) merge(o region) region {
	switch {
	case r.empty():
		return o
	case o.empty():
		return r
	}
	return region{min(r.left, o.left), max(r.right, o.right), min(r.top, o.top), max(r.bottom, o.bottom)}
}

// within is r without the lines that touch a bar, which are half bar themselves; everything where r is empty.
func (r region) within() region {
	if r.left > 0 {
		r.left++
	}
	if r.right < tintWidth {
		r.right--
	}
	if r.top > 0 {
		r.top++
	}
	if r.bottom < tintHeight {
		r.bottom--
	}
	return r.union(r)
}

func (r region) deviation(p *[tintSize]byte) (mean, deviation float32) {
	sum, squares := 0, 0
	for y := r.top; y < r.bottom; y++ {
		for _, v := range p[y*tintWidth+r.left : y*tintWidth+r.right] {
			sum += int(v)
			squares += int(v) * int(v)
		}
	}
	n := float64(max(1, r.pixels()))
	m := float64(sum) / n
	return float32(m), float32(math.Sqrt(max(0, float64(squares)/n-m*m)))
}
