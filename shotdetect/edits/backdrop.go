package edits

import "math"

// fineness is how many pixels of a backdrop one height of the view is.
const fineness = 100

// backdrop is what a scene plays before. Its middle is the origin of the world.
type backdrop struct {
	whole, small *canvas
	w, h         float64 // in heights of the view
}

// ground is a sort of backdrop.
type ground struct {
	name  string
	odds  float64
	paint func(p *palette, c *canvas)
}

var grounds = []ground{
	{"flat", 14, func(p *palette, c *canvas) { c.flood(p.back()) }},
	{"gradient", 10, gradient},
	{"vignette", 7, glow},
	{"paper", 7, paper},
	{"tiles", 5, tiles},
	{"lattice", 4, lattice},
	{"stripes", 5, stripes},
	{"dots", 5, dots},
	{"hills", 9, hills},
	{"haze", 6, haze},
	{"city", 9, city},
	{"meadow", 9, meadow},
	{"room", 11, room},
	{"sketch", 6, sketch},
	{"stars", 4, stars},
	{"rays", 3, rays},
	{"scenery", 10, scenery},
}

// backdrop paints one that is so much wider and higher than the view.
func (p *palette) backdrop(wide, high float64) *backdrop {
	g := weighted(p.dice, grounds, func(g ground) float64 { return g.odds })
	return p.paint(g, wide, high)
}

func (p *palette) paint(g ground, wide, high float64) *backdrop {
	b := &backdrop{w: wide * Width / Height, h: high}
	b.whole = newCanvas(int(b.w*fineness), int(b.h*fineness))
	g.paint(p, b.whole)
	b.small = b.whole.half()
	return b
}

// show fills the view with what the eye sees of the backdrop.
func (b *backdrop) show(view []byte, e eye) {
	c, scale := b.whole, fineness/(e.zoom*Height)
	fine := float64(fineness)
	if scale > 1.9 {
		c, scale, fine = b.small, scale/2, fine/2
	}
	sin, cos := math.Sincos(e.roll)
	ax, ay, bx, by := scale*cos, scale*sin, -scale*sin, scale*cos
	x0 := (e.x+b.w/2)*fine - ax*Width/2 - bx*Height/2
	y0 := (e.y+b.h/2)*fine - ay*Width/2 - by*Height/2
	c.sample(view, x0, y0, ax, ay, bx, by)
}

func (c *canvas) flood(ink colour) {
	for i := 0; i < len(c.pix); i += 3 {
		c.pix[i], c.pix[i+1], c.pix[i+2] = ink[0], ink[1], ink[2]
	}
}

// each gives every pixel a colour by its place.
func (c *canvas) each(of func(x, y int) colour) {
	for y := range c.h {
		for x := range c.w {
			ink := of(x, y)
			copy(c.pix[3*(y*c.w+x):], ink[:])
		}
	}
}

// upright paints rows from one colour to another.
func (c *canvas) upright(y0, y1 int, a, b colour) {
	for y := max(y0, 0); y < min(y1, c.h); y++ {
		c.box(0, float64(y), float64(c.w), float64(y+1), blended(a, b, float64(y-y0)/float64(y1-y0)))
	}
}

func gradient(p *palette, c *canvas) {
	a, b, sin := p.back(), p.back(), 0.0
	cos := 1.0
	if p.chance(0.5) {
		sin, cos = math.Sincos(p.between(0, 2*math.Pi))
	}
	c.each(func(x, y int) colour {
		return blended(a, b, min(max(0.5+sin*(float64(x)/float64(c.w)-0.5)+cos*(float64(y)/float64(c.h)-0.5), 0), 1))
	})
}

func glow(p *palette, c *canvas) {
	a := p.back()
	b, cx, cy, wide := shaded(a, p.between(0.1, 0.7)), p.between(0.3, 0.7), p.between(0.3, 0.7), p.between(0.35, 0.8)
	c.each(func(x, y int) colour {
		dx, dy := float64(x)/float64(c.w)-cx, float64(y)/float64(c.h)-cy
		return blended(a, b, min(1, (dx*dx+dy*dy)/wide/wide))
	})
}

func paper(p *palette, c *canvas) {
	a, deep := p.back(), p.between(0.02, 0.15)
	c.each(func(int, int) colour { return shaded(a, 1+deep*(p.Float64()-0.5)*2) })
	for range p.IntN(30) {
		x, y := p.between(0, float64(c.w)), p.between(0, float64(c.h))
		c.fill(limb(x, y, x+p.between(-40, 40), y+p.between(-40, 40), p.between(0.5, 2)), shaded(a, p.between(0.85, 1.1)), 256)
	}
}

