package footage

import (
	"cmp"
	"slices"
)

const (
	sightedBy   = 6   // pictures by which a view is put right
	betterView  = .04 // by how much less unlike pictures have to be for another view
	mostOfViews = 2   // times that it is
)

// sighted is the view from which the pictures of a course are least unlike those of the shot: larger or smaller, and then also moved. It
// is the same one unless another is clearly better, for a moving camera's view could be moved instead of its time.
func (c *closeup) sighted(k course) view {
	to := k.along(c.since, nil)
	rows := c.clearest(to)
	sum := func(v view) (all float32) {
		for _, i := range rows {
			p := c.reel.pictures[to[i]]
			all += c.shot[i].unlike(shadeOf(p, p.whole(), v, false))
		}
		return all / float32(len(rows))
	}
	if len(rows) == 0 {
		return c.view
	}
	start := sum(c.view)
	best, least := c.view, start
	try := func(v view) bool {
		if v.wide > 1.001 || v.high > 1.001 {
			return false
		}
		if got := sum(v); got < least {
			best, least = v, got
			return true
		}
		return false
	}
	for step := .03; step > .001; step /= 2 {
		for try(best.closer(1+step, 0, 0)) || try(best.closer(1-step, 0, 0)) {
		}
	}
	if least > start-betterView {
		best, least = c.view, start
	}
	middle, enough := best, least-betterView
	for step := .02; step > .0015; step /= 2 {
		for try(best.closer(1, step, 0)) || try(best.closer(1, -step, 0)) || try(best.closer(1, 0, step)) || try(best.closer(1, 0, -step)) ||
			try(best.closer(1+step, 0, 0)) || try(best.closer(1-step, 0, 0)) {
		}
	}
	if least > enough {
		return middle
	}
	return best
}

// clearest are the shot's pictures that are least unlike those of the film.
func (c *closeup) clearest(to []int) []int {
	var rows []int
	for i, j := range to {
		if j >= 0 {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(c.unlike(a, to[a]), c.unlike(b, to[b])) })
	return rows[:min(sightedBy, len(rows))]
}
