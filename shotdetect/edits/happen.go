package edits

import "math"

// happening is something that goes on in a drawn scene and is no boundary.
type happening struct {
	name  string
	odds  [3]float64 // in motion graphics, anime and old cartoons
	apply func(st *stage)
}

var happenings = []happening{
	{"enter", [3]float64{12, 8, 10}, enter},
	{"leave", [3]float64{8, 5, 7}, leave},
	{"pop", [3]float64{10, 5, 6}, pop},
	{"crowd", [3]float64{5, 3, 6}, crowd},
	{"vanish", [3]float64{5, 2, 3}, vanish},
	{"grow", [3]float64{10, 3, 3}, swell},
	{"spin", [3]float64{6, 1, 2}, spin},
	{"flip", [3]float64{8, 1, 1}, flipOver},
	{"cross", [3]float64{6, 9, 8}, crossing},
	{"swap", [3]float64{9, 1, 1}, swap},
	{"replace", [3]float64{7, 2, 2}, replace},
	{"list", [3]float64{6, 1, 1}, list},
	{"stroke", [3]float64{5, 1, 1}, strokes},
	{"credits", [3]float64{2, 1, 1}, credits},
	{"walk", [3]float64{2, 10, 14}, walk},
	{"wander", [3]float64{8, 6, 6}, wander},
	{"fall", [3]float64{3, 2, 5}, fall},
	{"morph", [3]float64{4, 2, 2}, morph},
	{"mouthful", [3]float64{2, 6, 4}, speaker},
	{"slowpan", [3]float64{4, 8, 6}, slowPan},
	{"fastpan", [3]float64{6, 6, 3}, fastPan},
	{"slowzoom", [3]float64{5, 7, 3}, slowZoom},
	{"dive", [3]float64{9, 5, 3}, plunge},
	{"whip", [3]float64{4, 4, 1}, whipPan},
	{"jolt", [3]float64{2, 5, 4}, jolt},
	{"follow", [3]float64{2, 4, 5}, follow},
	{"lights", [3]float64{3, 4, 4}, lights},
	{"lightning", [3]float64{1, 4, 2}, lightning},
	{"blast", [3]float64{2, 5, 4}, blast},
	{"weather", [3]float64{3, 5, 3}, weather},
	{"ripples", [3]float64{1, 3, 3}, ripples},
	{"tone", [3]float64{5, 3, 1}, tone},
	{"nothing", [3]float64{2, 8, 5}, func(*stage) {}},
}

// moment throws when something happens that takes from lo to hi frames.
func (st *stage) moment(lo, hi int) (first, n int) {
	n = int(math.Exp(st.between(math.Log(float64(lo)), math.Log(float64(hi+1)))))
	first = st.start + st.from(1, max(1, st.length-n-1))
	st.events = append(st.events, Mark{first, ""})
	return first, n
}

// abrupt says that what happens is so fast that much of the view may be another in one frame.
func (st *stage) abrupt(first, n int) {
	if n > 4 {
		return
	}
	for k := first; k <= first+n; k++ {
		st.sudden = append(st.sudden, k)
	}
}

// beyond is a way out of the view: how far to go so that nothing of a thing is seen.
func (st *stage) beyond(a *actor) (dx, dy float64) {
	far := a.spot.size*1.7*st.eye.zoom + 0.1
	switch st.IntN(5) {
	case 0, 1:
		return float64(st.sign()) * (Width/float64(Height) + far) / st.eye.zoom, 0
	case 2:
		return 0, (1 + far) / st.eye.zoom
	case 3:
		return 0, -(1 + far) / st.eye.zoom
	default:
		return float64(st.sign()) * (1 + far) / st.eye.zoom, float64(st.sign()) * (1 + far) / st.eye.zoom
	}
}

