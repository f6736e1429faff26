package picture

import (
	"image"
	"image/color"
	"testing"

	"github.com/amvlib/amvlib/media"
)

// painted is a picture of stripes of equal width, in the numbers of a film.
func painted(c media.Colour, stripes ...color.RGBA) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, 320, 180), image.YCbCrSubsampleRatio420)
	l, own := levelsOf(c), lumas[c.Matrix]
	for y := range 180 {
		for x := range 320 {
			s := stripes[x*len(stripes)/320]
			luma, cb, cr := own.ycc([3]float64{float64(s.R) / 255, float64(s.G) / 255, float64(s.B) / 255})
			img.Y[img.YOffset(x, y)] = byte(float64(l.black) + luma*float64(l.luma) + .5)
			img.Cb[img.COffset(x, y)] = byte(128 + 2*cb*float64(l.tint) + .5)
			img.Cr[img.COffset(x, y)] = byte(128 + 2*cr*float64(l.tint) + .5)
		}
	}
	return img
}

func TestPaletteNamesColours(t *testing.T) {
	for _, c := range []media.Colour{{Matrix: media.BT601}, {Matrix: media.BT709}, {Matrix: media.BT709, Full: true}, {Matrix: media.BT2020}} {
		for _, test := range []struct {
			rgb  color.RGBA
			want Hue
		}{
			{color.RGBA{R: 220, G: 20, B: 30}, Red}, {color.RGBA{R: 110, G: 8, B: 10}, Red}, {color.RGBA{R: 250, G: 140, B: 20}, Orange},
			{color.RGBA{R: 240, G: 220, B: 40}, Yellow}, {color.RGBA{R: 40, G: 150, B: 50}, Green}, {color.RGBA{R: 60, G: 210, B: 220}, Cyan},
			{color.RGBA{R: 30, G: 60, B: 200}, Blue}, {color.RGBA{R: 130, G: 190, B: 250}, Blue}, {color.RGBA{R: 110, G: 40, B: 190}, Purple},
			{color.RGBA{R: 250, G: 170, B: 180}, Pink}, {color.RGBA{R: 120, G: 75, B: 40}, Brown}, {color.RGBA{}, Black},
			{color.RGBA{R: 128, G: 128, B: 128}, Gray}, {color.RGBA{R: 250, G: 250, B: 250}, White},
			{color.RGBA{R: 250, G: 220, B: 195}, noHue}, // skin
		} {
			k := newCounter(c)
			k.add(painted(c, test.rgb))
			p := k.palette()
			for h := range Hues {
				if want := uint8(0); h == test.want && p[h] != 255 || h != test.want && p[h] != want {
					t.Errorf("%+v %v: %s has %d of 255, want all in %q", c, test.rgb, h, p[h], test.want)
				}
			}
		}
	}
}

func TestPaletteCountsShares(t *testing.T) {
	c := media.Colour{Matrix: media.BT709}
	k := newCounter(c)
	k.add(painted(c, color.RGBA{R: 220, G: 20, B: 30}, color.RGBA{}, color.RGBA{}, color.RGBA{R: 255, G: 255, B: 255}))
	p := k.palette()
	if r, b, w := p.Share(Red), p.Share(Black), p.Share(White); r < .24 || r > .26 || b < .49 || b > .51 || w < .24 || w > .26 {
		t.Errorf("a quarter red, half black, a quarter white: %v", p)
	}
	if p.Unknown() || !(Palette{}).Unknown() {
		t.Error("only the zero palette is unknown")
	}
	if (Palette{}) != (&counter{names: namingOf(c)}).palette() {
		t.Error("of no picture there is no palette")
	}
}

// TestPaletteOfTinyPictures must not read beyond them.
func TestPaletteOfTinyPictures(t *testing.T) {
	for w := 1; w < 10; w++ {
		for h := 1; h < 10; h++ {
			k := newCounter(media.Colour{})
			k.add(image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420))
			if k.palette().Unknown() != (w < 4 || h < 4) {
				t.Errorf("%dx%d: %v", w, h, k.palette())
			}
		}
	}
}

// BenchmarkPalette is to be compared with BenchmarkMeasure, which every frame costs too.
func BenchmarkPalette(b *testing.B) {
	img := painted(media.Colour{Matrix: media.BT709}, color.RGBA{R: 220, G: 20, B: 30}, color.RGBA{G: 90, B: 200}, color.RGBA{R: 250, G: 220, B: 195})
	k := newCounter(media.Colour{Matrix: media.BT709})
	for b.Loop() {
		k.add(img)
	}
}
