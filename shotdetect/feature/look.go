package feature

import "math"

// Blocks whose motion is followed.
const (
	blockWidth, blockHeight = 8, 9
	blocksAcross            = Width / blockWidth
	blocks                  = blocksAcross * Height / blockHeight
	reachX, reachY          = 8, 4 // how far a block may have moved
	paddedWidth             = Width + 2*reachX
	paddedHeight            = Height + 2*reachY
	inset                   = reachY*paddedWidth + reachX // where the picture begins in a padded one
	candidates              = (2*reachX + 1) * (2*reachY + 1)
)

const (
	colours              = 8 * 4 * 4 // of the histogram: luma, Cb and Cr
	lumaParts, tintParts = 32, 16    // in which a pixel is shared among two bins
	shades               = lumaParts * tintParts * tintParts
	coarse               = TintWidth * TintHeight
)

// look is a picture with what comparing it needs.
type look struct {
	Picture
	padded    [paddedWidth * paddedHeight]uint8 // luma; edges go on outwards
	histogram [colours]int32                    // shades of each colour
	flat      [blocks]uint32                    // sum of differences from a block's own mean
	quarters  [3][coarse]int16                  // sums of four pixels of luma; four times Cb; four times Cr
	outline   [coarse]int16                     // roots of the sums of four steepnesses, times 16
	lumaNorm  norm
	edgeNorm  norm
	mean, deviation, tintBlue, tintRed,
	edges, peak float32
	// sums of the block that begins there, and of its first third; only for the plain search
	sums     [(paddedHeight - blockHeight + 1) * paddedWidth]uint16
	thirds   [(paddedHeight - thirdHeight + 1) * paddedWidth]uint16
	sumsDone bool
}

// norm is what cross-correlation needs of one side.
type norm struct {
	sum  int64
	root float64 // of the regularised sum of squares about the mean, times coarse
}

// Differences of this many steps, added to a picture's variance, keep noise in flat pictures from being correlated.
const (
	lumaFloor = 3 * 3 * 16     // in sums of four pixels, squared
	edgeFloor = 32 * 32 / 4    // in the units of outline, squared
	steepest  = 4 * 2 * 255    // sum of four steepnesses
	pixels    = Width * Height // of luma
	bins      = 16             // of luma
)

func (l *look) derive() {
	l.pad()
	l.count()
	l.coarsen()
	l.flatten()
	l.sumsDone = false
}

func (l *look) pad() {
	for y := range paddedHeight {
		from := l.Y[min(max(y-reachY, 0), Height-1)*Width:][:Width]
		to := l.padded[y*paddedWidth:][:paddedWidth]
		copy(to[reachX:], from)
		for x := range reachX {
			to[x], to[reachX+Width+x] = from[0], from[Width-1]
		}
	}
}

// soft is to which of so many bins a value belongs, and how many of its parts belong to the next: bins have soft edges, so that a small
// drift of brightness or colour is a small difference.
type soft struct{ bin, next uint8 }

func softly(first, width, count int) (table [256]soft) {
	for v := range table {
		at := min(max(v-first, 0), (count-1)*width)
		table[v] = soft{uint8(at / width), uint8(at % width)}
	}
	return table
}

var (
	lumaBins = softly(16, lumaParts, 8)
	tintBins = softly(104, tintParts, 4) // grey lies between two
)

// count fills the histogram and what is told by values alone.
func (l *look) count() {
	clear(l.histogram[:])
	var sum, squares, blue, red int
	var shares [bins]int
	for i := range coarse {
		cb, cr := l.Cb[i], l.Cr[i]
		blue, red = blue+int(cb), red+int(cr)
		at := i/TintWidth*2*Width + i%TintWidth*2
		var lumas [8]int32
		for _, v := range [4]uint8{l.Y[at], l.Y[at+1], l.Y[at+Width], l.Y[at+Width+1]} {
			sum, squares = sum+int(v), squares+int(v)*int(v)
			shares[v>>4]++
			s := lumaBins[v]
			lumas[s.bin&7] += lumaParts - int32(s.next)
			lumas[(s.bin+1)&7] += int32(s.next)
		}
		l.colour(&lumas, tintBins[cb], tintBins[cr])
	}
	l.mean = mean(sum, pixels)
	l.deviation = float32(math.Sqrt(float64(pixels*int64(squares)-int64(sum)*int64(sum))) / (pixels * Unit))
	l.tintBlue, l.tintRed = mean(blue-128*coarse, coarse), mean(red-128*coarse, coarse)
	top := 0
	for _, n := range shares {
		top = max(top, n)
	}
	l.peak = float32(float64(top) / pixels)
}

