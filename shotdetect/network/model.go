package network

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// ErrFormat is what Read gives for bytes that hold no model.
var ErrFormat = errors.New("no weights of a shot network")

// magic begins a file of weights; its last byte is the version of the format.
const magic = "amvnet\x00\x01"

// The most that a model may ask for: what is larger was not made for this package.
const (
	mostNumbers = 1024 // inputs, channels, outputs
	mostLayers  = 32
	mostSpacing = 64 // frames
	mostMembers = 16
)

// Model is one trained network, or several that are asked together. It does not change, and may be used by many streams at once.
type Model struct {
	members []*member
}

// member is one network.
type member struct {
	scale, shift []float32 // of each input
	layers       []layer
	head         layer
	outputs      int
}

// layer is a convolution over three frames; over one where spacing is 0.
type layer struct {
	in, out int
	spacing int       // frames between the three
	weights []float32 // [3 or 1][in][width]: how much each input of each frame gives to each output, rows filled up with zeros
	bias    []float32 // [width]
	width   int       // out rounded up to whole vectors
}

// Inputs is how many numbers a row has.
func (m *Model) Inputs() int { return len(m.members[0].scale) }

// Outputs is how many numbers come out for a frame.
func (m *Model) Outputs() int { return m.members[0].outputs }

// Delay is how many rows after a frame's its output comes.
func (m *Model) Delay() int { return m.members[0].delay() }

func (m *member) delay() int {
	frames := 0
	for _, l := range m.layers {
		frames += l.spacing
	}
	return frames
}

// Read takes a model from the bytes of a file of weights, which holds networks one after another. Of each: magic; then 32-bit
// little-endian integers: inputs, channels, outputs, count of layers, spacing of each layer; then 32-bit floats: scale and shift of
// the inputs; of each layer the weights as [3][in][channels] and the bias; and of the last one the weights as [channels][outputs] and
// the bias. Inputs, outputs and the sum of the spacings are the same for all. Errors: ErrFormat.
func Read(weights []byte) (*Model, error) {
	m, r := &Model{}, reader{rest: weights}
	for r.err == nil && (len(m.members) == 0 || len(r.rest) > 0) {
		m.add(r.member(), &r)
	}
	if r.err != nil {
		return nil, r.err
	}
	return m, nil
}

func (m *Model) add(next *member, r *reader) {
	m.members = append(m.members, next)
	first := m.members[0]
	switch {
	case r.err != nil:
	case len(m.members) > mostMembers:
		r.fail("too many networks")
	case len(next.scale) != len(first.scale) || next.outputs != first.outputs || next.delay() != first.delay():
		r.fail("networks that do not fit together")
	}
}

// reader takes a model apart; after the first trouble it gives nothing but zeros.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) member() *member {
	if string(r.take(len(magic))) != magic {
		r.fail("it does not begin like one")
		return &member{}
	}
	inputs, channels, outputs := r.count(1, mostNumbers), r.count(1, mostNumbers), r.count(1, mostNumbers)
	spacings := make([]int, r.count(1, mostLayers))
	for i := range spacings {
		spacings[i] = r.count(1, mostSpacing)
	}
	m := &member{scale: r.floats(inputs), shift: r.floats(inputs), outputs: outputs}
	for i, spacing := range spacings {
		in := channels
		if i == 0 {
			in = inputs
		}
		m.layers = append(m.layers, r.layer(3, in, channels, spacing))
	}
	m.head = r.layer(1, channels, outputs, 0)
	return m
}

func (r *reader) layer(taps, in, out, spacing int) layer {
	l := layer{in: in, out: out, spacing: spacing, width: (out + lanes - 1) / lanes * lanes}
	if r.err != nil || len(r.rest) < 4*(taps*in+1)*out {
		r.fail("too short")
		return l
	}
	l.weights = make([]float32, taps*in*l.width)
	for row := range taps * in {
		copy(l.weights[row*l.width:], r.floats(out))
	}
	l.bias = make([]float32, l.width)
	copy(l.bias, r.floats(out))
	return l
}

func (r *reader) fail(why string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrFormat, why)
	}
}

func (r *reader) take(n int) []byte {
	if r.err != nil || n > len(r.rest) {
		r.fail("too short")
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) count(least, most int) int {
	b := r.take(4)
	if b == nil {
		return 0
	}
	n := binary.LittleEndian.Uint32(b)
	if n < uint32(least) || n > uint32(most) {
		r.fail(fmt.Sprintf("a count is %d, not %d to %d", n, least, most))
		return 0
	}
	return int(n)
}

func (r *reader) floats(n int) []float32 {
	b := r.take(4 * n)
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if v := float64(out[i]); math.IsNaN(v) || math.IsInf(v, 0) {
			r.fail("a weight is no number")
		}
	}
	return out
}
