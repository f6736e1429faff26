package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"

	"github.com/amvlib/amvlib/media"
)

// flat is a frame of one colour.
func flat(y, cb, cr byte) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
	fill(img.Y, y)
	fill(img.Cb, cb)
	fill(img.Cr, cr)
	return img
}

func fill(p []byte, v byte) {
	for i := range p {
		p[i] = v
	}
}

// film is what a colour of 0 to 1 is in a film's numbers.
func film(r, g, b float64, c media.Colour) (y, cb, cr byte) {
	l := lumas[c.Matrix]
	fy, fb, fr := l.ycc([3]float64{r, g, b})
	if c.Full {
		return byte(math.Round(fy * 255)), byte(math.Round(min(255, fb*255+128))), byte(math.Round(min(255, fr*255+128)))
	}
	return byte(math.Round(fy*219 + 16)), byte(math.Round(fb*224 + 128)), byte(math.Round(fr*224 + 128))
}

func read(t *testing.T, b []byte) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestThumbnailColours(t *testing.T) {
	patches := map[string][3]float64{
		"black": {0, 0, 0}, "white": {1, 1, 1}, "gray": {.5, .5, .5}, "red": {1, 0, 0}, "green": {0, 1, 0}, "blue": {0, 0, 1},
		"skin": {.9, .75, .65}, "sky": {.4, .6, .9},
	}
	for _, m := range []media.Matrix{media.BT601, media.BT709, media.BT2020} {
		for _, full := range []bool{false, true} {
			c := media.Colour{Matrix: m, Full: full}
			for name, p := range patches {
				t.Run(fmt.Sprint(m, full, name), func(t *testing.T) {
					b, err := Thumbnail(flat(film(p[0], p[1], p[2], c)), c, 16.0/9, 64)
					if err != nil {
						t.Fatal(err)
					}
					near(t, read(t, b).At(30, 20), p)
				})
			}
		}
	}
}

func near(t *testing.T, got color.Color, want [3]float64) {
	t.Helper()
	r, g, b, _ := got.RGBA()
	for i, v := range []uint32{r >> 8, g >> 8, b >> 8} {
		if d := math.Abs(float64(v) - 255*want[i]); d > 4 {
			t.Errorf("got %d %d %d, want %v of 255", r>>8, g>>8, b>>8, want)
			return
		}
	}
}

func TestVideoRangeIsStretched(t *testing.T) {
	c := media.Colour{Matrix: media.BT709}
	for y, want := range map[byte]uint32{16: 0, 235: 255, 0: 0, 255: 255} {
		img := flat(y, 128, 128)
		recolour(img, c)
		if r, g, b, _ := img.At(5, 5).RGBA(); r>>8 != want || g>>8 != want || b>>8 != want {
			t.Errorf("Y=%d is %d %d %d, want %d", y, r>>8, g>>8, b>>8, want)
		}
	}
}

func TestUnnamedMatrixIs709(t *testing.T) {
	c := media.Colour{Matrix: media.BT709}
	named, err1 := Still(flat(film(1, 0, 0, c)), c, 1)
	bare, err2 := Still(flat(film(1, 0, 0, c)), media.Colour{}, 1)
	if err1 != nil || err2 != nil || !bytes.Equal(named, bare) {
		t.Error("a film that names no matrix looks different from BT.709", err1, err2)
	}
}

func TestThumbnailShape(t *testing.T) {
	anamorphic := media.Video{Width: 720, Height: 480, SAR: media.Ratio{Num: 32, Den: 27}}
	for _, c := range []struct {
		name  string
		shape float64
		width int
		w, h  int
	}{
		{"wide", 16.0 / 9, 320, 320, 180},
		{"film", 2.39, 320, 320, 134},
		{"old television", 4.0 / 3, 320, 320, 240},
		{"anamorphic", anamorphic.Shape(), 320, 320, 180},
		{"portrait", 9.0 / 16, 180, 180, 320},
		{"tower", .1, 320, 64, 640},
		{"strip", 100, 320, 320, 16},
		{"beyond all", 1e9, 320, 320, 16},
		{"needle", 1e-9, 320, 16, 640},
		{"odd", 1.5, 101, 101, 67},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := Thumbnail(flat(90, 100, 150), media.Colour{}, c.shape, c.width)
			if err != nil {
				t.Fatal(err)
			}
			if s := read(t, b).Bounds(); s.Dx() != c.w || s.Dy() != c.h {
				t.Errorf("%v, want %dx%d", s, c.w, c.h)
			}
		})
	}
}

