package transformer

import (
	"errors"
	"fmt"
)

// ErrShape is what New gives for weights that do not fit the configuration or one another, or that are out of bounds.
var ErrShape = errors.New("weights of a transformer that do not fit")

// ErrToken is what Embed gives for the id of a token that the model does not have.
var ErrToken = errors.New("no such token")

// Config is the shape of an encoder.
type Config struct {
	Layers         int     // 1 to 48
	Hidden         int     // numbers a token has between layers, a multiple of 32 up to 1024
	Heads          int     // of attention; Hidden/Heads is a multiple of 8
	Intermediate   int     // numbers a token has inside the feed-forward network, a multiple of 32 up to 4096
	Positions      int     // tokens that a sentence may have, 1 to 4096; of longer ones the first Positions-1 and the last are read
	PositionOffset int     // the first token's row of Weights.Positions: 0 for BERT, 2 for RoBERTa
	Eps            float32 // what layer normalisation adds to the variance, 1e-12 to 1e-3
}

// Weights are the numbers of an encoder. New keeps Words.Data and Words.Scales, Positions, norms and biases without copying them, so they must not
// change; the matrices of the layers it arranges anew. A number that is no weight is at most 1000 either way.
type Weights struct {
	Words     Matrix    // [tokens][Hidden]
	Positions []float32 // [PositionOffset+Positions][Hidden], with the row of token type 0 added where the encoder has types
	Norm      Norm      // of the sum of both
	Layers    []Layer
}

// Layer is one layer of an encoder: x = AttentionNorm(x + attention), then x = Norm(x + Down(gelu(Up(x)))).
type Layer struct {
	Query, Key, Value Linear // Hidden to Hidden
	Attention         Linear // of what the heads gathered; Hidden to Hidden
	AttentionNorm     Norm
	Up                Linear // Hidden to Intermediate
	Down              Linear // Intermediate to Hidden
	Norm              Norm
}

// Linear is a matrix, a row for each output, and what is added to the outputs.
type Linear struct {
	Weight Matrix
	Bias   []float32 // [Rows]
}

// Norm is a layer normalisation.
type Norm struct {
	Weight, Bias []float32 // [Hidden]
}

// Bounds of what New takes. They hold every number of a computation within float32.
const (
	mostLayers       = 48
	mostHidden       = 1024
	mostIntermediate = 4096
	mostPositions    = 4096
	mostTokens       = 1 << 24
	mostFloat        = 1000
)

func (c Config) check() error {
	switch {
	case c.Layers < 1 || c.Layers > mostLayers:
		return fmt.Errorf("%w: %d layers", ErrShape, c.Layers)
	case c.Hidden < span || c.Hidden > mostHidden || c.Hidden%span != 0:
		return fmt.Errorf("%w: %d numbers a token", ErrShape, c.Hidden)
	case c.Heads < 1 || c.Heads > c.Hidden || c.Hidden%c.Heads != 0 || c.Hidden/c.Heads%lanes != 0:
		return fmt.Errorf("%w: %d heads of %d numbers", ErrShape, c.Heads, c.Hidden)
	case c.Intermediate < span || c.Intermediate > mostIntermediate || c.Intermediate%span != 0:
		return fmt.Errorf("%w: %d numbers inside a layer", ErrShape, c.Intermediate)
	case c.Positions < 1 || c.Positions > mostPositions || c.PositionOffset < 0 || c.PositionOffset > mostPositions:
		return fmt.Errorf("%w: %d positions from %d", ErrShape, c.Positions, c.PositionOffset)
	case !(c.Eps >= 1e-12*0.99 && c.Eps <= 1e-3): // 1e-12 in float32 is a little less
		return fmt.Errorf("%w: eps is %g", ErrShape, c.Eps)
	}
	return nil
}

func (c Config) checkWeights(w Weights) error {
	if len(w.Layers) != c.Layers {
		return fmt.Errorf("%w: %d layers, not %d", ErrShape, len(w.Layers), c.Layers)
	}
	checkWords := w.Words.check
	if w.Words.Bits == 4 {
		checkWords = w.Words.checkSize
	}
	if err := checkWords(w.Words.Rows, c.Hidden); err != nil {
		return fmt.Errorf("words: %w", err)
	}
	if err := checkFloats(w.Positions, (c.PositionOffset+c.Positions)*c.Hidden); err != nil {
		return fmt.Errorf("positions: %w", err)
	}
	if err := w.Norm.check(c.Hidden); err != nil {
		return err
	}
	for i, l := range w.Layers {
		if err := l.check(c.Hidden, c.Intermediate); err != nil {
			return fmt.Errorf("layer %d: %w", i, err)
		}
	}
	return nil
}

func (l Layer) check(hidden, intermediate int) error {
	return errors.Join(
		l.Query.check(hidden, hidden),
		l.Key.check(hidden, hidden),
		l.Value.check(hidden, hidden),
		l.Attention.check(hidden, hidden),
		l.AttentionNorm.check(hidden),
		l.Up.check(intermediate, hidden),
		l.Down.check(hidden, intermediate),
		l.Norm.check(hidden))
}

func (l Linear) check(rows, cols int) error {
	if err := l.Weight.check(rows, cols); err != nil {
		return err
	}
	return checkFloats(l.Bias, rows)
}

func (n Norm) check(count int) error {
	if err := checkFloats(n.Weight, count); err != nil {
		return err
	}
	return checkFloats(n.Bias, count)
}

func checkFloats(v []float32, count int) error {
	if len(v) != count {
		return fmt.Errorf("%w: %d numbers, not %d", ErrShape, len(v), count)
	}
	for _, x := range v {
		if !(x >= -mostFloat && x <= mostFloat) {
			return fmt.Errorf("%w: a number is %g", ErrShape, x)
		}
	}
	return nil
}