// colour adds the lumas of pixels of one tint to the histogram.
func (l *look) colour(lumas *[8]int32, cb, cr soft) {
	l.tinted(lumas, cb.bin, cr.bin, int32(tintParts-cb.next)*int32(tintParts-cr.next))
	l.tinted(lumas, cb.bin, cr.bin+1, int32(tintParts-cb.next)*int32(cr.next))
	l.tinted(lumas, cb.bin+1, cr.bin, int32(cb.next)*int32(tintParts-cr.next))
	l.tinted(lumas, cb.bin+1, cr.bin+1, int32(cb.next)*int32(cr.next))
}

func (l *look) tinted(lumas *[8]int32, cb, cr uint8, weight int32) {
	if weight == 0 {
		return
	}
	h := (*[8]int32)(l.histogram[(int(cb&3)*4+int(cr&3))*8:])
	for k, n := range lumas {
		h[k] += n * weight
	}
}

// mean is sum/of in units of a row.
func mean(sum, of int) float32 { return float32(float64(sum) / float64(of*Unit)) }

// coarsen fills quarters and outline.
func (l *look) coarsen() {
	edges := 0
	for y := range TintHeight {
		for x := range TintWidth {
			at := inset + 2*y*paddedWidth + 2*x
			p := &l.padded
			i := y*TintWidth + x
			l.quarters[0][i] = int16(p[at]) + int16(p[at+1]) + int16(p[at+paddedWidth]) + int16(p[at+paddedWidth+1])
			steep := l.steepness(at) + l.steepness(at+1) + l.steepness(at+paddedWidth) + l.steepness(at+paddedWidth+1)
			edges += steep
			l.quarters[1][i], l.quarters[2][i] = 4*int16(l.Cb[i]), 4*int16(l.Cr[i])
			l.outline[i] = edgeRoots[steep]
		}
	}
	l.edges = mean(edges, pixels)
	l.lumaNorm, l.edgeNorm = normOf(&l.quarters[0], lumaFloor), normOf(&l.outline, edgeFloor)
}

func (l *look) steepness(at int) int {
	p := l.padded[at-paddedWidth:][:2*paddedWidth+1]
	return distance(int(p[paddedWidth-1]), int(p[paddedWidth+1])) + distance(int(p[0]), int(p[2*paddedWidth]))
}

func distance(a, b int) int { return max(a-b, b-a) }

func normOf(v *[coarse]int16, floor int64) norm {
	var sum, squares int64
	for _, x := range v {
		sum, squares = sum+int64(x), squares+int64(x)*int64(x)
	}
	return norm{sum, math.Sqrt(float64(coarse*squares - sum*sum + coarse*coarse*floor))}
}

func (l *look) flatten() {
	for b := range l.flat {
		at := blockAt(b) + inset
		sum := 0
		for y := range blockHeight {
			for _, v := range l.padded[at+y*paddedWidth:][:blockWidth] {
				sum += int(v)
			}
		}
		mean, apart := sum/(blockWidth*blockHeight), 0
		for y := range blockHeight {
			for _, v := range l.padded[at+y*paddedWidth:][:blockWidth] {
				apart += distance(int(v), mean)
			}
		}
		l.flat[b] = uint32(apart)
	}
}

// blockAt is where in a padded picture the search for block b begins.
func blockAt(b int) int {
	return b/blocksAcross*blockHeight*paddedWidth + b%blocksAcross*blockWidth
}
