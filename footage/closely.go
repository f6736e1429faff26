package footage

import "github.com/amvlib/amvlib/timecode"

// closely puts right to the frame what was found about so, and tells how unlike its pictures are then.
func (t *tracer) closely(one *Traced, shot []snap, reel *footageReel) float64 {
	s := reel.as(one.side)
	strips := []*strip{s}
	if s.uneven() {
		if q := t.known(reel.episode); q != nil {
			strips = append(strips, s.evenly(q.Times))
		}
	}
	fines, shades, since := make([]*fine, len(shot)), make([]*shade, len(shot)), make([]timecode.Time, len(shot))
	for i, p := range shot {
		fines[i], since[i] = one.side.fine(p.Picture), p.at-one.Range.Start
		shades[i] = shadeOf(p.Picture, one.side.part, view{wide: 1, high: 1}, one.side.mirrored)
	}
	coarse := compared(fines, since, s)
	all := coarse.courses(manners(t.frameForFrame(reel), t.v.own()), strips)
	if len(all) == 0 {
		return 0
	}
	c := newCloseup(shades, since, reel, one.side.view())
	best := c.closely(all)
	for range mostOfViews {
		v := c.sighted(best)
		if v == c.view {
			break
		}
		c = newCloseup(shades, since, reel, v)
		best = c.closely(all)
	}
	best = c.central(best)
	early, late := c.room(best, best.strip.step, unsaid)
	also := c.again(best, all)
	coarse.strip = best.strip
	one.path = coarse.judged(c.line(best))
	one.path.early, one.path.late, one.path.also = early, late, also
	return c.fit(best) + best.cost
}