func tiles(p *palette, c *canvas) {
	a, b, step, joint := p.back(), p.back(), p.from(10, 50), p.back()
	loose := p.between(0, 0.2)
	c.flood(joint)
	for y := 0; y < c.h; y += step {
		for x := 0; x < c.w; x += step {
			ink := a
			if (x/step+y/step)%2 > 0 {
				ink = b
			}
			c.box(float64(x+1), float64(y+1), float64(x+step), float64(y+step), shaded(ink, 1+loose*(p.Float64()-0.5)))
		}
	}
}

func lattice(p *palette, c *canvas) {
	a, step, w := p.back(), p.from(12, 40), p.between(0.8, 3)
	ink := blended(a, p.ink, p.between(0.15, 0.7))
	c.flood(a)
	for x := 0; x < c.w; x += step {
		c.box(float64(x), 0, float64(x)+w, float64(c.h), ink)
	}
	for y := 0; y < c.h; y += step {
		c.box(0, float64(y), float64(c.w), float64(y)+w, ink)
	}
}

func stripes(p *palette, c *canvas) {
	a, step, slant := p.back(), p.from(10, 60), p.between(-1.5, 1.5)
	b := blended(a, p.back(), p.between(0.2, 1))
	c.each(func(x, y int) colour {
		if (x+int(slant*float64(y))+9000)/step%2 > 0 {
			return a
		}
		return b
	})
}

func dots(p *palette, c *canvas) {
	a, step, r := p.back(), p.from(12, 50), p.between(0.1, 0.4)
	b := blended(a, p.back(), p.between(0.2, 1))
	c.flood(a)
	for j := 0; j*step < c.h+step; j++ {
		for x := j % 2 * step / 2; x < c.w+step; x += step {
			c.fill(ring(float64(x), float64(j*step), r*float64(step), r*float64(step), 10), b, 256)
		}
	}
}

// ridge fills what lies below a wavy line.
func (p *palette) ridge(c *canvas, y, rough float64, ink colour) {
	pts := []point{{float64(c.w) + 9, float64(c.h) + 9}, {-9, float64(c.h) + 9}}
	a, b, d := p.between(0, 9), p.between(0, 9), p.between(0.008, 0.03)
	for x := -9.0; x < float64(c.w)+9; x += 6 {
		pts = append(pts, point{x, y + rough*(math.Sin(d*x+a)+0.5*math.Sin(2.7*d*x+b)+0.15*math.Sin(11*d*x))})
	}
	c.fill(pts, ink, 256)
}

func hills(p *palette, c *canvas) {
	sky, far := p.back(), p.thing()
	c.upright(0, c.h, sky, shaded(sky, p.between(0.7, 1.3)))
	n := p.from(2, 5)
	for i := range n {
		ink := blended(sky, far, float64(i+1)/float64(n))
		p.ridge(c, float64(c.h)*(0.35+0.5*float64(i)/float64(n)), p.between(3, 22), ink)
	}
}

// haze is smooth noise, like a painted sky or a picture out of focus.
func haze(p *palette, c *canvas) {
	a, b := p.back(), p.thing()
	var waves [6][4]float64
	for i := range waves {
		s := float64(i + 1)
		waves[i] = [4]float64{p.between(-0.02, 0.02) * s, p.between(-0.03, 0.03) * s, p.between(0, 6), 0.3 / math.Sqrt(s)}
	}
	c.each(func(x, y int) colour {
		sum := 0.5
		for _, w := range waves {
			sum += w[3] * math.Sin(w[0]*float64(x)+w[1]*float64(y)+w[2])
		}
		return blended(a, b, min(max(sum, 0), 1))
	})
}

func city(p *palette, c *canvas) {
	sky, wall := p.back(), p.thing()
	c.upright(0, c.h, sky, shaded(sky, p.between(0.8, 1.4)))
	lit := pick(p.dice, colour{255, 236, 160}, p.back(), sky)
	for row := range p.from(1, 3) {
		base := blended(sky, wall, 0.4+0.3*float64(row))
		for x := p.between(-30, 0); x < float64(c.w); {
			w, h := p.between(18, 60), float64(c.h)*p.between(0.25, 0.8-0.15*float64(row))
			ink := shaded(base, p.between(0.8, 1.15))
			c.box(x, float64(c.h)-h, x+w, float64(c.h), ink)
			p.windows(c, x, float64(c.h)-h, x+w, ink, lit)
			x += w + p.between(-4, 16)
		}
	}
}

func (p *palette) windows(c *canvas, x0, y0, x1 float64, wall, lit colour) {
	often, dark := p.between(0, 0.8), shaded(wall, 0.7)
	for y := y0 + 5; y < float64(c.h)-6; y += 9 {
		for x := x0 + 4; x < x1-5; x += 8 {
			ink := dark
			if p.chance(often) {
				ink = lit
			}
			c.box(x, y, x+4, y+5, ink)
		}
	}
}

