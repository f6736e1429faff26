package edits

import "math"

// drawnFrames is about how long a drawn sequence is.
const drawnFrames = 600

// Drawn is a sequence of scenes that are wholly drawn by program, in the manner of motion graphics, drawn series or old cartoons. It
// shows nothing of any film, so it has no groups, and may be learnt from whatever is left out. What moves in its scenes is no boundary;
// see happenings for what there is.
func Drawn(seed uint64) *Edit {
	e := &Edit{Kind: "drawn", Films: []string{}, Groups: []string{}, seed: seed}
	d := throw(seed, drawing)
	r := &reel{cutter: newCutter(d, nil, false), manner: weighted(d, manners, func(m manner) float64 { return m.odds })}
	r.run(drawnFrames)
	e.show(r.frames, r.truth, r.marks)
	f := throw(seed, finishing)
	if f.chance(r.manner.old) {
		e.worn(f)
	}
	e.grit = f.grit(0.5)
	e.finish(f)
	return e
}

// reel is a drawn sequence while it is made.
type reel struct {
	*cutter
	manner  manner
	palette *palette
	mostly  string // the mood of most scenes
	now     *stage
	shown   int       // frames of it that were
	before  *stage    // for going to and fro
	was     int       // frames of that one
	stock   []Picture // frames of an earlier scene, for what shows two
}

// drawnJoins are as frequent as in drawn films.
var drawnJoins = []join{
	{"cut", 62, none, func(c *cutter, s *seam) { c.cut(s) }},
	{"whip", 1.5, none, whip},
	{"zoomcut", 1.5, none, zoomCut},
	{"flashcut", 2.5, none, flashCut},
	{"glitchcut", 0.5, none, glitchCut},
	{"dissolve", 12, widely, dissolve},
	{"wipe", 8, widely, wipe},
	{"fade", 7.5, widely, fade},
	{"irisfade", 1.5, widely, irisFade},
	{"fade to cut", 0.5, widely, fadeToCut},
	{"cut to fade", 0.5, widely, cutToFade},
}

func (r *reel) run(frames int) {
	now := plan{join: drawnJoins[0]}
	for len(r.frames) < frames {
		r.mood()
		j := weighted(r.dice, drawnJoins, func(j join) float64 { return j.odds })
		if r.burst > 0 {
			j = drawnJoins[0]
		}
		then := plan{j, j.length(r.dice)}
		n := r.long(now.length)
		all, doubts, events := r.scene(n, then.length, now.length > 0)
		r.attach(now, all[:n:n], all[n:])
		at := len(r.frames) - n
		for _, s := range doubts {
			if s.First < n {
				r.truth.ignore(at+s.First, at+min(s.Last, n-1))
			}
		}
		for _, m := range events {
			r.marks = append(r.marks, Mark{at + m.Frame, m.What})
		}
		r.last, now = r.frames[len(r.frames)-1], then
	}
}

// long throws how long a scene is.
func (r *reel) long(want int) int {
	n := int(r.logNormal(3.7, 0.75))
	switch {
	case r.burst > 0:
		n = r.from(5, 10)
	case r.chance(0.12):
		n = r.from(90, 250)
	case r.chance(0.15):
		n = r.from(5, 14)
	}
	if n = min(max(n, 5), 250); want > 0 {
		n = max(n, want+blendRoom)
	}
	return n
}

// scene draws the next one, with as many frames more as a blend after it wants, and tells what is doubtful and what happens in it.
func (r *reel) scene(n, more int, blends bool) ([]Picture, []Span, []Mark) {
	st, begin := r.choose(n+more, blends)
	for i := 0; i < tries && r.last != nil && !r.apart(st.first(begin)); i++ {
		st, begin = r.choose(n+more, blends)
	}
	frames, doubts := st.play(begin, n+more)
	r.turnTo(st, begin+n)
	r.dressUp(frames)
	return frames, doubts, st.told(begin)
}

// apart says whether a picture after the last one is plainly another scene.
func (r *reel) apart(p Picture) bool {
	if r.chance(0.1) {
		return unlike(p, r.last) > 6 && changed(p, r.last) > 0.25
	}
	return unlike(p, r.last) > 12 && changed(p, r.last) > 0.5
}

// turnTo remembers what is shown.
func (r *reel) turnTo(st *stage, shown int) {
	r.before, r.was = r.now, r.shown
	r.now, r.shown = st, shown
}

// choose is the next stage and the frame of it to begin at: mostly a new one, also a nearer look at the same, or the one before.
func (r *reel) choose(n int, blends bool) (*stage, int) {
	switch x := r.Float64(); {
	case r.now != nil && !blends && x < 0.16:
		return r.now.nearer(r.shown, n), r.shown
	case r.before != nil && x < 0.24:
		st := *r.before
		return &st, r.was
	default:
		return r.stage(n), 0
	}
}

