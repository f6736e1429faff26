package transformer

import "encoding/binary"

// group is how many tokens are multiplied at once. Tokens come in whole groups; what fills the last one up is zeros, whose products nobody reads.
const group = 4

// tile is how many outputs of a matrix of 4 bits are reckoned at once. One of 8 bits has half as many.
const tile = 16

// linear is a matrix arranged for multiplying: the four bytes (8 bits) or the four and four halves (4 bits) that meet four numbers and
// four more of a token lie together as a word, and the words of neighbouring outputs beside each other.
type linear struct {
	in, out int     // spans, numbers
	four    []four  // [out/tile][in]; one of both
	eight   []eight // [out/lanes][in]
	bias    []float32
}

// four is a span of 16 outputs. The low halves of word i meet numbers 4i to 4i+3, the high ones those 16 further.
type four struct {
	words [4][tile]uint32
	scale [tile]float32
}

// eight is a span of 8 outputs, 128 too large. Word i meets numbers 4i to 4i+3.
type eight struct {
	words [8][lanes]uint32
	scale [lanes]float32
}

func arrange(l Linear) linear {
	m := l.Weight
	a := linear{in: m.Cols / span, out: m.Rows, bias: l.Bias}
	if m.Bits == 8 {
		a.eight = make([]eight, m.Rows/lanes*a.in)
		a.arrange8(m)
	} else {
		a.four = make([]four, m.Rows/tile*a.in)
		a.arrange4(m.Data)
	}
	return a
}

func (a *linear) arrange4(data []byte) {
	for o := range a.out {
		for i := range a.in {
			to := &a.four[o/tile*a.in+i]
			to.scale[o%tile] = half(binary.LittleEndian.Uint16(data))
			for w := range to.words {
				to.words[w][o%tile] = binary.LittleEndian.Uint32(data[2+4*w:])
			}
			data = data[spanBytes:]
		}
	}
}

func (a *linear) arrange8(m Matrix) {
	data := m.Data
	for o := range a.out {
		for i := range a.in {
			to := &a.eight[o/lanes*a.in+i]
			to.scale[o%lanes] = m.scale(o, i)
			for w := range to.words {
				to.words[w][o%lanes] = binary.LittleEndian.Uint32(data[4*w:]) ^ 0x80808080
			}
			data = data[span:]
		}
	}
}

// run gives outputs from up to before to of the tokens in x to dst, in which a token's lie stride after the last one's. Both are whole
// tiles.
func (a *linear) run(dst []float32, stride int, x *tokens, from, to int) {
	if a.four != nil {
		for o := from; o < to; o += tile {
			multiply4(dst[o-from:], stride, x, a.four[o/tile*a.in:][:a.in], a.bias[o:][:tile])
		}
		return
	}
	for o := from; o < to; o += lanes {
		multiply8(dst[o-from:], stride, x, a.eight[o/lanes*a.in:][:a.in], a.bias[o:][:lanes])
	}
}
