package edits

import "math"

// blink and chatter are shown at some frames only, always the same ones.
func (d dice) blink() func(t float64) bool {
	every, phase := d.from(15, 60), d.IntN(60)
	return func(t float64) bool { return (int(t)+phase)%every < 3 }
}

func (d dice) chatter() func(t float64) bool {
	hold, seed, often := d.from(2, 4), d.Uint64(), d.between(0.2, 0.7)
	return func(t float64) bool { return throw(seed, uint64(int(t)/hold)).chance(often) }
}

// person is a rounded figure that walks, waves or stands.
func person(p *palette) []piece {
	skin, coat, legs := p.skin(), p.thing(), p.thing()
	pace, walk := 1/float64(p.from(10, 36)), p.between(0.15, 0.7)
	if p.chance(0.3) {
		walk = 0
	}
	wave, phase, w := p.between(0, 0.9), p.Float64(), p.between(0.03, 0.07)
	swing := func(x, y, amp, phase float64, rest float64) []joint { return []joint{{x, y, amp, pace, phase, rest}} }
	part := func(pts []point, ink colour, j []joint) piece {
		return piece{pts: pts, ink: ink, line: true, joints: j}
	}
	r := p.between(0.1, 0.2)
	head := whole(ring(0, -0.5+r, r*0.9, r, 14), skin)
	hair := bare(ring(0, -0.5+r*0.55, r*0.92, r*0.6, 12), pick(p.dice, p.ink, p.thing()))
	neck := -0.5 + 2*r
	out := []piece{
		part(limb(0.03, neck+0.06, 0.16, 0.1, w), shaded(coat, 0.8), swing(0.03, neck+0.06, wave, phase, -p.between(0, 1))),
		part(limb(0.04, 0.12, 0.06, 0.5, w*1.1), shaded(legs, 0.8), swing(0.04, 0.12, walk, phase, 0)),
		part(limb(-0.04, 0.12, -0.06, 0.5, w*1.1), legs, swing(-0.04, 0.12, walk, phase+0.5, 0)),
		whole([]point{{-0.1, neck}, {0.1, neck}, {0.13, 0.2}, {-0.13, 0.2}}, coat),
		part(limb(-0.03, neck+0.06, -0.16, 0.1, w), coat, swing(-0.03, neck+0.06, wave, phase+0.5, p.between(0, 1))),
		head, hair,
	}
	return append(out, features(p, 0, -0.5+r*1.1, r)...)
}

func (p *palette) skin() colour {
	if p.thingS[1] == 0 {
		return pick(p.dice, white, colour{230, 230, 230}, p.thing())
	}
	return pick(p.dice, colour{246, 214, 186}, colour{224, 172, 138}, colour{150, 100, 70}, p.thing(), white)
}

// features are eyes that blink and a mouth that speaks.
func features(p *palette, x, y, r float64) []piece {
	lid, talk := p.blink(), p.chatter()
	eyes := func(t float64) bool { return !lid(t) }
	if p.chance(0.4) {
		talk = func(float64) bool { return false }
	}
	shut := func(t float64) bool { return !talk(t) }
	e, ink := r*p.between(0.12, 0.25), p.ink
	return []piece{
		{pts: ring(x-r*0.4, y, e, e*1.4, 8), ink: white, shown: eyes, line: true}, {pts: ring(x+r*0.4, y, e, e*1.4, 8), ink: white, shown: eyes, line: true},
		{pts: ring(x-r*0.38, y+e*0.2, e*0.6, e*0.9, 8), ink: ink, shown: eyes}, {pts: ring(x+r*0.42, y+e*0.2, e*0.6, e*0.9, 8), ink: ink, shown: eyes},
		{pts: rectangle(x-r*0.55, y, x-r*0.25, y+r*0.06), ink: ink, shown: lid}, {pts: rectangle(x+r*0.25, y, x+r*0.55, y+r*0.06), ink: ink, shown: lid},
		{pts: ring(x, y+r*0.5, r*0.22, r*0.18, 10), ink: colour{120, 20, 30}, shown: talk, line: true},
		{pts: rectangle(x-r*0.2, y+r*0.45, x+r*0.2, y+r*0.52), ink: ink, shown: shut},
	}
}

// face is a head from near, with shoulders.
func face(p *palette) []piece {
	skin, hair := p.skin(), pick(p.dice, p.ink, p.thing(), p.thing())
	nod := []joint{{0, 0.4, p.between(0, 0.12), 1 / p.between(20, 90), p.Float64(), 0}}
	out := []piece{whole(ring(0, -0.12, 0.38, 0.36, 18), hair), whole([]point{{-0.5, 0.5}, {-0.42, 0.3}, {-0.12, 0.22}, {0.12, 0.22}, {0.42, 0.3}, {0.5, 0.5}}, p.thing()),
		whole(ring(0, -0.05, 0.3, 0.34, 18), skin)}
	out = append(out, bare([]point{{-0.33, -0.1}, {-0.2, -0.4}, {0.2, -0.42}, {0.34, -0.1}, {0.15, -0.25}, {0, -0.18}, {-0.12, -0.26}}, hair))
	out = append(out, features(p, 0, 0, 0.34)...)
	for i := range out {
		if i != 1 {
			out[i].joints = nod
		}
	}
	return out
}

