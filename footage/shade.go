package footage

import (
	"image"
	"math"
)

// shade is a picture as fine as it is kept, 160x90 levels, in 40 tiles, each around its own mean. Frames that hardly differ are told
// from each other by it.
type shade struct {
	pix      [shadeTiles][shadePixels]float32
	variance [shadeTiles]float32
}

const (
	shadeAcross, shadeDown = 8, 5
	shadeTiles             = shadeAcross * shadeDown
	shadeTileW, shadeTileH = snapWide / shadeAcross, snapHigh / shadeDown
	shadePixels            = shadeTileW * shadeTileH
	shadeNoise             = .25 // variance that means of 16 levels have from encoders alone
)

// view is what of a film's frame is seen: shares of its width and height, and by how much of them its middle is off.
type view struct{ wide, high, x, y float64 }

// view is what an angle shows.
func (a angle) view() view { return view{wide: a.wide, high: a.high} }

// closer is a view that shows so much of what it showed, moved.
func (v view) closer(share, x, y float64) view {
	return view{v.wide * share, v.high * share, v.x + x, v.y + y}
}

// sits is where a sample lies: between two, and how far from the first.
type sits struct {
	at   int
	part float32
}

// samples are where those of a picture's share, n of them, lie between from and to.
func samples(n, from, to int, share, off float64) []sits {
	all := make([]sits, n)
	length := float64(to - from)
	for k := range all {
		at := float64(from) + length*(.5+off+((float64(k)+.5)/float64(n)-.5)*share) - .5
		at = math.Max(float64(from), math.Min(float64(to-1), at))
		i := min(int(at), max(from, to-2))
		all[k] = sits{i, float32(at - float64(i))}
	}
	return all
}

// shadeOf is what a view of a part of a picture shows.
func shadeOf(p *Picture, part image.Rectangle, v view, mirror bool) *shade {
	s := &shade{}
	xs := samples(snapWide, part.Min.X, part.Max.X, v.wide, v.x)
	for y, row := range samples(snapHigh, part.Min.Y, part.Max.Y, v.high, v.y) {
		a := p.Y[row.at*p.Stride:]
		b := a
		if row.at+1 < part.Max.Y {
			b = p.Y[(row.at+1)*p.Stride:]
		}
		down := y / shadeTileH * shadeAcross
		inside := y % shadeTileH * shadeTileW
		for x, c := range xs {
			next := min(c.at+1, part.Max.X-1)
			top := float32(a[c.at]) + c.part*(float32(a[next])-float32(a[c.at]))
			low := float32(b[c.at]) + c.part*(float32(b[next])-float32(b[c.at]))
			to := x
			if mirror {
				to = snapWide - 1 - x
			}
			s.pix[down+to/shadeTileW][inside+to%shadeTileW] = top + row.part*(low-top)
		}
	}
	for i := range s.pix {
		s.variance[i] = centred(s.pix[i][:])
	}
	return s
}

// unlike is how much less likely than anything o makes s, as a logarithm for each tile: of the variance that the best straight change of
// its light leaves unexplained by the variance that there is, in the mean over all tiles. What lies over some of them makes all
// pictures equally unlike there, and so decides nothing.
func (s *shade) unlike(o *shade) float32 {
	sum := float64(0)
	for i := range s.pix {
		a, b := &s.pix[i], &o.pix[i]
		var c0, c1, c2, c3 float32
		for k := 0; k < shadePixels; k += 4 {
			c0 += a[k] * b[k]
			c1 += a[k+1] * b[k+1]
			c2 += a[k+2] * b[k+2]
			c3 += a[k+3] * b[k+3]
		}
		va, vb := s.variance[i], o.variance[i]
		left := va
		if cross := (c0 + c1 + c2 + c3) / shadePixels; cross > 0 {
			left -= cross * cross / (vb + shadeNoise)
		}
		sum += math.Log(float64((max(0, left) + shadeNoise) / (va + shadeNoise)))
	}
	return float32(sum / shadeTiles)
}
