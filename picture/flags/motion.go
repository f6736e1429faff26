package flags

import "image"

// motion is where a shot moves, block by block, from look to look and since its first look.
type motion struct {
	first, last *image.YCbCr
	moved       [blocks]uint16 // pairs of looks between which a block changed
	drifted     [blocks]bool   // a block differed from the first look at any time
	pairs       int
	busy        int // pairs between which anything changed
}

const (
	block        = 8
	blocksAcross = width / block
	blocksDown   = height / block
	blocks       = blocksAcross * blocksDown
	blockPixels  = block * block / 4 // every second of every second row
	stirs        = 6                 // mean change of luma, in levels, from which on a block moves
	grown        = 8                 // the same since the first look, where noise and dirt add up
)

// What is told apart: a picture of which nothing moves, and one of which a little does, again and again. Where an encoder begins anew it
// changes blocks all over the picture, once.
const (
	leastPairs = 2
	again      = .15 // of the pairs of looks, and two at least, in which a block moves that does move
	onceStill  = 17  // blocks that may seem to move at some time in a still
	driftStill = 3   // and differ from the first look
	smallPart  = .07 // of the blocks, that may move for a small region
	smallDrift = .35 // of the blocks, that may differ from the first look: in a pan all that is no sky does
	often      = .15 // of the pairs of looks, in which it moves
)

func (m *motion) begin() { *m = motion{} }

func (m *motion) add(img *image.YCbCr) {
	if m.first == nil {
		m.first, m.last = img, img
		return
	}
	stirred := 0
	for by := range blocksDown {
		var since, whole [blocksAcross]int
		for y := by * block; y < (by+1)*block; y += 2 {
			differ(&since, img.Y[y*img.YStride:][:width], m.last.Y[y*m.last.YStride:][:width])
			differ(&whole, img.Y[y*img.YStride:][:width], m.first.Y[y*m.first.YStride:][:width])
		}
		for bx, v := range since {
			at := by*blocksAcross + bx
			if v > stirs*blockPixels {
				m.moved[at]++
				stirred++
			}
			if whole[bx] > grown*blockPixels {
				m.drifted[at] = true
			}
		}
	}
	m.pairs++
	if stirred > 0 {
		m.busy++
	}
	m.last = img
}

// differ adds the differences of every second pixel of two rows to their blocks.
func differ(sums *[blocksAcross]int, a, b []byte) {
	a, b = a[:width], b[:width]
	for k := range sums {
		x := k * block
		p, q := a[x:x+block:x+block], b[x:x+block:x+block]
		sums[k] += gap(p[0], q[0]) + gap(p[2], q[2]) + gap(p[4], q[4]) + gap(p[6], q[6])
	}
}

func gap(a, b byte) int {
	d := int(a) - int(b)
	s := d >> 63
	return (d ^ s) - s
}

func (m *motion) set() Set {
	if m.pairs < leastPairs {
		return 0
	}
	moving, once, drifted := 0, 0, 0
	for at, n := range m.moved {
		if n > 0 {
			once++
		}
		if float64(n) >= max(2, again*float64(m.pairs)) {
			moving++
		}
		if m.drifted[at] {
			drifted++
		}
	}
	switch {
	case moving == 0 && once <= onceStill && drifted <= driftStill:
		return Still
	case moving > 0 && float64(moving) <= smallPart*blocks && float64(drifted) <= smallDrift*blocks && float64(m.busy) >= often*float64(m.pairs):
		return LipFlap
	}
	return 0
}
