package edits

import "math"

// walk lets somebody go through the scene.
func walk(st *stage) {
	a := st.add(st.thing(st.named("person", "person", "stick", "car"), 0.3, 1.3))
	a.spot.y = st.eye.y + (0.45-a.spot.size*st.between(0.3, 0.5)*st.eye.zoom)/st.eye.zoom
	from := float64(st.start)
	speed, start := st.between(0.004, 0.04)*float64(st.sign())/st.eye.zoom, st.between(-1, 1)
	bob, pace := st.between(0, 0.02), st.between(0.05, 0.2)
	if start*speed > 0 {
		start = -start
	}
	if speed < 0 {
		a.spot.flip = -1
	}
	a.spot.x = st.eye.x + start*1.2/st.eye.zoom
	a.then(func(t float64, s *spot) {
		s.x += speed * (t - from)
		s.y -= bob * math.Abs(math.Sin(2*math.Pi*pace*t)) * s.size
	})
}

// wander lets what is there float about.
func wander(st *stage) {
	for range st.from(1, 3) {
		a, w, h, pace, phase := st.someone(), st.between(0, 0.3), st.between(0, 0.2), st.between(0.005, 0.06), st.between(0, 6)
		turn := st.between(0, 0.4)
		a.then(func(t float64, s *spot) {
			x := 2*math.Pi*pace*t + phase
			s.x, s.y, s.turn = s.x+w*math.Sin(x), s.y+h*math.Sin(2*x), s.turn+turn*math.Sin(x)
		})
	}
}

// fall drops something in, which bounces, or throws it up.
func fall(st *stage) {
	first, n := st.moment(6, 24)
	a := st.add(st.thing(st.prop(), 0.15, 0.9))
	high, spin := 1.4/st.eye.zoom, st.between(-4, 4)
	a.then(func(t float64, s *spot) {
		x := ramp01(t, first, n)
		s.hidden = s.hidden || t < float64(first)
		s.y -= high * math.Abs(math.Cos(x*x*math.Pi*1.5)) * (1 - x)
		s.turn += spin * (1 - x)
	})
}

// morph fades one pose of a small thing into another.
func morph(st *stage) {
	first, n := st.moment(2, 16)
	a := st.add(st.thing(st.prop(), 0.2, 0.6))
	b := st.add(st.thing(st.prop(), 0.2, 0.6))
	b.spot.x, b.spot.y, b.spot.size = a.spot.x, a.spot.y, a.spot.size
	a.then(func(t float64, s *spot) { s.alpha = min(1, 2-2*ramp01(t, first, n)) })
	b.then(func(t float64, s *spot) { s.alpha = min(1, 2*ramp01(t, first, n)) })
}

// speaker is somebody seen from near, who talks.
func speaker(st *stage) {
	a := st.add(st.thing(face(st.palette), 0.6, 1.5))
	a.spot.x, a.spot.y = st.eye.x+st.between(-0.5, 0.5)/st.eye.zoom, st.eye.y+st.between(0, 0.2)/st.eye.zoom
}

// travel moves the camera over so many frames.
func (st *stage) travel(first, n int, to eye, curve func(float64) float64) {
	st.shoot(func(t float64, e *eye) {
		by := curve(ramp01(t, first, n))
		e.x, e.y, e.roll = e.x+to.x*by, e.y+to.y*by, e.roll+to.roll*by
		e.zoom *= math.Pow(to.zoom, by)
	})
}

// away is how far the camera may go on the backdrop to one side.
func (st *stage) away() (dx, dy float64) {
	roomX, roomY := max(st.behind.w-Width/float64(Height), 0.3), max(st.behind.h-1, 0.2)
	if st.chance(0.75) {
		return roomX * st.between(0.2, 1) * float64(st.sign()), 0
	}
	return roomX * st.between(-0.5, 0.5), roomY * st.between(-0.6, 0.6)
}

func slowPan(st *stage) {
	dx, dy := st.away()
	n := max(st.length, 30)
	by := min(1, float64(n)*0.02/(math.Abs(dx)+math.Abs(dy)+0.01))
	st.travel(st.start, n, eye{dx * by, dy * by, 1, 0}, pick(st.dice, steady, ease))
}

func fastPan(st *stage) {
	first, n := st.moment(6, 30)
	dx, dy := st.away()
	n = max(n, int(math.Hypot(dx, dy)/0.4)) // neighbours overlap
	st.travel(first, n, eye{dx, dy, 1, 0}, pick(st.dice, ease, ease, steady))
	st.blur(first, n)
}

func slowZoom(st *stage) {
	by := math.Exp(st.between(0.05, 0.6))
	if st.chance(0.4) {
		by = 1 / by
	}
	st.travel(st.start, max(st.length, 20), eye{0, 0, by, st.between(-0.1, 0.1) * float64(st.IntN(2))}, pick(st.dice, steady, ease))
}

