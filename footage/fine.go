package footage

import (
	"image"
	"math"
	"slices"
)

// fine is a picture reduced to 64x36 levels, in 32 tiles, each around its own mean: what a grade or a flash does to all of a tile is gone.
type fine struct {
	pix      [fineTiles][finePixels]float32
	variance [fineTiles]float32
}

const (
	fineWide, fineHigh           = 64, 36
	fineAcross, fineDown         = 8, 4
	fineTiles                    = fineAcross * fineDown
	fineTileW, fineTileH         = fineWide / fineAcross, fineHigh / fineDown
	finePixels                   = fineTileW * fineTileH
	fineNoise                    = 4   // variance that an encoder makes of nothing
	leastSeenOf                  = .75 // of what there is to see: the rest may lie under a logo or subtitles
	mostBlame            float32 = .6
)

// fineOf reduces a part of a picture by area.
func fineOf(p *Picture, part image.Rectangle, mirror bool) *fine {
	f := &fine{}
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
	f.centre()
	return f
}

// centre takes each tile's mean from it.
func (f *fine) centre() {
	for i := range f.pix {
		sum, squares := float32(0), float32(0)
		for _, v := range f.pix[i] {
			sum += v
		}
		for k := range f.pix[i] {
			f.pix[i][k] -= sum / finePixels
			squares += f.pix[i][k] * f.pix[i][k]
		}
		f.variance[i] = squares / finePixels
	}
}

// against compares two pictures. agree is the correlation of their tiles, weighed by what there is to see, the worst quarter left out;
// blame is what is missing of it with nothing left out, 0 to mostBlame, which tells neighbours in time from each other.
func (f *fine) against(o *fine) (agree, blame float32) {
	var tiles [fineTiles]struct{ correlation, weight float32 }
	total := float32(0)
	for i := range f.pix {
		cross := float32(0)
		a, b := &f.pix[i], &o.pix[i]
		for k := range a {
			cross += a[k] * b[k]
		}
		va, vb := f.variance[i], o.variance[i]
		c := cross / finePixels / float32(math.Sqrt(float64((va+fineNoise)*(vb+fineNoise))))
		w := float32(math.Sqrt(float64(max(va, vb))))
		tiles[i].correlation, tiles[i].weight = c, w
		total += w
		blame += w * min(mostBlame, 1-c)
	}
	if total == 0 {
		return 0, mostBlame
	}
	slices.SortFunc(tiles[:], func(a, b struct{ correlation, weight float32 }) int {
		return compareFloats(float64(b.correlation), float64(a.correlation))
	})
	left := leastSeenOf * total
	for _, t := range tiles {
		w := min(t.weight, left)
		agree += w * t.correlation
		if left -= w; left <= 0 {
			break
		}
	}
	return agree / (leastSeenOf * total), blame / total
}