func stick(p *palette) []piece {
	pace, ink, w := 1/float64(p.from(8, 24)), pick(p.dice, p.ink, p.thing()), p.between(0.012, 0.03)
	swing := func(x, y, amp, phase float64) []joint { return []joint{{x, y, amp, pace, phase, 0}} }
	return []piece{bare(limb(0, -0.25, 0, 0.15, w), ink), {pts: limb(0, 0.15, 0.08, 0.5, w), ink: ink, joints: swing(0, 0.15, 0.6, 0)},
		{pts: limb(0, 0.15, -0.08, 0.5, w), ink: ink, joints: swing(0, 0.15, 0.6, 0.5)}, {pts: limb(0, -0.15, 0.2, 0.1, w), ink: ink, joints: swing(0, -0.15, 0.7, 0.5)},
		{pts: limb(0, -0.15, -0.2, 0.1, w), ink: ink, joints: swing(0, -0.15, 0.7, 0)}, whole(ring(0, -0.38, 0.12, 0.12, 12), p.thing())}
}

// hand comes with a long arm, so that it may reach in from an edge.
func hand(p *palette) []piece {
	skin, sleeve := p.skin(), p.thing()
	out := []piece{whole(rectangle(-0.14, 0.2, 0.14, 2.5), sleeve), whole(ring(0, 0, 0.2, 0.26, 12), skin)}
	for i := range 4 {
		x := -0.15 + 0.1*float64(i)
		out = append(out, piece{pts: limb(x, -0.15, x*1.5, -0.45, 0.05), ink: skin, line: true, joints: []joint{{x, -0.15, 0.15, 0.03, float64(i) / 5, 0}}})
	}
	return append(out, whole(limb(0.15, 0, 0.35, -0.2, 0.06), skin))
}

func car(p *palette) []piece {
	body := p.thing()
	out := []piece{whole([]point{{-0.45, -0.15}, {-0.3, -0.45}, {0.25, -0.45}, {0.45, -0.15}}, shaded(body, 0.9)), bare([]point{{-0.33, -0.17}, {-0.24, -0.38}, {0.2, -0.38}, {0.33, -0.17}}, colour{190, 220, 235}),
		whole([]point{{-0.8, 0.2}, {-0.78, -0.12}, {0.7, -0.15}, {0.82, 0}, {0.8, 0.2}}, body)}
	for _, x := range []float64{-0.48, 0.48} {
		turn := []joint{{x: x, y: 0.2, amp: 6, pace: 1 / p.between(20, 60)}}
		out = append(out, whole(ring(x, 0.2, 0.19, 0.19, 14), colour{30, 30, 34}), piece{pts: limb(x-0.1, 0.2, x+0.1, 0.2, 0.03), ink: colour{200, 200, 200}, joints: turn})
	}
	return out
}

func tree(p *palette) []piece {
	sway := []joint{{y: 0.5, amp: p.between(0, 0.06), pace: 1 / p.between(30, 90), phase: p.Float64()}}
	leaf := p.thing()
	if p.thingS[1] > 0 && p.chance(0.6) {
		leaf = hsv(p.between(0.22, 0.4), p.between(0.3, 0.8), p.between(0.2, 0.8))
	}
	out := []piece{whole(rectangle(-0.06, -0.1, 0.06, 0.5), shaded(leaf, 0.5))}
	if p.chance(0.4) {
		return append(out, piece{pts: []point{{0, -0.5}, {0.3, 0.25}, {-0.3, 0.25}}, ink: leaf, line: true, joints: sway})
	}
	for range p.from(2, 5) {
		r := p.between(0.15, 0.28)
		out = append(out, piece{pts: ring(p.between(-0.2, 0.2), p.between(-0.3, 0), r, r, 12), ink: shaded(leaf, p.between(0.8, 1.15)), line: true, joints: sway})
	}
	return out
}

func house(p *palette) []piece {
	wall, w := p.thing(), p.between(0.25, 0.5)
	out := []piece{whole(rectangle(-w, -0.2, w, 0.5), wall), bare(rectangle(-0.06, 0.2, 0.08, 0.5), shaded(wall, 0.5))}
	if p.chance(0.6) {
		out = append(out, whole([]point{{-w - 0.08, -0.2}, {0, -0.5}, {w + 0.08, -0.2}}, p.thing()))
	}
	glass := pick(p.dice, colour{255, 240, 170}, p.back())
	for x := -w + 0.08; x < w-0.1; x += 0.18 {
		out = append(out, bare(rectangle(x, -0.1, x+0.1, 0.05), glass))
	}
	return out
}

func cloud(p *palette) []piece {
	var out []piece
	ink := shaded(white, p.between(0.7, 1))
	for i := range p.from(3, 5) {
		r := p.between(0.15, 0.3)
		out = append(out, bare(ring(-0.4+0.22*float64(i), p.between(-0.08, 0.05)*math.Sqrt2, r*1.2, r, 12), ink))
	}
	return out
}
