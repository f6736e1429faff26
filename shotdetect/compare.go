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

// seek is the least difference of block k of b to any place near in a, and that place. First come the place where its neighbour
// was found, for most motion is common, and its own; then every second place near, and at last those about the best.
func seek(a, b *look, k int, hint place) (int, place) {
	s := search{a: a.luma[:], b: b.luma[:], at: k/blockColumns*blockHeight*padWidth + k%blockColumns*blockWidth, least: 1 << 30}
	s.try(hint)
	s.try(place{padX, padY})
	for _, p := range lattice {
		if s.least <= blockNoise {
			return s.least, s.found
		}
		s.try(p)
	}
	best := s.found
	for _, p := range beside {
		if p = (place{best.x + p.x, best.y + p.y}); p.x >= 0 && p.x <= 2*padX && p.y >= 0 && p.y <= 2*padY {
			s.try(p)
		}
	}
	return s.least, s.found
}

// search is the state of one block's search.
type search struct {
	a, b  []byte
	at    int // of the block in a picture padded on its right and below only
	least int
	found place
}

func (s *search) try(p place) {
	block := s.b[s.at+padY*padWidth+padX:]
	if d := sad(s.a[s.at+p.y*padWidth+p.x:], block, s.least); d < s.least {
		s.least, s.found = d, p
	}
}

var beside = [...]place{{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}}

// lattice is every second place near, the nearest first.
var lattice = near()

func near() []place {
	var all []place
	for reach := 2; reach <= padX; reach += 2 {
		for y := -min(reach, padY); y <= min(reach, padY); y += 2 {
			for x := -reach; x <= reach; x += 2 {
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
		const rows = 2*padWidth + blockWidth
		p, q := a[third*3*padWidth:][:rows], b[third*3*padWidth:][:rows]
		acc := apart(p, q) + apart(p[padWidth:], q[padWidth:]) + apart(p[2*padWidth:], q[2*padWidth:])
		if sum += int(acc * ones >> 48); sum >= least {
			return sum
		}
	}
	return sum
}

// apart is the absolute differences of eight pixels, added in pairs.
func apart(p, q []byte) uint64 {
	t := (binary.LittleEndian.Uint64(p) | high) - binary.LittleEndian.Uint64(q)
	negative := ^t & high
	bit := negative >> 7
	d := (t &^ high) ^ (negative - bit) + bit
	return d&lanes + d>>8&lanes
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
