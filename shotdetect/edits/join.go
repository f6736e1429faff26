package edits

import (
	"bytes"

	"github.com/amvlib/amvlib/shotdetect"
)

// join is how one shot becomes the next.
type join struct {
	name   string
	odds   float64
	length func(d dice) int // frames of both shots that it would like; 0 for cuts
	make   func(c *cutter, s *seam)
}

// seam is where two shots meet. The old one's frames so far are at the end of the edit.
type seam struct {
	length int       // frames of both that are there
	tail   []Picture // of the old shot, those that would have come next
	fresh  []Picture // the new shot
}

var joins = []join{
	{"cut", 48, none, func(c *cutter, s *seam) { c.cut(s) }},
	{"whip", 3, none, whip},
	{"zoomcut", 3, none, zoomCut},
	{"flashcut", 4, none, flashCut},
	{"glitchcut", 2, none, glitchCut},
	{"dissolve", 15, widely, dissolve},
	{"wipe", 11, widely, wipe},
	{"fade", 9, widely, fade},
	{"irisfade", 1, widely, irisFade},
	{"fade to cut", 2, widely, fadeToCut},
	{"cut to fade", 2, widely, cutToFade},
}

// plainJoins are those of eval's own generator.
var plainJoins = []join{
	{"cut", 72, none, func(c *cutter, s *seam) { c.cut(s) }},
	{"dissolve", 13, narrowly, func(c *cutter, s *seam) { c.blend(s, shotdetect.Dissolve, steady, cross) }},
	{"black", 6, none, func(c *cutter, s *seam) { plainFade(c, s, black) }},
	{"white", 3, none, func(c *cutter, s *seam) { plainFade(c, s, white) }},
	{"wipe", 6, narrowly, func(c *cutter, s *seam) { c.blend(s, shotdetect.Wipe, steady, slab) }},
}

func none(dice) int { return 0 }

func narrowly(d dice) int { return d.from(5, 23) }

// widely prefers what editors use and leaves nothing out.
func widely(d dice) int {
	if d.chance(0.65) {
		return d.from(4, 24)
	}
	return d.from(3, 50)
}

// old is a frame of the old shot under the change; it stands still where its footage ends.
func (c *cutter) old(s *seam, k int) Picture {
	switch {
	case k < len(s.tail):
		return s.tail[k]
	case len(s.tail) > 0:
		return s.tail[len(s.tail)-1]
	default:
		return c.frames[len(c.frames)-1]
	}
}

// cut ends one shot and begins the next.
func (c *cutter) cut(s *seam) {
	at := len(c.frames)
	c.truth.Rows = append(c.truth.Rows, Row{shotdetect.Cut, at - 1, at})
	c.add(s.fresh)
}

// faint is a mean change of the picture that nobody can see under noise.
const faint = 1.5

// blend lets one shot become the other by draw, which gets the share of the new one, in (0, 1).
func (c *cutter) blend(s *seam, kind shotdetect.Type, curve func(float64) float64, draw func(old, fresh Picture, share float64) Picture) {
	at, block := len(c.frames), make([]Picture, s.length)
	for k := range block {
		block[k] = draw(c.old(s, k), s.fresh[k], curve(float64(k+1)/float64(s.length+1)))
	}
	lead, trail := 0, 0
	for lead < s.length && bytes.Equal(block[lead], c.old(s, lead)) {
		lead++
	}
	for trail < s.length-lead && bytes.Equal(block[s.length-1-trail], s.fresh[s.length-1-trail]) {
		trail++
	}
	c.mark(kind, at-1+lead, at+s.length-trail)
	for k := lead; k < s.length-trail; k++ {
		if unlike(block[k], c.old(s, k)) < faint || unlike(block[k], s.fresh[k]) < faint {
			c.truth.ignore(at+k, at+k)
		}
	}
	c.disturb(block)
	c.add(block)
	c.add(s.fresh[s.length:])
}

