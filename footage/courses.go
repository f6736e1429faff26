package footage

import (
	"math"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// worthALook is what share of what speaks for the best path is enough to be looked at closely.
const worthALook = .9

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
func (c *course) shows(since timecode.Time) int {
	if c.held.of > 0 {
		since -= c.held.back(since)
	}
	return c.strip.nearest(c.tick(since))
}

// along gives the picture of the film for each of the shot's.
func (c *course) along(since []timecode.Time, to []int) []int {
	to = to[:0]
	for _, s := range since {
		to = append(to, c.shows(s))
	}
	return to
}

// What rarer ways cost more, in how unlike pictures are.
const (
	toldCost = .04
	freeCost = .06
	heldCost = .03
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

// mostCourses are looked at closely: of a minute that stands still there would be a million.
const mostCourses = 50_000

// courses are those that coarsely as much speaks for as for the best, nearly. Of too many those for which more speaks are taken, and of
// equal ones those of the likelier speeds.
func (t *table) courses(all []manner, strips []*strip) []course {
	var found []course
	var worth []float64
	top := 0.0
	for _, s := range strips {
		for _, m := range all {
			for at := range s.halves() {
				k := course{path{rate: m.rate, at: at, pace: s.pace}, s, m.cost, m.held}
				if w := t.speaksFor(&k); w > 0 && w >= worthALook*top {
					top = max(top, w)
					found, worth = append(found, k), append(worth, w)
				}
			}
			if len(found) > 2*mostCourses {
				found, worth = bestOf(found, worth, worthALook*top)
			}
		}
	}
	found, _ = bestOf(found, worth, worthALook*top)
	return found
}

// bestOf are the courses that are worth so much, the best if there are too many, in the order in which they were found.
func bestOf(found []course, worth []float64, least float64) ([]course, []float64) {
	equal := len(found)
	if len(found) > mostCourses {
		sorted := slices.Clone(worth)
		slices.Sort(sorted)
		cut := sorted[len(sorted)-mostCourses]
		if cut >= least {
			above, _ := slices.BinarySearch(sorted, math.Nextafter(cut, math.Inf(1)))
			least, equal = cut, mostCourses-(len(sorted)-above)
		}
	}
	n := 0
	for i, w := range worth {
		if w < least || w == least && equal == 0 {
			continue
		}
		if w == least {
			equal--
		}
		found[n], worth[n] = found[i], w
		n++
	}
	return found[:n], worth[:n]
}

// speaksFor is what speaks for a course, summed up.
func (t *table) speaksFor(k *course) float64 {
	sum := float32(0)
	for i, since := range t.since {
		if j := k.shows(since); j >= 0 {
			sum += t.gain[i][j]
		}
	}
	return float64(sum)
}
