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

// course is a way that footage may go by: the pictures that are shown, -1 where there are none, and by which clock.
type course struct {
	path
	strip *strip
	fond  float64
}

// along gives the picture of the film for each of the shot's.
func (c course) along(since []timecode.Time, to []int) []int {
	to = to[:0]
	for _, s := range since {
		to = append(to, c.strip.nearest(c.tick(s)))
	}
	return to
}

// cost is how much less likely than the likeliest pictures those of a course are, in the mean.
func (c *closeup) cost(k course, least []float32, to []int) float64 {
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

// paces are the speeds that are tried, and by how much the rarer ones cost more.
func paces(frame float64) map[float64]float64 {
	all := map[float64]float64{}
	add := func(rate, cost float64) {
		if old, ok := all[rate]; !ok || cost < old {
			all[rate] = cost
		}
	}
	for _, base := range []float64{1, frame} {
		add(base, 0)
		add(-base, toldCost)
		for _, r := range told {
			add(r*base, toldCost)
			add(-r*base, toldCost)
		}
	}
	add(0, toldCost)
	for r := .2; r < 5; r *= 1.04 {
		add(r, freeCost)
		add(-r, freeCost)
	}
	return all
}

var (
	toldCost = .01
	freeCost = .02
)

// courses are those that coarsely as much speaks for as for the best, nearly.
func (t *table) courses(frame float64, strips []*strip) []course {
	var all []course
	var worth []float64
	top := 0.0
	for _, s := range strips {
		on := *t
		on.strip = s
		for rate, cost := range paces(frame) {
			for i := range 2*len(s.times) - 1 {
				at := s.times[i/2]
				if i%2 == 1 {
					at = (at + s.times[i/2+1]) / 2
				}
				p := path{rate: rate, at: at, pace: s.pace}
				w := on.along(p)
				if w < worthALook*top || w == 0 {
					continue
				}
				top = max(top, w)
				all, worth = append(all, course{p, s, cost}), append(worth, w)
			}
		}
	}
	kept := all[:0]
	for i, k := range all {
		if worth[i] >= worthALook*top {
			kept = append(kept, k)
		}
	}
	return kept
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
		if got := c.cost(k, least, to) + k.fond; got < cost {
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
	if k.fond >= freeCost {
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
	all := coarse.courses(t.frameForFrame(reel), strips)
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
	coarse.strip = best.strip
	one.path = coarse.judged(best.path)
}
