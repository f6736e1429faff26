package footage

import (
	"math"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// closeup compares a shot's pictures with those of footage as finely as they are kept, those that are asked for.
type closeup struct {
	shot  []*shade
	since []timecode.Time
	reel  *footageReel
	view  view
	film  []*shade
	cells [][]float32 // how unlike each picture of the shot is each of the film; 0 where nobody asked
}

func newCloseup(shot []*shade, since []timecode.Time, reel *footageReel, v view) *closeup {
	c := &closeup{shot: shot, since: since, reel: reel, view: v, film: make([]*shade, len(reel.pictures)), cells: make([][]float32, len(shot))}
	for i := range c.cells {
		c.cells[i] = make([]float32, len(reel.pictures))
	}
	return c
}

// unlike is that of a picture of the shot and one of the film.
func (c *closeup) unlike(i, j int) float32 {
	if c.cells[i][j] != 0 {
		return c.cells[i][j]
	}
	if c.film[j] == nil {
		p := c.reel.pictures[j]
		c.film[j] = shadeOf(p, p.whole(), c.view, false)
	}
	c.cells[i][j] = c.shot[i].unlike(c.film[j])
	return c.cells[i][j]
}

const (
	worthALook = .9 // of what speaks for the best path, that is enough to be looked at closely
	most       = 1  // that one picture may speak against a path: it may be disturbed
)

// course is a way that footage may go by: a path, by the clock of a strip, of which every picture may be held for some frames.
type course struct {
	path
	strip *strip
	cost  float64 // how much less likely it is than others, whatever is seen
	held  hold
}

// hold says that every so many pictures of a video show the same one.
type hold struct {
	of, phase int64
	frame     timecode.Time // of the video
}

// back is how long before a picture the one was that it repeats.
func (h hold) back(since timecode.Time) timecode.Time {
	if h.of == 0 {
		return 0
	}
	k := int64(math.Round(float64(since) / float64(h.frame)))
	return timecode.Time((k+h.phase)%h.of) * h.frame
}

// shows is the film's picture that is shown so long after the first; -1 where the strip does not reach.
func (c course) shows(since timecode.Time) int { return c.strip.nearest(c.tick(since - c.held.back(since))) }

// line is a course as a path: right for the first of the pictures that the film has where that is the first that shows its frame, else, so
// that no picture is far off, for the middle one of those that are held.
func (c *closeup) line(k course) path {
	least := c.least()
	for i, since := range c.since {
		if j := k.shows(since); j >= 0 && c.unlike(i, j)-least[i] < most/4 {
			if k.held.back(since) == 0 {
				return k.path
			}
			break
		}
	}
	return k.from(-k.held.frame * timecode.Time(max(0, k.held.of-1)/2))
}

// along gives the picture of the film for each of the shot's.
func (c course) along(since []timecode.Time, to []int) []int {
	to = to[:0]
	for _, s := range since {
		to = append(to, c.shows(s))
	}
	return to
}

// price is how much less likely than the likeliest pictures those of a course are, in the mean.
func (c *closeup) price(k course, least []float32, to []int) float64 {
	sum := float32(0)
	for i, j := range k.along(c.since, to) {
		if j < 0 {
			sum += most
			continue
		}
		sum += min(most, c.unlike(i, j)-least[i])
	}
	return float64(sum) / float64(len(c.since))
}

// least is of each picture of the shot that of the film's it is least unlike, of those asked for.
func (c *closeup) least() []float32 {
	all := make([]float32, len(c.shot))
	for i, row := range c.cells {
		all[i] = slices.Min(row)
	}
	return all
}

// What rarer ways cost more, in how unlike pictures are.
const (
	toldCost = .01
	freeCost = .02
	heldCost = .01
)

// manner is a speed, with its pictures held or not, and what it costs.
type manner struct {
	rate, cost float64
	held       hold
}

// manners are the ways that are tried. own is the time between two of the video's frames.
func manners(frame float64, own timecode.Time) []manner {
	var all []manner
	add := func(rate, cost float64) {
		if !slices.ContainsFunc(all, func(m manner) bool { return m.rate == rate && m.held.of == 0 }) {
			all = append(all, manner{rate: rate, cost: cost})
		}
	}
	for _, base := range []float64{1, frame} {
		add(base, 0)
		for of := int64(2); of <= 3 && own > 0; of++ {
			for phase := range of {
				all = append(all, manner{base, heldCost, hold{of, phase, own}})
			}
		}
	}
	for _, base := range []float64{1, frame, -1, -frame} {
		add(base, toldCost)
		for _, r := range told {
			add(r*base, toldCost)
		}
	}
	add(0, toldCost)
	for r := .2; r < 5; r *= 1.04 {
		add(r, freeCost)
		add(-r, freeCost)
	}
	return all
}

// courses are those that coarsely as much speaks for as for the best, nearly.
func (t *table) courses(all []manner, strips []*strip) []course {
	var found []course
	var worth []float64
	top := 0.0
	for _, s := range strips {
		for _, m := range all {
			for i := range 2*len(s.times) - 1 {
				at := s.times[i/2]
				if i%2 == 1 {
					at = (at + s.times[i/2+1]) / 2
				}
				k := course{path{rate: m.rate, at: at, pace: s.pace}, s, m.cost, m.held}
				if w := t.speaksFor(k); w > 0 && w >= worthALook*top {
					top = max(top, w)
					found, worth = append(found, k), append(worth, w)
				}
			}
		}
	}
	kept := found[:0]
	for i, k := range found {
		if worth[i] >= worthALook*top {
			kept = append(kept, k)
		}
	}
	return kept
}

// speaksFor is what speaks for a course, summed up.
func (t *table) speaksFor(k course) float64 {
	sum := float32(0)
	for i, since := range t.since {
		if j := k.shows(since); j >= 0 {
			sum += t.gain[i][j]
		}
	}
	return float64(sum)
}

// closely is the likeliest of all courses, once those beside it were looked at as well, and how unlike its pictures are.
func (c *closeup) closely(all []course) (course, float64) {
	to := make([]int, 0, len(c.since))
	for _, k := range all {
		for i, j := range k.along(c.since, to) {
			if j >= 0 {
				c.unlike(i, j)
			}
		}
	}
	least := c.least()
	best, cost := c.likeliest(all, least, to)
	more := c.beside(best)
	for _, k := range more {
		for i, j := range k.along(c.since, to) {
			if j >= 0 {
				c.unlike(i, j)
			}
		}
	}
	least = c.least()
	best, cost = c.likeliest(append(more, best), least, to)
	if debugTrace {
		c.debug(all, least, best, cost)
	}
	return best, cost
}

func (c *closeup) likeliest(all []course, least []float32, to []int) (best course, cost float64) {
	cost = math.Inf(1)
	for _, k := range all {
		if got := c.price(k, least, to) + k.cost; got < cost {
			best, cost = k, got
		}
	}
	return best, cost
}

// beside are courses a little earlier and later, faster and slower.
func (c *closeup) beside(k course) []course {
	var all []course
	middle := c.since[len(c.since)/2]
	rates := []float64{k.rate}
	if k.cost >= freeCost {
		for n := -8; n <= 8; n++ {
			rates = append(rates, k.rate*(1+.005*float64(n)))
		}
	}
	for _, rate := range rates {
		for n := -6; n <= 6; n++ {
			q := k
			q.rate = rate
			q.at = k.tick(middle) - timecode.Time(math.Round(rate*float64(middle))) + timecode.Time(n)*k.strip.step/2
			all = append(all, q)
		}
	}
	return all
}

// closely puts right to the frame what was found about so.
func (t *tracer) closely(one *Traced, shot []snap, reel *footageReel) {
	s := reel.as(one.side)
	strips := []*strip{s}
	if s.uneven() {
		if q := t.sequences[reel.episode]; q != nil {
			strips = append(strips, s.evenly(q.Times))
		}
	}
	fines, shades, since := make([]*fine, len(shot)), make([]*shade, len(shot)), make([]timecode.Time, len(shot))
	for i, p := range shot {
		fines[i], since[i] = fineOf(p.Picture, one.side.part, one.side.mirrored), p.at-one.Range.Start
		shades[i] = shadeOf(p.Picture, one.side.part, view{wide: 1, high: 1}, one.side.mirrored)
	}
	coarse := compared(fines, since, s)
	all := coarse.courses(manners(t.frameForFrame(reel), t.v.own()), strips)
	if len(all) == 0 {
		return
	}
	if debugTrace {
		println("shot", one.Clean.In, one.Clean.Out)
	}
	c := newCloseup(shades, since, reel, one.side.view())
	best, _ := c.closely(all)
	for range mostOfViews {
		v := c.sighted(best)
		if v == c.view {
			break
		}
		if debugTrace {
			println("view", c.view.wide, c.view.high, "->", v.wide, v.high, v.x, v.y)
		}
		c = newCloseup(shades, since, reel, v)
		best, _ = c.closely(all)
	}
	early, late := c.asLikely(best)
	coarse.strip = best.strip
	one.path = coarse.judged(c.line(best))
	one.path.early, one.path.late = early, late
}

// asGood is by how much more unlike pictures may be that are as likely, in a shot that hardly moves.
const asGood = .002

// asLikely is by how much earlier and later a course may as well be.
func (c *closeup) asLikely(k course) (early, late timecode.Time) {
	least, to := c.least(), make([]int, 0, len(c.since))
	limit := c.price(k, least, to) + asGood
	reach := func(step timecode.Time) (far timecode.Time) {
		for n := range len(c.film) {
			q := k
			q.at += step * timecode.Time(n+1)
			if q.strip.nearest(q.tick(0)) < 0 || c.price(q, least, to) > limit {
				break
			}
			far = step * timecode.Time(n+1)
		}
		return far
	}
	return -reach(-k.strip.step), reach(k.strip.step)
}
