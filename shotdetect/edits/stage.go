package edits

import "math"

// stage is a drawn scene: all that is seen and done in it, as functions of time, so that any stretch of it may be shown from anywhere.
type stage struct {
	*palette
	manner  manner
	start   int // the first frame in which things may happen
	length  int // how many there are
	behind  *backdrop
	actors  []*actor
	eye     eye
	shots   []func(t float64, e *eye) // what the camera does
	over    []func(k int, p Picture) Picture
	hold    int // frames that a drawing stays
	still   int // frames that the camera stays
	line    float64
	blurred []Span
	sudden  []int  // frames at which much may spring up at once
	doubts  []Span // frames of which nobody can say what they are
	events  []Mark // what happens, and when
}

func (st *stage) add(a *actor) *actor {
	st.actors = append(st.actors, a)
	return a
}

func (st *stage) shoot(move func(t float64, e *eye)) { st.shots = append(st.shots, move) }

func (st *stage) looking(t float64) eye {
	e := st.eye
	for _, m := range st.shots {
		m(t, &e)
	}
	e.zoom = min(max(e.zoom, 0.3), 30)
	return e
}

// play draws so many frames from a time on, as the camera of the moment sees them, and tells which of them are doubtful.
func (st *stage) play(begin, n int) ([]Picture, []Span) {
	c := newCanvas(Width, Height)
	c.mask = make([]byte, Width*Height)
	frames, covers := make([]Picture, n), make([]float64, n)
	for k := range frames {
		frames[k], covers[k] = st.frame(c, begin+k), c.covered()
	}
	return frames, st.doubtful(begin, frames, covers)
}

// first is the frame that play begins with.
func (st *stage) first(begin int) Picture {
	c := newCanvas(Width, Height)
	c.mask = make([]byte, Width*Height)
	return st.frame(c, begin)
}

func (st *stage) frame(c *canvas, k int) Picture {
	shots := 1
	for _, s := range st.blurred {
		if k >= s.First && k <= s.Last {
			shots = 3
		}
	}
	p := st.shot(c, k, 0)
	if shots > 1 {
		p = mean(p, st.shot(c, k, 0.25), st.shot(c, k, 0.5))
	}
	for _, o := range st.over {
		p = o(k, p)
	}
	return p
}

// shot is one exposure, so much of a frame before its time.
func (st *stage) shot(c *canvas, k int, before float64) Picture {
	p := make(Picture, size)
	c.pix = p
	clear(c.mask)
	t, look := float64(k/st.hold*st.hold)-before*float64(st.hold), float64(k/st.still*st.still)-before*float64(st.still)
	e := st.looking(look)
	st.behind.show(p, e)
	for _, a := range st.actors {
		c.who = 0
		if a.doubted {
			c.who = 1
		}
		a.draw(c, t, e, st.ink, st.line)
	}
	return p
}

func mean(a, b, c Picture) Picture {
	out := make(Picture, size)
	for i := range out {
		out[i] = byte((int(a[i]) + int(b[i]) + int(c[i]) + 1) / 3)
	}
	return out
}

// covered is the share of the view that doubted things fill.
func (c *canvas) covered() float64 {
	n := 0
	for _, who := range c.mask {
		n += int(who)
	}
	return float64(n) / (Width * Height)
}

// What makes a frame doubtful.
const (
	mostCovered = 0.88 // of the view by one thing that comes to stay
	briefly     = 12   // frames that it may cover the view and yet be only passing
	mostSudden  = 0.45 // of the view that may change in one frame
)

// doubtful are the frames, from 0, of which nothing should be learnt.
func (st *stage) doubtful(begin int, frames []Picture, covers []float64) []Span {
	var out []Span
	for _, s := range st.doubts {
		if s.Last >= begin && s.First < begin+len(frames) {
			out = append(out, Span{max(s.First-begin, 0), min(s.Last-begin, len(frames)-1)})
		}
	}
	for _, k := range st.sudden {
		if k -= begin; k > 0 && k < len(frames) && changed(frames[k-1], frames[k]) > mostSudden {
			out = append(out, Span{k - 1, min(k+1, len(frames)-1)})
		}
	}
	for k := 0; k < len(covers); k++ {
		first := k
		for k < len(covers) && covers[k] > 0.3 {
			k++
		}
		if filled(covers[first:k]) {
			out = append(out, Span{max(first-2, 0), min(k+1, len(frames)-1)})
		}
	}
	return out
}

// filled says whether the view is covered for more than a moment.
func filled(covers []float64) bool {
	n := 0
	for i, c := range covers {
		if c > mostCovered {
			n++
			if n > briefly || i == 0 || i == len(covers)-1 {
				return true
			}
		}
	}
	return false
}

// changed is the share of the view that is plainly another.
func changed(a, b Picture) float64 {
	n, of := 0, 0
	for y := 0; y < Height; y += 2 {
		for x := 0; x < Width; x += 2 {
			i := at(x, y)
			if max(abs(int(a[i])-int(b[i])), abs(int(a[i+1])-int(b[i+1])), abs(int(a[i+2])-int(b[i+2]))) > 20 {
				n++
			}
			of++
		}
	}
	return float64(n) / float64(of)
}

// blur has the frames drawn with motion blur, where the manner has any.
func (st *stage) blur(first, n int) {
	if st.chance(st.manner.blur) {
		st.blurred = append(st.blurred, Span{first - 1, first + n})
	}
}

// place throws where a thing may stand in what the camera sees at first.
func (st *stage) place() (x, y float64) {
	return st.eye.x + st.between(-0.75, 0.75)/st.eye.zoom, st.eye.y + st.between(-0.38, 0.38)/st.eye.zoom
}

// thing is an actor that stands somewhere, of a size between two parts of the view's height.
func (st *stage) thing(pieces []piece, lo, hi float64) *actor {
	x, y := st.place()
	size := math.Exp(st.between(math.Log(lo), math.Log(hi))) / st.eye.zoom
	return &actor{pieces: pieces, depth: 1, spot: spot{x: x, y: y, size: size, flip: 1, alpha: 1}}
}
