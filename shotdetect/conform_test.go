package shotdetect

import (
	"image"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/amvlib/amvlib/media"
)

// told is what a detector said about a film.
type told struct {
	scores     []uint8
	boundaries []Boundary
	late       int64 // most frames that it was behind
}

// conform checks what every Detector promises, on a film: Until never goes back and never passes what was seen; there is one score a
// frame, told when it is settled; boundaries are in order, do not overlap, lie in the film, are told once, and before or as the
// first frame that they touch is settled.
func conform(t *testing.T, d Detector, f film) told {
	t.Helper()
	c := conformance{TB: t}
	for i, img := range f {
		c.seen = int64(i + 1)
		c.take(d.Push(&media.Frame{Index: int64(i), Image: img}))
	}
	c.flushing = true
	c.take(d.Flush())
	if c.until != int64(len(f)) {
		t.Errorf("settled %d of %d frames after the last", c.until, len(f))
	}
	for _, b := range c.boundaries {
		if b.End >= int64(len(f)) {
			t.Errorf("%+v ends after the film", b)
		}
	}
	return c.told
}

type conformance struct {
	testing.TB
	told
	seen, until int64
	flushing    bool
}

func (c *conformance) take(s Settled) {
	c.Helper()
	if s.Until < c.until || s.Until > c.seen {
		c.Errorf("settled until %d, after %d, with %d seen", s.Until, c.until, c.seen)
	}
	for _, b := range s.Boundaries {
		c.boundary(b, s.Until)
	}
	c.until = s.Until
	c.scores = append(c.scores, s.Scores...)
	if int64(len(c.scores)) != c.until {
		c.Errorf("%d scores for %d settled frames", len(c.scores), c.until)
	}
	if !c.flushing {
		c.late = max(c.late, c.seen-c.until)
	}
}

func (c *conformance) boundary(b Boundary, until int64) {
	c.Helper()
	switch {
	case b.Before() < c.until:
		c.Errorf("%+v touches frames settled before %d", b, c.until)
	case b.Start >= until:
		c.Errorf("%+v is told before any of it is settled (%d)", b, until)
	case b.Start < 0 || b.End <= b.Start || b.Type == Cut && b.End != b.Start+1:
		c.Errorf("%+v is no boundary", b)
	case len(c.boundaries) > 0 && b.Before() < c.boundaries[len(c.boundaries)-1].End:
		c.Errorf("%+v overlaps %+v", b, c.boundaries[len(c.boundaries)-1])
	case b.Score < 0 || b.Score > 1:
		c.Errorf("%+v has a score beyond 0 to 1", b)
	}
	c.boundaries = append(c.boundaries, b)
}

func everything() film {
	a, b, c := shot(1, 50), shot(2, 60), shot(3, 70)
	return join(film{black}.held(9), toward(black, a[0], 12), a, toward(a.last(), b[0], 20), b, toward(b.last(), white, 8),
		film{white}.held(30), toward(white, c[0], 20), c, shot(4, 5), shot(5, 3), shot(6, 40), toward(stage(6).at(39, 0), black, 60), film{black})
}

func TestDetectorConforms(t *testing.T) {
	long(t)
	for name, f := range map[string]film{
		"none": nil, "one": shot(1, 1), "two": join(shot(1, 1), shot(2, 1)), "flat": film{black}.held(300), "all": everything(),
		"short": shot(1, 9), "ends in a fade": join(shot(1, 40), toward(stage(1).at(39, 0), black, 5)),
		"ends in a dissolve": join(shot(1, 40), toward(stage(1).at(39, 0), stage(2).at(0, 0), 9)),
		"slow":               join(shot(1, 30), toward(stage(1).at(29, 0), stage(2).at(0, 0), 150), shot(2, 30)),
		"slow fade":          join(shot(1, 30), toward(stage(1).at(29, 0), black, 120), film{black}.held(90), shot(2, 90)),
	} {
		t.Run(name, func(t *testing.T) {
			got := conform(t, New(Options{}), f)
			if got.late > LookAhead {
				t.Errorf("%d frames behind, more than %d", got.late, LookAhead)
			}
		})
	}
}

func TestDetectorIsDeterministic(t *testing.T) {
	long(t)
	f := everything()
	if a, b := conform(t, New(Options{}), f), conform(t, New(Options{}), f); !reflect.DeepEqual(a, b) {
		t.Errorf("two runs differ: %+v and %+v", a.boundaries, b.boundaries)
	}
}

