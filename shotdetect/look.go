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
)

// look is all that is remembered of a frame.
type look struct {
	index  int64
	luma   [padWidth * padHeight]byte // 64x36, halved to 7 bits, its edges drawn out so that blocks may be sought beyond them
	detail [blocks]uint16             // of each block: sum of distances from its own mean, in 7 bits
	tints  [3][tintSize]byte          // 32x18 of Y, Cb, Cr
	ncc    [tintSize]float32          // Y of tints, less its mean, of length 1
	hist   [bins]uint16               // of tints inside the crop, soft in luma; sums to histTotal
	mean   float32                    // luma inside the crop
	spread float32                    // standard deviation of luma inside the crop
	tint   float32                    // standard deviation of chroma inside the crop
}

const histTotal = 1 << 12

// see reduces a frame to what is remembered of it.
func (l *look) see(f *media.Frame, index int64, c *crop) {
	img := regular(f.Image)
	var y [lumaWidth * lumaHeight]byte
	shrink(y[:], img.Y, img.YStride, lumaWidth, lumaHeight)
	shrink(l.tints[1][:], img.Cb, img.CStride, tintWidth, tintHeight)
	shrink(l.tints[2][:], img.Cr, img.CStride, tintWidth, tintHeight)
	l.index = index
	l.pad(&y)
	l.measureDetail()
	l.halve(&y)
	c.watch(&l.tints[0])
	l.stats(c)
	l.normalise()
	l.histogram(c)
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

// stats fills mean, spread and tint.
func (l *look) stats(c *crop) {
	l.mean, l.spread = c.deviation(&l.tints[0])
	_, blue := c.deviation(&l.tints[1])
	_, red := c.deviation(&l.tints[2])
	l.tint = max(blue, red)
}

// nccFloor is added to a picture's length, so that noise in a flat one correlates with nothing.
const nccFloor = 9 * tintSize

func (l *look) normalise() {
	sum := 0
	for _, v := range l.tints[0] {
		sum += int(v)
	}
	mean := float32(sum) / tintSize
	var square float32
	for i, v := range l.tints[0] {
		d := float32(v) - mean
		l.ncc[i] = d
		square += d * d
	}
	scale := float32(1 / math.Sqrt(float64(square)+nccFloor))
	for i := range l.ncc {
		l.ncc[i] *= scale
	}
}

// histogram counts colours. A pixel's luma is shared by the two bins about it, so that a slow change of light costs little.
func (l *look) histogram(c *crop) {
	l.hist = [bins]uint16{}
	n := 0
	for y := c.top; y < c.bottom; y++ {
		for x := c.left; x < c.right; x++ {
			i := y*tintWidth + x
			tint := quarter(l.tints[1][i])*4 + quarter(l.tints[2][i])
			v := max(0, int(l.tints[0][i])-16)
			bin, part := v>>5, v&31
			l.hist[bin*16+tint] += uint16(32 - part)
			l.hist[min(7, bin+1)*16+tint] += uint16(part)
			n += 32
		}
	}
	if n > 0 {
		for i, v := range l.hist {
			l.hist[i] = uint16(int(v) * histTotal / n)
		}
	}
}

// quarter splits chroma where film has most of it.
func quarter(v byte) int { return min(3, max(0, (int(v)-96)>>4)) }

// crop is the part of the picture that is not bars. A row or column at the edge belongs to a bar while nothing brighter than
// nearly black has been seen in it; once something has, it is picture for good.
type crop struct {
	left, right, top, bottom int
	columns                  [tintWidth]byte // brightest level seen
	rows                     [tintHeight]byte
}

const barLevel = 34

func (c *crop) watch(y *[tintSize]byte) {
	for row := range tintHeight {
		for x, v := range y[row*tintWidth:][:tintWidth] {
			c.columns[x] = max(c.columns[x], v)
			c.rows[row] = max(c.rows[row], v)
		}
	}
	c.left, c.right = bright(c.columns[:])
	c.top, c.bottom = bright(c.rows[:])
}

// bright is the stretch of lines between the bars; all of them where there is none.
func bright(lines []byte) (from, to int) {
	to = len(lines)
	for from < to && lines[from] <= barLevel {
		from++
	}
	for to > from && lines[to-1] <= barLevel {
		to--
	}
	if from == to {
		return 0, len(lines)
	}
	return from, to
}

func (c *crop) deviation(p *[tintSize]byte) (mean, deviation float32) {
	sum, squares := 0, 0
	for y := c.top; y < c.bottom; y++ {
		for _, v := range p[y*tintWidth+c.left : y*tintWidth+c.right] {
			sum += int(v)
			squares += int(v) * int(v)
		}
	}
	n := float64(max(1, (c.right-c.left)*(c.bottom-c.top)))
	m := float64(sum) / n
	return float32(m), float32(math.Sqrt(max(0, float64(squares)/n-m*m)))
}
