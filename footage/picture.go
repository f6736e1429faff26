package footage

import (
	"image"
	"image/color"

	"github.com/amvlib/amvlib/phash"
)

// Picture is a picture in question: its luma, in the shape in which it came.
type Picture struct {
	Y             []byte
	Stride        int
	Width, Height int
	Shape         float64 // width to height as people see it, where that is not that of the pixels; else 0
}

// PictureOf is the luma of an image. Pixels that can be seen through are over black.
func PictureOf(img image.Image) *Picture {
	b := img.Bounds()
	switch m := img.(type) {
	case *image.YCbCr:
		return &Picture{Y: m.Y[m.YOffset(b.Min.X, b.Min.Y):], Stride: m.YStride, Width: b.Dx(), Height: b.Dy()}
	case *image.Gray:
		return &Picture{Y: m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], Stride: m.Stride, Width: b.Dx(), Height: b.Dy()}
	}
	p := &Picture{Y: make([]byte, b.Dx()*b.Dy()), Stride: b.Dx(), Width: b.Dx(), Height: b.Dy()}
	for y := range p.Height {
		row := p.Y[y*p.Stride:]
		for x := range p.Width {
			row[x] = luma(img, b.Min.X+x, b.Min.Y+y)
		}
	}
	return p
}

func luma(img image.Image, x, y int) byte {
	switch m := img.(type) { // without an interface made for every pixel
	case *image.RGBA:
		c := m.RGBAAt(x, y)
		return gray(uint32(c.R), uint32(c.G), uint32(c.B))
	case *image.NRGBA:
		c := m.NRGBAAt(x, y)
		a := uint32(c.A)
		return gray(uint32(c.R)*a/255, uint32(c.G)*a/255, uint32(c.B)*a/255)
	}
	return color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y
}

// gray is BT.601's luma of full-range colours, as JPEG has it.
func gray(r, g, b uint32) byte { return byte((19595*r + 38470*g + 7471*b + 1<<15) >> 16) }

// shapeOf is the width to height of a part as people see it.
func (p *Picture) shapeOf(part image.Rectangle) float64 {
	shape := float64(part.Dx()) / float64(part.Dy())
	if p.Shape > 0 {
		shape *= p.Shape * float64(p.Height) / float64(p.Width)
	}
	return shape
}

// whole is the frame of p.
func (p *Picture) whole() image.Rectangle { return image.Rect(0, 0, p.Width, p.Height) }

// reduced is a part of p as 64x64 gray levels.
func (p *Picture) reduced(part image.Rectangle) *image.Gray {
	return phash.Gray64(p.Y[part.Min.Y*p.Stride+part.Min.X:], p.Stride, part.Dx(), part.Dy())
}

// mirrored is g with left and right exchanged.
func mirrored(g *image.Gray) *image.Gray {
	out := image.NewGray(g.Rect)
	for y := range g.Rect.Dy() {
		from, to := g.Pix[y*g.Stride:][:g.Rect.Dx()], out.Pix[y*out.Stride:]
		for x, v := range from {
			to[len(from)-1-x] = v
		}
	}
	return out
}

// middleOf is the middle of a rectangle, so much of its width and height.
func middleOf(r image.Rectangle, wide, high float64) image.Rectangle {
	w, h := int(float64(r.Dx())*wide+0.5), int(float64(r.Dy())*high+0.5)
	at := r.Min.Add(image.Pt((r.Dx()-w)/2, (r.Dy()-h)/2))
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}
}

const (
	barLevels = 12 // how much the levels of a bar vary at most
	barJump   = 10 // how far apart the levels of bars on two sides may be
	barMost   = 3  // bars take at most so many eighths of the picture on a side, as those of an upright film do
)

// inner is p without bars: rows above and below, or columns at both sides, of one level each. False where there are none.
func (p *Picture) inner() (image.Rectangle, bool) {
	r := p.whole()
	top, bottom := p.bars(p.Height, func(i int) (int, int, bool) { return p.row(i) })
	r.Min.Y, r.Max.Y = r.Min.Y+top, r.Max.Y-bottom
	left, right := p.bars(p.Width, func(i int) (int, int, bool) { return p.column(i, r) })
	r.Min.X, r.Max.X = r.Min.X+left, r.Max.X-right
	return r, r != p.whole() && r.Dx() >= 32 && r.Dy() >= 32
}

// bars counts lines of one level from both ends. What is on one side alone is no bar but a dark corner of the picture.
func (p *Picture) bars(lines int, levels func(int) (low, high int, ok bool)) (before, after int) {
	count := func(line func(int) int) int {
		first := -1
		for i := range lines * barMost / 8 {
			low, high, ok := levels(line(i))
			mid := (low + high) / 2
			if first < 0 {
				first = mid
			}
			if !ok || high-low > barLevels || mid-first > barJump || first-mid > barJump {
				return i
			}
		}
		return 0 // more than bars take: a dark picture
	}
	before, after = count(func(i int) int { return i }), count(func(i int) int { return lines - 1 - i })
	if before*3 < after || after*3 < before || before+after < max(4, lines/50) {
		return 0, 0
	}
	if before+after > 0 { // the edge itself is blurred
		edge := edgeOf(lines)
		return before + edge, after + edge
	}
	return 0, 0
}

func edgeOf(lines int) int { return max(1, lines/200) }

// withEdges is a part within bars with the blurred edges that were taken from it.
func (p *Picture) withEdges(part image.Rectangle) image.Rectangle {
	if part.Dx() < p.Width {
		part.Min.X, part.Max.X = part.Min.X-edgeOf(p.Width), part.Max.X+edgeOf(p.Width)
	}
	if part.Dy() < p.Height {
		part.Min.Y, part.Max.Y = part.Min.Y-edgeOf(p.Height), part.Max.Y+edgeOf(p.Height)
	}
	return part
}

func (p *Picture) row(y int) (low, high int, ok bool) {
	return extremes(p.Y[y*p.Stride:][:p.Width], 1)
}

func (p *Picture) column(x int, within image.Rectangle) (low, high int, ok bool) {
	return extremes(p.Y[within.Min.Y*p.Stride+x:(within.Max.Y-1)*p.Stride+x+1], p.Stride)
}

// extremes are the levels between which all but one in fifty are.
func extremes(levels []byte, step int) (low, high int, ok bool) {
	var count [256]int
	n := 0
	for i := 0; i < len(levels); i += step {
		count[levels[i]]++
		n++
	}
	cut := n / 100
	for left := cut; low < 255; low++ {
		if left -= count[low]; left < 0 {
			break
		}
	}
	high = 255
	for left := cut; high > low; high-- {
		if left -= count[high]; left < 0 {
			break
		}
	}
	return low, high, n > 0
}
