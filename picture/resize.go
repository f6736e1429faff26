package picture

import (
	"image"
	"math"
)

// resize draws img at w x h, by area where it shrinks and by straight lines between pixels where it grows. Both planes of chroma
// keep their half size.
func resize(img *image.YCbCr, w, h int) *image.YCbCr {
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	sw, sh := img.Rect.Dx(), img.Rect.Dy()
	scale(plane{out.Y, out.YStride, w, h}, plane{img.Y, img.YStride, sw, sh})
	half := plane{nil, out.CStride, (w + 1) / 2, (h + 1) / 2}
	from := plane{nil, img.CStride, (sw + 1) / 2, (sh + 1) / 2}
	for _, p := range [][2][]byte{{out.Cb, img.Cb}, {out.Cr, img.Cr}} {
		half.pix, from.pix = p[0], p[1]
		scale(half, from)
	}
	return out
}

type plane struct {
	pix           []byte
	stride        int
	width, height int
}

func (p plane) row(y int) []byte { return p.pix[y*p.stride:][:p.width] }

// scale draws src into dst: rows across first, then down. Sums are in 2^28 parts, rounded once at the end.
func scale(dst, src plane) {
	across, down := weights(src.width, dst.width), weights(src.height, dst.height)
	lines := make([]int32, dst.width*src.height)
	for y := range src.height {
		squeeze(lines[y*dst.width:][:dst.width], src.row(y), across)
	}
	sum := make([]int64, dst.width)
	for y := range dst.height {
		clear(sum)
		for k, weight := range down[y].weights {
			line := lines[(down[y].from+k)*dst.width:][:dst.width]
			for x, v := range line {
				sum[x] += int64(v) * weight
			}
		}
		for x, out := 0, dst.row(y); x < len(out); x++ {
			out[x] = byte((sum[x] + 1<<27) >> 28)
		}
	}
}

func squeeze(out []int32, row []byte, across []tap) {
	for x, t := range across {
		var sum int64
		for k, weight := range t.weights {
			sum += int64(row[t.from+k]) * weight
		}
		out[x] = int32(sum)
	}
}

// tap is the stretch of source pixels that one drawn pixel is made of. Its weights sum to 2^14.
type tap struct {
	from    int
	weights []int64
}

const unit = 1 << 14

// weights is a tap for each of to pixels drawn from so many.
func weights(from, to int) []tap {
	taps := make([]tap, to)
	step := float64(from) / float64(to)
	for i := range taps {
		if step > 1 {
			taps[i] = area(float64(i)*step, float64(i+1)*step, from)
		} else {
			taps[i] = between((float64(i)+.5)*step-.5, from)
		}
		taps[i].even()
	}
	return taps
}

// area weighs each pixel by how much of it lies between two places.
func area(left, right float64, n int) tap {
	first := int(left)
	last := min(n-1, int(math.Ceil(right-1e-9))-1)
	t := tap{from: first}
	for p := first; p <= last; p++ {
		part := min(right, float64(p+1)) - max(left, float64(p))
		t.weights = append(t.weights, int64(math.Round(part/(right-left)*unit)))
	}
	return t
}

// between weighs the two pixels whose middles lie about a place.
func between(at float64, n int) tap {
	at = max(0, min(float64(n-1), at))
	p := min(int(at), max(0, n-2))
	second := int64(math.Round((at - float64(p)) * unit))
	if n == 1 {
		return tap{weights: []int64{unit}}
	}
	return tap{from: p, weights: []int64{unit - second, second}}
}

// even makes the weights sum to unit, so that a flat picture stays flat.
func (t *tap) even() {
	rest, most := int64(unit), 0
	for k, w := range t.weights {
		rest -= w
		if w > t.weights[most] {
			most = k
		}
	}
	t.weights[most] += rest
}