// The detector keeps nothing of a frame's memory.
func TestFramesMayBeOverwritten(t *testing.T) {
	f, d := everything(), New(Options{})
	img := blank(0, 0, 0)
	var got []Boundary
	for i := range f {
		copy(img.Y, f[i].Y)
		copy(img.Cb, f[i].Cb)
		copy(img.Cr, f[i].Cr)
		got = append(got, d.Push(&media.Frame{Index: int64(i), Image: img}).Boundaries...)
	}
	if got = append(got, d.Flush().Boundaries...); !reflect.DeepEqual(got, run(New(Options{}), f)) {
		t.Errorf("found %+v", got)
	}
}

// A cut's first frame scores highest about it.
func TestScoresPeakAtCuts(t *testing.T) {
	got := conform(t, New(Options{}), join(shot(1, 20), shot(2, 20)))
	for i, s := range got.scores {
		if i != 20 && s >= got.scores[20] {
			t.Errorf("frame %d scores %d, the cut %d", i, s, got.scores[20])
		}
	}
}

// Frames of other sizes, subsamplings and broken planes are looked at as well as they can be.
func TestOddFrames(t *testing.T) {
	d := New(Options{})
	short := blank(50, 128, 128)
	short.Rect = image.Rect(0, 0, 100, 100)
	for i, img := range []*image.YCbCr{
		nil, {}, image.NewYCbCr(image.Rect(0, 0, 1, 1), image.YCbCrSubsampleRatio444), short,
		image.NewYCbCr(image.Rect(5, 5, 700, 400), image.YCbCrSubsampleRatio422), blank(1, 2, 3),
	} {
		d.Push(&media.Frame{Index: int64(i), Image: img})
	}
	if s := d.Flush(); s.Until != 6 {
		t.Errorf("settled %d of 6", s.Until)
	}
}

// FuzzDetector builds films of held, mixed and noisy pictures, of any size and none, by the bytes given, and holds the detector to its
// promises.
func FuzzDetector(f *testing.F) {
	f.Add([]byte{1, 20, 2, 20}, uint64(1))
	f.Add([]byte{1, 9, 130, 30, 2, 9, 255, 12, 3, 3, 0, 60, 4, 1}, uint64(2))
	f.Add([]byte{200, 5, 200, 5, 0, 90, 200, 90}, uint64(3))
	f.Add([]byte{230, 5, 1, 20, 240, 3, 2, 20, 255, 1}, uint64(14))
	f.Add([]byte{}, uint64(5))
	f.Fuzz(func(t *testing.T, script []byte, seed uint64) {
		conform(t, New(Options{Sensitivity: float64(seed%10) / 10}), scripted(script, seed))
	})
}

func scripted(script []byte, seed uint64) film {
	r := rand.New(rand.NewPCG(seed, 1))
	out := film{blank(byte(seed), 128, 128)}
	if len(script) == 0 {
		return out
	}
	usual := out
	for i := 0; i+1 < len(script) && len(out) < 400; i += 2 {
		what, n := script[i], int(script[i+1])%64
		next := stage(uint64(what%16)).at(int(what), 0)
		switch {
		case what == 0:
			out = append(out, film{black}.held(n)...)
		case what < 100:
			out = append(out, film{next}.held(n)...)
		case what < 200:
			out = append(out, toward(usual.last(), next, n)...)
		case what >= 230:
			for range n % 8 {
				out = append(out, odd(r))
			}
			continue
		default:
			for range n {
				img := blank(0, byte(r.Uint32()), 128)
				for k := range img.Y {
					img.Y[k] = byte(r.Uint32())
				}
				out = append(out, img)
			}
		}
		if n > 0 {
			usual = out[len(out)-1:]
		}
	}
	return out
}

// odd is a frame that no decoder of ours gives: of another size or subsampling, or with less memory than it says.
func odd(r *rand.Rand) *image.YCbCr {
	if r.IntN(8) == 0 {
		return nil
	}
	x, y := r.IntN(9)-4, r.IntN(9)-4
	img := image.NewYCbCr(image.Rect(x, y, x+r.IntN(700), y+r.IntN(400)), image.YCbCrSubsampleRatio(r.IntN(6)))
	for i := range img.Y {
		img.Y[i] = byte(i * x)
	}
	if r.IntN(4) == 0 {
		img.Y = img.Y[:len(img.Y)/2]
	}
	return img
}

func BenchmarkDetector(b *testing.B) {
	f := everything()
	d := New(Options{})
	for i := 0; b.Loop(); i++ {
		d.Push(&media.Frame{Index: int64(i), Image: f[i%len(f)]})
	}
}
