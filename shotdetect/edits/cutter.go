package edits

import (
	"math"
	"slices"
)

// cutter makes one edit.
type cutter struct {
	dice
	plain     bool // eval's own recipe
	same      bool // neighbours mostly come from one film, which keeps its look
	stretches []stretch
	names     []*Film
	films     map[*Film][]stretch
	looks     map[*Film]*look
	inside    map[*Film]Span

	frames   []Picture
	truth    Truth
	pure     int     // the first frame that is the last shot's alone
	last     Picture // the last frame so far
	previous shot
	before   shot      // the one before that
	intercut float64   // how likely it comes back
	burst    int       // very short shots to come
	tail     []Picture // frames of the last shot that were not used
	marks    []Mark
}

// Mark says what was done from a frame on, for people to look at.
type Mark struct {
	Frame int
	What  string
}

func newCutter(d dice, groups []group, plain bool) *cutter {
	c := &cutter{dice: d, plain: plain, same: d.chance(0.6), films: map[*Film][]stretch{}, looks: map[*Film]*look{},
		inside: map[*Film]Span{}}
	for _, g := range groups {
		c.stretches = append(c.stretches, g.stretches...)
		for _, s := range g.stretches {
			if c.films[s.film] == nil {
				c.names = append(c.names, s.film)
			}
			c.films[s.film] = append(c.films[s.film], s)
		}
	}
	return c
}

func (d dice) logNormal(mean, deviation float64) float64 {
	return math.Exp(mean + deviation*d.NormFloat64())
}

// plan is a join to come.
type plan struct {
	join   join
	length int
}

func (c *cutter) plan() plan {
	table := joins
	if c.plain {
		table = plainJoins
	}
	j := weighted(c.dice, table, func(j join) float64 { return j.odds })
	if c.burst > 0 {
		j = table[0]
	}
	return plan{j, j.length(c.dice)}
}

// run makes an edit of so many shots, fewer where the footage is too much alike.
func (c *cutter) run(shots int) {
	now := plan{}
	for range shots {
		c.mood()
		s, ok := c.next(now.length)
		if !ok {
			return
		}
		then := c.plan()
		frames, tail := c.dress(s, then)
		c.attach(now, frames, tail)
		c.last, c.before, c.previous = c.frames[len(c.frames)-1], c.previous, s
		now = then
	}
}

// mood starts and ends runs of very short shots, and of going to and fro.
func (c *cutter) mood() {
	switch {
	case c.plain:
	case c.burst > 0:
		c.burst--
	case c.chance(0.06):
		c.burst, c.intercut = c.from(4, 12), float64(c.IntN(2))*0.6
	default:
		c.intercut = 0.03
	}
}

// dress draws a shot with the frames that a blend after it may want, and lets things happen in it.
func (c *cutter) dress(s shot, then plan) (frames []Picture, tail []Picture) {
	all := s.frames(s.length + then.length)
	if s.timing != "straight" {
		c.done("timing " + s.timing)
	}
	if c.plain {
		e := weighted(c.dice, plainEffects, func(e effect) float64 { return e.odds })
		c.happen(e, all[:s.length:s.length])
		if !firm[e.name] {
			return all[:s.length], nil
		}
		return all[:s.length], all[s.length:]
	}
	e := weighted(c.dice, effects, func(e effect) float64 { return e.odds })
	c.happen(e, all)
	if c.burst > 0 && c.chance(0.4) {
		c.happen(effect{"shake", 0, func(s *scene) { s.shake(0.8, len(s.frames)) }}, all)
	} else if c.chance(0.12) {
		c.happen(weighted(c.dice, effects, func(e effect) float64 { return e.odds }), all)
	}
	return all[:s.length:s.length], all[s.length:]
}

// happen needs a few frames to happen in.
func (c *cutter) happen(e effect, frames []Picture) {
	if len(frames) >= 4 {
		c.done(e.name)
		e.apply(&scene{c.dice, frames, c.other})
	}
}

// other is footage from anywhere, in its own colours.
func (c *cutter) other(n int) []Picture {
	st := pick(c.dice, c.stretches...)
	begin := c.from(st.lo, max(st.lo, st.hi-n))
	return st.film.Frames[begin:min(begin+n, st.hi)]
}

// attach joins a shot to what is there.
func (c *cutter) attach(p plan, frames []Picture, tail []Picture) {
	if len(c.frames) == 0 {
		c.add(frames)
		c.tail = tail
		return
	}
	s := &seam{length: min(p.length, len(frames)-blendRoom), tail: c.tail, fresh: frames}
	if p.length > 0 && (s.length < 3 || c.plain && len(frames) <= 14) {
		p.join = joins[0]
	}
	c.done(p.join.name)
	p.join.make(c, s)
	c.pure = len(c.frames) - len(frames) + max(s.length, 0)
	c.tail = tail
}

func (c *cutter) add(frames []Picture) { c.frames = append(c.frames, frames...) }

// done remembers what happened.
func (c *cutter) done(what string) {
	if !slices.Contains([]string{"none", "cut"}, what) {
		c.marks = append(c.marks, Mark{len(c.frames), what})
	}
}
