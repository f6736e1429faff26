package transformer

import "math"

// block is a span of numbers rounded to 8 bits, on its way into a product with a matrix: number i is q[i]*scale.
type block struct {
	q     [span]int8
	scale float32
	// Four bits of a matrix are stored 8 too large. fix is what that adds to their products with q, taken away beforehand: two numbers of
	// 16 bits, for the first and the last two of every four of q, since that is how products are added up.
	fix uint32
}

// smallest is the size below which a span is taken for zeros, so that no scale becomes infinite.
const smallest = 1e-30

// magic rounds a float32 of up to 2^22 to the nearest whole number, even ones first, when it is added: its low bits are that number.
const magic = 3 << 22

// quantisePlain rounds len(x)/span spans; dst gets one every stride blocks.
func quantisePlain(dst []block, stride int, x []float32) {
	for i := 0; i < len(x); i += span {
		dst[i/span*stride].set((*[span]float32)(x[i:]))
	}
}

func (b *block) set(x *[span]float32) {
	var most float32
	for _, v := range x {
		most = max(most, math.Float32frombits(math.Float32bits(v)&^sign))
	}
	if *b = (block{}); most < smallest {
		return
	}
	b.scale = most / 127
	inverse := 127 / most
	for i, v := range x {
		b.q[i] = int8(math.Float32bits(float32(v*inverse) + magic))
	}
	b.correct()
}

func (b *block) correct() {
	var sums [2]int16
	for i, q := range b.q {
		sums[i>>1&1] -= 8 * int16(q)
	}
	b.fix = uint32(uint16(sums[0])) | uint32(uint16(sums[1]))<<16
}
