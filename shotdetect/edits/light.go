package edits

import (
	"math"
	"slices"
)

var (
	black = colour{}
	white = colour{255, 255, 255}
)

// part is a share of one as the 256ths that pictures are mixed by.
func part(x float64) int { return int(min(max(x, 0), 1) * 256) }

// flare lights the frames from one on, by so much each.
func (s *scene) flare(first int, c colour, levels []float64) {
	s.brief(first, len(levels), func(k int, p Picture) Picture { return p.tint(c, part(levels[k])) })
}

// flash is sudden and falls off.
func flash(s *scene) {
	levels := []float64{1, 0.8, 0.45, 0.2}
	if s.chance(0.5) {
		levels = make([]float64, s.from(1, 7))
		for k := range levels {
			levels[k] = s.between(0.15, 1)
		}
		slices.Sort(levels)
		slices.Reverse(levels)
	}
	s.flare(s.middle(), white, levels)
}

// colourFlash rises and falls, in any colour, not always to the full.
func colourFlash(s *scene) {
	up, down, peak := s.IntN(4), s.from(1, 6), s.between(0.4, 1)
	var levels []float64
	for k := -up; k <= down; k++ {
		side := down
		if k < 0 {
			side = up
		}
		levels = append(levels, peak*(1-math.Abs(float64(k))/float64(side+1)))
	}
	s.flare(s.middle()-up, s.colour(), levels)
}

// strobe makes every so manyth frame white or black.
func (s *scene) strobe(step, length int) {
	s.brief(s.middle(), length, func(k int, p Picture) Picture {
		if k%step > 0 {
			return p
		}
		return flat(pick(s.dice, white, black))
	})
}

func negative(p Picture) Picture {
	out := make(Picture, size)
	for i, v := range p {
		out[i] = 255 - v
	}
	return out
}

// stark is p in two colours.
func (p Picture) stark(threshold int, low, high colour) Picture {
	out := make(Picture, size)
	for i := 0; i < size; i += 3 {
		c := &low
		if p.grey(i) > threshold {
			c = &high
		}
		out[i], out[i+1], out[i+2] = c[0], c[1], c[2]
	}
	return out
}

// impact is the frame or three of a blow: negative, black on white, white on black, or in two colours.
func impact(s *scene) {
	threshold := s.from(60, 150)
	draws := []func(Picture) Picture{
		negative,
		func(p Picture) Picture { return p.stark(threshold, black, white) },
		func(p Picture) Picture { return p.stark(threshold, white, black) },
		func(p Picture) Picture { return p.stark(threshold, s.colour(), s.colour()) },
	}
	draw := pick(s.dice, draws...)
	if s.chance(0.3) { // they also alternate
		draw = func(p Picture) Picture { return pick(s.dice, draws...)(p) }
	}
	s.some(s.from(1, 4), draw)
}

func flicker(s *scene) {
	deep := s.between(0.1, 0.4)
	s.all(func(_ int, p Picture) Picture {
		var lut [256]byte
		by := s.between(1-deep, 1+deep)
		for v := range lut {
			lut[v] = clamp(int(float64(v) * by))
		}
		return p.curve(&lut)
	})
}

// fog dips the picture into a colour and lets it come back, never wholly gone.
func fog(s *scene) {
	c, peak, width, middle := s.colour(), s.between(0.3, 0.75), s.between(2, 14), s.middle()
	if s.chance(0.4) {
		c = pick(s.dice, black, white)
	}
	s.all(func(k int, p Picture) Picture {
		x := float64(k-middle) / width
		return p.tint(c, part(peak*math.Exp(-x*x)))
	})
}

// leak is light that wanders over the lens: a warm glow, added.
func leak(s *scene) {
	length, c := s.from(8, 40), colour{255, byte(s.from(80, 220)), byte(s.from(0, 120))}
	x, y, radius := s.between(0, Width), s.between(0, Height), s.between(20, 90)
	dx, dy, peak := s.between(-5, 5), s.between(-2, 2), s.between(0.4, 1)
	s.each(s.middle()-length/4, length, func(k int, p Picture) Picture {
		glow := peak * math.Sin(math.Pi*float64(k+1)/float64(length+1))
		return p.glowing(int(x+dx*float64(k)), int(y+dy*float64(k)), int(radius), c, part(glow))
	})
}

// glowing adds light around a point, falling off to nothing at the radius.
func (p Picture) glowing(x0, y0, radius int, c colour, alpha int) Picture {
	out := p.clone()
	square := radius * radius
	for y := max(y0-radius, 0); y < min(y0+radius, Height); y++ {
		for x := max(x0-radius, 0); x < min(x0+radius, Width); x++ {
			near := square - (x-x0)*(x-x0) - (y-y0)*(y-y0)
			if near <= 0 {
				continue
			}
			by := near * alpha / square
			for k := range c {
				i := at(x, y) + k
				out[i] = byte(min(int(out[i])+int(c[k])*by>>8, 255))
			}
		}
	}
	return out
}
