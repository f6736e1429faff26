package storyboard

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/search"
)

const (
	stale      = 0.4 // what a shot loses for saying only words that the section has shown already
	halfRegret = 0.5 // what a line would lose without its best shot counts half of what the shot is worth to it
)

// offer is what a section would take next.
type offer struct {
	job    *job
	best   *candidate // nil where it wants or finds nothing
	second *candidate // what it would take instead; may be nil
	worth  float64    // comparable between sections
}

// fromWords gives the lines shots in which a word of them is said, or what they mean, one a line at a time. In each round the shot goes first to whom it
// is worth most and who would lose most without it: in the order of the song a weak line would take the one scene that says a later
// line word for word.
func (r *run) fromWords(ctx context.Context) error {
	for took := true; took; {
		took = false
		offers := r.offers()
		for {
			if err := ctx.Err(); err != nil {
				return err
			}
			o := highest(offers)
			if o == nil {
				break
			}
			origin, why := because(&o.best.hit)
			r.add(o.job, o.best, origin, why)
			took = true
			r.renew(offers, o)
		}
	}
	return nil
}

func (r *run) offers() []*offer {
	var all []*offer
	for _, j := range r.jobs {
		if o := r.offer(j); o.best != nil {
			all = append(all, o)
		}
	}
	return all
}

func (r *run) offer(j *job) *offer {
	o := &offer{job: j}
	if !j.wants(r.strict) {
		return o
	}
	if o.best = r.best(j, j.own, nil); o.best == nil {
		return o
	}
	o.second = r.best(j, j.own, o.best)
	loss := o.best.gain()
	if o.second != nil {
		loss = max(0, loss-o.second.gain())
	}
	o.worth = o.best.gain() + halfRegret*loss
	return o
}

// highest is the offer worth most, the first in the song of equals; nil where none is left.
func highest(offers []*offer) *offer {
	var best *offer
	for _, o := range offers {
		if o.best != nil && (best == nil || o.worth > best.worth) {
			best = o
		}
	}
	return best
}

// renew closes the offer that was taken for this round and makes those anew that it changed.
func (r *run) renew(offers []*offer, taken *offer) {
	at := taken.job.at()
	taken.best = nil
	for _, o := range offers {
		if o.best == nil {
			continue
		}
		tired := r.spread && max(o.job.at()-at, at-o.job.at()) < max(r.beside, r.within)
		if tired || !r.fresh(o.best) || o.second != nil && !r.fresh(o.second) {
			*o = *r.offer(o.job)
		}
	}
}

// told is the share of what c answers that the section's scenes say already: the second scene of "night and morning" had better be
// of the morning.
func (j *job) told(c *candidate) float64 {
	n, words := 0, 0
	for _, r := range c.hit.Why {
		if r.Kind == "meaning" {
			continue
		}
		words++
		if slices.ContainsFunc(j.picks, func(p pick) bool { return says(&p.hit, r.Text) }) {
			n++
		}
	}
	return float64(n) / float64(max(1, words))
}

func says(h *search.Hit, text string) bool {
	return slices.ContainsFunc(h.Why, func(r search.Reason) bool { return strings.EqualFold(r.Text, text) })
}

// best is the most valuable shot for a section that is neither in the plan nor the one passed over; nil where there is none.
func (r *run) best(j *job, from []candidate, but *candidate) *candidate {
	var best *candidate
	top := math.Inf(-1)
	need := float64(min(r.longest, max(1, j.length/int64(j.want))))
	for i := range from {
		c := &from[i]
		most := c.value * min(1, math.Sqrt(float64(c.fit)/need))
		if most <= top || c.spent || c == but || !r.seats(j, c) || !c.good(r.rate) {
			continue
		}
		v := most*(1-stale*j.told(c)) - r.tired(c, j.at())
		if v <= top {
			continue
		}
		if c.spent = !r.fresh(c); !c.spent {
			best, top = c, v
		}
	}
	return best
}
