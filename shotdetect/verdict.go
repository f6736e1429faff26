package shotdetect

import "math"

// verdict is what the network makes of a frame.
type verdict struct {
	cut    float32          // how likely it is the first frame of a new shot
	kinds  [kinds]float32   // how likely it lies within no gradual boundary, a dissolve, a fade, a wipe
	spread float32          // standard deviation of its luma, in levels
	sides  [reaches]float32 // how unlike the frames some way before and after it are in shape, nearest first, see sidesOf
}

// kinds is the number of things that a frame may lie within, and gradual what they are called.
const kinds = 4

var gradual = [kinds]Type{"", Dissolve, Fade, Wipe}

// outputs is how many numbers the network gives a frame: the cut's, and the kinds'.
const outputs = 1 + kinds

// judge turns the network's outputs, which are log-odds, into probabilities. They are rounded to steps that are far above what
// machines' exponentials differ by.
func judge(out []float32, n notes) verdict {
	v := verdict{spread: n.spread, sides: n.sides, cut: step(1 / (1 + math.Exp(-float64(out[0]))))}
	top := out[1]
	for _, o := range out[2:outputs] {
		top = max(top, o)
	}
	var e [kinds]float64
	sum := 0.0
	for i := range e {
		e[i] = math.Exp(float64(out[1+i] - top))
		sum += e[i]
	}
	for i := range e {
		v.kinds[i] = step(e[i] / sum)
	}
	return v
}

func step(p float64) float32 { return float32(math.Round(p*(1<<16))) / (1 << 16) }

// Likelihood is what the detector makes of one frame, each from 0 to 1.
type Likelihood struct {
	Cut                  float32 // that it is the first of a new shot, after a cut
	Dissolve, Fade, Wipe float32 // that it lies within one
	Spread               float32 // standard deviation of its luma in 8-bit levels; none where it is all one shade
}

func (v *verdict) likelihood() Likelihood {
	return Likelihood{v.cut, v.kinds[1], v.kinds[2], v.kinds[3], v.spread}
}

// gradual is how likely the frame lies within a gradual boundary.
func (v *verdict) gradual() float32 { return 1 - v.kinds[0] }
