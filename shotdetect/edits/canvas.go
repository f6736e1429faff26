package edits

import "slices"

// point is a place of a drawing.
type point struct{ x, y float64 }

// canvas is what is drawn on: the view itself, or a backdrop larger than it.
type canvas struct {
	w, h  int
	pix   []byte
	mask  []byte // who drew on a pixel last, where that is asked for
	who   byte
	cover []int32
	cross []float64
	moved []point // scratch
	grown []point // scratch
}

func newCanvas(w, h int) *canvas {
	return &canvas{w: w, h: h, pix: make([]byte, 3*w*h), cover: make([]int32, w+1)}
}

// fill draws a polygon by alpha of 256. A pixel is covered by as much of it as two lines of its row say.
func (c *canvas) fill(pts []point, ink colour, alpha int) {
	if len(pts) < 3 || alpha <= 0 {
		return
	}
	low, high := pts[0], pts[0]
	for _, p := range pts[1:] {
		low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
	}
	if high.x <= 0 || low.x >= float64(c.w) || high.y <= 0 || low.y >= float64(c.h) {
		return
	}
	x0, x1 := int(max(low.x, 0)), int(min(high.x+1, float64(c.w)))
	for y := int(max(low.y, 0)); y < int(min(high.y+1, float64(c.h))); y++ {
		c.scan(pts, float64(y)+0.25)
		c.scan(pts, float64(y)+0.75)
		c.paint(y, x0, x1, ink, alpha)
	}
}

// scan adds what one line through a polygon covers.
func (c *canvas) scan(pts []point, y float64) {
	c.cross = c.cross[:0]
	p := pts[len(pts)-1]
	for _, q := range pts {
		if (p.y <= y) != (q.y <= y) {
			c.cross = append(c.cross, p.x+(y-p.y)*(q.x-p.x)/(q.y-p.y))
		}
		p = q
	}
	slices.Sort(c.cross)
	for i := 0; i+1 < len(c.cross); i += 2 {
		c.add(max(c.cross[i], 0), min(c.cross[i+1], float64(c.w)))
	}
}

func (c *canvas) add(a, b float64) {
	const whole = 128
	if b <= a {
		return
	}
	i, j := int(a), int(b)
	if i == j {
		c.cover[i] += int32(whole * (b - a))
		return
	}
	c.cover[i] += int32(whole * (float64(i+1) - a))
	for x := i + 1; x < j; x++ {
		c.cover[x] += whole
	}
	c.cover[j] += int32(whole * (b - float64(j)))
}

// paint blends a row's cover in, and forgets it.
func (c *canvas) paint(y, x0, x1 int, ink colour, alpha int) {
	row := c.pix[3*y*c.w:][:3*c.w]
	for x := x0; x < x1; x++ {
		by := int(c.cover[x])
		if by == 0 {
			continue
		}
		c.cover[x] = 0
		o := row[3*x:][:3]
		if by = by * alpha >> 8; by >= 255 {
			o[0], o[1], o[2] = ink[0], ink[1], ink[2]
		} else {
			for k := range o {
				o[k] = byte((int(o[k])*(256-by) + int(ink[k])*by + 128) >> 8)
			}
		}
		if c.mask != nil && by > 128 {
			c.mask[y*c.w+x] = c.who
		}
	}
	c.cover[x1] = 0
}

// outlined draws a polygon with a line of so many pixels around it.
func (c *canvas) outlined(pts []point, ink, line colour, width float64, alpha int) {
	if width > 0 {
		c.grown = grown(c.grown[:0], pts, width)
		c.fill(c.grown, line, alpha)
	}
	c.fill(pts, ink, alpha)
}

// grown is a polygon whose corners are moved outwards.
func grown(out, pts []point, by float64) []point {
	n, area := len(pts), 0.0
	for i, p := range pts {
		q := pts[(i+1)%n]
		area += p.x*q.y - q.x*p.y
	}
	if area < 0 {
		by = -by
	}
	for i, p := range pts {
		a, b := pts[(i+n-1)%n], pts[(i+1)%n]
		in, on := unit(point{p.x - a.x, p.y - a.y}), unit(point{b.x - p.x, b.y - p.y})
		out = append(out, point{p.x + by*limited(in.y+on.y), p.y - by*limited(in.x+on.x)})
	}
	return out
}

func limited(v float64) float64 { return min(max(v, -1.2), 1.2) }

// box is a rectangle.
func (c *canvas) box(x0, y0, x1, y1 float64, ink colour) {
	c.fill([]point{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, ink, 256)
}

// half is the canvas at half its size, for views from afar.
func (c *canvas) half() *canvas {
	out := newCanvas(c.w/2, c.h/2)
	for y := range out.h {
		for x := range out.w {
			i, o := 3*(2*y*c.w+2*x), 3*(y*out.w+x)
			for k := range 3 {
				sum := int(c.pix[i+k]) + int(c.pix[i+3+k]) + int(c.pix[i+3*c.w+k]) + int(c.pix[i+3*c.w+3+k])
				out.pix[o+k] = byte(sum / 4)
			}
		}
	}
	return out
}

// sample fills the view: its pixel x, y shows the place x0+ax*x+bx*y, y0+ay*x+by*y of c, in pixels of c. Beyond its edges c is mirrored.
func (c *canvas) sample(view []byte, x0, y0, ax, ay, bx, by float64) {
	const one = 1 << 16
	dx, dy := int(ax*one), int(ay*one)
	for y := range Height {
		sx, sy := int((x0+bx*float64(y))*one), int((y0+by*float64(y))*one)
		line := view[y*stride:][:stride]
		for x := 0; x < stride; x += 3 {
			i, j := mirrored(sx>>16, c.w), mirrored(sy>>16, c.h)
			fx, fy := sx&(one-1)>>8, sy&(one-1)>>8
			right, down := 3, 3*c.w
			if i == c.w-1 {
				right = 0
			}
			if j == c.h-1 {
				down = 0
			}
			p := 3 * (j*c.w + i)
			for k := range 3 {
				up := int(c.pix[p+k])*(256-fx) + int(c.pix[p+right+k])*fx
				low := int(c.pix[p+down+k])*(256-fx) + int(c.pix[p+down+right+k])*fx
				line[x+k] = byte((up*(256-fy) + low*fy) >> 16)
			}
			sx += dx
			sy += dy
		}
	}
}
