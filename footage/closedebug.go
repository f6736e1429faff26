package footage

import (
	"fmt"
	"os"
)

var debugTrace = os.Getenv("AMVDEBUG") != ""

func (c *closeup) debug(all []course, least []float32, best course, cost float64) {
	to := make([]int, 0, len(c.since))
	type rec struct {
		c    course
		cost float64
	}
	byKind := map[string]rec{}
	for _, k := range all {
		name := fmt.Sprintf("%v/%v/%d", k.cost, k.strip.pace != nil, k.held.of)
		got := c.price(k, least, to)
		if r, ok := byKind[name]; !ok || got < r.cost {
			byKind[name] = rec{k, got}
		}
	}
	abs := float32(0)
	for i, j := range best.along(c.since, to) {
		if j >= 0 {
			abs += c.unlike(i, j)
		}
	}
	n := c.strip0(best)
	s := fmt.Sprintf("  close ep %d view %.3f rows %d courses %d best rate %.3f frame %d cost %.4f fit %.3f |", c.reel.episode, c.view, len(c.since), len(all), best.rate, n, cost, abs/float32(len(c.since)))
	for n, r := range byKind {
		s += fmt.Sprintf(" %s r%.3f f%d %.4f", n, r.c.rate, c.strip0(r.c), r.cost)
	}
	s += " rows"
	for i, j := range best.along(c.since, to) {
		if j >= 0 {
			s += fmt.Sprintf(" %.2f(%+.2f)", c.unlike(i, j), c.unlike(i, j)-least[i])
		} else {
			s += " -"
		}
	}
	fmt.Fprintln(os.Stderr, s)
}

func (c *closeup) strip0(k course) int64 {
	j := k.strip.nearest(k.tick(0))
	if j < 0 {
		return -1
	}
	return k.strip.frames[j]
}
