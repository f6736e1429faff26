package edits

import "math"

// prop is a sort of thing.
type prop struct {
	name string
	odds float64
	make func(p *palette) []piece
}

var props = []prop{
	{"disc", 8, func(p *palette) []piece { return []piece{whole(ring(0, 0, 0.5, 0.5, 20), p.thing())} }},
	{"polygon", 8, polygon},
	{"star", 4, star},
	{"blob", 6, blob},
	{"card", 8, card},
	{"photo", 5, photo},
	{"book", 5, book},
	{"logo", 7, badge},
	{"words", 6, words},
	{"person", 14, person},
	{"stick", 4, stick},
	{"face", 9, face},
	{"hand", 4, hand},
	{"car", 4, car},
	{"tree", 4, tree},
	{"house", 4, house},
	{"cloud", 3, cloud},
	{"arrow", 3, arrow},
	{"gear", 3, gear},
	{"flame", 3, flame},
}

func (p *palette) prop() []piece {
	return weighted(p.dice, props, func(r prop) float64 { return r.odds }).make(p)
}

// named is a prop of one of some sorts.
func (p *palette) named(names ...string) []piece {
	name := pick(p.dice, names...)
	for _, r := range props {
		if r.name == name {
			return r.make(p)
		}
	}
	return polygon(p)
}

func whole(pts []point, ink colour) piece { return piece{pts: pts, ink: ink, line: true} }

func bare(pts []point, ink colour) piece { return piece{pts: pts, ink: ink} }

func ring(x, y, rx, ry float64, n int) []point {
	pts := make([]point, n)
	for i := range pts {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		pts[i] = point{x + rx*cos, y + ry*sin}
	}
	return pts
}

