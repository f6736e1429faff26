package feature

import "encoding/binary"

// found is what the search for a picture's blocks in an earlier one found.
type found struct {
	best  [blocks]uint32 // least sum of differences
	still uint32         // sum of differences of all blocks where they are
}

// moves remember where a block was found, as a place to look first.
type moves [blocks]uint16

// still is where blocks are found that did not move.
func still() (m moves) {
	for i := range m {
		m[i] = inset
	}
	return m
}

// searchPlain finds the blocks of now in old. A candidate's sum of differences is at least the difference of the sums, and of the sums of
// its thirds together, so most need not be looked at.
func searchPlain(f *found, old, now *look, first *moves) {
	f.still = 0
	old.sumBlocks()
	now.sumBlocks()
	for b := range blocks {
		at := blockAt(b)
		t := target{}
		for k := range t.thirds {
			t.thirds[k] = int(now.thirds[at+inset+k*third])
			t.sum += t.thirds[k]
		}
		for y := range t.lines {
			t.lines[y] = binary.LittleEndian.Uint64(now.padded[at+inset+y*paddedWidth:])
		}
		t.least, t.at = t.apart(old.padded[at+inset:]), inset
		f.still += t.least
		t.search(old, at, int(first[b]))
		f.best[b], first[b] = t.least, uint16(t.at)
	}
}

// target is a block that is searched for.
type target struct {
	lines [blockHeight]uint64
	sum   int
	// thirds are the sums of its three upper, middle and lower lines
	thirds [blockHeight / thirdHeight]int
	least  uint32
	at     int // where the least was found
}

// A third of a block is three lines high, and the next is as many bytes on in a padded picture.
const (
	thirdHeight = blockHeight / 3
	third       = thirdHeight * paddedWidth
)

func (t *target) search(old *look, from, first int) {
	t.try(old, from, first)
	for dy := range 2*reachY + 1 {
		if t.least == 0 {
			return
		}
		row := from + dy*paddedWidth
		for dx, sum := range old.sums[row:][:2*reachX+1] {
			if distance(int(sum), t.sum) < int(t.least) && t.near(old.thirds[row+dx:]) < int(t.least) {
				t.try(old, from, dy*paddedWidth+dx)
			}
		}
	}
}

// near is by how much the thirds of the block that begins with these differ.
func (t *target) near(thirds []uint16) int {
	thirds = thirds[:2*third+1]
	return distance(int(thirds[0]), t.thirds[0]) + distance(int(thirds[third]), t.thirds[1]) + distance(int(thirds[2*third]), t.thirds[2])
}

func (t *target) try(old *look, from, at int) {
	if v := t.apartWithin(old.padded[from+at:], t.least); v < t.least {
		t.least, t.at = v, at
	}
}

const blockSpan = (blockHeight-1)*paddedWidth + blockWidth

// apart is the sum of differences from the block that begins at p.
func (t *target) apart(p []byte) uint32 { return t.apartWithin(p, ^uint32(0)) }

// apartWithin may give up, with a sum that is not smaller than limit, when limit is reached.
func (t *target) apartWithin(p []byte, limit uint32) uint32 {
	p = p[:blockSpan]
	var sum uint32
	for y := 0; y < blockHeight; y += 3 {
		a := differences(t.lines[y], binary.LittleEndian.Uint64(p[y*paddedWidth:]))
		b := differences(t.lines[y+1], binary.LittleEndian.Uint64(p[(y+1)*paddedWidth:]))
		c := differences(t.lines[y+2], binary.LittleEndian.Uint64(p[(y+2)*paddedWidth:]))
		sum += uint32((a&lanes + a>>8&lanes + b&lanes + b>>8&lanes + c&lanes + c>>8&lanes) * 0x0001000100010001 >> 48)
		if sum >= limit {
			return sum
		}
	}
	return sum
}

// differences are those of eight bytes each, without sign.
func differences(a, b uint64) uint64 {
	const high = 0x8080808080808080
	d := ((a | high) - (b &^ high)) ^ ((a ^ ^b) & high) // a-b, byte by byte
	less := ((^a & b) | (^(a ^ b) & d)) & high          // where that borrowed
	one := less >> 7
	return d ^ (less<<1 - one) + one
}

// sumBlocks fills thirds and sums.
func (l *look) sumBlocks() {
	if l.sumsDone {
		return
	}
	l.sumsDone = true
	var columns [paddedWidth]uint16
	for y := range paddedHeight {
		for x, v := range l.padded[y*paddedWidth:][:paddedWidth] {
			columns[x] += uint16(v)
		}
		if y < thirdHeight-1 {
			continue
		}
		top := y - (thirdHeight - 1)
		sumRow(l.thirds[top*paddedWidth:][:paddedWidth], &columns)
		for x, v := range l.padded[top*paddedWidth:][:paddedWidth] {
			columns[x] -= uint16(v)
		}
	}
	for i := range l.sums {
		l.sums[i] = l.thirds[i] + l.thirds[i+third] + l.thirds[i+2*third]
	}
}

func sumRow(sums []uint16, columns *[paddedWidth]uint16) {
	var sum uint16
	for x, v := range columns {
		sum += v
		if x >= blockWidth-1 {
			sums[x-(blockWidth-1)] = sum
			sum -= columns[x-(blockWidth-1)]
		}
	}
}
