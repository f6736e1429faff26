package edits

import (
	"image"
	"math"
)

// grit is grain and the noise of coding, on luma and a little on colour.
type grit struct {
	level float64 // deviation; 0 for none
	hold  int     // frames for which it stays
}

func (d dice) grit(often float64) grit {
	if !d.chance(often) {
		return grit{}
	}
	return grit{d.between(0.3, 2.5), pick(d, 1, 1, 2, 3)}
}

// start lays noise over the frames as they come. The noise is one table, read from another place for each frame.
func (g grit) start(seed uint64) func(k int, img *image.YCbCr) {
	if g.level == 0 {
		return func(int, *image.YCbCr) {}
	}
	d := throw(seed, finishing<<16)
	table := make([]int8, 1<<15)
	for i := range table {
		table[i] = int8(math.Round(min(max(d.NormFloat64()*g.level, -100), 100)))
	}
	var offsets [3]int
	return func(k int, img *image.YCbCr) {
		if k%g.hold == 0 {
			for i := range offsets {
				offsets[i] = d.IntN(len(table))
			}
		}
		sprinkle(img.Y, table, offsets[0], 1)
		sprinkle(img.Cb, table, offsets[1], 2)
		sprinkle(img.Cr, table, offsets[2], 2)
	}
}

func sprinkle(plane []byte, table []int8, offset, by int) {
	for i, v := range plane {
		plane[i] = clamp(int(v) + int(table[(offset+i)&(len(table)-1)])/by)
	}
}

// blocks is what a starved encoder leaves: every 4 x 4 pixels keep only their strongest patterns, and stay as they were while
// they hardly change; now and then a whole picture comes anew.
func blocks(d dice) func(int, Picture) Picture {
	step, still, fresh := d.from(20, 160), d.from(0, 9), d.from(12, 120)
	var before Picture
	return func(k int, p Picture) Picture {
		out := make(Picture, size)
		for y := 0; y < Height; y += 4 {
			for x := 0; x < Width; x += 4 {
				if before != nil && k%fresh > 0 && calm(before, p, x, y, still) {
					copyBlock(out, before, x, y)
				} else {
					quantise(out, p, x, y, step)
				}
			}
		}
		before = out
		return out
	}
}

// calm says whether a block is about what it was.
func calm(a, b Picture, x, y, still int) bool {
	sum := 0
	for row := range 4 {
		i := at(x, y+row)
		for k := i; k < i+12; k++ {
			sum += abs(int(a[k]) - int(b[k]))
		}
	}
	return sum < 48*still
}

func copyBlock(out, p Picture, x, y int) {
	for row := range 4 {
		i := at(x, y+row)
		copy(out[i:i+12], p[i:])
	}
}

// quantise takes a block's Walsh-Hadamard patterns to multiples of a step; the mean is kept finer.
func quantise(out, p Picture, x, y, step int) {
	for k := range 3 {
		var v [16]int
		for i := range v {
			v[i] = int(p[at(x+i&3, y+i>>2)+k])
		}
		hadamard(&v)
		v[0] = (v[0] + 16) / 32 * 32
		for i := 1; i < 16; i++ {
			v[i] = v[i] / step * step
		}
		hadamard(&v)
		for i := range v {
			out[at(x+i&3, y+i>>2)+k] = clamp((v[i] + 8) >> 4)
		}
	}
}

// hadamard is its own inverse, but for a factor of 16.
func hadamard(v *[16]int) {
	for h := 1; h < 16; h *= 2 {
		for i := range v {
			if i&h == 0 {
				v[i], v[i|h] = v[i]+v[i|h], v[i]-v[i|h]
			}
		}
	}
}
