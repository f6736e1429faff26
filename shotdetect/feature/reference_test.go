package feature

import (
	"image"
	"math"
	"testing"
)

// The reference says the same as the package in the plainest way: whole film in memory, floats, every candidate, nothing kept.

// areaMean draws src, width x height from where it begins, over by area: for every cell it goes over the pixels it may cover.
func areaMean(src []uint8, stride, width, height, across, down int) []float64 {
	out := make([]float64, across*down)
	for cy := range down {
		for cx := range across {
			total := 0
			for y := cy * height / down; y < height && y*down < (cy+1)*height; y++ {
				wy := min((cy+1)*height, (y+1)*down) - max(cy*height, y*down)
				for x := cx * width / across; x < width && x*across < (cx+1)*width; x++ {
					wx := min((cx+1)*width, (x+1)*across) - max(cx*width, x*across)
					total += max(wx, 0) * max(wy, 0) * int(src[y*stride+x])
				}
			}
			out[cy*across+cx] = math.Floor(float64(total)/float64(width*height) + .5)
		}
	}
	return out
}

func bytesOf(v []float64) []uint8 {
	out := make([]uint8, len(v))
	for i, x := range v {
		out[i] = uint8(x)
	}
	return out
}

type slow struct{ y, cb, cr, root, luma, hist []float64 }

// slowLook reduces img twice, cutting away rows and columns of the kept size in between.
func slowLook(img *image.YCbCr, rows, columns int) *slow {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	cut := func(pix []uint8, stride, w, h, kw, kh, rows, columns, across, down int) []float64 {
		k := bytesOf(areaMean(pix, stride, w, h, kw, kh))
		return areaMean(k[rows*kw+columns:], kw, kw-2*columns, kh-2*rows, across, down)
	}
	s := &slow{
		y:  cut(img.Y, img.YStride, w, h, 128, 72, rows, columns, 64, 36),
		cb: cut(img.Cb, img.CStride, (w+1)/2, (h+1)/2, 64, 36, rows/2, columns/2, 32, 18),
		cr: cut(img.Cr, img.CStride, (w+1)/2, (h+1)/2, 64, 36, rows/2, columns/2, 32, 18),
	}
	s.root, s.luma, s.hist = make([]float64, 576), make([]float64, 576), make([]float64, 128)
	for i := range 576 {
		for k := range 4 {
			x, y := i%32*2+k%2, i/32*2+k/2
			s.luma[i] += s.at(x, y) / 4
			s.root[i] += s.steep(x, y) / 4
			s.put(s.at(x, y), s.cb[i], s.cr[i])
		}
		s.root[i] = math.Floor(math.Sqrt(s.root[i])*32) / 32
	}
	return s
}

// at is luma; edges go on outwards.
func (s *slow) at(x, y int) float64 { return s.y[min(max(y, 0), 35)*64+min(max(x, 0), 63)] }

func (s *slow) steep(x, y int) float64 {
	return math.Abs(s.at(x+1, y)-s.at(x-1, y)) + math.Abs(s.at(x, y+1)-s.at(x, y-1))
}

// put shares a pixel out among the eight colours around its own.
func (s *slow) put(y, cb, cr float64) {
	split := func(v, first, width float64, count int) [2]struct {
		bin  int
		part float64
	} {
		v = min(max((v-first)/width, 0), float64(count-1))
		i := int(v)
		return [2]struct {
			bin  int
			part float64
		}{{i, 1 - (v - float64(i))}, {min(i+1, count-1), v - float64(i)}}
	}
	for _, l := range split(y, 16, 32, 8) {
		for _, b := range split(cb, 104, 16, 4) {
			for _, r := range split(cr, 104, 16, 4) {
				s.hist[(l.bin*4+b.bin)*4+r.bin] += l.part * b.part * r.part / 2304
			}
		}
	}
}

func (s *slow) block(old *slow, b, dx, dy int) (sum float64) {
	for y := range 9 {
		for x := range 8 {
			px, py := b%8*8+x, b/8*9+y
			sum += math.Abs(s.at(px, py) - old.at(px+dx, py+dy))
		}
	}
	return sum
}

