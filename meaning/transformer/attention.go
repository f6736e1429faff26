package transformer

// attend gathers, for each token of a sentence, what the heads find in its tokens. query and value are [tokens][hidden] of this sentence,
// out likewise; key is [hidden][width], each number of all tokens beside each other, with width the tokens in whole vectors.
func (m *Model) attend(out, query, key, value, scores []float32, count int) {
	hidden, size := m.config.Hidden, m.config.Hidden/m.config.Heads
	width := wholeLanes(count)
	scores = scores[:width]
	for head := 0; head < hidden; head += size {
		for t := range count {
			at := t*hidden + head
			blend(scores, query[at:at+size], key[head*width:], width)
			for i := count; i < width; i++ {
				scores[i] = -1e30 // no token: no share
			}
			softmax(scores, m.sharpness)
			blend(out[at:at+size], scores[:count], value[head:], hidden)
		}
	}
}

// wholeLanes is count rounded up.
func wholeLanes(count int) int { return (count + lanes - 1) / lanes * lanes }

// turn lays the numbers of a sentence's tokens, [count][hidden], beside each other, as [hidden][whole lanes].
func turn(dst, src []float32, count, hidden int) {
	width := wholeLanes(count)
	for t := range count {
		for i, v := range src[t*hidden:][:hidden] {
			dst[i*width+t] = v
		}
	}
}