// The left half white, the right black, at every size: the border stays in the middle and the sides stay what they were.
func TestThumbnailKeepsPlaces(t *testing.T) {
	img := flat(16, 128, 128)
	for y := range media.Height {
		fill(img.Y[y*img.YStride:][:media.Width/2], 235)
	}
	for _, width := range []int{32, 100, 320, 777} {
		b, err := Thumbnail(img, media.Colour{}, 4.0/3, width)
		if err != nil {
			t.Fatal(err)
		}
		got := read(t, b)
		w, h := got.Bounds().Dx(), got.Bounds().Dy()
		for _, y := range []int{0, h / 2, h - 1} {
			left, _, _, _ := got.At(w/2-9, y).RGBA()
			right, _, _, _ := got.At(w/2+9, y).RGBA()
			if left>>8 < 245 || right>>8 > 10 {
				t.Errorf("width %d row %d: %d left of the middle, %d right", width, y, left>>8, right>>8)
			}
		}
	}
}

func TestThumbnailRefuses(t *testing.T) {
	good := flat(50, 128, 128)
	short := flat(50, 128, 128)
	short.Cr = short.Cr[:100]
	other := image.NewYCbCr(image.Rect(0, 0, 8, 8), image.YCbCrSubsampleRatio444)
	for name, call := range map[string]func() ([]byte, error){
		"nil":         func() ([]byte, error) { return Still(nil, media.Colour{}, 1) },
		"empty":       func() ([]byte, error) { return Still(&image.YCbCr{}, media.Colour{}, 1) },
		"4:4:4":       func() ([]byte, error) { return Still(other, media.Colour{}, 1) },
		"short plane": func() ([]byte, error) { return Still(short, media.Colour{}, 1) },
		"no shape":    func() ([]byte, error) { return Still(good, media.Colour{}, 0) },
		"NaN":         func() ([]byte, error) { return Still(good, media.Colour{}, math.NaN()) },
		"too wide":    func() ([]byte, error) { return Thumbnail(good, media.Colour{}, 1, 1<<20) },
		"no width":    func() ([]byte, error) { return Thumbnail(good, media.Colour{}, 1, 0) },
	} {
		if b, err := call(); !errors.Is(err, ErrPicture) || b != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzThumbnail(f *testing.F) {
	f.Add(uint16(320), uint16(180), 1.78, 320, []byte{16, 128, 235})
	f.Add(uint16(1), uint16(1), 100.0, 16, []byte{0})
	f.Add(uint16(3), uint16(199), .001, 17, []byte{255, 0})
	f.Fuzz(func(t *testing.T, w, h uint16, shape float64, width int, levels []byte) {
		if w > 400 || h > 400 || width > 400 || len(levels) == 0 {
			t.Skip()
		}
		img := image.NewYCbCr(image.Rect(0, 0, int(w), int(h)), image.YCbCrSubsampleRatio420)
		for _, p := range [][]byte{img.Y, img.Cb, img.Cr} {
			for i := range p {
				p[i] = levels[i%len(levels)]
			}
		}
		b, err := Thumbnail(img, media.Colour{Full: w%2 == 0}, shape, width)
		if err == nil {
			if got := read(t, b).Bounds(); got.Dx() < 16 || got.Dy() < 16 || got.Dx() > width || got.Dy() > 2*width+1 {
				t.Errorf("%v of width %d", got, width)
			}
		}
	})
}

func noisy() *image.YCbCr {
	img := flat(0, 0, 0)
	v := uint32(1)
	for _, p := range [][]byte{img.Y, img.Cb, img.Cr} {
		for i := range p {
			v = v*1664525 + 1013904223
			p[i] = byte(60 + i/7%90 + int(v>>28))
		}
	}
	return img
}

func BenchmarkThumbnail(b *testing.B) {
	img := noisy()
	for b.Loop() {
		if _, err := Thumbnail(img, media.Colour{}, 16.0/9, ThumbWidth); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStill(b *testing.B) {
	img := noisy()
	for b.Loop() {
		if _, err := Still(img, media.Colour{}, 16.0/9); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMeasure(b *testing.B) {
	frames := []*image.YCbCr{noisy(), flat(9, 9, 9)}
	m := NewMeter(media.Colour{})
	for i := 0; b.Loop(); i++ {
		m.Measure(frames[i%2])
	}
}
