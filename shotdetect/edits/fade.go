package edits

import (
	"bytes"

	"github.com/amvlib/amvlib/shotdetect"
)

// into is p on its way into a flat colour.
type into func(p Picture, share float64) Picture

func tinting(c colour) into {
	return func(p Picture, share float64) Picture { return p.tint(c, part(share)) }
}

// out fades the old shot into a colour, the last of so many frames being flat.
func (c *cutter) out(s *seam, length int, gone into) []Picture {
	frames := make([]Picture, length)
	for k := range frames {
		frames[k] = gone(c.old(s, k), float64(k+1)/float64(length))
	}
	return frames
}

// in lets the new shot come, in so many frames before it is whole.
func (s *seam) in(length int, gone into) []Picture {
	frames := make([]Picture, length)
	for k := range frames {
		frames[k] = gone(s.fresh[k], 1-float64(k+1)/float64(length+1))
	}
	return frames
}

// through adds a whole fade: out, flat for so long, in.
func (c *cutter) through(s *seam, out, hold, in int, ink colour, gone into) {
	at := len(c.frames)
	leaving, coming := c.out(s, out, gone), s.in(in, gone)
	start, end := at-1, at+out+hold+in
	for k := range leaving {
		if start == at-1+k && k < out-1 && bytes.Equal(leaving[k], c.old(s, k)) {
			start++
		} else if unlike(leaving[k], c.old(s, k)) < faint {
			c.truth.ignore(at+k, at+k)
		}
	}
	for k := in - 1; k >= 0; k-- {
		if end == at+out+hold+k+1 && bytes.Equal(coming[k], s.fresh[k]) {
			end--
		} else if unlike(coming[k], s.fresh[k]) < faint {
			c.truth.ignore(at+out+hold+k, at+out+hold+k)
		}
	}
	c.mark(shotdetect.Fade, start, end)
	c.add(leaving)
	c.hold(ink, hold)
	c.add(coming)
	c.add(s.fresh[in:])
}

// hold adds flat frames.
func (c *cutter) hold(ink colour, n int) {
	p := flat(ink)
	for range n {
		c.frames = append(c.frames, p)
	}
}

func plainFade(c *cutter, s *seam, ink colour) {
	if len(s.fresh) <= 14 {
		c.cut(s)
		return
	}
	d := c.from(4, 11)
	c.through(s, d, 0, min(d, len(s.fresh)-4), ink, tinting(ink))
}

// ink is what is faded through.
func (d dice) ink() colour { return pick(d, black, black, black, white, white, d.colour()) }

// flatFor is how many frames stay flat between out and in.
func (d dice) flatFor() int {
	switch {
	case d.chance(0.5):
		return 0
	case d.chance(0.7):
		return d.from(1, 12)
	default:
		return d.from(8, 40)
	}
}

// leaving is how long a shot takes to go; now and then very long.
func (c *cutter) leaving(s *seam) int {
	switch {
	case c.chance(0.5):
		return s.length
	case c.chance(0.7):
		return c.from(3, 20)
	default:
		return c.from(20, 60)
	}
}

func fade(c *cutter, s *seam) {
	ink := c.ink()
	c.through(s, c.leaving(s), c.flatFor(), s.length, ink, tinting(ink))
}

// irisFade closes a shape over the old shot and opens it again on the new one.
func irisFade(c *cutter, s *seam) {
	ink := c.ink()
	shape, cover := c.dice.shape(irises), flat(ink)
	soft := c.softness()
	c.through(s, min(c.leaving(s), 40), c.flatFor(), s.length, ink, func(p Picture, share float64) Picture {
		return shape.wipe(p, cover, share, soft)
	})
}

// fadeToCut fades out, stays flat, and cuts to the new shot. The fade is no boundary of its own: the cut is.
func fadeToCut(c *cutter, s *seam) {
	ink, at, hold := c.ink(), len(c.frames), c.from(2, 30)
	leaving := c.out(s, c.leaving(s), tinting(ink))
	c.truth.ignore(at-1, at+len(leaving)+hold-1)
	c.add(leaving)
	c.hold(ink, hold)
	c.cut(s)
}

// cutToFade cuts to a flat picture, out of which the new shot comes.
func cutToFade(c *cutter, s *seam) {
	ink, at, hold := c.ink(), len(c.frames), c.from(2, 30)
	c.truth.Rows = append(c.truth.Rows, Row{shotdetect.Cut, at - 1, at})
	c.truth.ignore(at+1, at+hold+s.length-1)
	c.hold(ink, hold)
	c.add(s.in(s.length, tinting(ink)))
	c.add(s.fresh[s.length:])
}
