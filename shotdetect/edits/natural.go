package edits

// Look is a whole film under one look: graded, framed, barred, mirrored, sped up, held, compressed; with its own truth. A film without
// frames gives an edit without frames.
func (f *Film) Look(seed uint64) *Edit {
	e := &Edit{Kind: "look", Films: []string{f.Name}, Groups: []string{f.Group}, seed: seed}
	if len(f.Frames) == 0 {
		return e
	}
	d := throw(seed, looking)
	l := asIs()
	d.grade(l, grading{dark: 0.4, flat: 0.25, tinted: 0.3})
	inside := Span{0, Height - 1}
	if d.chance(0.5) {
		inside = f.lines()
	}
	d.reframe(l, 0.6, inside)
	source := d.pace(len(f.Frames))
	e.Truth, e.Length = f.Truth.retimed(source), len(source)
	e.draw = func(k int) Picture { return l.apply(f.Frames[source[k]]) }
	e.grit = d.grit(0.6)
	e.finish(d)
	return e
}

// pace is which of a film's frames are shown: all, every second to fourth, so that whatever moves moves fast, or each drawing held.
func (d dice) pace(frames int) []int {
	step, hold := 1, 1
	switch {
	case d.chance(0.4):
	case d.chance(0.7):
		step = d.from(2, 4)
	default:
		hold = d.from(2, 3)
	}
	var source []int
	for i := 0; i < frames; i += step {
		source = append(source, i/hold*hold)
	}
	return source
}
