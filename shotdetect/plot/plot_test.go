package plot

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// flat is a frame of one shade.
func flat(index int64, shade byte) *media.Frame {
	img := image.NewYCbCr(image.Rect(0, 0, 64, 36), image.YCbCrSubsampleRatio420)
	for i := range img.Y {
		img.Y[i] = shade
	}
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = 128, 128
	}
	return &media.Frame{Index: index, PTS: timecode.Film.At(index), Image: img}
}

// drawn is the plot of n frames, each shade by its number, with those boundaries, settled lag frames late.
func drawn(t *testing.T, n, lag int64, found ...shotdetect.Boundary) image.Image {
	t.Helper()
	p := New(&media.Video{Width: 64, Height: 36}, shotdetect.Options{})
	settle := func(until int64) {
		if len(found) > 0 && found[0].End > until {
			until = min(until, found[0].Start)
		}
		s := shotdetect.Settled{Until: until}
		for len(found) > 0 && found[0].End <= until {
			s.Boundaries, found = append(s.Boundaries, found[0]), found[1:]
		}
		if err := p.Settle(s); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		p.Add(flat(i, byte(16+i%200)))
		if i >= lag {
			p.Watch(i-lag, shotdetect.Likelihood{})
			settle(i - lag)
		}
	}
	for i := max(0, n-lag); i < n; i++ {
		p.Watch(i, shotdetect.Likelihood{Cut: float32(i%2) * .9})
	}
	settle(n)
	return read(t, p)
}

func read(t *testing.T, p *Plot) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// shade is how light a pixel is, 0 to 255.
func shade(c color.Color) int { return int(color.GrayModel.Convert(c).(color.Gray).Y) }

// The frames beside a boundary are those before and after it, however late it is told.
func TestPicturesAreTheBoundarys(t *testing.T) {
	for _, lag := range []int64{0, 5, 60, 300} {
		img := drawn(t, 200, lag, shotdetect.Boundary{Type: shotdetect.Cut, Start: 19, End: 20, Score: 1},
			shotdetect.Boundary{Type: shotdetect.Dissolve, Start: 120, End: 150, Score: 1})
		l := lay(200, []int{20, 135}, 45)
		for i, frames := range [][2]int{{19, 20}, {120, 150}} {
			s := l.bands[0].spots[i]
			top := l.bands[0].top + curveHeight + s.lane*l.lane() + textHeight
			for side, frame := range frames {
				want := frame * 255 / 219 // from video range
				if got := shade(img.At(s.x+side*(thumbWidth+1)+thumbWidth/2, top+20)); max(got-want, want-got) > 4 {
					t.Errorf("told %d late, side %d of boundary %d is as light as %d, want %d (frame %d)", lag, side, i, got, want, frame)
				}
			}
		}
	}
}

// The curve is as high as its frames are likely, and has the colour of what they are.
func TestCurve(t *testing.T) {
	p := New(nil, shotdetect.Options{})
	for i := range int64(100) {
		p.Add(flat(i, 100))
		l := shotdetect.Likelihood{}
		switch i {
		case 30:
			l.Cut = 1
		case 60, 61, 62:
			l.Wipe = .5
		}
		p.Watch(i, l)
	}
	img := read(t, p)
	l := lay(100, nil, 0)
	b := &l.bands[0]
	for _, test := range []struct {
		frame, above int
		want         color.RGBA
	}{
		{30, curveHeight - 1, colours[shotdetect.Cut]}, {30, 1, colours[shotdetect.Cut]}, {31, 1, field}, {61, 1, colours[shotdetect.Wipe]},
		{61, curveHeight/2 + 5, field}, {20, 1, field},
	} {
		if got := img.At(l.x(b, test.frame)+8, b.top+curveHeight-test.above); got != test.want {
			t.Errorf("%d above the axis at frame %d: %v, want %v", test.above, test.frame, got, test.want)
		}
	}
}

// However long a film is and however many boundaries it has, the picture keeps its bounds.
func TestLayoutIsBounded(t *testing.T) {
	for _, frames := range []int{0, 1, 2, 599, 600, 601, 24000, 1000000} {
		for _, every := range []int{1, 3, 90} {
			var switches []int
			for s := every; s < frames; s += every {
				switches = append(switches, s)
			}
			l := lay(frames, switches, 45)
			if len(l.bands) > Bands || l.height > Bands*(curveHeight+textHeight+bandGap+mostLanes*l.lane())+margin {
				t.Errorf("%d frames: %d bands, %d high", frames, len(l.bands), l.height)
			}
			at := 0
			for _, b := range l.bands {
				if b.first != at || b.end <= b.first || l.x(&b, b.end) > margin+width {
					t.Errorf("%d frames: band %+v after frame %d", frames, b, at)
				}
				at = b.end
				for _, s := range b.spots {
					if s.x < margin || s.x+pairWidth > margin+width || switches[s.boundary] < b.first || switches[s.boundary] >= b.end {
						t.Errorf("%d frames: spot %+v outside of its band", frames, s)
					}
				}
			}
			if at != frames {
				t.Errorf("%d frames: bands end at %d", frames, at)
			}
		}
	}
}

func TestEmptyFilms(t *testing.T) {
	for n := range int64(3) {
		if img := drawn(t, n, 0); img.Bounds().Empty() {
			t.Errorf("%d frames give an empty picture", n)
		}
	}
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteTellsErrors(t *testing.T) {
	if err := New(nil, shotdetect.Options{}).Write(full{}); !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
}
