package footage

import (
	"image"
	"math"

	"github.com/amvlib/amvlib/media"
)

// plate is a gray picture in numbers, for measuring.
type plate struct {
	wide, high int
	v          []float32
}

func newPlate(wide, high int) *plate { return &plate{wide, high, make([]float32, wide*high)} }

// plateSizes are the widths and heights at which pictures are laid over each other, the finest first.
var plateSizes = [4][2]int{
	{media.Width, media.Height}, {media.Width / 2, media.Height / 2}, {media.Width / 4, media.Height / 4}, {media.Width / 8, media.Height / 8},
}

// plateOf is a decoded picture in one of the sizes: every level is the mean of those under it.
func plateOf(img *image.Gray, size int) *plate {
	p, side := newPlate(plateSizes[size][0], plateSizes[size][1]), 1<<size
	share := 1 / float32(side*side)
	for y := range p.high {
		to := p.v[y*p.wide:][:p.wide]
		for j := range side {
			row := img.Pix[(y*side+j)*img.Stride:][:media.Width]
			for x := range to {
				sum := 0
				for _, v := range row[x*side:][:side] {
					sum += int(v)
				}
				to[x] += float32(sum)
			}
		}
		for x := range to {
			to[x] *= share
		}
	}
	return p
}

// plate is a part of p reduced by area to at most wide x high, as fine as it is where it is smaller.
func (p *Picture) plate(part image.Rectangle, mirror bool, wide, high int) *plate {
	wide, high = max(1, min(wide, part.Dx())), max(1, min(high, part.Dy()))
	across := newPlate(wide, part.Dy())
	for y := range across.high {
		row := p.Y[(part.Min.Y+y)*p.Stride+part.Min.X:][:part.Dx()]
		shrink(across.v[y*wide:][:wide], len(row), func(i int) float32 { return float32(row[i]) })
	}
	out := newPlate(wide, high)
	column := make([]float32, high)
	for x := range wide {
		shrink(column, across.high, func(i int) float32 { return across.v[i*wide+x] })
		to := x
		if mirror {
			to = wide - 1 - x
		}
		for y, v := range column {
			out.v[y*wide+to] = v
		}
	}
	return out
}

// shrink makes each of to the mean of the stretch of n levels that lies under it.
func shrink(to []float32, n int, from func(int) float32) {
	step := float32(n) / float32(len(to))
	for k := range to {
		start, end := float32(k)*step, float32(k+1)*step
		sum := float32(0)
		for i := int(start); i < n && float32(i) < end; i++ {
			sum += from(i) * (min(end, float32(i+1)) - max(start, float32(i)))
		}
		to[k] = sum / step
	}
}

// at is the level at a place in pixels, between the four around it; false beyond the edge and beside what is missing.
func (p *plate) at(x, y float32) (float32, bool) {
	x, y = x-0.5, y-0.5
	if x < -0.5 || y < -0.5 || x > float32(p.wide)-0.5 || y > float32(p.high)-0.5 {
		return 0, false
	}
	x, y = max(0, min(x, float32(p.wide-1))), max(0, min(y, float32(p.high-1)))
	x0, y0 := min(int(x), max(0, p.wide-2)), min(int(y), max(0, p.high-2))
	x1, y1 := min(x0+1, p.wide-1), min(y0+1, p.high-1)
	fx, fy := x-float32(x0), y-float32(y0)
	if fx == 0 { // what has no weight may be missing
		x1 = x0
	}
	if fy == 0 {
		y1 = y0
	}
	a, b, c, d := p.v[y0*p.wide+x0], p.v[y0*p.wide+x1], p.v[y1*p.wide+x0], p.v[y1*p.wide+x1]
	if a == missing || b == missing || c == missing || d == missing {
		return 0, false
	}
	top := a*(1-fx) + b*fx
	low := c*(1-fx) + d*fx
	return top*(1-fy) + low*fy, true
}

const tileNoise, busy = 4, 900 // variances: what an encoder makes of nothing; beyond which a part counts no more

// tile correlates a part of p with that of o.
func (p *plate) tile(o *plate, part image.Rectangle) tile {
	var n, sx, sy, sxx, syy, sxy float64
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			i := y*p.wide + x
			if p.v[i] == missing {
				continue
			}
			a, b := float64(p.v[i]), float64(o.v[i])
			n, sx, sy, sxx, syy, sxy = n+1, sx+a, sy+b, sxx+a*a, syy+b*b, sxy+a*b
		}
	}
	if n < float64(part.Dx()*part.Dy())/4 {
		return tile{}
	}
	va, vb := max(0, sxx-sx*sx/n), max(0, syy-sy*sy/n)
	return tile{(sxy - sx*sy/n) / math.Sqrt((va+tileNoise*n)*(vb+tileNoise*n)), n * math.Sqrt(min(max(va, vb)/n, busy))}
}
