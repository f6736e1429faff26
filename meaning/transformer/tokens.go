package transformer

// tokens are the numbers of some tokens, rounded, for products with matrices.
type tokens struct {
	in     int     // spans that a token has
	blocks []block // [whole groups][in]
	// What plain multiplication reads: a number of each of a group's tokens in one word, so that one product is four. The sum of a span's
	// products with numbers of -8 to 8 is at most 32*8*127 and fits in a quarter of a word; what a negative one borrows from the next
	// is given back when they are taken apart.
	words  []uint64  // [groups][in][span]
	scales []float32 // [groups][in][group]
}

// reset makes room for count tokens of so many spans. Those that fill up the last group are zeros.
func (t *tokens) reset(count, in int) {
	t.in, t.blocks = in, resize(t.blocks, wholeGroups(count)*in)
	clear(t.blocks[count*in:])
}

// wholeGroups is count rounded up.
func wholeGroups(count int) int { return (count + group - 1) / group * group }

// quantise rounds all numbers of the tokens.
func (t *tokens) quantise(x []float32) {
	quantise(t.blocks, 1, x)
	t.settle()
}

// settle is to be called when all blocks are set.
func (t *tokens) settle() {
	if vectors {
		return
	}
	t.words, t.scales = resize(t.words, len(t.blocks)/group*span), resize(t.scales, len(t.blocks))
	for g := 0; g < len(t.blocks); g += group * t.in {
		for i := range t.in {
			t.pack(g/group+i, t.blocks[g+i:])
		}
	}
}

// pack takes a span of a group's tokens to its place among the words and scales.
func (t *tokens) pack(place int, from []block) {
	a, b, c, d := &from[0], &from[t.in], &from[2*t.in], &from[3*t.in]
	for k, words := 0, t.words[place*span:]; k < span; k++ {
		words[k] = uint64(a.q[k]) + uint64(b.q[k])<<16 + uint64(c.q[k])<<32 + uint64(d.q[k])<<48
	}
	*(*[group]float32)(t.scales[place*group:]) = [group]float32{a.scale, b.scale, c.scale, d.scale}
}

// span are the words of span i of group g.
func (t *tokens) span(g, i int) *[span]uint64 { return (*[span]uint64)(t.words[(g*t.in+i)*span:]) }

func (t *tokens) scale(g, i int) *[group]float32 {
	return (*[group]float32)(t.scales[(g*t.in+i)*group:])
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
