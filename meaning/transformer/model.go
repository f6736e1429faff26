package transformer

import "sync"

// Model is an encoder. It does not change, and may be used by many at once.
type Model struct {
	config    Config
	words     Matrix
	positions []float32
	norm      Norm
	layers    []layer
	sharpness float32 // what attention's scores are multiplied with
	scratch   sync.Pool
}

// layer is a Layer, arranged.
type layer struct {
	query, key, value, attention, up, down linear
	attentionNorm, norm                    Norm
}

// New makes a model of weights. Errors: ErrShape.
func New(c Config, w Weights) (*Model, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := c.checkWeights(w); err != nil {
		return nil, err
	}
	m := &Model{config: c, words: w.Words, positions: w.Positions[c.PositionOffset*c.Hidden:], norm: w.Norm}
	m.sharpness = 1 / root(float32(c.Hidden/c.Heads))
	m.scratch.New = func() any { return new(scratch) }
	m.layers = make([]layer, len(w.Layers))
	var all sync.WaitGroup
	for i, l := range w.Layers { // side by side, since somebody waits for the first sentence
		all.Go(func() { m.layers[i] = arranged(l) })
	}
	all.Wait()
	return m, nil
}

func arranged(l Layer) layer {
	return layer{
		query: arrange(l.Query), key: arrange(l.Key), value: arrange(l.Value),
		attention: arrange(l.Attention), attentionNorm: l.AttentionNorm,
		up: arrange(l.Up), down: arrange(l.Down), norm: l.Norm,
	}
}

// Size is how many numbers a vector has.
func (m *Model) Size() int { return m.config.Hidden }
