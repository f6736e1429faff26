package phash

import (
	"image"
	"math"
	"math/bits"
)

// Side is the width and height in pixels of the gray picture that is hashed.
const Side = 64

// Gray64 reduces a plane of luma to 64x64 by exact area: every level is the mean, rounded, of the stretch of plane under it,
// whatever the plane's size. stride is the distance in bytes between the starts of two rows. A plane shorter than its size says
// gives a black picture, which is [Flat].
func Gray64(y []byte, stride, width, height int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, Side, Side))
	if width <= 0 || height <= 0 || stride < width || len(y)/stride < height-1 || len(y)-(height-1)*stride < width {
		return g
	}
	r := reducer{width: uint64(width), height: uint64(height), sums: make([]uint64, width+1), pix: g.Pix}
	for row := range height {
		r.columns(y[row*stride:][:width])
		r.spread(uint64(row))
	}
	return g
}

// reducer folds rows into the 64 rows of a gray picture. Positions are counted in 64ths of a pixel, in which a reduced pixel is
// exactly as wide as the plane has columns and as high as it has rows: no fraction is ever rounded.
type reducer struct {
	width, height uint64
	sums          []uint64     // of a row's levels before each column
	line          [Side]uint64 // a row reduced to 64 columns, each times width
	band          [Side]uint64 // the reduced row being gathered, each times width*height
	pix           []byte       // 64 rows of the result
}

// columns reduces one row to 64 columns: the difference of running sums at the two ends of each.
func (r *reducer) columns(row []byte) {
	var sum uint64
	sums := r.sums[:len(row)+1]
	for x, v := range row {
		sum += uint64(v)
		sums[x+1] = sum
	}
	var left uint64
	for k := range r.line {
		at := uint64(k+1) * r.width
		x, part := at/Side, at%Side
		right := sums[x] * Side
		if part > 0 {
			right += uint64(row[x]) * part
		}
		r.line[k], left = right-left, right
	}
}

// spread adds the reduced row to the bands that it lies under, and finishes those that end in it.
func (r *reducer) spread(row uint64) {
	at, end := row*Side, (row+1)*Side
	for at < end {
		band := at / r.height
		stop := min(end, (band+1)*r.height)
		r.gather(stop - at)
		if stop == (band+1)*r.height {
			r.finish(int(band))
		}
		at = stop
	}
}

func (r *reducer) gather(weight uint64) {
	for k, v := range r.line {
		r.band[k] += v * weight
	}
}

// finish divides the band by the area, to the nearest level. Dividing 4,096 times costs as much as all the rest, so a product with
// the reciprocal stands in, which is exact as long as sums and area together fit 64 bits.
func (r *reducer) finish(band int) {
	area := r.width * r.height
	row := r.pix[band*Side:][:Side]
	reciprocal := math.MaxUint64/area + 1
	for k, v := range r.band {
		v += area / 2
		if area < 1<<27 && area > 1 {
			v, _ = bits.Mul64(v, reciprocal)
		} else {
			v /= area
		}
		row[k] = byte(v)
	}
	r.band = [Side]uint64{}
}