func (s *slow) flat(b int) (sum float64) {
	mean := 0.
	for i := range 72 {
		mean += s.at(b%8*8+i%8, b/8*9+i/8)
	}
	mean = math.Floor(mean / 72)
	for i := range 72 {
		sum += math.Abs(s.at(b%8*8+i%8, b/8*9+i/8) - mean)
	}
	return sum
}

func slowPair(old, now *slow) (m [7]float64) {
	for b := range 32 {
		best := math.Inf(1)
		for dy := -4; dy <= 4; dy++ {
			for dx := -8; dx <= 8; dx++ {
				best = min(best, now.block(old, b, dx, dy))
			}
		}
		flat := now.flat(b) + 144
		m[0] += best / 2304
		m[1] += min(best/flat, 1.5) / 32
		if best > .6*flat && best > 216 {
			m[2] += 1. / 32
		}
		m[3] += now.block(old, b, 0, 0) / 2304
	}
	m[0], m[3] = math.Log1p(m[0]), math.Log1p(m[3])
	for i := range now.hist {
		m[4] += math.Abs(now.hist[i] - old.hist[i])
	}
	m[5], m[6] = 1-slowCorrelation(old.luma, now.luma, 9), 1-slowCorrelation(old.root, now.root, .25)
	return m
}

func slowMean(v []float64) (sum float64) {
	for _, x := range v {
		sum += x / float64(len(v))
	}
	return sum
}

func slowCorrelation(a, b []float64, floor float64) float64 {
	ma, mb := slowMean(a), slowMean(b)
	ab, aa, bb := 0., floor*576, floor*576
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	return ab / math.Sqrt(aa*bb)
}

func slowBlend(a, f, b *slow) [5]float64 {
	var uu, du, dd, near, span, spread float64
	pixel := func(i int) (d, u [3]float64) {
		for k, p := range [][3][]float64{{a.luma, f.luma, b.luma}, {a.cb, f.cb, b.cb}, {a.cr, f.cr, b.cr}} {
			d[k], u[k] = p[1][i]-p[0][i], p[2][i]-p[0][i]
		}
		return d, u
	}
	for i := range 576 {
		d, u := pixel(i)
		toA, toB := 0., 0.
		for k := range 3 {
			uu, du, dd = uu+u[k]*u[k], du+d[k]*u[k], dd+d[k]*d[k]
			toA, toB, span = toA+math.Abs(d[k]), toB+math.Abs(d[k]-u[k]), span+math.Abs(u[k])
		}
		near += min(toA, toB)
	}
	e := uu + 576*4
	alpha := du / e
	for i := range 576 {
		d, u := pixel(i)
		w := u[0]*u[0] + u[1]*u[1] + u[2]*u[2]
		v := min(max((d[0]*u[0]+d[1]*u[1]+d[2]*u[2])/(w+10), -.5), 1.5)
		spread += (v - alpha) * (v - alpha) * w
	}
	return [5]float64{
		min(max(alpha, -1), 2), min(math.Sqrt(max(dd-2*alpha*du+alpha*alpha*uu, 0)/e), 3),
		min(near/(span+576), 3), min(math.Sqrt(spread/e), 2), math.Log1p(span / 576),
	}
}

// slowFilm are the rows of a film whose bars are known.
type slowFilm struct {
	looks []*slow
	pairs map[[2]int][7]float64
}

func newSlowFilm(frames []*image.YCbCr, rows, columns int) *slowFilm {
	f := &slowFilm{pairs: map[[2]int][7]float64{}}
	for _, img := range frames {
		f.looks = append(f.looks, slowLook(img, rows, columns))
	}
	return f
}

func (f *slowFilm) clamp(n int) int { return min(max(n, 0), len(f.looks)-1) }

func (f *slowFilm) pair(i, j int) [7]float64 {
	key := [2]int{f.clamp(i), f.clamp(j)}
	if _, ok := f.pairs[key]; !ok {
		f.pairs[key] = slowPair(f.looks[key[0]], f.looks[key[1]])
	}
	return f.pairs[key]
}

