package edits

import (
	"bytes"
	"errors"
	"image"
	"testing"

	"github.com/amvlib/amvlib/media"
)

// TestShrinkComesBack holds that what was decoded is what the detector is shown again.
func TestShrinkComesBack(t *testing.T) {
	src := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
	for i := range src.Y {
		src.Y[i] = byte(60 + i%media.Width/4)
	}
	for i := range src.Cb {
		src.Cb[i], src.Cr[i] = 120, 135
	}
	p, err := Shrink(src, false)
	if err != nil {
		t.Fatal(err)
	}
	got := image.NewYCbCr(image.Rect(0, 0, Width, Height), image.YCbCrSubsampleRatio420)
	p.toYCbCr(got)
	for y := range Height {
		for x := range Width {
			want := 60 + (x*5+2)/2/4
			if c := got.YCbCrAt(x, y); abs(int(c.Y)-want) > 2 || abs(int(c.Cb)-120) > 2 || abs(int(c.Cr)-135) > 2 {
				t.Fatalf("at %d, %d: %v, want about %d, 120, 135", x, y, c, want)
			}
		}
	}
}

func TestShrinkKnowsRanges(t *testing.T) {
	src := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
	for i := range src.Cb {
		src.Cb[i], src.Cr[i] = 128, 128
	}
	for _, c := range []struct {
		in   byte
		full bool
		want byte
	}{{16, false, 0}, {235, false, 255}, {0, true, 0}, {255, true, 255}, {100, true, 100}, {255, false, 255}} {
		for i := range src.Y {
			src.Y[i] = c.in
		}
		if p, err := Shrink(src, c.full); err != nil || p[0] != c.want || p[size-1] != c.want {
			t.Errorf("%+v: %d, %v", c, p[0], err)
		}
	}
}

func TestShrinkWantsAFrame(t *testing.T) {
	for _, img := range []*image.YCbCr{nil, {}, image.NewYCbCr(image.Rect(0, 0, 320, 181), image.YCbCrSubsampleRatio420),
		image.NewYCbCr(image.Rect(0, 0, 320, 180), image.YCbCrSubsampleRatio444)} {
		if _, err := Shrink(img, false); !errors.Is(err, ErrSize) {
			t.Errorf("%v", err)
		}
	}
}

// TestViewStraight and its like hold the cameras still where they should be.
func TestViewStraight(t *testing.T) {
	p := drawnPool.groups[0].stretches[0].film.Frames[5]
	for name, q := range map[string]Picture{"view": p.view(straight), "roll": p.rolled(0, 0), "around": p.rolled(Width, -Height),
		"smear": p.smeared(1, false), "look": asIs().apply(p), "parted": p.parted(0)} {
		if !bytes.Equal(p, q) {
			t.Errorf("%s changes a picture that it should not", name)
		}
	}
	if left := p.view(pose{0.75, 0.5, 1, 0}); !bytes.Equal(left[:3*Width/2], p[at(Width/4, 0):][:3*Width/2]) || left.busy() == 0 {
		t.Error("a camera that looks right shows something else")
	}
	if smooth := p.smeared(41, false); smooth.busy() >= p.busy() {
		t.Error("a smeared picture has as much in it")
	}
}

func TestHadamardIsItsOwnInverse(t *testing.T) {
	var v, was [16]int
	for i := range v {
		v[i] = i * i % 37
	}
	was = v
	hadamard(&v)
	hadamard(&v)
	for i := range v {
		if v[i] != was[i]*16 {
			t.Fatalf("%v, want 16 times %v", v, was)
		}
	}
}
