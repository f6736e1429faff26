package network

import "iter"

// Stream is one film on its way through a model. Its memory is bounded; it is not for concurrent use.
type Stream struct {
	model  *Model
	stages []stage
	row    []float32 // scaled
	out    []float32
	frames int
	told   int
}

// stage is a layer with the frames that it still needs.
type stage struct {
	*layer
	ring     [][]float32 // its last 2*spacing+1 inputs, by frame
	sum      []float32
	residual bool
}

// Stream begins a film.
func (m *Model) Stream() *Stream {
	s := &Stream{model: m, row: make([]float32, m.Inputs()), out: make([]float32, m.head.width)}
	for i := range m.layers {
		l := &m.layers[i]
		st := stage{layer: l, ring: make([][]float32, 2*l.spacing+1), sum: make([]float32, l.width), residual: i > 0}
		for k := range st.ring {
			st.ring[k] = make([]float32, l.in)
		}
		s.stages = append(s.stages, st)
	}
	return s
}

// Push takes the next frame's row, which has Inputs numbers, and gives the Outputs of the frame Delay before it, once there is one.
// What it gives is overwritten by the next call.
func (s *Stream) Push(row []float32) ([]float32, bool) {
	for i, v := range row[:len(s.row)] {
		s.row[i] = float32(v*s.model.scale[i]) + s.model.shift[i]
	}
	s.frames++
	return s.pass(s.frames-1, s.row)
}

// Flush gives the outputs of the last frames, after the last row.
func (s *Stream) Flush() iter.Seq[[]float32] {
	return func(yield func([]float32) bool) {
		for clock := s.frames; s.told < s.frames; clock++ {
			if out, ok := s.pass(clock, nil); ok && !yield(out) {
				return
			}
		}
	}
}

// pass sends the inputs of the frame at the clock through all stages; each hands on the frame that lies its spacing back. Frames
// before the first and after the last are nil: zeros.
func (s *Stream) pass(frame int, x []float32) ([]float32, bool) {
	for i := range s.stages {
		st := &s.stages[i]
		st.keep(frame, x)
		frame -= st.spacing
		if x = nil; frame >= 0 && frame < s.frames {
			x = st.convolve(frame)
		}
	}
	if x == nil {
		return nil, false
	}
	s.told++
	copy(s.out, s.model.head.bias)
	multiply(s.out, x, s.model.head.weights)
	return s.out[:s.model.outputs], true
}

func (st *stage) keep(frame int, x []float32) {
	slot := st.at(frame)
	if x == nil {
		clear(slot)
		return
	}
	copy(slot, x)
}

func (st *stage) at(frame int) []float32 {
	n := len(st.ring)
	return st.ring[(frame%n+n)%n]
}

// convolve gives the stage's output for a frame, from it and those spacing before and after.
func (st *stage) convolve(frame int) []float32 {
	copy(st.sum, st.bias)
	size := st.in * st.width
	for tap := range 3 {
		multiply(st.sum, st.at(frame+(tap-1)*st.spacing), st.weights[tap*size:][:size])
	}
	for i, v := range st.sum {
		st.sum[i] = max(0, v)
	}
	if st.residual {
		for i, v := range st.at(frame) {
			st.sum[i] += v
		}
	}
	return st.sum[:st.out]
}
