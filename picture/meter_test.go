package picture

import (
	"image"
	"math"
	"testing"

	"github.com/amvlib/amvlib/media"
)

var video = media.Colour{Matrix: media.BT601}

func about(t *testing.T, what string, got, want, slack float32) {
	t.Helper()
	if math.Abs(float64(got-want)) > float64(slack) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// half is a picture of two levels of luma, side by side.
func half(left, right byte) *image.YCbCr {
	img := flat(right, 128, 128)
	for y := range media.Height {
		fill(img.Y[y*img.YStride:][:media.Width/2], left)
	}
	return img
}

func TestBrightnessAndContrast(t *testing.T) {
	for _, full := range []bool{false, true} {
		c := media.Colour{Full: full}
		low, high := byte(16), byte(235)
		if full {
			low, high = 0, 255
		}
		black, white := NewMeter(c).Measure(flat(low, 128, 128)), NewMeter(c).Measure(flat(high, 128, 128))
		about(t, "brightness of black", black.Brightness, 0, 0)
		about(t, "brightness of white", white.Brightness, 1, 0)
		about(t, "contrast of white", white.Contrast, 0, 0)
		both := NewMeter(c).Measure(half(low, high))
		about(t, "brightness of halves", both.Brightness, .5, .01)
		about(t, "contrast of halves", both.Contrast, 1, .01)
	}
}

func TestSaturationAndWarmth(t *testing.T) {
	for name, c := range map[string]struct {
		rgb                [3]float64
		warmth, saturation float32
	}{
		"gray":   {[3]float64{.5, .5, .5}, 0, 0},
		"red":    {[3]float64{1, 0, 0}, 1, 1},
		"yellow": {[3]float64{1, 1, 0}, .57, 1},
		"green":  {[3]float64{0, 1, 0}, -.43, 1},
		"blue":   {[3]float64{0, 0, 1}, -.57, 1},
		"cyan":   {[3]float64{0, 1, 1}, -1, 1},
		"skin":   {[3]float64{.9, .75, .65}, .21, .22},
	} {
		f := NewMeter(video).Measure(flat(film(c.rgb[0], c.rgb[1], c.rgb[2], video)))
		about(t, "warmth of "+name, f.Warmth, c.warmth, .02)
		about(t, "saturation of "+name, f.Saturation, c.saturation, .03)
	}
}

// stripes are lines two looked-at pixels wide, soft by that many pixels.
func stripes(soft int) *image.YCbCr {
	img := flat(16, 128, 128)
	for y := range media.Height {
		for x := range media.Width {
			sum := 0
			for d := -soft; d <= soft; d++ {
				sum += 60 + 120*((x+d+64)/8%2)
			}
			img.Y[y*img.YStride+x] = byte(sum / (2*soft + 1))
		}
	}
	return img
}

func TestSharpnessFallsWithBlur(t *testing.T) {
	last := float32(2)
	for soft := range 4 {
		s := NewMeter(video).Measure(stripes(soft)).Sharpness
		if s >= last || s <= 0 {
			t.Errorf("softened by %d it is %v, before %v", soft, s, last)
		}
		last = s
	}
	about(t, "sharpness of a flat picture", NewMeter(video).Measure(flat(99, 128, 128)).Sharpness, 0, 0)
}

func TestMotionAndStillness(t *testing.T) {
	m := NewMeter(video)
	first := m.Measure(half(50, 100))
	about(t, "motion of the first frame", first.Motion, 0, 0)
	about(t, "stillness of the first frame", first.Stillness, 0, 0)
	again := m.Measure(half(50, 100))
	about(t, "motion of a repeat", again.Motion, 0, 0)
	about(t, "stillness of a repeat", again.Stillness, 1, 0)
	about(t, "motion by ten levels", m.Measure(half(60, 110)).Motion, 10/219., .001)
	mouth := half(60, 110)
	for y := 80; y < 92; y++ {
		fill(mouth.Y[y*mouth.YStride+40:][:16], 90)
	}
	if f := m.Measure(mouth); f.Stillness != 0 || f.Motion > .01 || f.Motion == 0 {
		t.Errorf("a mouth that opens is %+v", f)
	}
}

// An encoder's noise does not make a held frame move.
func TestNoiseIsStill(t *testing.T) {
	m := NewMeter(video)
	a, b := half(50, 100), half(50, 100)
	for i := range b.Y {
		b.Y[i] += byte(i * 7 % 3 / 2)
	}
	m.Measure(a)
	if f := m.Measure(b); f.Stillness != 1 {
		t.Errorf("noise is %+v", f)
	}
}

func TestMeterTakesAnySize(t *testing.T) {
	m := NewMeter(video)
	for _, s := range []image.Point{{1, 1}, {2, 2}, {5, 3}, {320, 180}, {33, 47}} {
		img := image.NewYCbCr(image.Rect(0, 0, s.X, s.Y), image.YCbCrSubsampleRatio420)
		for range 2 {
			if f := m.Measure(img); f.Brightness != 0 || f.Motion != 0 {
				t.Errorf("%v: %+v", s, f)
			}
		}
	}
}

func TestMean(t *testing.T) {
	var m Mean
	if m.Features() != (Features{}) {
		t.Error("an empty mean is something")
	}
	m.AddFirst(Features{Brightness: .2, Motion: .9, Stillness: 1})
	m.Add(Features{Brightness: .4, Motion: .1})
	m.Add(Features{Brightness: .6, Motion: .3, Stillness: 1})
	f := m.Features()
	about(t, "brightness", f.Brightness, .4, 1e-6)
	about(t, "motion without the first's", f.Motion, .2, 1e-6)
	about(t, "stillness without the first's", f.Stillness, .5, 1e-6)
	if m.Reset(); m.Features() != (Features{}) {
		t.Error("a reset mean is something")
	}
}