// plunge dives towards something, often until it fills the view, on ones to threes; or comes out of there.
func plunge(st *stage) {
	first, n := st.moment(3, 36)
	x, y := st.place()
	if len(st.actors) > 0 && st.chance(0.7) {
		s := pick(st.dice, st.actors...).spot
		x, y = s.x, s.y
	}
	by, curve := math.Exp(st.between(0.5, 2.2)), pick(st.dice, ease, steady, func(x float64) float64 { return x * x }, func(x float64) float64 { return x * (2 - x) })
	dx, dy, roll := x-st.eye.x, y-st.eye.y, st.between(-1.5, 1.5)*float64(st.IntN(2))*float64(st.IntN(2))
	out := st.chance(0.35)
	if st.chance(0.4) {
		st.still = pick(st.dice, 2, 2, 3)
	}
	by = min(by, math.Pow(1.7, float64(n/st.still))) // so much a step can still be followed
	st.shoot(func(t float64, e *eye) {
		part := curve(ramp01(t, first, n))
		if out {
			part = 1 - part
		}
		zoom := math.Pow(by, part)
		near := (1 - 1/zoom) / (1 - 1/by) // straight towards it
		e.x, e.y, e.zoom, e.roll = e.x+dx*near, e.y+dy*near, e.zoom*zoom, e.roll+roll*part
	})
	st.blur(first, n)
}

// whipPan throws the camera along the same backdrop.
func whipPan(st *stage) {
	first, n := st.moment(3, 8)
	dx, _ := st.away()
	if math.Abs(dx) < 0.8 {
		dx = math.Copysign(0.8, dx)
	}
	n = max(n, int(math.Abs(dx)/0.6))
	st.travel(first, n, eye{dx, 0, 1, 0}, ease)
	if st.chance(0.8) {
		st.blurred = append(st.blurred, Span{first - 1, first + n})
		st.over = append(st.over, func(k int, p Picture) Picture {
			if k < first || k >= first+n {
				return p
			}
			return p.smeared(int(math.Abs(dx)*Height/float64(n)*0.9), false)
		})
	}
	if st.chance(0.4) {
		st.travel(first+n+st.from(2, 20), n, eye{-dx, 0, 1, 0}, ease)
	}
}

// jolt shakes the camera, more at first.
func jolt(st *stage) {
	first, n := st.moment(4, 40)
	strength, seed, hold := st.between(0.01, 0.12)/st.eye.zoom, st.Uint64(), st.from(1, 3)
	st.shoot(func(t float64, e *eye) {
		if t < float64(first) || t >= float64(first+n) {
			return
		}
		d := throw(seed, uint64(int(t)/hold))
		by := strength * (1 - (t-float64(first))/float64(n))
		e.x, e.y, e.roll = e.x+by*d.between(-1, 1), e.y+by*d.between(-1, 1), e.roll+by*d.between(-0.5, 0.5)
	})
}

// follow goes along with somebody who walks.
func follow(st *stage) {
	speed := st.between(0.004, 0.05) * float64(st.sign())
	a := st.add(st.thing(st.named("person", "person", "car", "stick"), 0.4, 0.9))
	a.spot.x, a.spot.y = st.eye.x, st.eye.y+0.1
	if speed < 0 {
		a.spot.flip = -1
	}
	from := float64(st.start)
	a.then(func(t float64, s *spot) { s.x += speed * (t - from) })
	st.shoot(func(t float64, e *eye) { e.x += speed * (t - from) })
}

// dimmed multiplies all that is seen.
func (p Picture) dimmed(by [3]float64) Picture {
	out := make(Picture, size)
	var luts [3][256]byte
	for k := range luts {
		for v := range luts[k] {
			luts[k][v] = clamp(int(float64(v) * by[k]))
		}
	}
	for i := 0; i < size; i += 3 {
		out[i], out[i+1], out[i+2] = luts[0][p[i]], luts[1][p[i+1]], luts[2][p[i+2]]
	}
	return out
}

// lights go on or off, at once or in a few frames, once or to and fro.
func lights(st *stage) {
	first, n := st.moment(1, 10)
	by, every, off := st.between(0.25, 0.8), st.from(6, 60), st.chance(0.5)
	tint := [3]float64{1, st.between(0.8, 1.1), st.between(0.7, 1.2)}
	again := st.chance(0.3)
	st.over = append(st.over, func(k int, p Picture) Picture {
		part := ramp01(float64(k), first, n)
		if again && k > first+n {
			part = float64((k - first - n) / every % 2)
		}
		if off {
			part = 1 - part
		}
		level := by + (1-by)*part
		return p.dimmed([3]float64{level, level * (tint[1] + (1-tint[1])*part), level * (tint[2] + (1-tint[2])*part)})
	})
}

