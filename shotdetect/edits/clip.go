package edits

// clip is a piece of footage as an edit uses it.
type clip struct {
	stretch stretch
	begin   int // its first frame
	order   func(k int) int
	look    *look
	timing  string
}

// source is the film's frame that the clip shows at a place. Where a stretch ends, its last frame stays.
func (c clip) source(k int) int {
	return min(max(c.begin+c.order(k), c.stretch.lo), c.stretch.hi-1)
}

// frames draws so many; frames that are held are drawn once.
func (c clip) frames(n int) []Picture {
	out, drawn := make([]Picture, n), map[int]Picture{}
	for k := range out {
		i := c.source(k)
		if drawn[i] == nil {
			drawn[i] = c.look.apply(c.stretch.film.Frames[i])
		}
		out[k] = drawn[i]
	}
	return out
}

// shot is a clip with its length.
type shot struct {
	clip
	length int
}

const (
	tries     = 60 // clips looked at until one differs enough from the last frame
	apart     = 20 // frames between two shots of one stretch, at least
	blendRoom = 6  // frames that a shot keeps for itself beside a blend
)

// next finds footage that differs from the last frame: by much in a mixed edit, by little where neighbours come from one film.
func (c *cutter) next(want int) (shot, bool) {
	least := c.least()
	for range tries {
		s, ok := c.candidate(want)
		if !ok {
			continue
		}
		if c.last == nil || unlike(s.look.apply(s.stretch.film.Frames[s.source(0)]), c.last) > least {
			return s, true
		}
	}
	return shot{}, false
}

func (c *cutter) least() float64 {
	switch {
	case c.same && c.chance(0.5):
		return 6
	case c.same:
		return 2
	case c.chance(0.9):
		return 12
	default:
		return 4
	}
}

// candidate throws one.
func (c *cutter) candidate(want int) (shot, bool) {
	if s, ok := c.back(); ok {
		return s, true
	}
	st := c.stretch()
	again := c.last != nil && st == c.previous.stretch
	if again && (!c.same || c.chance(0.5)) {
		return shot{}, false
	}
	t := timings[0]
	if !c.plain {
		t = weighted(c.dice, timings, func(t timing) float64 { return t.odds })
	}
	n := c.length(st, t, want)
	s := shot{clip{stretch: st, order: t.order(c.dice, n), look: c.lookOf(st.film), timing: t.name}, n}
	s.begin = c.from(st.lo, max(st.lo, st.hi-n))
	if again && abs(s.source(0)-c.previous.source(c.previous.length-1)) < apart {
		return shot{}, false // it would only go on
	}
	return s, true
}

// stretch prefers the film of the last shot where neighbours are to look alike, and else gives small films a chance.
func (c *cutter) stretch() stretch {
	switch {
	case c.same && c.last != nil && c.chance(0.85):
		return pick(c.dice, c.films[c.previous.stretch.film]...)
	case c.chance(0.5):
		return pick(c.dice, c.stretches...)
	default:
		return pick(c.dice, c.films[pick(c.dice, c.names...)]...)
	}
}

// length throws how long a shot is. Blends want room.
func (c *cutter) length(st stretch, t timing, want int) int {
	n := int(c.logNormal(3, 0.65))
	least, most := 5, 70
	switch {
	case c.plain:
	case c.burst > 0:
		n, least = c.from(4, 9), 4
	case t.name == "still" && c.chance(0.5):
		n, most = c.from(30, 150), 150
	case c.chance(0.25):
		n, most = int(c.logNormal(4, 0.5)), 120
	}
	n = min(max(n, least), most)
	if want > 0 && !c.plain {
		n = max(n, want+blendRoom)
	}
	if t.name == "straight" {
		n = min(n, st.length())
	}
	return n
}

// lookOf keeps a film's grade for the whole edit, and its frame for a shot.
func (c *cutter) lookOf(f *Film) *look {
	if c.plain && !c.same {
		return unchanged
	}
	kept, ok := c.looks[f]
	if !ok || !c.same && c.chance(0.4) {
		kept = asIs()
		c.grade(kept, grading{dark: 0.2, flat: 0.1, tinted: 0.2})
		c.looks[f] = kept
	}
	inside, ok := c.inside[f]
	if !ok {
		inside = Span{0, Height - 1}
		if c.chance(0.6) {
			inside = f.lines()
		}
		c.inside[f] = inside
	}
	framed := *kept
	c.reframe(&framed, 0.5, inside)
	return &framed
}

var unchanged = asIs()

// back returns to the shot before the last one, as fast intercutting does, where it left off.
func (c *cutter) back() (shot, bool) {
	if c.plain || c.before.look == nil || !c.chance(c.intercut) {
		return shot{}, false
	}
	s := c.before
	s.begin += s.length
	s.order = func(k int) int { return k }
	s.length = c.from(4, 16)
	return s, s.begin+4 < s.stretch.hi
}