// set puts a thing onto a backdrop.
func (c *canvas) set(pieces []piece, x, y, height float64, line colour, width float64) {
	for _, q := range pieces {
		pts := make([]point, len(q.pts))
		for i, v := range q.pts {
			pts[i] = point{x + v.x*height, y + v.y*height}
		}
		w := 0.0
		if q.line {
			w = width
		}
		c.outlined(pts, q.ink, line, w, 256)
	}
}

func meadow(p *palette, c *canvas) {
	sky, grass, level := p.back(), p.thing(), float64(c.h)*p.between(0.4, 0.7)
	c.upright(0, c.h, sky, shaded(sky, p.between(0.85, 1.3)))
	c.box(0, level, float64(c.w), float64(c.h), grass)
	for range p.from(2, 6) {
		c.set(cloud(p), p.between(0, float64(c.w)), p.between(0, level*0.7), p.between(20, 70), p.ink, 0)
	}
	line := p.between(0, 1.5)
	for x := 0.0; x < float64(c.w); x += p.between(10, 90) {
		h := p.between(20, 70)
		c.set(p.named("tree", "tree", "house", "blob"), x, level-h*0.4+p.between(0, 8), h, p.ink, line)
	}
}

func room(p *palette, c *canvas) {
	wall, floor, level := p.back(), p.thing(), float64(c.h)*p.between(0.55, 0.85)
	c.flood(wall)
	if p.chance(0.4) {
		stripes(p, c)
	}
	c.box(0, level, float64(c.w), float64(c.h), floor)
	c.box(0, level-4, float64(c.w), level, shaded(floor, 0.7))
	line := p.between(0, 1.5)
	for x := p.between(5, 40); x < float64(c.w)-20; x += p.between(30, 120) {
		w, h := p.between(20, 60), p.between(20, 60)
		switch p.IntN(4) {
		case 0: // a window or a picture
			c.box(x, level*0.2, x+w, level*0.2+h, shaded(wall, 0.6))
			c.box(x+3, level*0.2+3, x+w-3, level*0.2+h-3, p.back())
		case 1: // furniture
			c.box(x, level-h, x+w, level+6, p.thing())
			c.box(x+3, level-h+4, x+w-3, level-h/2, p.thing())
		case 2: // a door
			c.box(x, level-80, x+36, level, p.thing())
		default:
			c.set(p.prop(), x, level-h/2+8, h, p.ink, line)
		}
	}
}

// sketch is line art on white.
func sketch(p *palette, c *canvas) {
	c.flood(pick(p.dice, white, white, colour{245, 240, 225}, shaded(p.back(), 1.3)))
	ink, w := pick(p.dice, black, p.ink), p.between(0.6, 1.6)
	x, y := p.between(0, float64(c.w)), p.between(0, float64(c.h))
	for range p.from(10, 60) {
		if p.chance(0.3) {
			x, y = p.between(0, float64(c.w)), p.between(0, float64(c.h))
		}
		nx, ny := x+p.between(-60, 60), y+p.between(-40, 40)
		c.fill(limb(x, y, nx, ny, w), ink, 256)
		x, y = nx, ny
	}
}

func stars(p *palette, c *canvas) {
	night := hsv(p.hue, p.backS[1], p.between(0.02, 0.2))
	c.upright(0, c.h, night, shaded(night, p.between(1, 2.5)))
	for range p.from(30, 250) {
		x, y, r := p.between(0, float64(c.w)), p.between(0, float64(c.h)), p.between(0.4, 1.6)
		c.fill(ring(x, y, r, r, 6), shaded(white, p.between(0.4, 1)), 256)
	}
	if p.chance(0.5) {
		r := p.between(10, 40)
		c.fill(ring(p.between(0, float64(c.w)), p.between(0, float64(c.h)), r, r, 24), pick(p.dice, colour{250, 245, 210}, p.thing()), 256)
	}
}

// rays go out from a point.
func rays(p *palette, c *canvas) {
	a, n, x, y := p.back(), p.from(6, 18), float64(c.w)/2, float64(c.h)*p.between(0.4, 1)
	b, far := blended(a, p.back(), p.between(0.3, 1)), float64(c.w+c.h)
	c.flood(a)
	for i := range n {
		s0, c0 := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		s1, c1 := math.Sincos(2 * math.Pi * (float64(i) + 0.5) / float64(n))
		c.fill([]point{{x, y}, {x + far*c0, y + far*s0}, {x + far*c1, y + far*s1}}, b, 256)
	}
}

// scenery is a backdrop full of things, each place of it another.
func scenery(p *palette, c *canvas) {
	pick(p.dice, gradient, hills, meadow, paper)(p, c)
	line := p.between(0, 1.6)
	for range c.w * c.h / p.from(1500, 6000) {
		c.set(p.prop(), p.between(0, float64(c.w)), p.between(0, float64(c.h)), p.between(15, 70), p.ink, line)
	}
}