// arrive lets an actor come in from beyond an edge.
func (st *stage) arrive(a *actor, first, n int) {
	dx, dy := st.beyond(a)
	curve, turn := st.easing(), st.between(-2, 2)*float64(st.IntN(2))
	a.then(func(t float64, s *spot) {
		s.hidden = s.hidden || t < float64(first)
		part := 1 - curve(ramp01(t, first, n))
		s.x, s.y, s.turn = s.x+dx*part, s.y+dy*part, s.turn+turn*part
	})
}

// depart lets one go.
func (st *stage) depart(a *actor, first, n int) {
	dx, dy := st.beyond(a)
	curve := st.easing()
	a.then(func(t float64, s *spot) {
		part := ramp01(t, first, n)
		s.hidden = s.hidden || part >= 1
		part = curve(part)
		s.x, s.y = s.x+dx*part, s.y+dy*part
	})
}

// spring lets one grow out of nothing.
func (st *stage) spring(a *actor, first, n int) {
	curve := pick(st.dice, steady, ease, overshoot)
	a.then(func(t float64, s *spot) {
		s.hidden = s.hidden || t < float64(first)
		s.size *= max(curve(ramp01(t, first, n)), 0.05)
	})
}

func enter(st *stage) {
	first, n := st.moment(2, 24)
	for range pick(st.dice, 1, 1, 2, 3) {
		a := st.add(st.thing(st.prop(), 0.15, 1.5))
		a.doubted = a.spot.size*st.eye.zoom > 0.8
		st.arrive(a, first, n)
		if st.chance(0.3) {
			st.depart(a, first+n+st.from(3, 40), st.from(2, 20))
		}
	}
	st.abrupt(first, n)
	st.blur(first, n)
}

// someone is an actor that is there, or a new one.
func (st *stage) someone() *actor {
	if len(st.actors) > 0 && st.chance(0.8) {
		return pick(st.dice, st.actors...)
	}
	return st.add(st.thing(st.prop(), 0.15, 0.9))
}

func leave(st *stage) {
	first, n := st.moment(2, 24)
	st.depart(st.someone(), first, n)
	st.abrupt(first, n)
	st.blur(first, n)
}

// pop lets things spring up, one after the other or all at once.
func pop(st *stage) {
	first, _ := st.moment(1, 4)
	step, n, grow := st.from(0, 8), pick(st.dice, 1, 1, 2, 3, 6), pick(st.dice, 1, 1, 2, 3, 4)
	stay := st.from(4, 200)
	for i := range n {
		a := st.add(st.thing(st.prop(), 0.15, 1.2))
		a.doubted = a.spot.size*st.eye.zoom > 0.8
		at := first + i*step
		st.spring(a, at, grow)
		st.sudden = append(st.sudden, at, at+1)
		if stay < 60 {
			st.sudden = append(st.sudden, at+stay)
			a.then(func(t float64, s *spot) { s.hidden = s.hidden || t >= float64(at+stay) })
		}
	}
}

// crowd comes from the edges or out of nothing, one by one, until the view is full of it.
func crowd(st *stage) {
	first, _ := st.moment(6, 40)
	n, step, size, alike := st.from(5, 24), st.between(0.3, 6), st.between(0.25, 0.8), st.chance(0.5)
	how, crew, quick := st.IntN(3), st.named("person", "face", "stick", "blob", "card"), st.from(1, 10)
	for i := range n {
		if !alike {
			crew = st.named("person", "person", "face", "stick", "tree", "disc")
		}
		a := st.add(st.thing(crew, size*0.8, size*1.2))
		a.spot.y = st.eye.y + (0.5-a.spot.size*0.3*st.between(0.2, 1.4))/st.eye.zoom
		at := first + int(step*float64(i))
		switch how {
		case 0:
			st.spring(a, at, pick(st.dice, 1, 2, 3))
			st.sudden = append(st.sudden, at)
		default:
			st.arrive(a, at, quick)
		}
	}
}

