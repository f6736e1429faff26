package footage

import (
	"image"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/phash"
)

// cover is a part of a picture, in 64ths of its sides, that is taken for something laid over it: a logo in a corner, or lines below.
type cover struct{ image.Rectangle }

// covers are those that are tried. What is bright in a dark picture changes more bits of its hash than what the picture shows.
var covers = []cover{
	{image.Rect(48, 0, 64, 14)}, {image.Rect(0, 0, 16, 14)}, {image.Rect(48, 50, 64, 64)}, {image.Rect(0, 50, 16, 64)}, {image.Rect(0, 48, 64, 64)},
}

// middle is the part as it lies in the middle of the picture, which is hashed by itself.
func (c cover) middle() cover {
	const share = analysis.Middle // quarters
	at := func(v int) int { return max(0, min(phash.Side, (v-phash.Side*(4-share)/8)*4/share)) }
	return cover{image.Rect(at(c.Min.X), at(c.Min.Y), at(c.Max.X), at(c.Max.Y))}
}

// taken is g with the part filled from what is beside it and above or below it.
func (c cover) taken(g *image.Gray) *image.Gray {
	if c.Empty() {
		return g
	}
	out := image.NewGray(g.Rect)
	copy(out.Pix, g.Pix)
	beside, over := c.Min.X-1, c.Min.Y-1
	if beside < 0 {
		beside = c.Max.X
	}
	if over < 0 {
		over = c.Max.Y
	}
	for y := c.Min.Y; y < c.Max.Y; y++ {
		for x := c.Min.X; x < c.Max.X; x++ {
			sum, n := 0, 0
			if beside < phash.Side {
				sum, n = sum+int(g.Pix[y*g.Stride+beside]), n+1
			}
			if over < phash.Side {
				sum, n = sum+int(g.Pix[over*g.Stride+x]), n+1
			}
			out.Pix[y*out.Stride+x] = byte(sum / max(1, n))
		}
	}
	return out
}

// veils is q without the part.
func (c cover) veils(q *plate) *plate {
	if c.Empty() {
		return q
	}
	out := newPlate(q.wide, q.high)
	copy(out.v, q.v)
	for y := c.Min.Y * q.high / phash.Side; y < (c.Max.Y*q.high+phash.Side-1)/phash.Side; y++ {
		for x := c.Min.X * q.wide / phash.Side; x < (c.Max.X*q.wide+phash.Side-1)/phash.Side; x++ {
			out.v[y*q.wide+x] = missing
		}
	}
	return out
}
