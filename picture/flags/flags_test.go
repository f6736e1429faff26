package flags_test

import (
	"image"
	"math"
	"testing"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/timecode"
)

// scene draws frame n of a shot.
type scene func(img *image.YCbCr, n int)

// seen are the flags of the shots of a film of 24 frames a second, 48 frames each.
func seen(info media.Info, shots ...scene) []flags.Set {
	w := flags.NewWatcher(info)
	at := int64(0)
	for _, draw := range shots {
		for n := range 48 {
			img := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
			fill(img.Cb, 128)
			fill(img.Cr, 128)
			draw(img, n)
			w.Add(&media.Frame{Index: at, PTS: timecode.Film.At(at), Image: img})
			at++
		}
		w.Cut()
	}
	return w.Sets()
}

func fill(p []byte, v byte) {
	for i := range p {
		p[i] = v
	}
}

func box(img *image.YCbCr, x, y, w, h int, v byte) {
	for ; h > 0; h, y = h-1, y+1 {
		fill(img.Y[y*img.YStride+x:][:w], v)
	}
}

// hills is a picture with soft shapes that moves as a whole; k makes it another place.
func hills(k int) scene {
	return func(img *image.YCbCr, n int) {
		for y := range media.Height {
			b := 30 * math.Sin(float64(y-n)/23+float64(k*k))
			for x := range media.Width {
				if y > 0 {
					img.Y[y*img.YStride+x] = byte(int(img.Y[x]) + int(b))
					continue
				}
				a := float64(x+2*n)/(19+float64(3*k)) + float64(k)
				img.Y[x] = byte(110 + 35*math.Sin(a+math.Sin(a/2)))
			}
		}
	}
}

// still is the first frame of a scene, for ever.
func still(s scene) scene { return func(img *image.YCbCr, _ int) { s(img, 0) } }

// over draws one scene after the other.
func over(all ...scene) scene {
	return func(img *image.YCbCr, n int) {
		for _, s := range all {
			s(img, n)
		}
	}
}

// letters draws a line of upright strokes and bars, outlined in black, as subtitles are.
func letters(x, y, count int) scene {
	return func(img *image.YCbCr, _ int) {
		for i := range count {
			at := x + 6*i
			box(img, at-1, y-1, 6, 10, 20)
		}
		for i := range count {
			at := x + 6*i
			box(img, at, y, 1, 8, 230)
			if i%3 > 0 {
				box(img, at+3, y, 1, 8, 230)
			}
			box(img, at, y+i%2*4, 4, 1, 230)
		}
	}
}

func bars(img *image.YCbCr, _ int) {
	box(img, 0, 0, media.Width, 22, 16)
	box(img, 0, media.Height-22, media.Width, 22, 16)
}

func posts(img *image.YCbCr, _ int) {
	box(img, 0, 0, 40, media.Height, 16)
	box(img, media.Width-40, 0, 40, media.Height, 16)
}

func ground(v byte) scene { return func(img *image.YCbCr, _ int) { fill(img.Y, v) } }

func ball(img *image.YCbCr, n int) { box(img, 120+n, 70, 40, 40, 140) }

func mouth(img *image.YCbCr, n int) { box(img, 150, 100, 14, 2+n/4%4*2, 30) }

func night(img *image.YCbCr, n int) {
	fill(img.Y, 17)
	box(img, 140+n, 90, 10, 8, 60)
}

func stairs(img *image.YCbCr, n int) {
	for y := range media.Height {
		for x := range media.Width {
			img.Y[y*img.YStride+x] = byte(40 + (x+n)/12*3)
		}
	}
}

func badge(img *image.YCbCr, _ int) {
	box(img, 276, 12, 24, 14, 225)
	box(img, 280, 15, 16, 8, 30)
	box(img, 284, 17, 8, 4, 225)
}