// nearer is the same stage seen from nearer, from farther or from elsewhere.
func (st *stage) nearer(at, n int) *stage {
	c := *st
	c.eye = st.looking(float64(at))
	c.shots, c.start, c.length = nil, at, n
	c.events = nil
	c.actors = append([]*actor(nil), st.actors...)
	if len(c.actors) > 0 && st.chance(0.7) {
		s := pick(st.dice, c.actors...).at(float64(at))
		c.eye.x, c.eye.y = s.x+st.between(-0.1, 0.1), s.y+st.between(-0.1, 0.1)
	} else {
		dx, dy := st.away()
		c.eye.x, c.eye.y = c.eye.x+dx, c.eye.y+dy
	}
	by := st.between(1.5, 3.5)
	if c.eye.zoom > 1.6 || st.chance(0.2) {
		by = 1 / by
	}
	c.eye.zoom *= by
	if st.chance(0.6) {
		c.happen()
	}
	return &c
}

// stage makes a new scene: a palette, a backdrop, things, and what happens.
func (r *reel) stage(n int) *stage {
	if r.palette == nil || r.chance(0.55) {
		if r.mostly == "" || r.chance(0.3) {
			r.mostly = pick(r.dice, r.manner.moods...)
		}
		r.palette = r.dice.palette(r.mostly)
	}
	p := r.palette
	wide, high := 1.3, 1.3
	switch x := r.Float64(); {
	case x < 0.35:
		wide, high = r.between(2, 5), r.between(1, 1.3)
	case x < 0.42:
		wide, high = 1.2, r.between(2, 3.5)
	}
	hold := pick(r.dice, r.manner.holds...)
	st := &stage{palette: p, manner: r.manner, length: n, behind: p.backdrop(wide, high), hold: hold, still: pick(r.dice, 1, 1, hold), line: 0}
	if r.chance(r.manner.outline) {
		st.line = r.between(0.5, 1.6)
	}
	roomX, roomY := max(st.behind.w-Width/float64(Height), 0)/2, max(st.behind.h-1, 0)/2
	st.eye = eye{r.between(-roomX, roomX), r.between(-roomY, roomY), math.Exp(r.between(-0.05, 0.35)), 0}
	st.people()
	for range r.from(0, 2) + min(n/45, 3) {
		st.happen()
	}
	return st
}

// people puts things on a stage that are there from its start.
func (st *stage) people() {
	if st.chance(0.25) {
		st.rows()
	}
	for range pick(st.dice, 0, 1, 1, 2, 2, 3, 4, 6) {
		st.add(st.thing(st.prop(), 0.15, 1.1))
	}
}

// rows are things before and behind, which pass at another pace than the backdrop when the camera moves.
func (st *stage) rows() {
	depth, size := pick(st.dice, 0.5, 0.7, 1.4, 1.8), st.between(0.3, 1.2)
	for x := -st.behind.w / 2; x < st.behind.w/2; x += size * st.between(0.4, 2) {
		a := st.add(st.thing(st.named("tree", "house", "cloud", "blob", "polygon"), size*0.7, size*1.2))
		a.depth, a.spot.x, a.spot.y = depth, x, st.eye.y*depth+0.5-a.spot.size*st.between(0.1, 0.4)
	}
}

// happen lets one more thing happen.
func (st *stage) happen() {
	i := 0
	for k, m := range manners {
		if m.name == st.manner.name {
			i = k
		}
	}
	h := weighted(st.dice, happenings, func(h happening) float64 { return h.odds[i] })
	was := len(st.events)
	h.apply(st)
	if len(st.events) == was {
		st.events = append(st.events, Mark{st.start, ""})
	}
	for k := range st.events[was:] {
		st.events[was+k].What = h.name
	}
}

// told is what happens from a frame on, counted from there.
func (st *stage) told(begin int) []Mark {
	var out []Mark
	for _, m := range st.events {
		if m.Frame >= begin {
			out = append(out, Mark{m.Frame - begin, m.What})
		}
	}
	return out
}

// dressUp lets happen in a drawn scene what happens in edits, now and then.
func (r *reel) dressUp(frames []Picture) {
	if len(r.stock) > 0 && len(frames) > 8 && r.chance(0.12) {
		e := weighted(r.dice, effects[1:], func(e effect) float64 { return e.odds })
		r.done(e.name)
		e.apply(&scene{r.dice, frames, func(n int) []Picture { return r.stock[:min(n, len(r.stock))] }})
	}
	r.stock = frames
}

// worn is how old film looks: it flickers, weaves, and has dust and scratches.
func (e *Edit) worn(d dice) {
	seed, deep, weave, dust := d.Uint64(), d.between(0.01, 0.12), d.between(0, 1.5), d.from(0, 4)
	shown, scratch := e.draw, d.IntN(Width)
	e.Marks = append(e.Marks, Mark{0, "finish worn"})
	e.draw = func(k int) Picture {
		d := throw(seed, uint64(k))
		by := d.between(1-deep, 1+deep)
		p := shown(k).rolled(int(d.between(-weave, weave)), int(d.between(-weave, weave))).dimmed([3]float64{by, by, by})
		for range d.IntN(dust + 1) {
			x, y, ink := d.IntN(Width), d.IntN(Height), pick(d, black, white)
			p.box(x, y, x+d.from(1, 3), y+d.from(1, 3), ink)
		}
		if scratch%3 == 0 && d.chance(0.7) {
			p.box(scratch, 0, scratch+1, Height, colour{200, 200, 200})
		}
		return p
	}
}
