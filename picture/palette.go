package picture

import (
	"image"
	"sync"

	"github.com/amvlib/amvlib/media"
)

// Hue is a colour as people call it.
type Hue uint8

// The hues. Skin, sand and other pale tones of orange and yellow have no name and count as none of them.
const (
	Red Hue = iota
	Orange
	Yellow
	Green
	Cyan
	Blue
	Purple
	Pink
	Brown
	Black
	Gray
	White
	Hues         // how many there are
	noHue = Hues // a tone without a name
)

var hueNames = [Hues]string{"red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "brown", "black", "gray", "white"}

func (h Hue) String() string {
	if h >= Hues {
		return ""
	}
	return hueNames[h]
}

// Palette is how much of a picture, or of a shot in the mean over its frames, has each hue, in 255ths. The zero Palette is that of nothing,
// or of what was never looked at.
type Palette [Hues]uint8

// Share is how much has h, 0 to 1.
func (p Palette) Share(h Hue) float64 { return float64(p[h]) / 255 }

// Unknown tells whether nothing was looked at. A picture all of nameless tones cannot be told from that; there is none.
func (p Palette) Unknown() bool { return p == Palette{} }

// counter counts hues. One pixel in sixteen is looked at.
type counter struct {
	names  *naming
	counts [Hues + 1]int
}

func newCounter(c media.Colour) counter { return counter{names: namingOf(c)} }

func (c *counter) add(img *image.YCbCr) {
	w, h := img.Rect.Dx()/4, img.Rect.Dy()/4
	for y := range h {
		row := img.Y[img.YOffset(img.Rect.Min.X, img.Rect.Min.Y+4*y):]
		at := img.COffset(img.Rect.Min.X, img.Rect.Min.Y+4*y)
		cb, cr := img.Cb[at:], img.Cr[at:]
		for x := range w {
			c.counts[c.names[tone(row[4*x], cb[2*x], cr[2*x])]]++
		}
	}
}

func (c *counter) palette() (p Palette) {
	sum := 0
	for _, n := range c.counts {
		sum += n
	}
	if sum == 0 {
		return p
	}
	for h := range Hues {
		p[h] = uint8((c.counts[h]*255 + sum/2) / sum)
	}
	return p
}

// naming has a hue for every tone of a film.
type naming [1 << 16]Hue

// tone rounds a pixel: 16 levels of luma, 64 of each chroma.
func tone(y, cb, cr byte) int { return int(y)>>4<<12 | int(cb)>>2<<6 | int(cr)>>2 }

var namings sync.Map // by media.Colour

func namingOf(c media.Colour) *naming {
	if n, ok := namings.Load(c); ok {
		return n.(*naming)
	}
	n, l := &naming{}, levelsOf(c)
	own, ok := lumas[c.Matrix]
	if !ok {
		own = lumas[media.BT709]
	}
	for i := range n {
		y := (float64(i>>12<<4+8) - float64(l.black)) / float64(l.luma)
		cb := (float64(i>>6&63<<2) + 1.5 - 128) / float64(2*l.tint)
		cr := (float64(i&63<<2) + 1.5 - 128) / float64(2*l.tint)
		rgb := own.rgb(cb, cr)
		for k := range rgb {
			rgb[k] = max(0, min(1, rgb[k]+y))
		}
		n[i] = name(rgb[0], rgb[1], rgb[2])
	}
	all, _ := namings.LoadOrStore(c, n)
	return all.(*naming)
}

// name is what a colour is called. Its bars were set by eye on drawn and filmed pictures.
func name(r, g, b float64) Hue {
	high, low := max(r, g, b), min(r, g, b)
	chroma, luma := high-low, .3*r+.59*g+.11*b
	switch {
	case high < .16:
		return Black
	case chroma < .09 || chroma < .14*high:
		return shade(luma)
	}
	return tint(degrees(r, g, b, high, chroma), chroma/high, high)
}

func shade(luma float64) Hue {
	switch {
	case luma < .14:
		return Black
	case luma > .82:
		return White
	}
	return Gray
}

// degrees is the angle of a colour on the wheel: 0 red, 120 green, 240 blue.
func degrees(r, g, b, high, chroma float64) float64 {
	switch high {
	case r:
		if g < b {
			return 360 + 60*(g-b)/chroma
		}
		return 60 * (g - b) / chroma
	case g:
		return 120 + 60*(b-r)/chroma
	}
	return 240 + 60*(r-g)/chroma
}

func tint(degrees, saturation, value float64) Hue {
	pale := saturation < .42 && value > .6
	switch {
	case degrees >= 345 || degrees < 14:
		if pale {
			return Pink
		}
		return Red
	case degrees < 66 && pale:
		return noHue
	case degrees < 40:
		if value < .62 || saturation < .5 {
			return Brown
		}
		return Orange
	case degrees < 66:
		if value < .5 {
			return Brown
		}
		return Yellow
	case degrees < 165:
		return Green
	case degrees < 200:
		return Cyan
	case degrees < 256:
		return Blue
	case degrees < 290 || value < .6:
		return Purple
	}
	return Pink
}
