package meaning

import (
	"errors"
	"fmt"
	"strings"

	"github.com/amvlib/amvlib/meaning/tokens"
	"github.com/amvlib/amvlib/meaning/transformer"
	"github.com/amvlib/amvlib/meaning/weights"
)

// Size is how many numbers a model's vector has.
const Size = 384

// encoder is one sentence model: text to vectors of length one.
type encoder struct {
	cut    cutter
	model  *transformer.Model
	most   int // tokens of a text that are read
	prefix string
}

// cutter cuts text into ids of tokens.
type cutter interface {
	Encode(text string, most int) []int32
}

// newEncoder makes a model of a file that build wrote. Errors: those of weights, tokens and transformer.
func newEncoder(data []byte) (*encoder, *weights.File, error) {
	f, err := weights.Read(data)
	if err != nil {
		return nil, nil, err
	}
	a := f.Architecture
	if a.Hidden != Size {
		return nil, nil, fmt.Errorf("%s: vectors of %d numbers, not %d", f.Name, a.Hidden, Size)
	}
	e := &encoder{most: a.Positions, prefix: f.Prefix}
	if e.cut, err = newCutter(f); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	c := transformer.Config{Layers: a.Layers, Hidden: a.Hidden, Heads: a.Heads, Intermediate: a.Intermediate, Positions: a.Positions,
		Eps: float32(a.Epsilon)}
	r := &reader{file: f}
	if e.model, err = transformer.New(c, r.network()); r.err != nil || err != nil {
		return nil, nil, fmt.Errorf("%s: %w", f.Name, errors.Join(r.err, err))
	}
	return e, f, nil
}

// newCutter makes what cuts text in the way that a model was trained with.
func newCutter(f *weights.File) (cutter, error) {
	t := f.Tokenizer
	text, err1 := f.Bytes("pieces.text")
	ends, err2 := f.Bytes("pieces.end")
	pieces, err3 := tokens.NewPieces(text, ends, t.First)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	special := tokens.Special{Start: t.Start, End: t.End, Unknown: t.Unknown}
	switch t.Kind {
	case "wordpiece":
		return tokens.NewWordPiece(pieces, special), nil
	case "unigram":
		scores, err := f.Floats("pieces.score", len(ends)/4)
		if err != nil {
			return nil, err
		}
		return tokens.NewUnigram(pieces, scores, special)
	}
	return nil, fmt.Errorf("%w: text is cut by %q", weights.ErrFormat, t.Kind)
}

// reader asks a file for the parts of a network and remembers the first error.
type reader struct {
	file *weights.File
	err  error
}

func (r *reader) network() transformer.Weights {
	a := r.file.Architecture
	w := transformer.Weights{
		Words:     r.matrix("word", a.Vocabulary, a.Hidden),
		Positions: r.floats("position.weight", a.Positions, a.Hidden),
		Norm:      r.norm("norm"),
	}
	for i := range a.Layers {
		w.Layers = append(w.Layers, r.layer(fmt.Sprintf("layer.%d.", i)))
	}
	return w
}

func (r *reader) layer(name string) transformer.Layer {
	hidden, inside := r.file.Architecture.Hidden, r.file.Architecture.Intermediate
	return transformer.Layer{
		Query:         r.linear(name+"query", hidden, hidden),
		Key:           r.linear(name+"key", hidden, hidden),
		Value:         r.linear(name+"value", hidden, hidden),
		Attention:     r.linear(name+"attention", hidden, hidden),
		AttentionNorm: r.norm(name + "attention.norm"),
		Up:            r.linear(name+"up", inside, hidden),
		Down:          r.linear(name+"down", hidden, inside),
		Norm:          r.norm(name + "norm"),
	}
}

func (r *reader) linear(name string, rows, cols int) transformer.Linear {
	return transformer.Linear{Weight: r.matrix(name, rows, cols), Bias: r.floats(name+".bias", rows)}
}

func (r *reader) norm(name string) transformer.Norm {
	hidden := r.file.Architecture.Hidden
	return transformer.Norm{Weight: r.floats(name+".weight", hidden), Bias: r.floats(name+".bias", hidden)}
}

func (r *reader) matrix(name string, rows, cols int) transformer.Matrix {
	m, err := r.file.Matrix(name+".weight", rows, cols)
	r.err = errors.Join(r.err, err)
	return transformer.Matrix{Rows: m.Rows, Cols: m.Cols, Bits: m.Bits, Data: m.Data, Scales: m.Scales}
}

func (r *reader) floats(name string, shape ...int) []float32 {
	v, err := r.file.Floats(name, shape...)
	r.err = errors.Join(r.err, err)
	return v
}

// embed gives each text's vector, of length one; that of a text of which nothing is left, zeros.
func (e *encoder) embed(texts []string) ([][]float32, error) {
	ids := make([][]int32, len(texts))
	for i, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			ids[i] = e.cut.Encode(e.prefix+text, e.most)
		}
	}
	return e.model.Embed(ids)
}