func vanish(st *stage) {
	first, n := st.moment(1, 8)
	a := st.someone()
	st.sudden = append(st.sudden, first, first+n)
	a.then(func(t float64, s *spot) {
		part := ramp01(t, first, n)
		s.hidden = s.hidden || part >= 1
		s.size *= 1 - part
	})
}

// swell lets a thing become up to ten times as large, or as small.
func swell(st *stage) {
	first, n := st.moment(3, 40)
	by, curve := math.Exp(st.between(0.4, 2.3)), st.easing()
	a := st.add(st.thing(st.named("logo", "disc", "card", "star", "book", "blob", "face", "polygon", "photo"), 0.15, 0.5))
	if st.chance(0.5) { // shrinks
		a.spot.size, by = min(a.spot.size*by, 2/st.eye.zoom), 1/by
	}
	a.doubted = true
	turn, x, y := st.between(-3, 3)*float64(st.IntN(2)), st.between(-0.5, 0.5), st.between(-0.3, 0.3)
	a.then(func(t float64, s *spot) {
		part := curve(ramp01(t, first, n))
		s.size *= math.Pow(by, part)
		s.turn += turn * part
		s.x, s.y = s.x+x*part, s.y+y*part
	})
	if st.chance(0.4) {
		b := st.add(st.thing(st.named("book", "card", "photo", "logo"), 0.4, 0.9))
		st.arrive(b, first+st.from(-3, 8), n)
	}
	st.abrupt(first, n)
	st.blur(first, n)
}

func spin(st *stage) {
	first, n := st.moment(4, 60)
	a, by, curve := st.someone(), st.between(-12, 12), st.easing()
	a.then(func(t float64, s *spot) { s.turn += by * curve(ramp01(t, first, n)) })
	st.blur(first, n)
}

// flipOver turns a card over, small or nearly as large as the view.
func flipOver(st *stage) {
	first, n := st.moment(3, 20)
	a, halves, curve := st.add(st.thing(card(st.palette), 0.3, 1.1)), float64(st.from(1, 3)), pick(st.dice, steady, ease)
	a.spot.x, a.spot.y = st.eye.x+st.between(-0.2, 0.2), st.eye.y
	a.doubted = true
	tall := st.chance(0.3)
	a.then(func(t float64, s *spot) {
		s.flip *= math.Cos(math.Pi*halves*curve(ramp01(t, first, n))) + 1e-3
		if tall {
			s.turn += math.Pi / 2
		}
	})
	if st.chance(0.5) {
		st.arrive(a, first-st.from(4, 10), 6)
	}
	st.abrupt(first, n)
	st.blur(first, n)
}

// crossing lets something pass right before the lens, quick or slow.
func crossing(st *stage) {
	first, n := st.moment(3, 14)
	a := st.add(st.thing(st.prop(), 0.6, 2.4))
	if st.chance(0.4) { // a post, a wall, somebody's shoulder
		a.pieces = []piece{whole(rectangle(-st.between(0.1, 0.6), -1.5, st.between(0.1, 0.6), 1.5), st.thingColour())}
	}
	a.depth, a.doubted = pick(st.dice, 0, 1, 1.6), true
	if a.depth == 0 {
		a.spot.x, a.spot.y, a.spot.size = 0, st.between(-0.4, 0.4), a.spot.size*st.eye.zoom
	}
	dx, dy := Width/float64(Height)/2+a.spot.size*1.6, st.between(-0.3, 0.3)
	if a.depth > 0 {
		dx /= st.eye.zoom
	}
	dx *= float64(st.sign())
	a.then(func(t float64, s *spot) {
		part := (t - float64(first)) / float64(n)
		s.hidden = part < 0 || part > 1
		s.x, s.y = s.x+dx*(2*part-1), s.y+dy*(2*part-1)
	})
	st.blur(first, n)
}

func (st *stage) thingColour() colour { return st.palette.thing() }

