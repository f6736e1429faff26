package footage

import (
	"context"
	"image"
	"testing"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// marked is a frame of the film of a sign, which has a faint square in each of its turns, elsewhere.
func marked(t timecode.Time, w, h int) *image.YCbCr {
	img := signed(t, w, h)
	turn := int(t / (4 * second))
	for y := h * 6 / 10; y < h*7/10; y++ {
		for x := w * (2 + turn) / 8; x < w*(3+turn)/8-w/32; x++ {
			img.Y[y*img.YStride+x] -= 3
		}
	}
	return img
}

// TestIdentifyAmongAlike tells the turn that a picture is from by what is hardly seen, also where something lies over the picture.
func TestIdentifyAmongAlike(t *testing.T) {
	const length = 12 * second
	f := signs(t, length).WithFilms(func(_ context.Context, _ string, r timecode.Range, show func(timecode.Time, *image.Gray) error) error {
		for i := (max(0, r.Start) + frame - 1) / frame; i*frame < min(length, r.End); i++ {
			m := marked(i*frame, media.Width, media.Height)
			if err := show(i*frame, &image.Gray{Pix: m.Y, Stride: m.YStride, Rect: m.Rect}); err != nil {
				return err
			}
		}
		return nil
	})
	var told timecode.Time
	f.OnWatch(func(_ string, at, of timecode.Time) { told = max(told, at) })
	for name, way := range map[string]func(*Picture) *Picture{
		"as it is": func(p *Picture) *Picture { return p }, "subtitled": subtitled,
	} {
		for turn := range timecode.Time(3) {
			at := turn*4*second + 30*frame
			found, err := f.Identify(t.Context(), way(PictureOf(marked(at, 320, 180))), 3)
			if err != nil || len(found) == 0 || away(found[0].Time, at) > frame+ms {
				t.Errorf("%s, at %v: %s, %v", name, at, brief(found), err)
			}
		}
	}
	if told != length {
		t.Errorf("the film was watched up to %v", told)
	}
}

// TestWatchesOnce: what was decoded of a film is kept for the next picture.
func TestWatchesOnce(t *testing.T) {
	f, times := signs(t, 12*second), 0
	f.OnWatch(func(_ string, at, of timecode.Time) {
		if at == of {
			times++
		}
	})
	for i := range timecode.Time(4) {
		if _, err := f.Identify(t.Context(), PictureOf(signed((20+7*i)*frame, 480, 270)), 3); err != nil {
			t.Fatal(err)
		}
	}
	if times != 1 {
		t.Errorf("the film was watched %d times", times)
	}
}

// TestIdentifyNoneOfPlainGround: a film of which hardly anything is seen explains no picture of another.
func TestIdentifyNoneOfPlainGround(t *testing.T) {
	f := signs(t, 12*second)
	for i := range uint64(6) {
		found, err := f.Identify(t.Context(), PictureOf(painted(70+i, second, 320, 180)), 3)
		if err != nil || len(found) > 0 {
			t.Errorf("a picture of no film here is from %s, %v", brief(found), err)
		}
	}
}
