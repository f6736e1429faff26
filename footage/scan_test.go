package footage

import (
	"context"
	"image"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// signed is a frame of a film of a small sign that wanders over a plain ground, and does so again every four seconds.
func signed(t timecode.Time, w, h int) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	in := float64(t%(4*second)) / float64(4*second)
	left, top := int(float64(w)*(0.05+0.8*in)), int(float64(h)*(0.2+0.4*in*in))
	for y := range h {
		for x := range w {
			v := byte(200)
			if x >= left && x < left+w/14 && y >= top && y < top+h/9 && (x-left)*3/(w/14) != 1 {
				v = 60
			}
			img.Y[y*img.YStride+x] = v
		}
	}
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = 128, 128
	}
	return img
}

// signs is a library of that film alone, so much of it.
func signs(t *testing.T, length timecode.Time) *Footage {
	t.Helper()
	s := &shelf{still: map[int64][]analysis.Still{}, notes: map[int64]catalog.Episode{
		1: {Path: "signs", Frames: int64(length / frame), Duration: length},
	}}
	r := &Reel{Episode: 1}
	for at := timecode.Time(0); at < length; at += second / 4 {
		img := signed(at, media.Width, media.Height)
		l, err := LookAt(img, int64(at/frame), at)
		if err != nil {
			t.Fatal(err)
		}
		r.Looks = append(r.Looks, l)
		if at%second == 0 {
			jpeg, err := picture.Still(img, media.Colour{}, 16.0/9)
			if err != nil {
				t.Fatal(err)
			}
			s.still[1] = append(s.still[1], analysis.Still{Frame: l.Frame, JPEG: jpeg})
		}
	}
	s.reels = append(s.reels, r)
	return New(s, s).WithFilms(func(_ context.Context, _ string, r timecode.Range, show func(timecode.Time, *image.Gray) error) error {
		for i := (max(0, r.Start) + frame - 1) / frame; i*frame < min(length, r.End); i++ {
			m := signed(i*frame, media.Width, media.Height)
			if err := show(i*frame, &image.Gray{Pix: m.Y, Stride: m.YStride, Rect: m.Rect}); err != nil {
				return err
			}
		}
		return nil
	})
}

// subtitled is p with stripes along its lower edge, which show more than the rest of it.
func subtitled(p *Picture) *Picture {
	return changed(p, p.Width, p.Height, func(x, y int) int {
		if y > p.Height*8/10 && y < p.Height*95/100 && x > p.Width/5 && x < p.Width*4/5 && x/3%2 == 0 {
			return 20
		}
		return p.level(x, y)
	})
}

// TestIdentifyFlat: a picture that shows little is found by the small pictures, to the frame, also where what lies over it shows more.
func TestIdentifyFlat(t *testing.T) {
	f := signs(t, 4*second)
	for name, way := range map[string]func(*Picture) *Picture{"as it is": func(p *Picture) *Picture { return p }, "subtitled": subtitled} {
		for _, at := range []timecode.Time{25 * frame, 58 * frame} {
			found, err := f.Identify(t.Context(), way(PictureOf(signed(at, 480, 270))), 3)
			if err != nil || len(found) == 0 || away(found[0].Time, at) > frame+ms || found[0].Confidence < 0.9 || found[0].Equal && len(found) > 1 {
				t.Errorf("%s, at %v: %s, %v", name, at, brief(found), err)
			}
		}
	}
}

// TestIdentifyLoop: of a picture that is shown again all moments are told, and that they fit as well.
func TestIdentifyLoop(t *testing.T) {
	found, err := signs(t, 12*second).Identify(t.Context(), PictureOf(signed(40*frame, 480, 270)), 5)
	if err != nil {
		t.Fatal(err)
	}
	for turn := range timecode.Time(3) {
		at := 40*frame + turn*4*second
		if !slices.ContainsFunc(found, func(s Sighting) bool {
			return s.Equal && away(s.Time, at) <= frame+ms && s.Confidence == found[0].Confidence
		}) {
			t.Errorf("nothing at %v: %s", at, brief(found))
		}
	}
}
