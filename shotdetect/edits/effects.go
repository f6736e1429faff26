package edits

// scene is a shot while it is dressed. Its pictures may be shared, with the film and with each other: an effect replaces them.
type scene struct {
	dice
	frames []Picture
	other  func(n int) []Picture // so many frames of another stretch
}

// effect is something that happens inside a shot and is no boundary. It leaves the number of frames alone.
type effect struct {
	name  string
	odds  float64 // in a widened edit
	apply func(s *scene)
}

// effects are those of widened edits.
var effects = []effect{
	{"none", 34, func(*scene) {}},
	{"flash", 9, flash},
	{"colourflash", 4, colourFlash},
	{"strobe", 5, func(s *scene) { s.strobe(pick(s.dice, 2, 2, 3), s.from(4, 14)) }},
	{"impact", 7, impact},
	{"flicker", 2, flicker},
	{"fog", 3, fog},
	{"leak", 3, leak},
	{"shake", 8, func(s *scene) { s.shake(s.between(0.3, 1.3), s.from(6, 24)) }},
	{"pulse", 6, pulse},
	{"pan", 5, pan},
	{"dive", 7, dive},
	{"roll", 3, roll},
	{"caption", 4, caption},
	{"subtitle", 4, subtitle},
	{"title", 6, title},
	{"occluder", 4, occluder},
	{"popup", 5, popup},
	{"inset", 3, inset},
	{"overlay", 4, overlay},
	{"debris", 3, debris},
	{"streaks", 3, streaks},
	{"bars", 3, bars},
	{"split", 3, split},
	{"glitch", 4, glitch},
	{"defocus", 2, defocus},
	{"comb", 1, comb},
}

// plainEffects are those of eval's own generator, with its odds.
var plainEffects = []effect{
	{"none", 36, func(*scene) {}},
	{"flash", 12, func(s *scene) { s.flare(s.middle(), colour{255, 255, 255}, []float64{1, 0.8, 0.45, 0.2}) }},
	{"strobe", 7, func(s *scene) { s.strobe(2, 10) }},
	{"impact", 8, func(s *scene) { s.some(s.from(1, 3), negative) }},
	{"shake", 9, plainShake},
	{"pulse", 7, func(s *scene) { s.pulseBy(0.35, 3) }},
	{"pan", 7, plainPan},
	{"threes", 8, plainThrees},
	{"caption", 6, plainCaption},
}

// firm are the plain effects after which the shot's next frames still look like its own.
var firm = map[string]bool{"none": true, "flash": true, "strobe": true, "impact": true}

// middle is a frame away from the ends, where there is one.
func (s *scene) middle() int { return s.from(min(2, len(s.frames)-1), max(2, len(s.frames)-4)) }

// each replaces the frames from first on, so many of them.
func (s *scene) each(first, n int, draw func(k int, p Picture) Picture) {
	for k := 0; k < n && first+k < len(s.frames); k++ {
		if first+k >= 0 {
			s.frames[first+k] = draw(k, s.frames[first+k])
		}
	}
}

// brief replaces frames but never the first or last one, so that what is not like the shot never stands beside another shot.
func (s *scene) brief(first, n int, draw func(k int, p Picture) Picture) {
	first = max(first, 1)
	s.each(first, min(n, len(s.frames)-1-first), draw)
}

// all replaces every frame.
func (s *scene) all(draw func(k int, p Picture) Picture) {
	for k, p := range s.frames {
		s.frames[k] = draw(k, p)
	}
}

// some replaces so many frames from a middle on.
func (s *scene) some(n int, draw func(p Picture) Picture) {
	s.brief(s.middle(), n, func(_ int, p Picture) Picture { return draw(p) })
}

func plainShake(s *scene) {
	s.each(s.middle(), 14, func(_ int, p Picture) Picture { return p.rolled(s.from(-8, 8), s.from(-5, 5)) })
}

func plainPan(s *scene) {
	still, speed := s.frames[0], s.from(20, 60)
	s.all(func(k int, _ Picture) Picture { return still.rolled(-min(speed*k/5, Width/2), 0) })
}

func plainThrees(s *scene) {
	for k := range s.frames {
		s.frames[k] = s.frames[k/3*3]
	}
}

func plainCaption(s *scene) {
	height, c := s.from(6, 11), s.colour()
	s.each(s.middle(), len(s.frames), func(_ int, p Picture) Picture {
		p = p.clone()
		p.box(16, Height-4-height, Width-16, Height-4, c)
		return p
	})
}
