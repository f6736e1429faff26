package edits

import (
	"math"

	"github.com/amvlib/amvlib/shotdetect"
)

// field says of each pixel when a wipe reaches it, from 0 to 255.
type field [Width * Height]byte

// shape throws a field; x and y run from -1 to 1.
type shape struct {
	name string
	odds float64
	of   func(d dice) func(x, y float64) float64
}

var shapes = []shape{
	{"line", 30, line},
	{"iris", 10, iris},
	{"box", 6, box},
	{"clock", 8, clock},
	{"blinds", 8, blinds},
	{"doors", 6, doors},
	{"clouds", 8, clouds},
	{"checks", 4, checks},
	{"heart", 3, heart},
}

// irises are the shapes by which a picture closes.
var irises = []shape{{"iris", 3, iris}, {"box", 1, box}, {"doors", 1, doors}, {"heart", 1, heart}}

// line goes across in any direction, mostly level or upright.
func line(d dice) func(x, y float64) float64 {
	angle := float64(d.IntN(4)) * math.Pi / 2
	if d.chance(0.35) {
		angle = d.between(0, 2*math.Pi)
	}
	sin, cos := math.Sincos(angle)
	return func(x, y float64) float64 { return x*cos + y*sin }
}

func iris(d dice) func(x, y float64) float64 {
	cx, cy, tall := 0.0, 0.0, d.between(0.5, 1)
	if d.chance(0.4) {
		cx, cy = d.between(-0.6, 0.6), d.between(-0.6, 0.6)
	}
	return func(x, y float64) float64 { return math.Hypot(x-cx, (y-cy)*tall) }
}

func box(d dice) func(x, y float64) float64 {
	turned := d.chance(0.5)
	return func(x, y float64) float64 {
		if turned {
			return math.Abs(x) + math.Abs(y)
		}
		return max(math.Abs(x), math.Abs(y))
	}
}

func clock(d dice) func(x, y float64) float64 {
	arms, turn := float64(pick(d, 1, 1, 1, 2, 4)), d.between(0, 2*math.Pi)
	return func(x, y float64) float64 {
		return math.Mod((math.Atan2(y*Height, x*Width)+turn+2*math.Pi)*arms, 2*math.Pi)
	}
}

func blinds(d dice) func(x, y float64) float64 {
	n, along := float64(d.from(3, 10)), d.between(0, 0.5)
	upright := d.chance(0.5)
	return func(x, y float64) float64 {
		if upright {
			x = y
		}
		return math.Mod((x+1)*n/2, 1) + along*x
	}
}

func doors(d dice) func(x, y float64) float64 {
	upright := d.chance(0.5)
	return func(x, y float64) float64 {
		if upright {
			return math.Abs(y)
		}
		return math.Abs(x)
	}
}

// clouds eat the picture in patches, like burning paper or ink.
func clouds(d dice) func(x, y float64) float64 {
	var waves [5][4]float64
	for i := range waves {
		waves[i] = [4]float64{d.between(-5, 5) * float64(i+1), d.between(-4, 4) * float64(i+1), d.between(0, 2*math.Pi), 1 / float64(i+1)}
	}
	tilt := d.between(-1, 1)
	return func(x, y float64) float64 {
		sum := tilt * x
		for _, w := range waves {
			sum += w[3] * math.Sin(w[0]*x+w[1]*y+w[2])
		}
		return sum
	}
}

// checks are squares that turn one after the other, in any order or along the way.
func checks(d dice) func(x, y float64) float64 {
	n, along, seed := d.from(4, 12), d.chance(0.5), d.Uint64()
	return func(x, y float64) float64 {
		i, j := int((x+1)*float64(n)/2), int((y+1)*float64(n)/2)
		if along {
			return float64(i+j) + float64((i^j)&1)
		}
		return throw(seed, uint64(i*64+j)).Float64()
	}
}

// heart is a shape for its own sake, a star or a flower.
func heart(d dice) func(x, y float64) float64 {
	points, deep, turn := float64(d.from(3, 8)), d.between(0.1, 0.4), d.between(0, 2*math.Pi)
	return func(x, y float64) float64 {
		return math.Hypot(x, y*0.6) / (1 + deep*math.Cos(points*(math.Atan2(y, x)+turn)))
	}
}

// shape throws a field out of a table of them, now and then running backwards.
func (d dice) shape(table []shape) *field {
	of := weighted(d, table, func(s shape) float64 { return s.odds }).of(d)
	var values [Width * Height]float64
	least, most := math.Inf(1), math.Inf(-1)
	for i := range values {
		v := of(float64(i%Width*2-Width+1)/Width, float64(i/Width*2-Height+1)/Height)
		values[i] = v
		least, most = min(least, v), max(most, v)
	}
	f, back := &field{}, d.chance(0.4)
	for i, v := range values {
		f[i] = byte(255 * (v - least) / max(most-least, 1e-9))
		if back {
			f[i] = 255 - f[i]
		}
	}
	return f
}

// edge is how a wipe's border looks.
type edge struct {
	soft  float64 // as a share of the way
	ink   colour
	drawn bool // in ink
}

func (d dice) softness() edge {
	switch {
	case d.chance(0.5):
		return edge{}
	case d.chance(0.2):
		return edge{soft: d.between(0.02, 0.08), ink: pick(d, white, black, d.colour()), drawn: true}
	default:
		return edge{soft: d.between(0.03, 0.35)}
	}
}

// wipe shows b where the field has been reached, a elsewhere.
func (f *field) wipe(a, b Picture, share float64, e edge) Picture {
	var alphas [256]int
	for v := range alphas {
		reach := share*(1+e.soft) - (float64(v)+0.5)/256
		alphas[v] = part(reach / (e.soft + 1e-6))
	}
	out := a.clone()
	for i, v := range f {
		alpha, o := alphas[v], 3*i
		switch {
		case alpha == 0:
		case alpha == 256:
			out[o], out[o+1], out[o+2] = b[o], b[o+1], b[o+2]
		case e.drawn:
			out[o], out[o+1], out[o+2] = e.ink[0], e.ink[1], e.ink[2]
		default:
			for k := o; k < o+3; k++ {
				out[k] = byte((int(a[k])*(256-alpha) + int(b[k])*alpha + 128) >> 8)
			}
		}
	}
	return out
}

// wipe is a border that runs through the picture, or pictures that push each other away.
func wipe(c *cutter, s *seam) {
	if c.chance(0.3) {
		m := weighted(c.dice, moves, func(m move) float64 { return m.odds })
		c.done("wipe " + m.name)
		c.blend(s, shotdetect.Wipe, c.curved(), m.draw(c.dice))
		return
	}
	f, e := c.dice.shape(shapes), c.softness()
	c.blend(s, shotdetect.Wipe, c.curved(), func(old, fresh Picture, share float64) Picture { return f.wipe(old, fresh, share, e) })
}
