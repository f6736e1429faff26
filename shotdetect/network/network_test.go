package network

import (
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// written is a model as a file holds it, of random weights.
type written struct {
	inputs, channels, outputs int
	spacings                  []int
	r                         *rand.Rand
	bytes                     []byte
}

func write(seed uint64, inputs, channels, outputs int, spacings ...int) *written {
	w := &written{inputs, channels, outputs, spacings, rand.New(rand.NewPCG(seed, 1)), []byte(magic)}
	for _, n := range append([]int{inputs, channels, outputs, len(spacings)}, spacings...) {
		w.bytes = binary.LittleEndian.AppendUint32(w.bytes, uint32(n))
	}
	w.floats(2 * inputs)
	in := inputs
	for range spacings {
		w.floats((3*in + 1) * channels)
		in = channels
	}
	w.floats((channels + 1) * outputs)
	return w
}

func (w *written) floats(n int) {
	for range n {
		w.bytes = binary.LittleEndian.AppendUint32(w.bytes, math.Float32bits(float32(w.r.NormFloat64())/4))
	}
}

func (w *written) rows(n int) [][]float32 {
	rows := make([][]float32, n)
	for i := range rows {
		rows[i] = make([]float32, w.inputs)
		for k := range rows[i] {
			rows[i][k] = float32(w.r.NormFloat64())
		}
	}
	return rows
}

func read(t testing.TB, weights []byte) *Model {
	t.Helper()
	m, err := Read(weights)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func run(m *Model, rows [][]float32) (all [][]float32) {
	s := m.Stream()
	for _, row := range rows {
		if out, ok := s.Push(row); ok {
			all = append(all, slices.Clone(out))
		}
	}
	for out := range s.Flush() {
		all = append(all, slices.Clone(out))
	}
	return all
}

// whole runs a network over all rows at once in float64, straight from its definition.
func whole(m *member, rows [][]float32) [][]float64 {
	x := make([][]float64, len(rows))
	for t, row := range rows {
		x[t] = make([]float64, len(row))
		for i, v := range row {
			x[t][i] = float64(v)*float64(m.scale[i]) + float64(m.shift[i])
		}
	}
	for i, l := range m.layers {
		y := convolve(l, x)
		for t := range y {
			for k := range y[t] {
				y[t][k] = max(0, y[t][k])
				if i > 0 {
					y[t][k] += x[t][k]
				}
			}
		}
		x = y
	}
	return convolve(m.head, x)
}

func convolve(l layer, x [][]float64) [][]float64 {
	taps := len(l.weights) / l.in / l.width
	y := make([][]float64, len(x))
	for t := range x {
		y[t] = make([]float64, l.out)
		for k := range y[t] {
			y[t][k] = float64(l.bias[k])
			for tap := range taps {
				at := t + (tap-taps/2)*l.spacing
				if at < 0 || at >= len(x) {
					continue
				}
				for i, v := range x[at] {
					y[t][k] += v * float64(l.weights[(tap*l.in+i)*l.width+k])
				}
			}
		}
	}
	return y
}

func TestStreamIsTheWholeNetwork(t *testing.T) {
	for _, frames := range []int{0, 1, 2, 7, 60} {
		w := write(3, 13, 21, 5, 1, 1, 2, 4)
		m, rows := read(t, w.bytes), w.rows(frames)
		got, want := run(m, rows), whole(m.members[0], rows)
		if len(got) != frames {
			t.Fatalf("%d outputs for %d frames", len(got), frames)
		}
		for f := range got {
			for k := range want[f] {
				if math.Abs(float64(got[f][k])-want[f][k]) > 1e-4*(1+math.Abs(want[f][k])) {
					t.Fatalf("frame %d of %d, output %d is %v, not %v", f, frames, k, got[f][k], want[f][k])
				}
			}
		}
	}
}

func TestSeveralNetworksAreAskedTogether(t *testing.T) {
	a, b := write(3, 13, 21, 5, 1, 1, 2, 4), write(4, 13, 8, 5, 4, 4)
	one, other, both := read(t, a.bytes), read(t, b.bytes), read(t, slices.Concat(a.bytes, b.bytes))
	rows := a.rows(30)
	x, y, got := run(one, rows), run(other, rows), run(both, rows)
	if len(got) != 30 || both.Delay() != 8 {
		t.Fatalf("%d outputs, delay %d", len(got), both.Delay())
	}
	for f := range got {
		for k, v := range got[f] {
			if want := (x[f][k] + y[f][k]) / 2; math.Abs(float64(v-want)) > 1e-5*(1+math.Abs(float64(want))) {
				t.Fatalf("frame %d, output %d is %v, not %v", f, k, v, want)
			}
		}
	}
}

func TestDelay(t *testing.T) {
	w := write(1, 4, 8, 2, 1, 2, 4)
	m := read(t, w.bytes)
	s := m.Stream()
	for i, row := range w.rows(20) {
		if _, ok := s.Push(row); ok != (i >= m.Delay()) {
			t.Errorf("row %d gives an output: %v; the delay is %d", i, ok, m.Delay())
		}
	}
	if m.Delay() != 7 || m.Inputs() != 4 || m.Outputs() != 2 {
		t.Errorf("delay %d, %d inputs, %d outputs", m.Delay(), m.Inputs(), m.Outputs())
	}
}

// The machine's vectors and plain Go give the same bits.
func TestMultiplyAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for _, n := range []int{8, 16, 56, 64, 72, 128, 136} {
		x, weights := make([]float32, 37), make([]float32, 37*n)
		for i := range weights {
			weights[i] = float32(r.NormFloat64())
		}
		for i := range x {
			if r.IntN(3) > 0 {
				x[i] = float32(r.NormFloat64() * math.Exp(4*r.NormFloat64()))
			}
		}
		a, b := make([]float32, n), make([]float32, n)
		multiply(a, x, weights)
		multiplyPlain(b, x, weights)
		if !slices.Equal(a, b) {
			t.Errorf("%d sums: %v and %v", n, a, b)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	good := write(1, 3, 9, 2, 1, 2).bytes
	read(t, good)
	huge := slices.Clone(good)
	binary.LittleEndian.PutUint32(huge[len(magic):], 1<<31)
	odd := slices.Clone(good)
	binary.LittleEndian.PutUint32(odd[len(odd)-4:], math.Float32bits(float32(math.NaN())))
	for name, b := range map[string][]byte{
		"empty": nil, "foreign": []byte("RIFF....WAVE"), "short": good[:len(good)-1], "long": append(slices.Clone(good), 0), "huge": huge, "NaN": odd,
		"other inputs": slices.Concat(good, write(1, 4, 9, 2, 1, 2).bytes), "other outputs": slices.Concat(good, write(1, 3, 9, 1, 1, 2).bytes),
		"other delay": slices.Concat(good, write(1, 3, 9, 2, 1, 1).bytes), "too many": slices.Repeat(good, 17), "second short": slices.Concat(good, good[:40]),
	} {
		if _, err := Read(b); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(write(1, 3, 9, 2, 1, 2).bytes)
	f.Add(slices.Repeat(write(1, 3, 9, 2, 1, 2).bytes, 2))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Read(b)
		if err != nil {
			return
		}
		if got := run(m, zeros(3, m.Inputs())); len(got) != 3 || len(got[0]) != m.Outputs() {
			t.Errorf("%d outputs", len(got))
		}
	})
}

func zeros(rows, columns int) [][]float32 {
	out := make([][]float32, rows)
	for i := range out {
		out[i] = make([]float32, columns)
	}
	return out
}

func BenchmarkStream(b *testing.B) {
	w := write(1, 124, 64, 5, 1, 1, 2, 4, 8, 1)
	m, rows := read(b, w.bytes), w.rows(64)
	s := m.Stream()
	for i := 0; b.Loop(); i++ {
		s.Push(rows[i%64])
	}
}