func rectangle(x0, y0, x1, y1 float64) []point {
	return []point{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
}

// limb is a thick line.
func limb(x0, y0, x1, y1, w float64) []point {
	u := unit(point{x1 - x0, y1 - y0})
	dx, dy := u.x*w, u.y*w
	return []point{{x0 - dy, y0 + dx}, {x0 - dx*0.7, y0 - dy*0.7}, {x0 + dy, y0 - dx}, {x1 + dy, y1 - dx}, {x1 + dx*0.7, y1 + dy*0.7}, {x1 - dy, y1 + dx}}
}

func unit(p point) point {
	r := math.Hypot(p.x, p.y) + 1e-9
	return point{p.x / r, p.y / r}
}

func polygon(p *palette) []piece {
	pts, ink := ring(0, 0, 0.5, 0.5, p.from(3, 8)), p.thing()
	if p.chance(0.3) {
		pts = rectangle(-0.5*p.between(0.4, 1.6), -0.5, 0.5, 0.5)
	}
	out := []piece{whole(pts, ink)}
	if p.chance(0.5) {
		out = append(out, bare(scaled(pts, p.between(0.3, 0.8)), p.thing()))
	}
	return out
}

func scaled(pts []point, by float64) []point {
	out := make([]point, len(pts))
	for i, q := range pts {
		out[i] = point{q.x * by, q.y * by}
	}
	return out
}

func star(p *palette) []piece {
	n, deep := p.from(4, 9), p.between(0.3, 0.7)
	pts := ring(0, 0, 0.5, 0.5, 2*n)
	for i := 1; i < len(pts); i += 2 {
		pts[i] = point{pts[i].x * deep, pts[i].y * deep}
	}
	return []piece{whole(pts, p.thing())}
}

func blob(p *palette) []piece {
	pts, a, b := ring(0, 0, 0.5, 0.5, 20), p.between(0, 6), p.between(0, 6)
	for i := range pts {
		x := 2 * math.Pi * float64(i) / 20
		r := 0.8 + 0.15*math.Sin(2*x+a) + 0.12*math.Sin(3*x+b)
		pts[i] = point{pts[i].x * r, pts[i].y * r}
	}
	ink := p.thing()
	return []piece{whole(pts, ink), bare(moved(scaled(pts, 0.75), -0.04, -0.05), shaded(ink, 1.25))}
}

func moved(pts []point, dx, dy float64) []point {
	for i := range pts {
		pts[i] = point{pts[i].x + dx, pts[i].y + dy}
	}
	return pts
}

// card has text on its front and another colour on its back.
func card(p *palette) []piece {
	w, h, paper := p.between(0.35, 0.8), 0.5, pick(p.dice, white, p.thing(), p.back(), colour{240, 235, 220})
	front, back := whole(rectangle(-w, -h, w, h), paper), whole(rectangle(-w, -h, w, h), p.thing())
	front.side, back.side = 1, -1
	out := []piece{front, back, {pts: ring(0, 0, 0.25, 0.25, 12), ink: p.thing(), side: -1}}
	ink, step := pick(p.dice, p.ink, p.thing()), p.between(0.1, 0.2)
	for y := -h + step; y < h-step/2; y += step {
		out = append(out, line1(p, -w*0.85, w*0.85, y, step*0.4, ink, 1)...)
	}
	return out
}

// line1 is a line of words.
func line1(p *palette, x0, x1, y, h float64, ink colour, side int) []piece {
	var out []piece
	for x := x0; x < x1 && !p.chance(0.12); {
		w := min(p.between(0.05, 0.25), x1-x)
		out = append(out, piece{pts: rectangle(x, y-h/2, x+w, y+h/2), ink: ink, side: side})
		x += w + 0.05
	}
	return out
}

func words(p *palette) []piece {
	var out []piece
	ink := pick(p.dice, p.ink, white, p.thing())
	for i := range p.from(1, 3) {
		out = append(out, line1(p, -0.8, 0.8, float64(i)*0.3, 0.16, ink, 0)...)
	}
	return append(out, bare(rectangle(-0.8, 0.1, -0.5, 0.13), ink))
}

// photo is a picture of something on a card.
func photo(p *palette) []piece {
	w := p.between(0.5, 0.8)
	out := []piece{whole(rectangle(-w, -0.5, w, 0.5), white), bare(rectangle(-w+0.05, -0.45, w-0.05, 0.45), p.back()),
		bare(rectangle(-w+0.05, p.between(0, 0.3), w-0.05, 0.45), p.thing())}
	for range p.from(1, 4) {
		r := p.between(0.05, 0.2)
		out = append(out, bare(ring(p.between(-w+0.3, w-0.3), p.between(-0.2, 0.2), r, r*p.between(0.7, 1.3), 10), p.thing()))
	}
	return out
}

func book(p *palette) []piece {
	cover, w := p.thing(), p.between(0.3, 0.45)
	if p.chance(0.5) { // open
		out := []piece{whole(rectangle(-0.75, -0.45, 0.75, 0.5), cover), whole(rectangle(-0.7, -0.45, 0, 0.42), white), whole(rectangle(0, -0.45, 0.7, 0.42), shaded(white, 0.93))}
		for y := -0.35; y < 0.35; y += 0.12 {
			out = append(out, line1(p, -0.62, -0.08, y, 0.05, p.ink, 0)...)
			out = append(out, line1(p, 0.08, 0.62, y, 0.05, p.ink, 0)...)
		}
		return out
	}
	return []piece{whole(rectangle(-w, -0.5, w+0.06, 0.5), white), whole(rectangle(-w, -0.5, w, 0.5), cover), bare(rectangle(-w, -0.5, -w+0.08, 0.5), shaded(cover, 0.7)),
		bare(rectangle(-w+0.15, -0.3, w-0.08, -0.15), p.thing())}
}

// badge is a flat emblem of a few shapes.
func badge(p *palette) []piece {
	out := []piece{pick(p.dice, whole(ring(0, 0, 0.5, 0.5, 24), p.thing()), whole(rectangle(-0.5, -0.5, 0.5, 0.5), p.thing()), star(p)[0])}
	for range p.from(1, 3) {
		shape := pick(p.dice, polygon, star, blob)(p)[0]
		shape.pts = moved(scaled(shape.pts, p.between(0.25, 0.7)), p.between(-0.1, 0.1), p.between(-0.1, 0.1))
		shape.line = false
		out = append(out, shape)
	}
	if p.chance(0.3) {
		out = append(out, bare(ring(0, 0, 0.34, 0.34, 20), p.thing()), bare(ring(0, 0, 0.26, 0.26, 20), out[0].ink))
	}
	return out
}

func arrow(p *palette) []piece {
	return []piece{whole([]point{{-0.6, -0.12}, {0.1, -0.12}, {0.1, -0.35}, {0.6, 0}, {0.1, 0.35}, {0.1, 0.12}, {-0.6, 0.12}}, p.thing())}
}

func gear(p *palette) []piece {
	n := p.from(6, 12)
	pts := ring(0, 0, 0.5, 0.5, 4*n)
	for i := range pts {
		if i%4 > 1 {
			pts[i] = point{pts[i].x * 0.8, pts[i].y * 0.8}
		}
	}
	turn := joint{rest: 0, amp: 20, pace: 0.001, phase: 0}
	return []piece{{pts: pts, ink: p.thing(), line: true, joints: []joint{turn}}, whole(ring(0, 0, 0.2, 0.2, 12), p.back())}
}

func flame(p *palette) []piece {
	var out []piece
	for i, ink := range []colour{{220, 60, 20}, {250, 150, 30}, {255, 230, 120}} {
		size := 1 - 0.3*float64(i)
		pts := []point{{0, -0.5}, {0.16, -0.2}, {0.28, 0.1}, {0.2, 0.4}, {0, 0.5}, {-0.2, 0.4}, {-0.3, 0.12}, {-0.12, -0.1}}
		out = append(out, piece{pts: moved(scaled(pts, size), 0, 0.5*(1-size)), ink: ink, joints: []joint{{y: 0.5, amp: 0.15, pace: p.between(0.08, 0.3), phase: p.Float64()}}})
	}
	return out
}
