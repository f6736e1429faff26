package picture

import (
	"image"

	"github.com/amvlib/amvlib/media"
)

// luma is what red and blue weigh in a matrix's luma; green has the rest.
type luma struct{ red, blue float64 }

var lumas = map[media.Matrix]luma{
	media.BT601:  {.299, .114},
	media.BT709:  {.2126, .0722},
	media.BT2020: {.2627, .0593},
}

// recolour turns img's numbers into those of a JPEG: full range, BT.601. A matrix that nobody named is taken for BT.709.
func recolour(img *image.YCbCr, c media.Colour) {
	m := mapping(c)
	half := img.Rect.Dx() / 2
	for y := range img.Rect.Dy() {
		row := img.Y[y*img.YStride:][:img.Rect.Dx()]
		at := y / 2 * img.CStride
		cb, cr := img.Cb[at:], img.Cr[at:]
		for x := range half {
			shift := m.lumaCb[cb[x]] + m.lumaCr[cr[x]]
			row[2*x] = level(m.luma[row[2*x]] + shift)
			row[2*x+1] = level(m.luma[row[2*x+1]] + shift)
		}
		if x := 2 * half; x < len(row) {
			row[x] = level(m.luma[row[x]] + m.lumaCb[cb[half]] + m.lumaCr[cr[half]])
		}
	}
	for i := range img.Cb {
		b, r := img.Cb[i], img.Cr[i]
		img.Cb[i] = level(m.cbCb[b] + m.cbCr[r])
		img.Cr[i] = level(m.crCb[b] + m.crCr[r])
	}
}

// table is the part of a new number that comes of an old one, in 2^16 parts.
type table [256]int32

// colourMap is a matrix from YCbCr to YCbCr, with what is always nought left out: chroma never comes of luma.
type colourMap struct{ luma, lumaCb, lumaCr, cbCb, cbCr, crCb, crCr table }

// mapping goes through RGB on paper and leaves one matrix.
func mapping(c media.Colour) *colourMap {
	own, ok := lumas[c.Matrix]
	if !ok {
		own = lumas[media.BT709]
	}
	blue, red := own.rgb(1, 0), own.rgb(0, 1)
	jpeg := lumas[media.BT601]
	l := levelsOf(c)
	yb, bb, rb := jpeg.ycc(blue)
	yr, br, rr := jpeg.ycc(red)
	brightness, tint := 255/float64(l.luma), 127.5/float64(l.tint)
	m := &colourMap{}
	m.luma.fill(float64(l.black), brightness, .5)
	m.lumaCb.fill(128, yb*tint, 0)
	m.lumaCr.fill(128, yr*tint, 0)
	m.cbCb.fill(128, bb*tint, 128.5)
	m.cbCr.fill(128, br*tint, 0)
	m.crCb.fill(128, rb*tint, 128.5)
	m.crCr.fill(128, rr*tint, 0)
	return m
}

func (t *table) fill(zero, gain, offset float64) {
	for v := range t {
		t[v] = int32(((float64(v)-zero)*gain + offset) * (1 << 16))
	}
}

// rgb is the red, green and blue of a chroma of -.5 to .5 at luma 0.
func (l luma) rgb(cb, cr float64) [3]float64 {
	r, b := 2*(1-l.red)*cr, 2*(1-l.blue)*cb
	return [3]float64{r, -(l.red*r + l.blue*b) / (1 - l.red - l.blue), b}
}

// ycc is luma and chroma of a red, green and blue.
func (l luma) ycc(c [3]float64) (y, cb, cr float64) {
	y = l.red*c[0] + (1-l.red-l.blue)*c[1] + l.blue*c[2]
	return y, (c[2] - y) / (2 * (1 - l.blue)), (c[0] - y) / (2 * (1 - l.red))
}

func level(v int32) byte { return byte(max(0, min(255, v>>16))) }
