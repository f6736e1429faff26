package footage

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// fine is a picture reduced to 64x36 levels, in 32 tiles, each around its own mean: what a grade or a flash does to all of a tile is gone.
type fine struct {
	pix      [fineTiles][finePixels]float32
	variance [fineTiles]float32
	noise    float32 // variance that is taken for an encoder's
}

const (
	fineWide, fineHigh   = 64, 36
	fineAcross, fineDown = 8, 4
	fineTiles            = fineAcross * fineDown
	fineTileW, fineTileH = fineWide / fineAcross, fineHigh / fineDown
	finePixels           = fineTileW * fineTileH
	fineNoise            = 4  // variance that an encoder makes of nothing
	dimNoise             = .5 // where little can be seen, of which it is taken to be this share:
	shareOfNoise         = .125
	leastSeenOf          = .75 // of what there is to see: the rest may lie under a logo or subtitles
)

// fineOf reduces a part of a picture by area.
func fineOf(p *Picture, part image.Rectangle, mirror bool) *fine {
	f := &fine{noise: fineNoise}
	var xs [fineWide + 1]int
	for x := range xs {
		xs[x] = part.Min.X + x*part.Dx()/fineWide
	}
	for y := range fineHigh {
		y0 := part.Min.Y + y*part.Dy()/fineHigh
		y1 := max(part.Min.Y+(y+1)*part.Dy()/fineHigh, y0+1)
		for x := range fineWide {
			x0, x1 := xs[x], max(xs[x+1], xs[x]+1)
			sum := 0
			for row := y0; row < y1; row++ {
				for _, v := range p.Y[row*p.Stride+x0 : row*p.Stride+x1] {
					sum += int(v)
				}
			}
			to := x
			if mirror {
				to = fineWide - 1 - x
			}
			f.pix[y/fineTileH*fineAcross+to/fineTileW][y%fineTileH*fineTileW+to%fineTileW] = float32(sum) / float32((y1-y0)*(x1-x0))
		}
	}
	for i := range f.pix {
		f.variance[i] = centred(f.pix[i][:])
	}
	return f
}

// centred takes the mean of levels from them and gives their variance.
func centred(levels []float32) (variance float32) {
	sum, squares, n := float32(0), float32(0), float32(len(levels))
	for _, v := range levels {
		sum += v
	}
	mean := sum / n
	for k := range levels {
		levels[k] -= mean
		squares += levels[k] * levels[k]
	}
	return squares / n
}

// fine is a picture of a shot that is seen from an angle.
func (a angle) fine(p *Picture) *fine { return fineOf(p, a.part, a.mirrored).dimmed(a.dim) }

// footage is one of the film, as much of it as is seen.
func (a angle) footage(p *Picture) *fine {
	return fineOf(p, middleOf(p.whole(), a.wide, a.high), false).dimmed(a.dim)
}

// dimmed takes less for noise where little can be seen.
func (f *fine) dimmed(dim bool) *fine {
	if dim {
		sum := float32(0)
		for _, v := range f.variance {
			sum += v
		}
		f.noise = min(fineNoise, max(dimNoise, sum/fineTiles*shareOfNoise))
	}
	return f
}

// against compares two pictures: the correlation of their tiles, weighed by what there is to see, the worst quarter left out.
func (f *fine) against(o *fine) float32 {
	var tiles [fineTiles]weighed
	var total float32
	for i := range f.pix {
		sum := float32(0)
		a, b := &f.pix[i], &o.pix[i]
		for k := range a {
			sum += a[k] * b[k]
		}
		va, vb := f.variance[i], o.variance[i]
		w := float32(math.Sqrt(float64(max(va, vb))))
		tiles[i] = weighed{sum / finePixels / float32(math.Sqrt(float64((va+f.noise)*(vb+o.noise)))), w}
		total += w
	}
	if total <= 0 {
		return 0
	}
	return best(tiles[:], leastSeenOf*total)
}

// weighed is how well a tile agrees, and what there is to see in it.
type weighed struct{ correlation, weight float32 }

// best is the mean over the tiles that agree most, of so much weight.
func best(tiles []weighed, most float32) (mean float32) {
	slices.SortFunc(tiles, func(a, b weighed) int { return cmp.Compare(b.correlation, a.correlation) })
	left := most
	for _, t := range tiles {
		w := min(t.weight, left)
		mean += w * t.correlation
		if left -= w; left <= 0 {
			break
		}
	}
	return mean / most
}
