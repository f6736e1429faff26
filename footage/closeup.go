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

// most is how much a picture may speak against a path at most: it may be disturbed.
const most float32 = 1

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

// closely is the likeliest of all courses, once those beside it were looked at as well.
func (c *closeup) closely(all []course) course {
	to := make([]int, 0, len(c.since))
	c.ask(all, to)
	least := c.least()
	best := c.likeliest(all, least, to)
	more := c.beside(best)
	c.ask(more, to)
	least = c.least()
	return c.likeliest(append(more, best), least, to)
}

// ask compares all pictures that courses lay over each other.
func (c *closeup) ask(all []course, to []int) {
	for _, k := range all {
		for i, j := range k.along(c.since, to) {
			if j >= 0 {
				c.unlike(i, j)
			}
		}
	}
}

// likeliest is the course that costs least.
func (c *closeup) likeliest(all []course, least []float32, to []int) (best course) {
	cost := math.Inf(1)
	for _, k := range all {
		if got := c.price(k, least, to) + k.cost; got < cost {
			best, cost = k, got
		}
	}
	return best
}

// fit is how unlike the pictures of a course are, in the mean.
func (c *closeup) fit(k course) float64 {
	sum := float32(0)
	for i, j := range k.along(c.since, nil) {
		if j >= 0 {
			sum += c.unlike(i, j)
		}
	}
	return float64(sum) / float64(len(c.since))
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

const (
	asGood = .002 // by how much more unlike pictures may be that are the same
	unsaid = .02  // by how much they are where what tells them from each other may be an encoder's noise
	leaves = .04  // and where something has moved
)

// room is by how much earlier and later a course may as well be, in such steps: what it shows is less likely by no more than so much.
func (c *closeup) room(k course, step timecode.Time, than float64) (early, late timecode.Time) {
	least, to := c.least(), make([]int, 0, len(c.since))
	limit := c.price(k, least, to) + than
	for _, way := range []struct {
		step timecode.Time
		far  *timecode.Time
	}{{-step, &early}, {step, &late}} {
		for n := timecode.Time(1); ; n++ {
			q := k
			q.at += n * way.step
			if q.strip.nearest(q.tick(0)) < 0 || c.price(q, least, to) > limit {
				break
			}
			*way.far = n * step
		}
	}
	return early, late
}

// central is a course in the middle of those that show the very same.
func (c *closeup) central(k course) course {
	early, late := c.room(k, k.strip.step/4, 1e-6)
	k.at += (late - early) / 2
	return k
}

// mostAgain bounds the places that are told besides.
const mostAgain = 8

// again are the times at which the same is shown once more, of the courses that were looked at, as in a loop.
func (c *closeup) again(k course, all []course) (also []timecode.Time) {
	least, to := c.least(), make([]int, 0, len(c.since))
	limit := c.price(k, least, to) + asGood
	apart := 3 * k.strip.step
	for _, o := range all {
		if o.rate != k.rate || o.strip != k.strip || o.held != k.held || away(o.at, k.at) < apart || c.price(o, least, to) > limit {
			continue
		}
		o = c.central(o)
		at := o.time(0)
		same := func(t timecode.Time) bool { return away(t, at) < apart }
		if away(o.at, k.at) >= apart && !slices.ContainsFunc(also, same) && len(also) < mostAgain && c.moves(k, o.at, least, limit+leaves) {
			also = append(also, at)
		}
	}
	return also
}

// moves tells whether something has moved between a course and one that begins elsewhere, or all of it stands still.
func (c *closeup) moves(k course, at timecode.Time, least []float32, beyond float64) bool {
	const parts = 12
	to := make([]int, 0, len(c.since))
	for n := timecode.Time(1); n < parts; n++ {
		q := k
		q.at += (at - k.at) * n / parts
		if c.price(q, least, to) > beyond {
			return true
		}
	}
	return false
}

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
