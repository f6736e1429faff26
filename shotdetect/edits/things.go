package edits

// lettering is a block of things that look like letters from afar: words of dark or light strokes.
type lettering struct {
	x, y, w, h int
	ink, back  colour
	boxed      bool
	seed       uint64
}

// draw writes on p, which must not be shared. Every letter is a few strokes of its own.
func (l lettering) draw(p Picture) {
	d := throw(l.seed, 0)
	if l.boxed {
		p.box(l.x-2, l.y-1, l.x+l.w+2, l.y+l.h+1, l.back)
	}
	for y := l.y; y+4 <= l.y+l.h; y += 6 {
		for x := l.x; x+2 < l.x+l.w; x += 3 {
			if d.chance(0.15) { // between words
				continue
			}
			for k := range 4 {
				if d.chance(0.7) {
					p.box(x, y+k, x+d.from(1, 2), y+k+1, l.ink)
				}
			}
			if d.chance(0.4) {
				p.box(x, y, x+1, y+4, l.ink)
			}
		}
	}
}

func (d dice) lettering() lettering {
	l := lettering{w: d.from(20, 100), h: pick(d, 5, 5, 11, 17), ink: white, back: d.colour(), boxed: d.chance(0.3), seed: d.Uint64()}
	l.x, l.y = d.from(0, Width-l.w), d.from(0, Height-l.h)
	if d.chance(0.4) {
		l.ink = d.colour()
	}
	return l
}

// caption pops up, anywhere and of any size, and stays or goes.
func caption(s *scene) {
	first, length, c, pattern := s.middle(), len(s.frames), s.colour(), s.chance(0.6)
	if s.chance(0.5) {
		length = s.from(3, 20)
	}
	height := s.from(6, 20)
	x, y := s.from(0, 40), pick(s.dice, Height-height-4, s.from(0, Height-height))
	words := lettering{x: x + 2, y: y + 1, w: Width - 2*x - 4, h: height - 2, ink: colour{255 - c[0], 255 - c[1], 255 - c[2]}, seed: s.Uint64()}
	s.each(first, length, func(_ int, p Picture) Picture {
		p = p.clone()
		p.box(x, y, Width-x, y+height, c)
		if pattern {
			words.draw(p)
		}
		return p
	})
}

// title is large letters that come up over the shot and go, or stay: what blends is the letters, not the shot.
func title(s *scene) {
	rise, first, stay := s.from(2, 26), s.from(1, max(1, len(s.frames)/2)), s.from(4, 60)
	rows, ink, size := s.from(1, 3), pick(s.dice, white, white, black, s.colour()), s.from(9, 24)
	wide, x, y := s.from(40, 116), s.from(4, 40), s.from(2, 40)
	var lines []lettering
	for i := range rows {
		lines = append(lines, lettering{x: x, y: y + i*(size+2), w: min(wide, Width-x-2), h: size, ink: ink, seed: s.Uint64()})
	}
	leaves := s.chance(0.7)
	s.each(first, len(s.frames), func(k int, p Picture) Picture {
		level := min(1, float64(k+1)/float64(rise+1))
		if leaves {
			level = min(level, max(0, float64(2*rise+stay-k)/float64(rise+1)))
		}
		over := p.clone()
		for i := range lines {
			lines[i].draw(over)
		}
		return mix(p, over, part(level))
	})
}

// subtitle is a burned-in track: lines come, change and go near the lower edge, or the upper one.
func subtitle(s *scene) {
	draw := s.track()
	s.all(func(k int, p Picture) Picture { return draw(k, p) })
}

// track throws the lines of a burned-in track; k runs over frames.
func (d dice) track() func(k int, p Picture) Picture {
	line, until, top := lettering{}, -1, d.chance(0.15)
	ink, boxed := pick(d, white, white, colour{255, 255, 0}, d.colour()), d.chance(0.2)
	return func(k int, p Picture) Picture {
		if k > until {
			line = lettering{w: d.from(20, 110), h: pick(d, 5, 5, 11), ink: ink, boxed: boxed, seed: d.Uint64()}
			line.x, line.y = (Width-line.w)/2, Height-4-line.h
			if top {
				line.y = 4
			}
			if d.chance(0.25) {
				line.w = 0 // silence
			}
			until = k + d.from(6, 50)
		}
		if line.w == 0 {
			return p
		}
		p = p.clone()
		line.draw(p)
		return p
	}
}

// occluder is a thing that crosses right before the lens: a piece of picture or one colour, with an upright or a slanted edge.
func occluder(s *scene) {
	width, speed, slant, middle := s.from(20, 120), s.between(6, 45)*float64(s.sign()), s.between(-0.8, 0.8), s.middle()
	skin := flat(s.colour())
	if s.chance(0.5) {
		skin = s.other(1)[0]
	}
	if s.chance(0.4) {
		skin = skin.smeared(21, false)
	}
	s.all(func(k int, p Picture) Picture {
		left := int(float64(k-middle)*speed) + (Width-width)/2
		if left > Width+Height || left+width < -Height {
			return p
		}
		p = p.clone()
		for y := range Height {
			x := left + int(slant*float64(y-Height/2))
			x0, x1 := max(x, 0), min(x+width, Width)
			if x1 > x0 {
				copy(p[at(x0, y):at(x1-1, y)+3], skin[at(x0, y):])
			}
		}
		return p
	})
}

// popup is a thing that springs into the foreground, grows to its size in a few frames, and stays or leaves.
func popup(s *scene) {
	first, grow, length := s.middle(), s.from(1, 4), len(s.frames)
	if s.chance(0.5) {
		length = s.from(4, 30)
	}
	w, h := s.from(24, 84), s.from(20, 60)
	x, y, skin, round := s.from(w/4, Width-w/4), s.from(h/4, Height-h/4), s.other(1)[0], s.chance(0.7)
	if s.chance(0.3) {
		skin = flat(s.colour())
	}
	drift := s.between(-1, 1)
	s.each(first, length, func(k int, p Picture) Picture {
		p = p.clone()
		by := min(k+1, grow, max(length-k, 1))
		p.patch(skin, x+int(drift*float64(k)), y, w*by/grow, h*by/grow, round)
		return p
	})
}

// patch draws a picture around a point, squeezed into a box or an ellipse.
func (p Picture) patch(skin Picture, x0, y0, w, h int, round bool) {
	for y := max(y0-h/2, 0); y < min(y0+h/2, Height); y++ {
		for x := max(x0-w/2, 0); x < min(x0+w/2, Width); x++ {
			u, v := x-x0+w/2, y-y0+h/2
			if dx, dy := 2*u-w, 2*v-h; round && dx*dx*h*h+dy*dy*w*w > w*w*h*h {
				continue
			}
			copy(p[at(x, y):][:3], skin[at(u*Width/w, v*Height/h):][:3])
		}
	}
}

// inset is a picture in the picture: it moves, comes and goes, and the picture behind goes on.
func inset(s *scene) {
	frames := s.other(len(s.frames))
	w, first, length := s.from(24, 64), s.middle(), s.from(8, 60)
	if s.chance(0.3) {
		first, length = 0, len(s.frames)
	}
	x, y, dx := s.from(w/2, Width-w/2), s.from(w/4, Height-w/4), s.between(-2, 2)
	s.each(first, length, func(k int, p Picture) Picture {
		p = p.clone()
		p.patch(frames[k%len(frames)], x+int(dx*float64(k)), y, w, w*Height/Width, false)
		return p
	})
}
