package picture

import (
	"image"
	"math"

	"github.com/amvlib/amvlib/media"
)

// Meter measures frames in order. Every second pixel of every second row is looked at, which changes no feature by more than a
// hundredth on real film and costs a quarter. It is not for concurrent use.
type Meter struct {
	levels levels
	last   []byte // the luma that was looked at in the frame before
	now    []byte
	width  int
	height int
}

// NewMeter measures frames of that colour.
func NewMeter(c media.Colour) *Meter { return &Meter{levels: levelsOf(c)} }

// A frame repeats the one before where neither the whole picture nor any part of it has changed by more levels of luma, in the
// mean, than an encoder changes in a still. A part is small enough to see a mouth move.
const (
	stillWhole = .8
	stillPart  = 3
	partWidth  = 8 // in looked-at pixels
	partHeight = 6
)

// Measure is what img, of any size and in 4:2:0, looks like. Motion and Stillness are against the frame measured before, 0 for
// the first. It keeps nothing of img.
func (m *Meter) Measure(img *image.YCbCr) Features {
	fresh := m.sample(img)
	f := Features{}
	m.luma(&f)
	m.chroma(&f, img)
	if !fresh {
		m.motion(&f)
	}
	m.last, m.now = m.now, m.last
	return f
}

// sample copies the pixels that are looked at, and tells whether there is no frame before of the same size.
func (m *Meter) sample(img *image.YCbCr) (fresh bool) {
	w, h := img.Rect.Dx()/2, img.Rect.Dy()/2
	if fresh = w != m.width || h != m.height || m.last == nil; fresh {
		m.width, m.height = w, h
		m.now, m.last = make([]byte, w*h), make([]byte, w*h)
	}
	for y := range h {
		row := img.Y[img.YOffset(img.Rect.Min.X, img.Rect.Min.Y+2*y):]
		out := m.now[y*w:][:w]
		for x := range out {
			out[x] = row[2*x]
		}
	}
	return fresh
}

// luma fills brightness, contrast and sharpness. Sharpness is the mean second difference, which a blur takes away first.
func (m *Meter) luma(f *Features) {
	var sum, squares, edges int
	w := m.width
	for y := range m.height {
		row := m.now[y*w:][:w]
		a, b := 0, 0
		for x, v := range row {
			c := int(v)
			sum += c
			squares += c * c
			if x > 1 {
				edges += magnitude(a - 2*b + c)
			}
			a, b = b, c
		}
	}
	n := float64(max(1, w*m.height))
	mean := float64(sum) / n
	deviation := math.Sqrt(max(0, float64(squares)/n-mean*mean))
	f.Brightness = clamp((float32(mean)-float32(m.levels.black))/m.levels.luma, 0, 1)
	f.Contrast = clamp(2*float32(deviation)/m.levels.luma, 0, 1)
	f.Sharpness = clamp(sharpGain*float32(float64(edges)/n)/m.levels.luma, 0, 1)
}

// sharpGain puts the sharpest drawn film, line art on white, near 1.
const sharpGain = 4

// chroma fills saturation and warmth.
func (m *Meter) chroma(f *Features, img *image.YCbCr) {
	var distance float32
	var blue, red, n int
	w, h := img.Rect.Dx()/4, img.Rect.Dy()/4
	for y := range h {
		at := img.COffset(img.Rect.Min.X, img.Rect.Min.Y+4*y)
		cb, cr := img.Cb[at:], img.Cr[at:]
		for x := range w {
			u, v := int(cb[2*x])-128, int(cr[2*x])-128
			blue += u
			red += v
			distance += float32(math.Sqrt(float64(u*u + v*v)))
		}
	}
	if n = w * h; n == 0 {
		return
	}
	scale := 1 / (float32(n) * m.levels.tint)
	f.Saturation = clamp(distance*scale, 0, 1)
	f.Warmth = clamp((float32(red)-float32(blue)/2)*scale/pureRed, -1, 1)
}

// pureRed is Cr - Cb/2 of pure red in BT.601, with chroma from -1 to 1. On this axis red is 1, yellow .57, green -.43, blue -.57
// and cyan -1.
const pureRed = 1.169

// motion fills motion and stillness.
func (m *Meter) motion(f *Features) {
	parts := make([]int, (m.width+partWidth-1)/partWidth)
	sum, worst := 0, 0
	for y := range m.height {
		sum += m.differ(y, parts)
		if y%partHeight == partHeight-1 || y == m.height-1 {
			for k, v := range parts {
				worst = max(worst, v)
				parts[k] = 0
			}
		}
	}
	mean := float32(sum) / float32(max(1, m.width*m.height))
	f.Motion = clamp(mean/m.levels.luma, 0, 1)
	if mean <= stillWhole && worst <= stillPart*partWidth*partHeight {
		f.Stillness = 1
	}
}

// differ adds a row's differences to its parts.
func (m *Meter) differ(y int, parts []int) (sum int) {
	now, last := m.now[y*m.width:][:m.width], m.last[y*m.width:][:m.width]
	for k := range parts {
		from, to := k*partWidth, min((k+1)*partWidth, m.width)
		a, b := now[from:to], last[from:to]
		part := 0
		for i := range a {
			part += magnitude(int(a[i]) - int(b[i]))
		}
		parts[k] += part
		sum += part
	}
	return sum
}

func magnitude(v int) int {
	s := v >> 63
	return (v ^ s) - s
}

func clamp(v, low, high float32) float32 { return max(low, min(high, v)) }