// swap has all that is there move out while other things move in.
func swap(st *stage) {
	first, n := st.moment(3, 24)
	old, late := st.actors, st.from(-3, 10)
	if len(old) == 0 {
		old = append(old, st.add(st.thing(st.prop(), 0.3, 1)), st.add(st.thing(st.prop(), 0.2, 0.6)))
	}
	for _, a := range old {
		st.depart(a, first+st.from(0, 4), n)
	}
	for range st.from(1, 4) {
		a := st.add(st.thing(st.prop(), 0.2, 1))
		st.arrive(a, max(first+late+st.from(0, 4), 1), n)
	}
	st.abrupt(first, n)
	st.blur(first, n+max(late, 0))
}

// replace puts one card in the place of another.
func replace(st *stage) {
	first, n := st.moment(1, 12)
	step := st.from(4, 40)
	sort := pick(st.dice, "card", "photo", "words", "face", "book")
	a := st.thing(st.named(sort), 0.3, 0.9)
	x, y, size := a.spot.x, a.spot.y, a.spot.size
	for i := range st.from(2, 6) {
		a = st.add(st.thing(st.named(sort), 0.3, 0.9))
		a.spot.x, a.spot.y, a.spot.size = x, y, size
		at, until := first+i*step, first+(i+1)*step
		switch n % 3 {
		case 0:
			st.sudden = append(st.sudden, at)
		case 1:
			st.arrive(a, at, n)
		default:
			st.spring(a, at, max(n/2, 1))
			st.sudden = append(st.sudden, at)
		}
		a.then(func(t float64, s *spot) { s.hidden = s.hidden || t < float64(at) && i > 0 || t >= float64(until+n) })
	}
}

// list has lines of words come one by one.
func list(st *stage) {
	first, _ := st.moment(10, 60)
	step, quick, ink := st.from(3, 15), st.from(1, 6), pick(st.dice, st.ink, white, st.thingColour())
	size, how := st.between(0.5, 0.9)/st.eye.zoom, st.IntN(3)
	for i := range st.from(3, 8) {
		a := st.add(st.thing(line1(st.palette, -1, 1, 0, 0.08, ink, 0), 1, 1.01))
		a.spot.x, a.spot.y, a.spot.size = st.eye.x, st.eye.y-0.4/st.eye.zoom+float64(i)*0.16*size*1.2, size
		switch how {
		case 0:
			st.arrive(a, first+i*step, quick)
		case 1:
			a.then(func(t float64, s *spot) { s.alpha = ramp01(t, first+i*step, quick) })
		default:
			st.spring(a, first+i*step, quick)
		}
	}
}

// strokes draws a line on.
func strokes(st *stage) {
	first, n := st.moment(8, 60)
	ink, w, parts := pick(st.dice, st.ink, st.thingColour(), white), st.between(0.008, 0.03), st.from(6, 40)
	a := st.add(st.thing(nil, 0.5, 1.3))
	x, y, way := 0.0, 0.0, st.between(0, 6)
	for i := range parts {
		way += st.between(-0.9, 0.9)
		sin, cos := math.Sincos(way)
		nx, ny := within(x+cos*0.12, 0.7), within(y+sin*0.12, 0.45)
		at := float64(first + i*n/parts)
		a.pieces = append(a.pieces, piece{pts: limb(x, y, nx, ny, w), ink: ink, shown: func(t float64) bool { return t >= at }})
		x, y = nx, ny
	}
}

func within(v, most float64) float64 { return min(max(v, -most), most) }

// credits roll, or run along.
func credits(st *stage) {
	speed, ink, start := st.between(0.004, 0.03), pick(st.dice, white, st.ink), st.start
	for i := range 40 {
		a := st.add(st.thing(line1(st.palette, -0.5, 0.5, 0, 0.07, ink, 0), 1, 1.01))
		a.depth = 0
		a.spot.size, a.spot.x, a.spot.y = 0.8, 0, 0.6+float64(i)*0.13
		a.then(func(t float64, s *spot) { s.y -= speed * (t - float64(start)) })
	}
}
