package shotdetect

import (
	"encoding/binary"
	"math"
)

const (
	blockWidth, blockHeight = 8, 9
	blockColumns            = lumaWidth / blockWidth
	blocks                  = blockColumns * lumaHeight / blockHeight
	blockNoise              = blockWidth * blockHeight // a level of 7 bits a pixel: what encoders change
)

// difference is how unlike two frames are, in three ways of which each forgives something else.
type difference struct {
	blocks float32 // 0 to 1.5: what is left of the picture after its blocks have moved; forgives motion
	colour float32 // 0 to 1: share of the histogram that changed; forgives motion and zooms
	shape  float32 // 0 to 2: one less the correlation of luma; forgives light
}

func compare(a, b *look) difference {
	r := a.inside.union(b.inside)
	return difference{blocks: moved(a, b, r), colour: recoloured(a, b, r), shape: reshaped(a, b, r)}
}

// recoloured compares histograms. What lies outside r is dark in both, so it falls out of the difference.
func recoloured(a, b *look, r region) float32 {
	sum := 0
	for i, v := range a.hist {
		sum += magnitude(int(v) - int(b.hist[i]))
	}
	return min(1, float32(sum)/float32(2*share*r.pixels()))
}

// flatPower is added to the power of each picture, so that the noise of flat ones correlates with nothing.
const flatPower = 9

func reshaped(a, b *look, r region) float32 {
	var sa, sb, aa, bb, ab int
	for y := r.top; y < r.bottom; y++ {
		p := a.tints[0][y*tintWidth+r.left : y*tintWidth+r.right]
		q := b.tints[0][y*tintWidth+r.left : y*tintWidth+r.right]
		for x, v := range p {
			v, w := int(v), int(q[x])
			sa += v
			sb += w
			aa += v * v
			bb += w * w
			ab += v * w
		}
	}
	n := r.pixels()
	noise := flatPower * n * n
	power := math.Sqrt(float64(n*aa-sa*sa+noise)) * math.Sqrt(float64(n*bb-sb*sb+noise))
	return float32(1 - float64(n*ab-sa*sb)/power)
}

// moved looks for every block of b in a, and adds up what is left over against what there is to be seen in them.
func moved(a, b *look, r region) float32 {
	left, total := 0, 0
	at := place{padX, padY}
	for k := range blocks {
		if outside(k, r) {
			continue
		}
		worth := int(max(a.detail[k], b.detail[k])) + blockNoise
		var rest int
		rest, at = seek(a, b, k, at)
		left += min(rest, worth*3/2)
		total += worth
	}
	return float32(left) / float32(max(1, total))
}

// outside tells whether a block lies wholly outside a region, which is counted in pixels twice as large.
func outside(k int, r region) bool {
	x, y := k%blockColumns*blockWidth, k/blockColumns*blockHeight
	return x+blockWidth <= 2*r.left || x >= 2*r.right || y+blockHeight <= 2*r.top || y >= 2*r.bottom
}

// place is where in the padded picture a block lies, less its own place.
type place struct{ x, y int }

// seek is the least difference of block k of b to any place near in a. The place where its neighbour was found is tried first:
// most motion is common.
func seek(a, b *look, k int, hint place) (least int, found place) {
	bx, by := k%blockColumns*blockWidth, k/blockColumns*blockHeight
	block := b.luma[(by+padY)*padWidth+bx+padX:]
	least = 1 << 30
	for _, p := range [2]place{hint, {padX, padY}} {
		if d := sad(a.luma[(by+p.y)*padWidth+bx+p.x:], block, least); d < least {
			least, found = d, p
		}
	}
	for _, p := range spiral {
		if least <= blockNoise {
			break
		}
		if d := sad(a.luma[(by+p.y)*padWidth+bx+p.x:], block, least); d < least {
			least, found = d, p
		}
	}
	return least, found
}

// spiral is every place near, the nearest first.
var spiral = near()

func near() []place {
	var all []place
	for reach := 1; reach <= padX; reach++ {
		for y := -min(reach, padY); y <= min(reach, padY); y++ {
			for x := -reach; x <= reach; x++ {
				if max(x, -x, y, -y) == reach {
					all = append(all, place{padX + x, padY + y})
				}
			}
		}
	}
	return all
}

const (
	high = 0x8080808080808080
	ones = 0x0001000100010001
)

// sad is the sum of absolute differences of a block, eight pixels at a time, or something above least once it is known to be
// above it. Levels have 7 bits, which leaves each byte a bit to tell a difference's sign.
func sad(a, b []byte, least int) int {
	sum := 0
	for third := range blockHeight / 3 {
		var acc uint64
		p, q := a[third*3*padWidth:], b[third*3*padWidth:]
		for row := range 3 {
			t := (binary.LittleEndian.Uint64(p[row*padWidth:]) | high) - binary.LittleEndian.Uint64(q[row*padWidth:])
			negative := ^t & high
			bit := negative >> 7
			d := (t &^ high) ^ (negative - bit) + bit
			acc += d&lanes + d>>8&lanes
		}
		if sum += int(acc * ones >> 48); sum >= least {
			return sum
		}
	}
	return sum
}

// measureDetail fills detail.
func (l *look) measureDetail() {
	for k := range blocks {
		at := (k/blockColumns*blockHeight+padY)*padWidth + k%blockColumns*blockWidth + padX
		sum := 0
		for y := range blockHeight {
			for _, v := range l.luma[at+y*padWidth:][:blockWidth] {
				sum += int(v)
			}
		}
		mean := sum / blockNoise
		sum = 0
		for y := range blockHeight {
			for _, v := range l.luma[at+y*padWidth:][:blockWidth] {
				sum += magnitude(int(v) - mean)
			}
		}
		l.detail[k] = uint16(sum)
	}
}