func (f *slowFilm) row(t int) (row []float64) {
	for d := range 11 {
		m := f.pair(t-1-d, t)
		row = append(row, m[:]...)
	}
	for _, k := range []int{2, 4, 6} {
		least := [7]float64{9, 9, 9, 9, 9, 9, 9}
		for i := t - k; i < t; i++ {
			for j := t; j < t+k; j++ {
				for q, v := range f.pair(i, j) {
					least[q] = min(least[q], v)
				}
			}
		}
		row = append(row, least[:]...)
	}
	row = append(row, f.looks[t].own()...)
	for _, s := range []int{2, 4, 8, 12, 20, 32} {
		b := slowBlend(f.looks[f.clamp(t-s)], f.looks[t], f.looks[f.clamp(t+s)])
		row = append(row, b[:]...)
	}
	for _, s := range []int{8, 16, 32} {
		m := f.pair(t-s, t+s)
		row = append(row, m[:]...)
	}
	return row
}

func (s *slow) own() []float64 {
	mean, variance, edges, peak := slowMean(s.y), 0., 0., 0.
	var bins [16]float64
	for i, v := range s.y {
		variance += (v - mean) * (v - mean) / 2304
		edges += s.steep(i%64, i/64) / 2304
		bins[int(v)/16]++
		peak = max(peak, bins[int(v)/16]/2304)
	}
	return []float64{mean / 64, math.Sqrt(variance) / 64, (slowMean(s.cb) - 128) / 64, (slowMean(s.cr) - 128) / 64, edges / 64, peak}
}

// sameRows compares rows with those of the reference.
func sameRows(t *testing.T, rows []Row, want *slowFilm) {
	t.Helper()
	if len(rows) != len(want.looks) {
		t.Fatalf("%d rows of %d frames", len(rows), len(want.looks))
	}
	for n, row := range rows {
		slow := want.row(n)
		if len(slow) != Inputs {
			t.Fatalf("the reference has %d numbers", len(slow))
		}
		for i, v := range row {
			// A pixel's share in the spread of a blend is cut to a 256th; all else is the same but for the last bits.
			near := 1e-5
			if i >= blends && i < far && (i-blends)%Blends == 3 {
				near = 5e-3
			}
			if math.Abs(float64(v)-slow[i]) > near {
				t.Fatalf("frame %d, number %d: %v, should be %v", n, i, v, slow[i])
			}
		}
	}
}

// rowsOf are those of a film in a fresh stream.
func rowsOf(frames ...*image.YCbCr) (rows []Row) {
	s := new(Stream)
	for _, img := range frames {
		if row, ok := s.Push(img); ok {
			rows = append(rows, row)
		}
	}
	return append(rows, s.Flush()...)
}

// film draws frames of which some are blends of two scenes.
func film(width, height, frames int) (all []*image.YCbCr) {
	for n := range frames {
		img := scene(width, height, 30+n)
		if n > 16 && n < 25 { // a dissolve
			mix(img, scene(width, height, 130+n), (n-16)*255/9)
		}
		all = append(all, img)
	}
	return all
}

func mix(a, b *image.YCbCr, part int) {
	for k, p := range [][]uint8{a.Y, a.Cb, a.Cr} {
		q := [][]uint8{b.Y, b.Cb, b.Cr}[k]
		for i, v := range p {
			p[i] = uint8((int(v)*(255-part) + int(q[i])*part) / 255)
		}
	}
}

func TestRowsAreThoseOfTheReference(t *testing.T) {
	for size, n := range map[image.Point]int{{X: 320, Y: 180}: 27, {X: 128, Y: 72}: 3, {X: 160, Y: 90}: 3, {X: 37, Y: 51}: 3, {X: 641, Y: 77}: 3} {
		frames := film(size.X, size.Y, n)
		sameRows(t, rowsOf(frames...), newSlowFilm(frames, 0, 0))
	}
}
