package network

import "iter"

// Stream is one film on its way through a model. Its memory is bounded; it is not for concurrent use.
type Stream struct {
	lanes  []lane
	out    []float32 // mean of the lanes'
	frames int
	told   int
}

// lane is a film on its way through one network.
type lane struct {
	*member
	stages []stage
	row    []float32 // scaled
	out    []float32
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
	s := &Stream{out: make([]float32, m.Outputs())}
	for _, n := range m.members {
		s.lanes = append(s.lanes, n.lane())
	}
	return s
}

func (m *member) lane() lane {
	l := lane{member: m, row: make([]float32, len(m.scale)), out: make([]float32, m.head.width)}
	for i := range m.layers {
		c := &m.layers[i]
		st := stage{layer: c, ring: make([][]float32, 2*c.spacing+1), sum: make([]float32, c.width), residual: i > 0}
		for k := range st.ring {
			st.ring[k] = make([]float32, c.in)
		}
		l.stages = append(l.stages, st)
	}
	return l
}

// Push takes the next frame's row, which has Inputs numbers, and gives the Outputs of the frame Delay before it, once there is one.
// What it gives is overwritten by the next call.
func (s *Stream) Push(row []float32) ([]float32, bool) {
	s.frames++
	return s.pass(s.frames-1, row)
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

// pass sends the row of the frame at the clock, nil after the last, through all lanes.
func (s *Stream) pass(clock int, row []float32) ([]float32, bool) {
	clear(s.out)
	told := false
	for i := range s.lanes {
		var out []float32
		if out, told = s.lanes[i].pass(clock, s.frames, row); told {
			for k, v := range out {
				s.out[k] += v / float32(len(s.lanes))
			}
		}
	}
	if !told {
		return nil, false
	}
	s.told++
	return s.out, true
}

func (l *lane) scaled(row []float32) []float32 {
	if row == nil {
		return nil
	}
	for i, v := range row[:len(l.row)] {
		l.row[i] = float32(v*l.scale[i]) + l.shift[i]
	}
	return l.row
}

// pass sends the inputs of the frame at the clock through all stages; each hands on the frame that lies its spacing back. Frames
// before the first and after the last are nil: zeros.
func (l *lane) pass(frame, frames int, row []float32) ([]float32, bool) {
	x := l.scaled(row)
	for i := range l.stages {
		st := &l.stages[i]
		st.keep(frame, x)
		frame -= st.spacing
		if x = nil; frame >= 0 && frame < frames {
			x = st.convolve(frame)
		}
	}
	if x == nil {
		return nil, false
	}
	copy(l.out, l.head.bias)
	multiply(l.out, x, l.head.weights)
	return l.out[:l.outputs], true
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
