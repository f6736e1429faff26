package transformer

// row is an output's numbers, a part of -8 to 8 each.
type row [mostIntermediate]int8

// multiply4Plain reckons a tile of outputs, whose spans are m, of all tokens.
func multiply4Plain(dst []float32, stride int, x *tokens, m []four, bias []float32) {
	var weights row
	for o, b := range bias {
		for i := range m {
			m[i].unpack((*[span]int8)(weights[i*span:]), o)
		}
		for g := range len(x.blocks) / (group * x.in) {
			var sums [group]float32
			for i := range m {
				for t, v := range x.products(g, i, &weights) {
					sums[t] += float32(float32(float32(v)*m[i].scale[o]) * x.blocks[(g*group+t)*x.in+i].scale)
				}
			}
			for t, s := range sums {
				dst[(g*group+t)*stride+o] = s + b
			}
		}
	}
}

// multiply8Plain does as multiply4Plain, for as many outputs as there are lanes. A number is 16 times its high part and its low one.
func multiply8Plain(dst []float32, stride int, x *tokens, m []eight, bias []float32) {
	var low, high row
	for o, b := range bias {
		for i := range m {
			m[i].unpack((*[span]int8)(low[i*span:]), (*[span]int8)(high[i*span:]), o)
		}
		for g := range len(x.blocks) / (group * x.in) {
			var sums [group]float32
			for i := range m {
				lows := x.products(g, i, &low)
				for t, v := range x.products(g, i, &high) {
					sums[t] += float32(float32(float32(16*v+lows[t])*m[i].scale[o]) * x.blocks[(g*group+t)*x.in+i].scale)
				}
			}
			for t, s := range sums {
				dst[(g*group+t)*stride+o] = s + b
			}
		}
	}
}

// products are those of span i with its weights, of each token of group g.
func (t *tokens) products(g, i int, weights *row) (out [group]int32) {
	var sum uint64
	words := (*[span]uint64)(t.words[(g*t.in+i)*span:])
	for k, w := range (*[span]int8)(weights[i*span:]) {
		sum += words[k] * uint64(int64(w))
	}
	for n := range out {
		out[n] = int32(int16(sum))
		sum = uint64(int64(sum-uint64(int64(int16(sum)))) >> 16)
	}
	return out
}

func (f *four) unpack(to *[span]int8, output int) {
	for w := range f.words {
		word := f.words[w][output]
		for k := range 4 {
			to[4*w+k] = int8(word&15) - 8
			to[4*w+k+span/2] = int8(word>>4&15) - 8
			word >>= 8
		}
	}
}

func (e *eight) unpack(low, high *[span]int8, output int) {
	for w := range e.words {
		word := e.words[w][output] ^ 0x80808080
		for k := range 4 {
			v := int8(word)
			low[4*w+k] = v << 4 >> 4 // -8 to 7
			high[4*w+k] = int8((int16(v) - int16(low[4*w+k])) >> 4)
			word >>= 8
		}
	}
}
