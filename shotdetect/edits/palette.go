package edits

import "math"

// manner is a way of drawing that a whole sequence keeps.
type manner struct {
	name    string
	odds    float64
	outline float64 // how often things have one
	holds   []int   // frames that a drawing stays
	blur    float64 // how often fast things are blurred
	moods   []string
	old     float64 // how often the film flickers and weaves
}

var manners = []manner{
	{"motion", 40, 0.15, []int{1, 1, 1, 1, 2}, 0.6, []string{"pastel", "vivid", "muted", "dark", "white", "vivid"}, 0},
	{"anime", 30, 0.8, []int{1, 2, 2, 3, 3, 4}, 0.25, []string{"pastel", "vivid", "muted", "dark", "dark", "muted"}, 0.02},
	{"cartoon", 30, 0.9, []int{1, 1, 2, 2}, 0.1, []string{"grey", "grey", "grey", "sepia", "vivid", "muted"}, 0.6},
}

// mood is where a palette's colours lie: saturation and value of what is behind and of things.
type mood struct {
	name               string
	backS, backV       [2]float64
	thingS, thingV     [2]float64
	darkInk, sepiaTone float64
}

var moods = []mood{
	{"pastel", [2]float64{0.1, 0.4}, [2]float64{0.8, 1}, [2]float64{0.2, 0.7}, [2]float64{0.4, 1}, 0.9, 0},
	{"vivid", [2]float64{0.4, 0.95}, [2]float64{0.4, 1}, [2]float64{0.4, 1}, [2]float64{0.2, 1}, 0.8, 0},
	{"muted", [2]float64{0.1, 0.45}, [2]float64{0.3, 0.7}, [2]float64{0.1, 0.5}, [2]float64{0.2, 0.9}, 0.9, 0},
	{"dark", [2]float64{0.1, 0.8}, [2]float64{0.03, 0.25}, [2]float64{0.1, 0.8}, [2]float64{0.08, 0.6}, 0.7, 0},
	{"white", [2]float64{0, 0.06}, [2]float64{0.93, 1}, [2]float64{0.3, 1}, [2]float64{0.1, 1}, 1, 0},
	{"grey", [2]float64{0, 0}, [2]float64{0.3, 0.9}, [2]float64{0, 0}, [2]float64{0.05, 1}, 1, 0},
	{"sepia", [2]float64{0.15, 0.35}, [2]float64{0.35, 0.9}, [2]float64{0.15, 0.4}, [2]float64{0.05, 1}, 1, 1},
}

// palette throws colours of one mood.
type palette struct {
	dice
	mood
	hue float64
	ink colour
}

func (d dice) palette(name string) *palette {
	p := &palette{dice: d, mood: moods[0], hue: d.Float64(), ink: colour{20, 18, 24}}
	for _, m := range moods {
		if m.name == name {
			p.mood = m
		}
	}
	if p.sepiaTone > 0 {
		p.hue = 0.09
	}
	if !d.chance(p.darkInk) {
		p.ink = pick(d, white, hsv(p.hue, 0.5, 0.3))
	}
	return p
}

// near throws a hue: often the palette's own, else opposite or beside.
func (p *palette) near() float64 {
	if p.sepiaTone > 0 {
		return p.hue
	}
	return p.hue + pick(p.dice, 0, 0, 0.5, 0.33, 0.67, 0.12) + 0.03*p.NormFloat64()
}

func (p *palette) back() colour {
	return hsv(p.near(), p.between(p.backS[0], p.backS[1]), p.between(p.backV[0], p.backV[1]))
}

func (p *palette) thing() colour {
	return hsv(p.near(), p.between(p.thingS[0], p.thingS[1]), p.between(p.thingV[0], p.thingV[1]))
}

// hsv is a colour of a hue in turns.
func hsv(h, s, v float64) colour {
	var c colour
	for k := range c {
		x := math.Abs(math.Mod(h-float64(k)/3+4.5, 1)-0.5) * 6 // 3 where the hue is opposite, 0 where it is there
		c[k] = clamp(int(255 * v * (1 - s*min(max(x-1, 0), 1))))
	}
	return c
}

// shaded is c darker, or lighter where by is above 1.
func shaded(c colour, by float64) colour {
	for k := range c {
		c[k] = clamp(int(float64(c[k]) * by))
	}
	return c
}

// between is a colour a part of the way to another.
func blended(a, b colour, part float64) colour {
	for k := range a {
		a[k] = clamp(int(float64(a[k])*(1-part) + float64(b[k])*part))
	}
	return a
}
