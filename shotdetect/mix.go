package shotdetect

// Dissolves and wipes are looked for where a frame lies between those around it: first in passing, at a few spans, then with the
// ramp that fits the whole change best.
const (
	widestSpan = 12
	mixGap     = 8   // levels by which the two ends must differ to be looked at
	restless   = .5  // residual up to which a frame may be a mixture of moving pictures
	patchwork  = .25 // nearest up to which a frame may be a wipe
	runGap     = 3   // frames without a mark that end a run
	shoulder   = 6   // frames beside a run that show what it leads from and to
	fitRounds  = 4
	headroom   = 10 // frames before a run in which its boundary may begin
)

var mixSpans = [...]int64{3, 6, widestSpan}

// mark is a frame that lies between those a span before and after it, and how much they differ.
type mark struct {
	at, span int64
	change   float32
}

// mixing is the run of frames now being marked.
type mixing struct{ marks []mark }

func (m *mixing) last() int64 { return m.marks[len(m.marks)-1].at }

// watchMix marks t where it lies between the frames around it, and looks into a run once it is over.
func (d *detector) watchMix(t int64) {
	m := &d.mixing
	for _, span := range mixSpans {
		if k, ok := d.between(t, span); ok {
			m.marks = append(m.marks, k)
		}
	}
	if len(m.marks) == 0 {
		return
	}
	if over := t - m.last(); over > runGap+shoulder || over > runGap && !d.seen(t) || d.settled >= m.marks[0].at-headroom {
		d.solve(m.marks)
		m.marks = m.marks[:0]
	}
}

// between tells whether t is a mixture, or a patchwork, of the frames on its two sides.
func (d *detector) between(t, span int64) (mark, bool) {
	if !d.seen(t-span) || !d.seen(t+span) || t-span < d.settled {
		return mark{}, false
	}
	a, b := d.look(t-span), d.look(t+span)
	r := a.inside.union(b.inside)
	if reshaped(a, b, r) < .05 && recoloured(a, b, r) < .1 {
		return mark{}, false
	}
	x := mix(a, d.look(t), b)
	even := x.alpha >= .25 && x.alpha <= .75
	return mark{t, span, x.size}, x.size >= mixGap && even && (x.residual <= restless || x.nearest <= patchwork)
}

// solve looks at the mark with the most change about it, then at the marks on its two sides.
func (d *detector) solve(marks []mark) {
	for len(marks) > 0 {
		best := 0
		for i, k := range marks {
			if k.change > marks[best].change {
				best = i
			}
		}
		s, e := d.dissolve(marks[best])
		var early, late []mark
		for _, k := range marks {
			if k.at < s {
				early = append(early, k)
			} else if k.at > e {
				late = append(late, k)
			}
		}
		d.solve(early)
		marks = late
	}
}

// dissolve adds the gradual boundary about a mark, if there is one, and returns the stretch dealt with. A dissolve rises evenly in
// alpha, a wipe in what has turned; either curve may be the one that shows the ends.
func (d *detector) dissolve(k mark) (start, end int64) {
	for _, rise := range []func(blend) float32{blend.mixture, blend.patches} {
		if s, e, ok := d.fit(k, rise); ok {
			if b, ok := d.boundary(s, e); ok && d.add(d.grow(b, k)) {
				return s, e
			}
		}
	}
	return k.at - k.span, k.at + k.span
}

// grow follows a wipe on both sides: a part of it explains itself as well as the whole does.
func (d *detector) grow(b Boundary, k mark) Boundary {
	from, to := d.uncut(k.at)
	for b.Type == Wipe {
		s, e := max(from, b.Start-shoulder), min(to, b.End+shoulder)
		f := climb(d.project(s, e, s, e, blend.patches))
		more, ok := d.boundary(s+f.start, s+f.end)
		if !ok || more.Type != Wipe || more.End-more.Start <= b.End-b.Start {
			break
		}
		b = more
	}
	return b
}

func (b blend) mixture() float32 { return b.alpha }

func (b blend) patches() float32 { return b.turned }

// fit finds the ramp about a mark. Its ends are better known after each round, and with them what the change is from and to.
func (d *detector) fit(k mark, rise func(blend) float32) (s, e int64, ok bool) {
	from, to := d.uncut(k.at)
	s, e = max(from, k.at-k.span), min(to, k.at+k.span)
	for range fitRounds {
		left := max(from, s-k.span-shoulder)
		f := climb(d.project(s, e, left, min(to, e+k.span+shoulder), rise))
		if f.end <= f.start+1 {
			return 0, 0, false
		}
		s, e = left+f.start, left+f.end
	}
	return s, e, true
}

// uncut is the stretch of settled-for-sure single shot, or gradual change, around t: up to the nearest cuts.
func (d *detector) uncut(t int64) (from, to int64) {
	from, to = max(d.settled, t-LookAhead), min(d.frames-1, t+LookAhead, d.clock-cutDelay)
	for _, b := range d.pending {
		if b.End <= t {
			from = max(from, b.End)
		} else if b.Start >= t {
			to = min(to, b.Start)
		}
	}
	return from, max(from, to)
}

// What a change must be like to be a boundary.
const (
	minMix     = 5 // steps
	maxMix     = 70
	leastNew   = .6   // unlikeness of the ends
	leastShape = .15  // and their difference in shape: a change of light is none
	offRamp    = .012 // mean square by which it may leave an even ramp
	mixed      = .3   // mean residual of a dissolve
	patched    = .12  // mean nearest of a wipe
	uneven     = .28  // least mean unevenness of a wipe
)

// boundary is the gradual change from s to e, if it is one. Flat frames are left to fades.
func (d *detector) boundary(s, e int64) (Boundary, bool) {
	n := e - s
	if n < minMix || n > maxMix || !d.changes(s, e) {
		return Boundary{}, false
	}
	p := d.passage(s, e)
	b := Boundary{Type: Dissolve, Start: s, End: e, Score: float64(1 - p.residual)}
	if p.nearest <= patched && p.uneven >= uneven {
		b.Type, b.Score = Wipe, float64(1-p.nearest)
		return b, min(p.offMixture, p.offPatches) <= offRamp
	}
	return b, p.offMixture <= offRamp && p.residual <= mixed
}

// changes tells whether s and e are of different shots and no frame from s to e is flat.
func (d *detector) changes(s, e int64) bool {
	for t := s; t <= e; t++ {
		if d.look(t).flat() {
			return false
		}
	}
	a, b := d.look(s), d.look(e)
	return unlikeness(a, b) >= leastNew && reshaped(a, b, a.inside.union(b.inside)) >= leastShape
}

// passage is the mean blend of the frames between s and e, and the mean squares by which they are off an even ramp.
type passage struct {
	blend
	offMixture, offPatches float32
}

func (d *detector) passage(s, e int64) passage {
	var p passage
	n := float32(e - s - 1)
	for t := s + 1; t < e; t++ {
		x := mix(d.look(s), d.look(t), d.look(e))
		even := float32(t-s) / float32(e-s)
		p.offMixture += (x.alpha - even) * (x.alpha - even) / n
		p.offPatches += (x.turned - even) * (x.turned - even) / n
		p.residual += x.residual / n
		p.nearest += x.nearest / n
		p.uneven += x.uneven / n
	}
	return p
}

// project says how far each frame from to to has come on the way from s to e.
func (d *detector) project(s, e, from, to int64, rise func(blend) float32) []float32 {
	var way []float32
	for t := from; t <= to; t++ {
		way = append(way, rise(mix(d.look(s), d.look(t), d.look(e))))
	}
	return way
}