// lightning is a few bright frames, with all but the light nearly gone or inverted.
func lightning(st *stage) {
	first, n := st.moment(2, 10)
	seed, ink := st.Uint64(), pick(st.dice, white, white, colour{220, 230, 255}, st.thingColour())
	st.over = append(st.over, func(k int, p Picture) Picture {
		if k < first || k >= first+n {
			return p
		}
		d := throw(seed, uint64(k))
		if d.chance(0.4) {
			return p
		}
		return p.tint(ink, part(d.between(0.2, 0.95)))
	})
}

// blast is a disc of light that grows, then smoke that goes up.
func blast(st *stage) {
	first, n := st.moment(2, 10)
	x, y := st.place()
	big := st.between(0.4, 2.5) / st.eye.zoom
	inks := []colour{white, {255, 220, 120}, {250, 140, 40}}
	for i, ink := range inks {
		a := st.add(&actor{pieces: []piece{bare(ring(0, 0, 0.5, 0.5, 22), ink)}, depth: 1, spot: spot{x: x, y: y, size: big * (1 - 0.25*float64(i)), flip: 1, alpha: 1}})
		a.then(func(t float64, s *spot) {
			s.hidden = t < float64(first+i) || t > float64(first+2*n)
			s.size *= max(ramp01(t, first+i, n), 0.05)
			s.alpha = 1 - ramp01(t, first+n, n)
		})
	}
	for range st.from(4, 14) {
		a := st.add(&actor{pieces: []piece{bare(ring(0, 0, 0.5, 0.5, 12), shaded(white, st.between(0.15, 0.7)))}, depth: 1,
			spot: spot{x: x + st.between(-0.4, 0.4)*big, y: y + st.between(-0.3, 0.3)*big, size: big * st.between(0.2, 0.6), flip: 1, alpha: 1}})
		rise, long := st.between(0.002, 0.015), st.from(10, 50)
		a.then(func(t float64, s *spot) {
			s.hidden = t < float64(first+n/2)
			s.y -= rise * max(t-float64(first), 0)
			s.size *= 0.4 + 0.6*ramp01(t, first, n*2)
			s.alpha = 1 - ramp01(t, first+n, long)
		})
	}
}

// weather is rain, snow, petals, dust or bubbles over everything.
func weather(st *stage) {
	type drop struct{ x, y, size, speed float64 }
	drops := make([]drop, st.from(10, 120))
	for i := range drops {
		drops[i] = drop{st.between(0, Width), st.between(0, Height), st.between(0.4, 2.2), st.between(0.6, 1.4)}
	}
	speed, slant, long := st.between(-1, 9), st.between(-0.6, 0.6), st.chance(0.5)
	ink, alpha, hold := pick(st.dice, white, white, st.thingColour(), st.ink), st.from(90, 256), st.hold
	st.over = append(st.over, func(k int, p Picture) Picture {
		c := newCanvas(Width, Height)
		c.pix = p
		t := float64(k / hold * hold)
		for _, d := range drops {
			y := wrapped(d.y+speed*d.speed*t, Height+8) - 4
			x := wrapped(d.x+slant*speed*d.speed*t+2*math.Sin(t*0.1+d.y), Width+8) - 4
			if long {
				c.fill(limb(x, y, x+slant*speed*1.2, y+speed*1.2, d.size*0.35), ink, alpha)
			} else {
				c.fill(ring(x, y, d.size, d.size, 6), ink, alpha)
			}
		}
		return p
	})
}

func wrapped(v, n float64) float64 { return v - n*math.Floor(v/n) }

// ripples move the lower part of the view to and fro, as water does.
func ripples(st *stage) {
	level, deep, pace := st.from(0, Height*3/4), st.between(0.5, 3.5), st.between(0.1, 0.6)
	long := st.between(0.2, 1.2)
	st.over = append(st.over, func(k int, p Picture) Picture {
		out := p.clone()
		for y := level; y < Height; y++ {
			dx := int(math.Round(deep * math.Sin(long*float64(y)+pace*float64(k))))
			row, line := p[y*stride:][:stride], out[y*stride:][:stride]
			for x := range Width {
				copy(line[3*x:3*x+3], row[3*mirrored(x+dx, Width):])
			}
		}
		return out
	})
}

// tone lets the colour of everything become another slowly. Where it becomes wholly another, nobody can say what that is.
func tone(st *stage) {
	first, n := st.moment(20, 120)
	ink, most := st.palette.back(), st.between(0.15, 0.75)
	if most > 0.5 {
		st.doubts = append(st.doubts, Span{first, first + n})
	}
	st.over = append(st.over, func(k int, p Picture) Picture {
		return p.tint(ink, part(most*ramp01(float64(k), first, n)))
	})
}
