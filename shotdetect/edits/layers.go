package edits

import "math"

// overlay lays another film over the shot, half transparent: sliding, through a screen door, or coming and going.
func overlay(s *scene) {
	frames, most, first, length := s.other(len(s.frames)), s.between(0.2, 0.5), s.middle(), s.from(8, 60)
	slide, door, rise := s.between(-6, 6), s.chance(0.3), float64(s.from(1, 10))
	if s.chance(0.4) {
		first, length = 0, len(s.frames)+1
		rise = 0.5 // there all the time
	}
	s.each(first, length, func(k int, p Picture) Picture {
		over := frames[k%len(frames)].rolled(int(slide*float64(k)), 0)
		if door {
			return p.through(over, k)
		}
		level := most * min(1, float64(k+1)/rise, float64(length-k)/rise)
		return mix(p, over, part(level))
	})
}

// through shows another picture between the stripes of this one.
func (p Picture) through(over Picture, phase int) Picture {
	p = p.clone()
	for y := range Height {
		if (y+phase)/3%3 == 0 {
			copy(p[y*stride:][:stride], over[y*stride:])
		}
	}
	return p
}

// debris flies through the picture: splinters, leaves, snow, sparks.
func debris(s *scene) {
	type piece struct{ x, y, dx, dy, w float64 }
	pieces, ink := make([]piece, s.from(4, 60)), s.colour()
	speed, large := s.between(1, 18), s.between(1, 14)
	for i := range pieces {
		pieces[i] = piece{s.between(0, Width), s.between(0, Height), s.between(-speed, speed), s.between(-speed, speed), s.between(1, large)}
	}
	first, length := s.middle(), s.from(5, 60)
	if s.chance(0.4) {
		first, length = 0, len(s.frames)
	}
	s.each(first, length, func(k int, p Picture) Picture {
		p = p.clone()
		for _, q := range pieces {
			x, y := int(q.x+q.dx*float64(k)), int(q.y+q.dy*float64(k))
			x, y = (x%Width+Width)%Width, (y%Height+Height)%Height
			p.box(x, y, x+int(q.w)+1, y+int(q.w*0.7)+1, ink)
		}
		return p
	})
}

// streaks are the speed lines of anime: others on each drawing, towards a point or along the picture.
func streaks(s *scene) {
	ink, hold, count, first, length := pick(s.dice, white, white, black, s.colour()), s.from(1, 3), s.from(10, 70), s.middle(), s.from(6, 40)
	around, cover := s.chance(0.6), s.between(0.1, 0.8)
	seed := s.Uint64()
	s.each(first, length, func(k int, p Picture) Picture {
		p = p.clone()
		d := throw(seed, uint64(k/hold))
		for range count {
			if around {
				p.ray(d.between(0, 2*math.Pi), d.between(1-cover, 1), ink)
				continue
			}
			x, y := d.IntN(Width), d.IntN(Height)
			p.box(x-int(60*cover), y, x, y+d.from(1, 2), ink)
		}
		return p
	})
}

// ray is a line from a share of the way out of the middle to beyond the edge.
func (p Picture) ray(angle, from float64, ink colour) {
	sin, cos := math.Sincos(angle)
	for r := from * 50; r < 80; r++ {
		x, y := int(Width/2+cos*r), int(Height/2+sin*r)
		p.box(x, y, x+1, y+1, ink)
	}
}

// bars slide in from above and below, or from the sides, and stay or leave.
func bars(s *scene) {
	first, speed, most, upright, ink := s.middle(), s.between(0.5, 6), s.from(5, 16), s.chance(0.2), black
	if s.chance(0.2) {
		ink = pick(s.dice, white, s.colour())
	}
	leave := first + s.from(10, 80)
	s.each(first, len(s.frames), func(k int, p Picture) Picture {
		n := min(int(speed*float64(k+1)), most)
		if first+k > leave {
			n = max(most-int(speed*float64(first+k-leave)), 0)
		}
		p = p.clone()
		if upright {
			p.box(0, 0, 2*n, Height, ink)
			p.box(Width-2*n, 0, Width, Height, ink)
		} else {
			p.box(0, 0, Width, n, ink)
			p.box(0, Height-n, Width, Height, ink)
		}
		return p
	})
}

// split tears red, green and blue apart, more and less from frame to frame.
func split(s *scene) {
	most, length, steady := s.from(2, 10), s.from(2, 24), s.chance(0.4)
	dx := most
	s.each(s.middle(), length, func(_ int, p Picture) Picture {
		if !steady {
			dx = s.from(-most, most)
		}
		return p.parted(dx)
	})
}

// parted moves red one way and blue the other.
func (p Picture) parted(dx int) Picture {
	left, right := p.rolled(-dx, 0), p.rolled(dx, 0)
	for i := 0; i < size; i += 3 {
		left[i+1], left[i+2] = p[i+1], right[i+2]
	}
	return left
}

// glitch shifts bands of the picture for a few frames, in wrong colours here and there.
func glitch(s *scene) {
	hold := pick(s.dice, 1, 1, 2)
	seed, strength := s.Uint64(), s.from(6, 60)
	s.each(s.middle(), s.from(2, 14), func(k int, p Picture) Picture {
		return p.torn(throw(seed, uint64(k/hold)), strength)
	})
}

// torn is p with some of its bands moved aside, and a few blocks of noise.
func (p Picture) torn(d dice, strength int) Picture {
	out := p.parted(d.from(-4, 4))
	for y := 0; y < Height; {
		h := d.from(2, 16)
		if d.chance(0.6) {
			moved := p.rolled(d.from(-strength, strength), 0)
			copy(out[y*stride:min(y+h, Height)*stride], moved[y*stride:])
		}
		y += h
	}
	for range d.IntN(5) {
		x, y := d.IntN(Width), d.IntN(Height)
		out.box(x, y, x+d.from(4, 40), y+d.from(1, 6), d.colour())
	}
	return out
}

// comb interlaces each frame with the next: one field of each.
func comb(s *scene) {
	fine := s.chance(0.5)
	for k := 0; k+1 < len(s.frames); k++ {
		s.frames[k] = combed(s.frames[k], s.frames[k+1], fine)
	}
}

// combed takes every second line from the other frame; fine lines are gone when the picture is small, and what stays is their mean.
func combed(a, b Picture, fine bool) Picture {
	if fine {
		return mix(a, b, 128)
	}
	a = a.clone()
	for y := 1; y < Height; y += 2 {
		copy(a[y*stride:][:stride], b[y*stride:])
	}
	return a
}
