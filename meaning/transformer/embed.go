package transformer

import (
	"fmt"
	"math"
)

// batch is how many tokens are sent through the layers at once, but for longer sentences: enough that weights are taken from memory and
// unpacked seldom, and few enough that what is reckoned stays in the cache.
const batch = 192

// Embed gives each sentence's vector, which has Size numbers and length one; that of a sentence without tokens is zeros. Ids are given with
// those that begin and end a sentence. Errors: ErrToken, and then there are no vectors.
func (m *Model) Embed(ids [][]int32) ([][]float32, error) {
	for i, sentence := range ids {
		for _, id := range sentence {
			if id < 0 || int(id) >= m.words.Rows {
				return nil, fmt.Errorf("sentence %d: %w: %d of %d", i, ErrToken, id, m.words.Rows)
			}
		}
	}
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	out := make([][]float32, 0, len(ids))
	for len(ids) > 0 {
		n := m.fill(s, ids)
		ids = ids[n:]
		if s.count > 0 {
			m.pass(s)
		}
		out = append(out, m.pool(s)...)
	}
	return out, nil
}

// scratch is the memory of one batch.
type scratch struct {
	lengths           []int // of the sentences
	count             int   // tokens of all
	x, add, up        []float32
	query, key, value []float32
	turned, scores    []float32
	short, long       tokens // of Hidden and of Intermediate numbers
}

// fill takes the sentences that make a batch, at least one, and looks up their tokens. It tells how many it took.
func (m *Model) fill(s *scratch, ids [][]int32) int {
	s.lengths, s.count = s.lengths[:0], 0
	for _, sentence := range ids {
		n := min(len(sentence), m.config.Positions)
		if s.count > 0 && s.count+n > batch {
			break
		}
		s.lengths, s.count = append(s.lengths, n), s.count+n
	}
	m.fit(s)
	at := 0
	for i, n := range s.lengths {
		m.look(s, at, ids[i], n)
		at += n * m.config.Hidden
	}
	return len(s.lengths)
}

// fit makes room for the batch.
func (m *Model) fit(s *scratch) {
	hidden, whole := m.config.Hidden, wholeGroups(s.count)
	for _, p := range []*[]float32{&s.x, &s.add, &s.query, &s.key, &s.value} {
		*p = resize(*p, whole*hidden)
	}
	longest := wholeLanes(m.config.Positions)
	s.turned, s.scores = resize(s.turned, longest*hidden), resize(s.scores, longest)
	s.up = resize(s.up, whole*span)
	s.short.reset(s.count, hidden/span)
	s.long.reset(s.count, m.config.Intermediate/span)
}

// look puts n tokens of a sentence into x, of which they fill what begins at at. The last one of a longer sentence takes the last place.
func (m *Model) look(s *scratch, at int, sentence []int32, n int) {
	hidden := m.config.Hidden
	for i := range n {
		id := sentence[i]
		if i == n-1 {
			id = sentence[len(sentence)-1]
		}
		x := s.x[at+i*hidden:][:hidden]
		m.words.row(x, int(id))
		normalise(x, m.positions[i*hidden:][:hidden], m.norm, m.config.Eps)
	}
}

// pass sends x through the layers.
func (m *Model) pass(s *scratch) {
	for i := range m.layers {
		l := &m.layers[i]
		m.passAttention(s, l)
		m.addAndNormalise(s, l.attentionNorm)
		m.passForward(s, l)
		m.addAndNormalise(s, l.norm)
	}
}

// passAttention leaves in add what attention has to add to x.
func (m *Model) passAttention(s *scratch, l *layer) {
	hidden := m.config.Hidden
	s.short.quantise(s.x[:s.count*hidden])
	l.query.run(s.query, hidden, &s.short, 0, hidden)
	l.key.run(s.key, hidden, &s.short, 0, hidden)
	l.value.run(s.value, hidden, &s.short, 0, hidden)
	at := 0
	for _, n := range s.lengths {
		turn(s.turned, s.key[at:], n, hidden)
		m.attend(s.add[at:], s.query[at:], s.turned, s.value[at:], s.scores, n)
		at += n * hidden
	}
	s.short.quantise(s.add[:s.count*hidden])
	l.attention.run(s.add, hidden, &s.short, 0, hidden)
}

// passForward leaves in add what the feed-forward network has to add to x. The numbers inside it are rounded span by span as they come.
func (m *Model) passForward(s *scratch, l *layer) {
	hidden := m.config.Hidden
	s.short.quantise(s.x[:s.count*hidden])
	for i := range s.long.in {
		l.up.run(s.up, span, &s.short, i*span, (i+1)*span)
		gelu(s.up[:s.count*span])
		quantise(s.long.blocks[i:], s.long.in, s.up[:s.count*span])
	}
	s.long.settle()
	l.down.run(s.add, hidden, &s.long, 0, hidden)
}

func (m *Model) addAndNormalise(s *scratch, n Norm) {
	hidden := m.config.Hidden
	for at := 0; at < s.count*hidden; at += hidden {
		normalise(s.x[at:at+hidden], s.add[at:at+hidden], n, m.config.Eps)
	}
}

// pool gives the sentences' vectors: the means of their tokens', scaled.
func (m *Model) pool(s *scratch) [][]float32 {
	hidden := m.config.Hidden
	out := make([][]float32, len(s.lengths))
	at := 0
	for i, n := range s.lengths {
		out[i] = make([]float32, hidden)
		for range n {
			for k, v := range s.x[at : at+hidden] {
				out[i][k] += v
			}
			at += hidden
		}
		scaleToOne(out[i])
	}
	return out
}

// scaleToOne scales v to length one, unless it has none.
func scaleToOne(v []float32) {
	var squares float64
	for _, x := range v {
		squares += float64(x) * float64(x) // exact before it is added, fused or not
	}
	if squares == 0 {
		return
	}
	inverse := 1 / math.Sqrt(squares)
	for i, x := range v {
		v[i] = float32(float64(x) * inverse)
	}
}
