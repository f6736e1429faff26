package footage

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// painted is a frame of a film of soft spots that wander, anew every three seconds.
func painted(seed uint64, t timecode.Time, w, h int) *image.YCbCr {
	r := rand.New(rand.NewPCG(seed, uint64(t/(3*second))))
	in := float64(t%(3*second)) / float64(second)
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	type spot struct{ x, y, size, light float64 }
	spots := make([]spot, 14)
	for i := range spots {
		spots[i] = spot{r.Float64() + in*0.1*(r.Float64()-0.5), r.Float64() + in*0.1*(r.Float64()-0.5), 0.04 + 0.12*r.Float64(), 160 * (r.Float64() - 0.5)}
	}
	wide, high := make([][14]float64, w), make([][14]float64, h)
	for i, s := range spots {
		for x := range wide {
			d := ((float64(x)+.5)/float64(w) - s.x) / s.size
			wide[x][i] = s.light * math.Exp(-d*d)
		}
		for y := range high {
			d := ((float64(y)+.5)/float64(h) - s.y) * 9 / 16 / s.size
			high[y][i] = math.Exp(-d * d)
		}
	}
	for y := range high {
		for x := range wide {
			v := 118.0
			for i, across := range wide[x] {
				v += across * high[y][i]
			}
			img.Y[y*img.YStride+x] = byte(max(16, min(235, v)))
		}
	}
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = 128, 128
	}
	return img
}

// filmed is a library of painted films.
func filmed(t *testing.T, length timecode.Time, seeds ...uint64) *shelf {
	t.Helper()
	s := &shelf{still: map[int64][]analysis.Still{}}
	for _, seed := range seeds {
		r := &Reel{Episode: int64(seed)}
		for at := timecode.Time(0); at < length; at += second / 4 {
			img := painted(seed, at, media.Width, media.Height)
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
				s.still[r.Episode] = append(s.still[r.Episode], analysis.Still{Frame: l.Frame, JPEG: jpeg})
			}
		}
		s.reels = append(s.reels, r)
	}
	return s
}

// changed makes a picture of each pixel of another, of w x h.
func changed(p *Picture, w, h int, from func(x, y int) int) *Picture {
	out := &Picture{Y: make([]byte, w*h), Stride: w, Width: w, Height: h}
	for y := range h {
		for x := range w {
			out.Y[y*w+x] = byte(max(0, min(255, from(x, y))))
		}
	}
	return out
}

func (p *Picture) level(x, y int) int { return int(p.Y[y*p.Stride+x]) }

// ways are what may have been done to a picture.
func ways() map[string]func(p *Picture) *Picture {
	return map[string]func(p *Picture) *Picture{
		"as it is": func(p *Picture) *Picture { return p },
		"mirrored": func(p *Picture) *Picture {
			return changed(p, 320, 180, func(x, y int) int { return p.level(319-x, y) })
		},
		"cropped": func(p *Picture) *Picture {
			return changed(p, 240, 180, func(x, y int) int { return p.level(x+40, y) })
		},
		"letterboxed": func(p *Picture) *Picture {
			return changed(p, 320, 240, func(x, y int) int {
				if y < 30 || y >= 210 {
					return 16
				}
				return p.level(x, y-30)
			})
		},
		"brighter": func(p *Picture) *Picture {
			return changed(p, 320, 180, func(x, y int) int { return p.level(x, y)*4/5 + 45 })
		},
		"with a logo": func(p *Picture) *Picture {
			return changed(p, 320, 180, func(x, y int) int {
				if x > 270 && x < 310 && y > 10 && y < 30 {
					return 240
				}
				return p.level(x, y)
			})
		},
		"zoomed": func(p *Picture) *Picture {
			return changed(p, 290, 162, func(x, y int) int { return p.level(x+15, y+9) })
		},
	}
}

// TestIdentify knows a picture whatever was done to it, and one that it never saw from none.
func TestIdentify(t *testing.T) {
	s := filmed(t, 15*second, 1, 2)
	f := New(s, s)
	for name, way := range ways() {
		right := 0
		for i := range 10 {
			at := timecode.Time(i)*1350*ms + 400*ms
			seed := uint64(i%2 + 1)
			found, err := f.Identify(t.Context(), way(PictureOf(painted(seed, at, 320, 180))), 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) > 0 && found[0].Episode == int64(seed) && away(found[0].Time, at) <= second/2 && found[0].Mirrored == (name == "mirrored") {
				right++
			}
		}
		if right < 9 {
			t.Errorf("%s: %d of 10 are right", name, right)
		}
	}
	for i := range uint64(40) {
		found, err := f.Identify(t.Context(), PictureOf(painted(50+i, second, 320, 180)), 3)
		if err != nil || len(found) > 0 {
			t.Errorf("a picture of no film here is from %+v, %v", found, err)
		}
	}
}

// TestIdentifyNothing: black, a gradient and a tiny picture are from nowhere.
func TestIdentifyNothing(t *testing.T) {
	s := filmed(t, 6*second, 1)
	f := New(s, s)
	for name, p := range map[string]*Picture{
		"black":    changed(nil, 320, 180, func(int, int) int { return 16 }),
		"gradient": changed(nil, 320, 180, func(x, _ int) int { return 16 + x/2 }),
		"a pixel":  changed(nil, 1, 1, func(int, int) int { return 200 }),
		"a line":   changed(nil, 300, 1, func(x, _ int) int { return x & 255 }),
	} {
		if found, err := f.Identify(t.Context(), p, 3); err != nil || len(found) > 0 {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
}

// TestIdentifyClip is right to the frame.
func TestIdentifyClip(t *testing.T) {
	s := filmed(t, 12*second, 1, 2)
	f := New(s, s)
	for _, mirror := range []bool{false, true} {
		clip := NewClip(&media.Video{Width: 320, Height: 180})
		start := 7*second + 130*ms
		for i := range timecode.Time(60) {
			img := painted(2, start+i*frame, media.Width, media.Height)
			if mirror {
				img = PictureOf(img).mirrored()
			}
			if more, err := clip.Add(&media.Frame{Index: int64(i), PTS: i * frame, Image: img}); err != nil || !more {
				t.Fatal(more, err)
			}
		}
		found, err := f.IdentifyClip(t.Context(), clip, 3)
		if err != nil || len(found) == 0 || found[0].Episode != 2 || found[0].Mirrored != mirror || away(found[0].Time, start) > frame*3/2 || found[0].Run.Matches < 20 {
			t.Errorf("mirrored %v: %+v, %v", mirror, found, err)
		}
	}
	if found, err := f.IdentifyClip(t.Context(), NewClip(nil), 3); err != nil || len(found) > 0 {
		t.Errorf("without frames %+v, %v", found, err)
	}
}
