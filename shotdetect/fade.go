package shotdetect

// A fade is a ramp from a picture to a flat one, from a flat one to a picture, or both with a hold between. Flat frames are cheap
// to see, so they are looked for first, and ramps only beside them.
const (
	flatSpread = 5   // standard deviation of luma and of chroma up to which a picture is flat
	flatGap    = 2.5 // levels by which frames of one flat run differ, above noise
	maxHold    = 48  // frames that a flat run may last within one fade
	minRamp    = 3   // steps
	maxRamp    = 60
	lull       = 4  // frames without change that end a ramp
	steepest   = .5 // share of a ramp that one step may be; more is a cut
	strangest  = .2 // mean share of a ramp's pictures that is no mixture of its ends
	flashSpan  = 8  // frames of a flat run that a flash may hold
	blinkSpan  = 30 // frames within which a picture that comes back was a flash
	same       = .3 // unlikeness up to which it has come back
)

// fading is what is known of flat runs.
type fading struct {
	open    bool
	run     flatRun
	waiting []flatRun // ended, and a ramp up may follow
}

type flatRun struct {
	from, to int64
	left     bool // the ramp down to it has been dealt with
}

// watchFade follows flat runs with the frames as they come.
func (d *detector) watchFade(t int64) {
	if d.seen(t) {
		d.measure(t)
		d.extend(t, d.look(t).flat())
	} else if d.fade.open {
		d.extend(t, false)
	}
	kept := d.fade.waiting[:0]
	for _, r := range d.fade.waiting {
		if !d.conclude(&r, t) {
			kept = append(kept, r)
		}
	}
	d.fade.waiting = kept
}

// measure looks at the part of a frame that has not been bars for a while, so that a letterboxed film can fade to white.
func (d *detector) measure(t int64) {
	var film region
	for i := max(0, t-history/2); i <= t; i++ {
		film = film.merge(d.look(i).inside)
	}
	d.look(t).measure(film.within())
}

func (l *look) flat() bool { return l.spread < flatSpread && l.tint < flatSpread }

func (d *detector) extend(t int64, flat bool) {
	f := &d.fade
	switch {
	case flat && !f.open:
		f.open, f.run = true, flatRun{from: t, to: t}
	case flat:
		if f.run.to = t; t-f.run.from == maxHold {
			d.fadeOut(f.run)
		}
		if t-f.run.from >= maxHold {
			f.run.from, f.run.left = max(f.run.from, t-maxHold), true
		}
	case f.open:
		f.open = false
		f.waiting = append(f.waiting, f.run)
	}
}

// conclude decides about the fade around a run, unless the ramp after it is still going on and may be waited for.
func (d *detector) conclude(r *flatRun, t int64) bool {
	p, q := d.core(*r)
	s, e := p, d.ramp(q, 1)
	if !r.left {
		s = d.ramp(p, -1)
	}
	rising := d.seen(t) && t-e < lull && e-q < maxRamp
	if rising && s-d.settled > 2 {
		return false
	}
	if rising && !r.left && s < p {
		d.fadeOut(*r)
		r.left = true
		return false
	}
	if rising && t-q < LookAhead-4 {
		return false
	}
	d.judge(s, p, q, e)
	return true
}

// fadeScore is how sure a fade is: its rules are strict, and what passes them is one.
const fadeScore = .95

// judge adds the fade from s by the flat frames p to q to e; without a ramp on one side, s is p or e is q. Where there is no
// ramp there must be a cut: a flash begins or ends at once too, but its shot goes on.
func (d *detector) judge(s, p, q, e int64) {
	b := Boundary{Type: Fade, Start: s, End: e, Score: fadeScore}
	before, after := s, e
	if !d.fades(s, p) {
		b.Start, before = q, p-1
	}
	if !d.fades(e, q) {
		b.End, after = p, q+1
	}
	switch {
	case b.Start == q && b.End == p:
		return
	case d.blinks(before, after):
		d.drop(before, after)
		return
	case q-p < flashSpan && (b.Start == q && p > 0 && !d.cutAt(p) || b.End == p && q+1 < d.frames && !d.cutAt(q+1)):
		return
	}
	d.add(b)
}

// cutAt tells whether a cut was found there, a frame sooner or later.
func (d *detector) cutAt(t int64) bool {
	for _, b := range d.pending {
		if b.Type == Cut && b.End >= t-1 && b.End <= t+1 {
			return true
		}
	}
	return t < d.settled
}

// blinks tells whether the same picture stands before and after.
func (d *detector) blinks(before, after int64) bool {
	if after-before > blinkSpan {
		return false
	}
	for a := max(0, before-2); a <= before; a++ {
		for b := after; b <= after+2 && d.seen(b); b++ {
			if unlikeness(d.look(a), d.look(b)) < same {
				return true
			}
		}
	}
	return false
}

// fadeOut adds the ramp down to a run by itself.
func (d *detector) fadeOut(r flatRun) {
	p, _ := d.core(r)
	if s := d.ramp(p, -1); !r.left && d.fades(s, p) {
		d.add(Boundary{Type: Fade, Start: s, End: p, Score: fadeScore})
	}
}

// core is the part of a run that is as flat as it gets: the nearly flat ends belong to the ramps.
func (d *detector) core(r flatRun) (p, q int64) {
	flattest := r.from
	for t := r.from; t <= r.to; t++ {
		if d.look(t).spread < d.look(flattest).spread {
			flattest = t
		}
	}
	still := func(t int64) bool { return gap(d.look(t), d.look(flattest)) <= flatGap+d.look(flattest).spread }
	p, q = r.from, r.to
	for p < flattest && !still(p) {
		p++
	}
	for q > flattest && !still(q) {
		q--
	}
	return p, q
}

// ramp walks from a flat frame for as long as the picture goes on growing away from it, at a fifth of its mean pace at least. A
// step may be held for two frames.
func (d *detector) ramp(flat, way int64) int64 {
	at, far := flat, float32(0)
	for steps := int64(1); steps <= maxRamp; {
		pace := far / float32(max(1, magnitude(int(at-flat)))) / 5
		moved := false
		for hop := int64(1); hop <= 2 && !moved; hop++ {
			next := at + hop*way
			if !d.seen(next) || next < d.clock-history+1 {
				break
			}
			if g := gap(d.look(next), d.look(flat)); g-far > max(.4, pace*float32(hop)) {
				at, far, moved = next, g, true
				steps += hop
			}
		}
		if !moved {
			break
		}
	}
	return at
}

// fades tells whether the way from a picture to a flat frame is a fade: slow enough, and the picture itself growing faint, not
// something leaving or covering it.
func (d *detector) fades(picture, flat int64) bool {
	way := int64(1)
	if picture > flat {
		way = -1
	}
	n := (flat - picture) * way
	if n < minRamp {
		return false
	}
	steep := steepest * gap(d.look(picture), d.look(flat))
	before := steep / steepest
	var strange float32
	for t := picture + way; t != flat; t += way {
		left := gap(d.look(t), d.look(flat))
		if max(before-left, left-before) > steep {
			return false
		}
		before = left
		strange += mix(d.look(picture), d.look(t), d.look(flat)).residual
	}
	return before <= steep && strange/float32(n-1) < strangest
}