func TestFlags(t *testing.T) {
	for _, c := range []struct {
		name string
		draw scene
		want flags.Set
	}{
		{"a pan", hills(1), 0},
		{"subtitles over a pan", over(hills(1), letters(90, 150, 24)), flags.Text | flags.Subtitles},
		{"a caption at the left", over(hills(2), letters(12, 60, 14)), flags.Text},
		{"credits", over(hills(1), letters(90, 20, 20), letters(70, 50, 24), letters(80, 80, 22), letters(90, 110, 20)), flags.Text | flags.Credits},
		{"black bars", over(hills(1), bars), flags.Letterbox},
		{"posts", over(hills(1), posts), flags.Pillarbox},
		{"bars and posts", over(hills(1), bars, posts), flags.Letterbox | flags.Pillarbox},
		{"a bar at one side alone", over(hills(1), func(img *image.YCbCr, _ int) { box(img, 0, 0, media.Width, 22, 16) }), 0},
		{"a thing on black", over(ground(16), ball), flags.Black},
		{"a thing on white", over(ground(235), ball), flags.White},
		{"a thing on gray", over(ground(128), ball), 0},
		{"a still", still(hills(1)), flags.Still},
		{"a mouth", over(still(hills(1)), mouth), flags.LipFlap},
		{"stairs for a gradient", stairs, flags.Banding},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := seen(media.Info{}, c.draw)[0]; got&^(flags.LipFlap|flags.Still) != c.want&^(flags.LipFlap|flags.Still) || c.want.Any(flags.Still|flags.LipFlap) && got != c.want {
				t.Errorf("%s; want %s", got, c.want)
			}
		})
	}
}

// TestOfTheFilm: a logo and the bars of a night are known from the shots around them.
func TestOfTheFilm(t *testing.T) {
	var shots []scene
	for k := range 14 {
		shots = append(shots, over(hills(k), badge, bars))
	}
	shots = append(shots, over(night, bars), hills(15))
	got := seen(media.Info{}, shots...)
	for i, s := range got[:14] {
		if !s.Has(flags.Letterbox) {
			t.Errorf("shot %d: %s", i, s)
		}
	}
	if !got[14].Has(flags.Letterbox) || got[15].Any(flags.Letterbox|flags.Logo) {
		t.Errorf("night %s, after it %s", got[14], got[15])
	}
	shots = nil
	for k := range 14 {
		shots = append(shots, over(hills(k), badge))
	}
	for i, s := range seen(media.Info{}, append(shots, hills(15))...) {
		if s.Has(flags.Logo) != (i < 14) {
			t.Errorf("shot %d: %s", i, s)
		}
	}
}

func TestOfTheContainer(t *testing.T) {
	got := seen(media.Info{BitRate: 100_000, Video: &media.Video{Codec: "h264", Width: 1920, Height: 1080, Rate: timecode.Film, Interlaced: true}}, hills(1))[0]
	if got != flags.Interlaced|flags.LowQuality {
		t.Errorf("%s", got)
	}
}

// TestStrangePictures: of another size, without frames, none at all.
func TestStrangePictures(t *testing.T) {
	w := flags.NewWatcher(media.Info{})
	w.Cut()
	w.Add(&media.Frame{})
	w.Add(&media.Frame{Image: image.NewYCbCr(image.Rect(0, 0, 8, 8), image.YCbCrSubsampleRatio420)})
	w.Cut()
	if got := w.Sets(); len(got) != 2 || got[0]|got[1] != 0 {
		t.Errorf("%v", got)
	}
}

func TestNames(t *testing.T) {
	for i, n := range flags.All() {
		if f, ok := flags.Parse(n); !ok || f != 1<<i || f.String() != n {
			t.Errorf("%s: %v %v", n, f, ok)
		}
	}
	if f, ok := flags.Parse("LipFlap"); !ok || f != flags.LipFlap {
		t.Error("the dash matters")
	}
	if _, ok := flags.Parse("nonsense"); ok {
		t.Error("nonsense is a flag")
	}
	if got := flags.Set(1 << 30).Names(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// BenchmarkFrame is a frame's share, as one of 24 a second.
func BenchmarkFrame(b *testing.B) {
	var frames []*media.Frame
	for n := range 48 {
		img := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
		over(hills(1), letters(90, 150, 24))(img, n)
		frames = append(frames, &media.Frame{Index: int64(n), Image: img})
	}
	w := flags.NewWatcher(media.Info{})
	n := int64(0)
	for b.Loop() {
		f := *frames[n%48]
		f.PTS = timecode.Film.At(n)
		w.Add(&f)
		n++
	}
}
