package edits

import (
	"bytes"
	"errors"
	"image"

	"github.com/amvlib/amvlib/media"
)

// Width and Height are the size of the pictures of edits: small enough to keep hours in memory, twice what the detector looks at.
const (
	Width  = 128
	Height = 72
)

const (
	stride = 3 * Width
	size   = stride * Height
)

// Picture is Width x Height pixels of red, green and blue, 0 to 255, rows from the top. Pictures are shared: what draws, draws on a copy.
type Picture []byte

type colour [3]byte

// ErrSize is what Shrink gives for a picture that is no frame of package media.
var ErrSize = errors.New("no picture of 320x180, 4:2:0")

func flat(c colour) Picture {
	p := make(Picture, size)
	for i := 0; i < size; i += 3 {
		p[i], p[i+1], p[i+2] = c[0], c[1], c[2]
	}
	return p
}

func (p Picture) clone() Picture { return bytes.Clone(p) }

// at is the place of a pixel.
func at(x, y int) int { return y*stride + 3*x }

// box fills the part of x0 <= x < x1, y0 <= y < y1 that lies inside.
func (p Picture) box(x0, y0, x1, y1 int, c colour) {
	x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, Width), min(y1, Height)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			copy(p[at(x, y):], c[:])
		}
	}
}

// mix blends b into a by alpha of 256, into a new picture.
func mix(a, b Picture, alpha int) Picture {
	out := make(Picture, size)
	keep := uint32(256 - alpha)
	for i := range out {
		out[i] = byte((uint32(a[i])*keep + uint32(b[i])*uint32(alpha) + 128) >> 8)
	}
	return out
}

// tint blends one colour into p by alpha of 256, into a new picture.
func (p Picture) tint(c colour, alpha int) Picture {
	out := make(Picture, size)
	var luts [3][256]byte
	for k := range luts {
		for v := range luts[k] {
			luts[k][v] = byte((v*(256-alpha) + int(c[k])*alpha + 128) >> 8)
		}
	}
	for i := 0; i < size; i += 3 {
		out[i], out[i+1], out[i+2] = luts[0][p[i]], luts[1][p[i+1]], luts[2][p[i+2]]
	}
	return out
}

// curve puts every value through a table, into a new picture.
func (p Picture) curve(lut *[256]byte) Picture {
	out := make(Picture, size)
	for i, v := range p {
		out[i] = lut[v]
	}
	return out
}

// grey is the mean of a pixel's colours.
func (p Picture) grey(i int) int { return (int(p[i]) + int(p[i+1]) + int(p[i+2])) / 3 }

// unlike is the mean difference of two pictures, over every second pixel of every second row.
func unlike(a, b Picture) float64 {
	sum := 0
	for y := 0; y < Height; y += 2 {
		for x := 0; x < Width; x += 2 {
			i := at(x, y)
			for k := range 3 {
				sum += abs(int(a[i+k]) - int(b[i+k]))
			}
		}
	}
	return float64(sum) / (size / 4)
}

// busy is the mean distance of a picture's pixels from their mean: 0 for a flat one.
func (p Picture) busy() float64 {
	sum, n := 0, 0
	for i := 0; i < size; i += 12 {
		sum += p.grey(i)
		n++
	}
	mean, off := sum/n, 0
	for i := 0; i < size; i += 12 {
		off += abs(p.grey(i) - mean)
	}
	return float64(off) / float64(n)
}

func abs(x int) int { return max(x, -x) }

func clamp(v int) byte { return byte(min(max(v, 0), 255)) }

// Shrink reduces an analysed frame to a picture by area. full says that its numbers run from 0 to 255 and not from 16 to 235. It
// fails with ErrSize for a frame of any other size or sampling.
func Shrink(img *image.YCbCr, full bool) (Picture, error) {
	if img == nil || img.Rect != image.Rect(0, 0, media.Width, media.Height) || img.SubsampleRatio != image.YCbCrSubsampleRatio420 {
		return nil, ErrSize
	}
	var luma [Width * Height]byte
	var cb, cr [Width * Height / 4]byte
	reduce(luma[:], img.Y, img.YStride, Width, Height)
	reduce(cb[:], img.Cb, img.CStride, Width/2, Height/2)
	reduce(cr[:], img.Cr, img.CStride, Width/2, Height/2)
	p := make(Picture, size)
	for y := range Height {
		for x := range Width {
			c := y/2*(Width/2) + x/2
			toRGB(p[at(x, y):], int(luma[y*Width+x]), int(cb[c])-128, int(cr[c])-128, full)
		}
	}
	return p, nil
}

// reduce takes every 5 x 5 pixels to 2 x 2: a pixel's area is 2.5 x 2.5, so the middle row and column are shared.
func reduce(dst, src []byte, stride, width, height int) {
	weights := [2][3]int{{2, 2, 1}, {1, 2, 2}}
	for y := range height {
		for x := range width {
			sum := 0
			for j, wy := range weights[y%2] {
				line := src[(y/2*5+y%2*2+j)*stride+x/2*5+x%2*2:]
				w := weights[x%2]
				sum += wy * (w[0]*int(line[0]) + w[1]*int(line[1]) + w[2]*int(line[2]))
			}
			dst[y*width+x] = byte((sum + 12) / 25)
		}
	}
}

// toRGB uses one matrix for all films. The way back uses it too, so what was decoded comes back, whatever matrix the film names.
func toRGB(dst []byte, y, cb, cr int, full bool) {
	if full {
		y *= 256
	} else {
		y = 298 * (y - 16)
	}
	dst[0] = clamp((y + 409*cr + 128) >> 8)
	dst[1] = clamp((y - 100*cb - 208*cr + 128) >> 8)
	dst[2] = clamp((y + 516*cb + 128) >> 8)
}

// toYCbCr writes p as film numbers, 16 to 235, colours averaged over 2 x 2.
func (p Picture) toYCbCr(img *image.YCbCr) {
	for y := 0; y < Height; y += 2 {
		up, low := img.Y[y*img.YStride:][:Width], img.Y[(y+1)*img.YStride:][:Width]
		for x := 0; x < Width; x += 2 {
			a, b := p[at(x, y):][:6], p[at(x, y+1):][:6]
			up[x], up[x+1], low[x], low[x+1] = lumaOf(a[0], a[1], a[2]), lumaOf(a[3], a[4], a[5]), lumaOf(b[0], b[1], b[2]), lumaOf(b[3], b[4], b[5])
			red := int(a[0]) + int(a[3]) + int(b[0]) + int(b[3])
			green := int(a[1]) + int(a[4]) + int(b[1]) + int(b[4])
			blue := int(a[2]) + int(a[5]) + int(b[2]) + int(b[5])
			c := y/2*img.CStride + x/2
			img.Cb[c] = byte((128<<10 + 512 - 38*red - 74*green + 112*blue) >> 10)
			img.Cr[c] = byte((128<<10 + 512 + 112*red - 94*green - 18*blue) >> 10)
		}
	}
}

func lumaOf(r, g, b byte) byte {
	return byte((16<<8 + 128 + 66*int(r) + 129*int(g) + 25*int(b)) >> 8)
}
