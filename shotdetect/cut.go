package shotdetect

const (
	reach    = 6 // frames on each side of a cut that are compared with each other
	around   = 4 // frames on each side whose breaks a cut must stand out from
	cutDelay = reach - 1 + around
	calm     = .25 // unlikeness below which two frames are of one shot, whatever moved
)

// unlikeness puts the three ways of comparing together: about 0 within a shot, above 1 across a cut.
func unlikeness(a, b *look) float32 {
	r := a.inside.union(b.inside)
	d := difference{colour: recoloured(a, b, r), shape: reshaped(a, b, r)}
	if d.colour < .01 && d.shape < .01 {
		return 0
	}
	d.blocks = moved(a, b, r)
	return d.sum()
}

func (d difference) sum() float32 { return .5*d.blocks + .27*d.colour + .23*min(1, d.shape) }

// step compares a frame with the one before.
func (d *detector) step(t int64) {
	if d.seen(t) {
		d.steps[t%history] = 0
		if t > 0 {
			d.steps[t%history] = unlikeness(d.look(t-1), d.look(t))
		}
	}
}

// rupture finds the pair of frames on the two sides of t that are most alike. A flash, a strobe or an impact frame leaves some
// pair that is, and so does a cut seen from any frame but its first.
func (d *detector) rupture(t int64) {
	if !d.seen(t) {
		return
	}
	least := d.steps[t%history]
	for apart := int64(2); apart < 2*reach && least > calm; apart++ {
		least = min(least, d.across(t, apart, least))
	}
	if least <= calm {
		least = 0
	}
	d.breaks[t%history] = least
	d.scores[t%history] = uint8(min(255, max(0, 200*least)))
}

// across compares the pairs that many frames apart, one on each side of t.
func (d *detector) across(t, apart int64, least float32) float32 {
	for after := max(0, apart-reach); after < min(reach, apart); after++ {
		a, b := t+after-apart, t+after
		if d.seen(a) && d.seen(b) && least > calm {
			least = min(least, unlikeness(d.look(a), d.look(b)))
		}
	}
	return least
}

// decideCut makes t a cut where its break stands out from those around it: fast motion breaks every frame a little.
func (d *detector) decideCut(t int64) {
	if t <= 0 || !d.seen(t) || d.breaks[t%history] == 0 {
		return
	}
	own := d.breaks[t%history]
	out := own - d.unrest(t)
	if out < d.bar {
		return
	}
	d.add(Boundary{Type: Cut, Start: t - 1, End: t, Score: float64(min(1, out))})
}

// unrest is half of how much the frames about t break by themselves. Farther than the next frame, one break is a neighbouring cut;
// it takes two on one side to be motion.
func (d *detector) unrest(t int64) float32 {
	most := max(d.broken(t-1), d.broken(t+1))
	for _, way := range [2]int64{-1, 1} {
		var first, second float32
		for k := int64(1); k <= around; k++ {
			b := d.broken(t + k*way)
			first, second = max(first, b), max(second, min(first, b))
		}
		most = max(most, second)
	}
	return most / 2
}

func (d *detector) broken(t int64) float32 {
	if !d.seen(t) {
		return 0
	}
	return d.breaks[t%history]
}
