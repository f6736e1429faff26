package shotdetect

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/amvlib/amvlib/media"
)

// film is drawn frames.
type film []*image.YCbCr

// scene is one place with a figure in it: what a camera sees at a moment.
type scene struct {
	y, cb, cr [12]byte // of boxes, the first behind all others
	box       [12]image.Rectangle
}

func stage(seed uint64) *scene {
	r := rand.New(rand.NewPCG(seed, 7))
	s := &scene{}
	s.box[0] = image.Rect(-500, -500, 900, 900)
	for i := range s.box {
		s.y[i], s.cb[i], s.cr[i] = byte(40+r.IntN(180)), byte(90+r.IntN(76)), byte(90+r.IntN(76))
		if i > 0 {
			x, y := r.IntN(media.Width), r.IntN(media.Height)
			s.box[i] = image.Rect(x-20-r.IntN(60), y-15-r.IntN(40), x+20+r.IntN(60), y+15+r.IntN(40))
		}
	}
	return s
}

// at is the scene at moment t: the last box walks, and all moves with the camera.
func (s *scene) at(t, pan int) *image.YCbCr {
	img := blank(s.y[0], s.cb[0], s.cr[0])
	for i := 1; i < len(s.box); i++ {
		b := s.box[i].Add(image.Pt(-pan, 0))
		if i == len(s.box)-1 {
			b = b.Add(image.Pt(2*t, 0))
		}
		b = b.Intersect(img.Rect)
		for y := b.Min.Y; y < b.Max.Y; y++ {
			paint(img.Y[y*img.YStride+b.Min.X:y*img.YStride+b.Max.X], s.y[i])
			paint(img.Cb[y/2*img.CStride+b.Min.X/2:y/2*img.CStride+b.Max.X/2], s.cb[i])
			paint(img.Cr[y/2*img.CStride+b.Min.X/2:y/2*img.CStride+b.Max.X/2], s.cr[i])
		}
	}
	return img
}

func blank(y, cb, cr byte) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
	paint(img.Y, y)
	paint(img.Cb, cb)
	paint(img.Cr, cr)
	return img
}

func paint(p []byte, v byte) {
	for i := range p {
		p[i] = v
	}
}

// shot is n frames of a scene.
func shot(seed uint64, n int) film {
	var f film
	for t := range n {
		f = append(f, stage(seed).at(t, 0))
	}
	return f
}

// blended is part of b over a.
func blended(a, b *image.YCbCr, part float64) *image.YCbCr {
	out := blank(0, 0, 0)
	over := func(dst, p, q []byte) {
		for i := range dst {
			dst[i] = byte(float64(p[i])*(1-part) + float64(q[i])*part + .5)
		}
	}
	over(out.Y, a.Y, b.Y)
	over(out.Cb, a.Cb, b.Cb)
	over(out.Cr, a.Cr, b.Cr)
	return out
}

// patched is b up to a column and a from there on.
func patchedAt(a, b *image.YCbCr, column int) *image.YCbCr {
	out := blended(a, a, 0)
	for y := range media.Height {
		copy(out.Y[y*out.YStride:][:column], b.Y[y*b.YStride:])
		copy(out.Cb[y/2*out.CStride:][:column/2], b.Cb[y/2*b.CStride:])
		copy(out.Cr[y/2*out.CStride:][:column/2], b.Cr[y/2*b.CStride:])
	}
	return out
}

// toward is steps pictures on the way from a to b, neither of them included.
func toward(a, b *image.YCbCr, steps int) film {
	var f film
	for k := 1; k <= steps; k++ {
		f = append(f, blended(a, b, float64(k)/float64(steps+1)))
	}
	return f
}

func (f film) last() *image.YCbCr { return f[len(f)-1] }

func join(parts ...film) film {
	var f film
	for _, p := range parts {
		f = append(f, p...)
	}
	return f
}

// held is every frame shown n times.
func (f film) held(n int) film {
	var out film
	for _, img := range f {
		for range n {
			out = append(out, img)
		}
	}
	return out
}

// boxed is the film between black bars.
func (f film) boxed() film {
	var out film
	for _, img := range f {
		c := blended(img, img, 0)
		for y := range media.Height {
			if y < 24 || y >= media.Height-24 {
				paint(c.Y[y*c.YStride:][:media.Width], 16)
				paint(c.Cb[y/2*c.CStride:][:media.Width/2], 128)
				paint(c.Cr[y/2*c.CStride:][:media.Width/2], 128)
			}
		}
		out = append(out, c)
	}
	return out
}

func run(d Detector, f film) []Boundary {
	var all []Boundary
	for i, img := range f {
		all = append(all, d.Push(&media.Frame{Index: int64(i), Image: img}).Boundaries...)
	}
	return append(all, d.Flush().Boundaries...)
}

// long marks a test that goes through much film.
func long(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("a detector runs in one goroutine: the race detector has nothing to watch and takes forty times as long")
	}
}
