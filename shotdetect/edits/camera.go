package edits

import "math"

// shake throws the picture about, by so much of an eighth of its width, for so many frames; on ones, twos or threes.
func (s *scene) shake(strength float64, length int) {
	hold, zoom := pick(s.dice, 1, 1, 1, 2, 3), pick(s.dice, 1, s.between(1, 1.25))
	var v pose
	s.each(s.middle(), length, func(k int, p Picture) Picture {
		if k%hold == 0 {
			v = straight
			v.x += s.between(-0.07, 0.07) * strength
			v.y += s.between(-0.08, 0.08) * strength
			v.zoom = zoom
			v.roll = s.between(-0.05, 0.05) * strength
		}
		return p.view(v)
	})
}

// pulseBy zooms in and out again around a middle.
func (s *scene) pulseBy(by, width float64) {
	middle := s.middle()
	s.all(func(k int, p Picture) Picture {
		x := float64(k-middle) / width
		z := 1 + by*math.Exp(-x*x)
		if z < 1.01 {
			return p
		}
		return p.view(pose{0.5, 0.5, z, 0})
	})
}

// pulse is one such, or one on every beat.
func pulse(s *scene) {
	by, width := s.between(0.1, 0.6), s.between(1, 6)
	if s.chance(0.5) {
		s.pulseBy(by, width)
		return
	}
	beat, phase := s.from(6, 16), s.from(0, 10)
	s.all(func(k int, p Picture) Picture {
		return p.view(pose{0.5, 0.5, 1 + by*math.Exp(-float64((k+phase)%beat)/width), 0})
	})
}

// pan whips over a still, or over the moving picture; mirrored or coming round at its edges.
func pan(s *scene) {
	still, speed, sign, vertical := s.frames[0], s.between(3, 14), s.sign(), s.chance(0.25)
	moving, round, reach := s.chance(0.3), s.chance(0.5), s.between(0.3, 1)
	s.all(func(k int, p Picture) Picture {
		if !moving {
			p = still
		}
		move := float64(sign) * min(speed*float64(k), Width*reach)
		v := pose{0.5 + move/Width, 0.5, 1, 0}
		if vertical {
			v = pose{0.5, 0.5 + move/2/Height, 1, 0}
		}
		if round {
			return p.rolled(int((0.5-v.x)*Width), int((0.5-v.y)*Height))
		}
		return p.view(v)
	})
}

// dive is a computer's camera that flies fast over a picture, in, out or across, rolling, slowing at its ends; held on ones, twos or
// threes.
func dive(s *scene) {
	hold, length := pick(s.dice, 1, 2, 2, 2, 3), s.from(6, 40)
	wide := pose{s.between(0.35, 0.65), s.between(0.35, 0.65), s.between(1, 1.3), 0}
	near := pose{s.between(0.2, 0.8), s.between(0.2, 0.8), s.between(1.6, 5), s.between(-0.5, 0.5)}
	if s.chance(0.3) { // across
		wide = pose{s.between(-0.2, 1.2), s.between(0, 1), s.between(1.5, 3), s.between(-0.2, 0.2)}
	}
	if s.chance(0.5) {
		wide, near = near, wide
	}
	first, still, smear := s.from(0, max(0, len(s.frames)-length)), s.chance(0.6), s.chance(0.3)
	picture, eased := s.frames[0], s.chance(0.6)
	s.all(func(k int, p Picture) Picture {
		if still {
			p = picture
		}
		along := min(max(float64((k-first)/hold*hold)/float64(length), 0), 1)
		if eased {
			along = ease(along)
		}
		p = p.view(wide.toward(near, along))
		if smear && along > 0 && along < 1 {
			p = p.smeared(9, false)
		}
		return p
	})
}

// ease starts and ends slowly.
func ease(x float64) float64 { return x * x * (3 - 2*x) }

// roll turns the picture, to and fro or all the way round.
func roll(s *scene) {
	first, length := s.middle(), s.from(6, 24)
	angle := s.between(0.1, 0.8) * float64(s.sign())
	round := s.chance(0.3)
	s.each(first, length, func(k int, p Picture) Picture {
		along := float64(k+1) / float64(length+1)
		turn := angle * math.Sin(math.Pi*along)
		if round {
			turn = 2 * math.Pi * ease(along)
		}
		return p.view(pose{0.5, 0.5, 1 + math.Abs(turn)*0.2*float64(btoi(!round)), turn})
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func defocus(s *scene) {
	length, most := s.from(6, 30), s.between(3, 16)
	s.each(s.middle()-length/4, length, func(k int, p Picture) Picture {
		return p.blurred(int(1 + most*math.Sin(math.Pi*float64(k+1)/float64(length+1))))
	})
}
