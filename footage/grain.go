package footage

import (
	"bytes"
	"cmp"
	"image"
	"image/jpeg"
	"math"
	"slices"
)

// grain is a picture reduced to 48x27 levels, fine enough to tell look-alikes from each other and coarse enough for what encoders do.
type grain [grainHigh][grainWide]float32

const (
	grainWide, grainHigh = 48, 27
	tilesWide, tilesHigh = 6, 3
	tileWide, tileHigh   = grainWide / tilesWide, grainHigh / tilesHigh
)

// grainOf reduces a part of a picture by area.
func grainOf(p *Picture, part image.Rectangle, mirror bool) *grain {
	g := &grain{}
	for y := range grainHigh {
		y0, y1 := part.Min.Y+y*part.Dy()/grainHigh, part.Min.Y+max((y+1)*part.Dy()/grainHigh, y*part.Dy()/grainHigh+1)
		for x := range grainWide {
			x0, x1 := part.Min.X+x*part.Dx()/grainWide, part.Min.X+max((x+1)*part.Dx()/grainWide, x*part.Dx()/grainWide+1)
			sum := 0
			for _, row := range rows(p, y0, y1) {
				for _, v := range row[x0:x1] {
					sum += int(v)
				}
			}
			to := x
			if mirror {
				to = grainWide - 1 - x
			}
			g[y][to] = float32(sum) / float32((y1-y0)*(x1-x0))
		}
	}
	return g
}

func rows(p *Picture, from, to int) [][]byte {
	all := make([][]byte, 0, to-from)
	for y := from; y < to; y++ {
		all = append(all, p.Y[y*p.Stride:][:p.Width])
	}
	return all
}

// agreement is how well two grains agree, -1 to 1: the correlation of their tiles, each by itself, so that neither a grade nor a
// gradient of light matters, weighed by what there is to see in them. The worst quarter does not count: it may lie under a logo or
// subtitles. The better of small shifts is taken.
func (g *grain) agreement(o *grain) float64 {
	best := -1.0
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			best = max(best, g.shifted(o, dx, dy))
		}
	}
	return best
}

type tile struct{ correlation, weight float64 }

func (g *grain) shifted(o *grain, dx, dy int) float64 {
	var tiles [tilesWide * tilesHigh]tile
	for i := range tiles {
		tiles[i] = g.tile(o, i%tilesWide*tileWide, i/tilesWide*tileHigh, dx, dy)
	}
	return correlation(tiles[:])
}

// correlation of tiles is the mean of the best three quarters of them, by weight; 0 where there is nothing to see. They are put in order.
func correlation(tiles []tile) float64 {
	total := 0.0
	for _, t := range tiles {
		total += t.weight
	}
	slices.SortFunc(tiles, func(a, b tile) int { return cmp.Compare(b.correlation, a.correlation) })
	sum, weight := 0.0, 0.0
	for _, t := range tiles {
		w := min(t.weight, 0.75*total-weight)
		if w <= 0 {
			break
		}
		sum, weight = sum+t.correlation*w, weight+w
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

// tile correlates one tile of g with the one of o that is so far off. What leaves o's edge is left out.
func (g *grain) tile(o *grain, x0, y0, dx, dy int) tile {
	var n, sx, sy, sxx, syy, sxy float64
	for y := y0; y < y0+tileHigh; y++ {
		for x := x0; x < x0+tileWide; x++ {
			if ox, oy := x+dx, y+dy; ox >= 0 && oy >= 0 && ox < grainWide && oy < grainHigh {
				a, b := float64(g[y][x]), float64(o[oy][ox])
				n, sx, sy, sxx, syy, sxy = n+1, sx+a, sy+b, sxx+a*a, syy+b*b, sxy+a*b
			}
		}
	}
	if n == 0 {
		return tile{}
	}
	va, vb := max(0, sxx-sx*sx/n), max(0, syy-sy*sy/n)
	const noise = 4 // variance that an encoder makes of nothing
	correlation := (sxy - sx*sy/n) / math.Sqrt((va+noise*n)*(vb+noise*n))
	return tile{correlation, math.Sqrt(max(va, vb) / n)}
}

// mostStill bounds the small pictures that are read: the library's are 160 pixels wide.
const mostStill = 1 << 20

// stillOf reads a small picture of the library.
func stillOf(b []byte) (*Picture, error) {
	head, err := jpeg.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	if head.Width*head.Height > mostStill {
		return nil, image.ErrFormat
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return PictureOf(img), nil
}