// mark adds a row; without a frame in between it is a cut.
func (c *cutter) mark(kind shotdetect.Type, start, end int) {
	if end == start+1 {
		kind = shotdetect.Cut
	}
	c.truth.Rows = append(c.truth.Rows, Row{kind, start, end})
}

// disturb adds to a blend what may happen on top of it.
func (c *cutter) disturb(block []Picture) {
	if c.plain || len(block) < 6 || !c.chance(0.15) {
		return
	}
	e := pick(c.dice, effect{"flash", 0, flash}, effect{"colourflash", 0, colourFlash}, effect{"shake", 0, func(s *scene) { s.shake(0.8, len(block)) }},
		effect{"caption", 0, caption}, effect{"subtitle", 0, subtitle}, effect{"flicker", 0, flicker}, effect{"pulse", 0, pulse})
	c.done("disturbed " + e.name)
	e.apply(&scene{c.dice, block, c.other})
}

func cross(old, fresh Picture, share float64) Picture { return mix(old, fresh, part(share)) }

func slab(old, fresh Picture, share float64) Picture {
	out := old.clone()
	x := int(Width * share)
	for y := range Height {
		copy(out[at(0, y):at(x, y)], fresh[at(0, y):])
	}
	return out
}

func steady(x float64) float64 { return x }

// curved is how a change begins and ends.
func (d dice) curved() func(float64) float64 {
	return pick(d, steady, steady, steady, ease, func(x float64) float64 { return x * x }, func(x float64) float64 { return x * (2 - x) })
}

func dissolve(c *cutter, s *seam) { c.blend(s, shotdetect.Dissolve, c.curved(), cross) }

// whip smears the last frames of one shot and the first of the other along the way that the camera is thrown.
func whip(c *cutter, s *seam) {
	down, length, sign := c.chance(0.25), c.from(2, 6), float64(c.sign())
	c.disguise(s, length, func(p Picture, near float64) Picture {
		move := sign * near * 0.5
		v := pose{0.5 + move, 0.5, 1, 0}
		if down {
			v = pose{0.5, 0.5 + move, 1, 0}
		}
		return p.view(v).smeared(int(4+40*max(near, -near)), down)
	})
}

// zoomCut dives into one shot and out of the other, or turns into it.
func zoomCut(c *cutter, s *seam) {
	by, roll := c.between(0.5, 3), c.between(-1, 1)*float64(c.IntN(2))
	out := c.chance(0.4)
	c.disguise(s, c.from(2, 7), func(p Picture, near float64) Picture {
		amount := max(near, -near)
		v := pose{0.5, 0.5, 1 + by*amount, roll * near}
		if out && near < 0 || !out && near > 0 && by > 2 {
			v.zoom = 1 / (1 + 0.5*amount)
		}
		return p.view(v).blurred(int(1 + 6*amount))
	})
}

// disguise draws the frames around a cut: near runs up to 1 before it, and from -1 after it.
func (c *cutter) disguise(s *seam, length int, draw func(p Picture, near float64) Picture) {
	at := len(c.frames)
	for k := range min(length, at-c.pure-1) {
		c.frames[at-1-k] = draw(c.frames[at-1-k], float64(length-k)/float64(length))
	}
	for k := range min(length, len(s.fresh)-1) {
		s.fresh[k] = draw(s.fresh[k], -float64(length-k)/float64(length))
	}
	c.cut(s)
}

// flashCut lights the first frames of the new shot, and at times the last of the old one.
func flashCut(c *cutter, s *seam) {
	light, length, early := pick(c.dice, white, white, white, black, c.colour()), c.from(2, 8), c.chance(0.3)
	peak := c.between(0.5, 0.95)
	c.disguise(s, length, func(p Picture, near float64) Picture {
		if near > 0 && (!early || near < 1) {
			return p
		}
		return p.tint(light, part(peak*near*near))
	})
}

func glitchCut(c *cutter, s *seam) {
	strength := c.from(8, 60)
	c.disguise(s, c.from(1, 4), func(p Picture, _ float64) Picture { return p.torn(c.dice, strength) })
}
