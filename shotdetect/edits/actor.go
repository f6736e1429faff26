package edits

import "math"

// piece is a polygon of a thing. A thing lies about the origin and is about one high.
type piece struct {
	pts    []point
	ink    colour
	line   bool // has an outline, where the stage draws any
	side   int  // seen on both sides of a card: 0, on its front: 1, on its back: -1
	joints []joint
	shown  func(t float64) bool // nil: always
}

// joint turns a piece about a point, to and fro.
type joint struct{ x, y, amp, pace, phase, rest float64 }

func (j joint) turn(p point, t float64) point {
	sin, cos := math.Sincos(j.rest + j.amp*math.Sin(2*math.Pi*(j.pace*t+j.phase)))
	x, y := p.x-j.x, p.y-j.y
	return point{j.x + x*cos - y*sin, j.y + x*sin + y*cos}
}

// spot is where and how an actor is: its middle in the world, where the view is one high, its size and turn, and how far it is turned
// over: 1 is its front, 0 its edge, -1 its back.
type spot struct {
	x, y, size, turn, flip, alpha float64
	hidden                        bool
}

// actor is a thing in a scene with all that it does there.
type actor struct {
	pieces  []piece
	spot    spot
	depth   float64 // how much it follows the camera: 0 stays on the lens, 1 lies on the backdrop
	moves   []func(t float64, s *spot)
	doubted bool // where it fills the view, nobody can say what is the scene
}

func (a *actor) then(move func(t float64, s *spot)) { a.moves = append(a.moves, move) }

func (a *actor) at(t float64) spot {
	s := a.spot
	for _, m := range a.moves {
		m(t, &s)
	}
	return s
}

// eye is where the camera looks: the middle of its view in the world, how near it is, and its roll.
type eye struct{ x, y, zoom, roll float64 }

// onto takes a place of the world at a depth to the view's pixels.
func (e eye) onto(depth float64) (at func(p point) point, scale float64) {
	scale = Height * math.Pow(e.zoom, depth)
	sin, cos := math.Sincos(-e.roll * depth)
	return func(p point) point {
		x, y := (p.x-e.x*depth)*scale, (p.y-e.y*depth)*scale
		return point{Width/2 + x*cos - y*sin, Height/2 + x*sin + y*cos}
	}, scale
}

// draw puts the actor onto a view.
func (a *actor) draw(c *canvas, t float64, e eye, line colour, width float64) {
	s := a.at(t)
	if s.hidden || s.alpha <= 0 || s.size <= 0 || s.size > 40 || s.flip == 0 {
		return
	}
	onto, scale := e.onto(a.depth)
	sin, cos := math.Sincos(s.turn)
	for _, p := range a.pieces {
		if p.side != 0 && float64(p.side)*s.flip < 0 || p.shown != nil && !p.shown(t) {
			continue
		}
		c.moved = c.moved[:0]
		for _, q := range p.pts {
			for _, j := range p.joints {
				q = j.turn(q, t)
			}
			x, y := q.x*s.size*s.flip, q.y*s.size
			c.moved = append(c.moved, onto(point{s.x + x*cos - y*sin, s.y + x*sin + y*cos}))
		}
		w := 0.0
		if p.line {
			w = min(width*math.Sqrt(scale*s.size/Height), 4)
		}
		c.outlined(c.moved, p.ink, line, w, part(s.alpha))
	}
}

// ramp is how far something is that takes n frames from first on: the frame first itself shows its first step.
func ramp01(t float64, first, n int) float64 {
	return min(max((t-float64(first)+1)/float64(n), 0), 1)
}

// easing is how things start and stop.
func (d dice) easing() func(float64) float64 {
	return pick(d, steady, ease, ease, func(x float64) float64 { return x * (2 - x) }, func(x float64) float64 { return x * x },
		func(x float64) float64 { return 1 - math.Pow(1-x, 4) }, overshoot, springy)
}

func overshoot(x float64) float64 { return 1 + (x-1)*(x-1)*(2.7*x-1) }

func springy(x float64) float64 {
	if x >= 1 {
		return 1
	}
	return 1 - math.Cos(x*9)*math.Exp(-5*x)
}
