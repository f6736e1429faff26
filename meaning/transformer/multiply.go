package transformer

// output is one row of a matrix, unpacked. Where numbers have 8 bits, each is 16 times its high part and its low one.
type output struct {
	low, high [mostIntermediate / span][span]int8 // -8 to 8
	scale     [mostIntermediate / span]float32
}

// sums are of a group's tokens, apart, since that is how a compiler keeps them in registers; counts likewise.
type (
	sums   struct{ a, b, c, d float32 }
	counts struct{ a, b, c, d int32 }
)

// multiply4Plain reckons a tile of outputs, whose spans are m, of all tokens.
func multiply4Plain(dst []float32, stride int, x *tokens, m []four, bias []float32) {
	var w output
	for o := range bias {
		for i := range m {
			m[i].unpack(&w.low[i], o)
			w.scale[i] = m[i].scale[o]
		}
		for g := range len(x.blocks) / (group * x.in) {
			var s sums
			for i := range m {
				s.add(counted(x.span(g, i), &w.low[i]), w.scale[i], x.scale(g, i))
			}
			s.store(dst[g*group*stride+o:], stride, bias[o])
		}
	}
}

// multiply8Plain does as multiply4Plain, for as many outputs as there are lanes.
func multiply8Plain(dst []float32, stride int, x *tokens, m []eight, bias []float32) {
	var w output
	for o := range bias {
		for i := range m {
			m[i].unpack(&w.low[i], &w.high[i], o)
			w.scale[i] = m[i].scale[o]
		}
		for g := range len(x.blocks) / (group * x.in) {
			var s sums
			for i := range m {
				low, high := counted(x.span(g, i), &w.low[i]), counted(x.span(g, i), &w.high[i])
				both := counts{16*high.a + low.a, 16*high.b + low.b, 16*high.c + low.c, 16*high.d + low.d}
				s.add(both, w.scale[i], x.scale(g, i))
			}
			s.store(dst[g*group*stride+o:], stride, bias[o])
		}
	}
}

// counted are the sums of the products of a group's numbers with weights, taken apart.
func counted(words *[span]uint64, weights *[span]int8) counts {
	var s uint64
	for k := 0; k < span; k += 8 {
		n, w := (*[8]uint64)(words[k:]), (*[8]int8)(weights[k:])
		s += n[0]*uint64(w[0]) + n[1]*uint64(w[1]) + n[2]*uint64(w[2]) + n[3]*uint64(w[3])
		s += n[4]*uint64(w[4]) + n[5]*uint64(w[5]) + n[6]*uint64(w[6]) + n[7]*uint64(w[7])
	}
	a := int64(int16(s))
	s = uint64(int64(s-uint64(a)) >> 16)
	b := int64(int16(s))
	s = uint64(int64(s-uint64(b)) >> 16)
	c := int64(int16(s))
	return counts{int32(a), int32(b), int32(c), int32(int64(s-uint64(c)) >> 16)}
}

func (s *sums) add(n counts, scale float32, of *[group]float32) {
	s.a += float32(float32(float32(n.a)*scale) * of[0])
	s.b += float32(float32(float32(n.b)*scale) * of[1])
	s.c += float32(float32(float32(n.c)*scale) * of[2])
	s.d += float32(float32(float32(n.d)*scale) * of[3])
}

func (s *sums) store(dst []float32, stride int, bias float32) {
	dst[0], dst[stride], dst[2*stride], dst[3*stride] = s.a+bias, s.b+bias, s.c+bias, s.d+bias
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
			low[4*w+k] = v << 4 >> 4
			high[4*w+k] = int8((int16(v) - int16(low[4*w+k])) >> 4)
			word >>= 8
		}
	}
}
