package plot

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strconv"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

var (
	paper = color.RGBA{250, 250, 250, 255}
	field = color.RGBA{236, 238, 241, 255}
	ink   = color.RGBA{40, 44, 52, 255}
	faint = color.RGBA{178, 184, 194, 255}
)

// colours are those of the curves, and of the lines of boundaries.
var colours = map[shotdetect.Type]color.RGBA{
	shotdetect.Cut:      {206, 52, 60, 255},
	shotdetect.Dissolve: {46, 150, 84, 255},
	shotdetect.Fade:     {220, 150, 30, 255},
	shotdetect.Wipe:     {56, 104, 200, 255},
}

// Write draws everything as a PNG. Errors: those of writing, and of pictures that cannot be read.
func (p *Plot) Write(w io.Writer) error {
	var switches []int
	for _, b := range p.found {
		switches = append(switches, int(b.Switch()))
	}
	l := lay(len(p.curves), switches, p.thumbHeight())
	c := canvas{image.NewRGBA(image.Rect(0, 0, width+2*margin, l.height+textHeight+margin))}
	c.box(c.Rect, paper)
	for i := range l.bands {
		p.band(c, l, &l.bands[i])
		if err := p.pictures(c, l, &l.bands[i]); err != nil {
			return err
		}
	}
	c.legend(l.height)
	return png.Encode(w, c.RGBA)
}

func (p *Plot) thumbHeight() int {
	for _, b := range p.found {
		if c, err := jpeg.DecodeConfig(bytes.NewReader(b.after)); err == nil {
			return c.Height
		}
	}
	return 0
}

// canvas is what is drawn upon.
type canvas struct{ *image.RGBA }

func (c canvas) box(r image.Rectangle, with color.RGBA) {
	draw.Draw(c.RGBA, r, image.NewUniform(with), image.Point{}, draw.Src)
}

func (c canvas) text(x, y int, s string, with color.RGBA) {
	d := font.Drawer{Dst: c.RGBA, Src: image.NewUniform(with), Face: basicfont.Face7x13, Dot: fixed.P(x, y)}
	d.DrawString(s)
}

// band draws a curve with its axis. Where several frames share a column, the most of them is shown.
func (p *Plot) band(c canvas, l *layout, b *band) {
	c.box(image.Rect(margin, b.top, margin+width, b.top+curveHeight), field)
	p.seconds(c, l, b)
	for i := b.first; i < b.end; i++ {
		x, next, v := l.x(b, i), max(l.x(b, i)+1, l.x(b, i+1)), p.curves[i]
		c.bar(x, next, b, v.dissolve, shotdetect.Dissolve)
		c.bar(x, next, b, v.fade, shotdetect.Fade)
		c.bar(x, next, b, v.wipe, shotdetect.Wipe)
	}
	for i := b.first; i < b.end; i++ {
		c.bar(l.x(b, i), max(l.x(b, i)+1, l.x(b, i+1)), b, p.curves[i].cut, shotdetect.Cut)
	}
	y := b.top + curveHeight - int(p.cut)*curveHeight/255
	for x := margin; x < margin+width; x += 8 {
		c.box(image.Rect(x, y, x+4, y+1), faint)
	}
	c.text(margin, b.top-3, fmt.Sprintf("%s  frame %d", p.at(b.first), b.first), ink)
}

// bar adds a likelihood to the columns of a frame: what is higher stays.
func (c canvas) bar(x, next int, b *band, v uint8, kind shotdetect.Type) {
	if high := int(v) * curveHeight / 255; high > 0 {
		c.box(image.Rect(x, b.top+curveHeight-high, next, b.top+curveHeight), colours[kind])
	}
}

// seconds draws the axis' ticks: every second, five or more.
func (p *Plot) seconds(c canvas, l *layout, b *band) {
	rate, step := p.rate(), 1.
	for rate*step*float64(width)/float64(l.span) < 40 {
		step *= 5
	}
	for k := int(float64(b.first) / (rate * step)); ; k++ {
		frame := int(float64(k) * rate * step)
		if frame >= b.end {
			return
		}
		if frame >= b.first {
			x := l.x(b, frame)
			c.box(image.Rect(x, b.top, x+1, b.top+curveHeight), faint)
		}
	}
}

func (p *Plot) at(frame int) timecode.Time { return p.times[min(frame, len(p.times)-1)] - p.times[0] }

// pictures draws the boundaries of a band: a line, the frames on both sides below it, and which frame the new shot begins with.
func (p *Plot) pictures(c canvas, l *layout, b *band) error {
	for _, s := range slices.Backward(b.spots) { // the upper lanes over the lines to the lower ones
		found := &p.found[s.boundary]
		with, x := colours[found.Type], l.x(b, int(found.Switch()))
		top := b.top + curveHeight + s.lane*l.lane() + textHeight
		c.box(image.Rect(x, b.top-4, x+1, top), with)
		c.box(image.Rect(s.x-1, top-1, s.x+pairWidth+1, top+l.thumbH+1), with)
		for k, jpg := range [][]byte{found.before, found.after} {
			img, err := jpeg.Decode(bytes.NewReader(jpg))
			if err != nil {
				return fmt.Errorf("picture of boundary at frame %d: %w", found.End, err)
			}
			left := s.x + k*(thumbWidth+1)
			draw.Draw(c.RGBA, image.Rect(left, top, left+thumbWidth, top+l.thumbH), img, img.Bounds().Min, draw.Src)
		}
		label := strconv.FormatInt(found.End, 10)
		if found.End-found.Start > 1 {
			label = fmt.Sprintf("%d-%d", found.Start, found.End)
		}
		c.box(image.Rect(s.x, top-textHeight, s.x+7*len(label)+4, top-1), paper)
		c.text(s.x+2, top-3, label, with)
	}
	return nil
}

// legend says what the colours are.
func (c canvas) legend(y int) {
	x := margin
	for _, kind := range []shotdetect.Type{shotdetect.Cut, shotdetect.Dissolve, shotdetect.Fade, shotdetect.Wipe} {
		c.box(image.Rect(x, y, x+10, y+10), colours[kind])
		c.text(x+14, y+10, string(kind), ink)
		x += 100
	}
	c.text(x, y+10, "dashed: the bar of cuts; numbers: the first frame of the new shot, or the last before and the first after a gradual boundary", ink)
}
