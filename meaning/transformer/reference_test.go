package transformer

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"
)

// small is a configuration that tests can afford.
var small = Config{Layers: 2, Hidden: 64, Heads: 4, Intermediate: 96, Positions: 40, Eps: 1e-12}

// drawn makes weights of a shape out of a seed, of so many bits, about as large as trained ones are.
func drawn(seed uint64, c Config, words, bits int) Weights {
	r := rand.New(rand.NewPCG(seed, 7))
	floats := func(n int, mean, spread float64) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(mean + spread*r.NormFloat64())
		}
		return v
	}
	linear := func(rows, cols int) Linear {
		return Linear{drawnMatrix(r, rows, cols, bits, 1.5/math.Sqrt(float64(cols))), floats(rows, 0, 0.1)}
	}
	norm := func() Norm { return Norm{floats(c.Hidden, 1, 0.2), floats(c.Hidden, 0, 0.1)} }
	w := Weights{Words: drawnMatrix(r, words, c.Hidden, bits, 0.05), Positions: floats((c.PositionOffset+c.Positions)*c.Hidden, 0, 0.02), Norm: norm()}
	for range c.Layers {
		w.Layers = append(w.Layers, Layer{
			Query: linear(c.Hidden, c.Hidden), Key: linear(c.Hidden, c.Hidden), Value: linear(c.Hidden, c.Hidden), Attention: linear(c.Hidden, c.Hidden),
			AttentionNorm: norm(), Up: linear(c.Intermediate, c.Hidden), Down: linear(c.Hidden, c.Intermediate), Norm: norm(),
		})
	}
	return w
}

// drawnMatrix holds every number that its bits have, the lowest too.
func drawnMatrix(r *rand.Rand, rows, cols, bits int, spread float64) Matrix {
	m := Matrix{Rows: rows, Cols: cols, Bits: bits}
	if bits == 8 {
		m.Data = make([]byte, rows*cols)
		for i := range m.Data {
			m.Data[i] = byte(max(-128, min(127, math.Round(r.NormFloat64()*50))))
		}
		each := rows // one a row
		if r.IntN(2) == 0 {
			each = rows * cols / span // one a span
		}
		for range each {
			m.Scales = append(m.Scales, float32(spread/50*(0.5+r.Float64())))
		}
		return m
	}
	m.Data = make([]byte, rows*cols/span*spanBytes)
	for at := 0; at < len(m.Data); at += spanBytes {
		for i := range spanBytes {
			m.Data[at+i] = byte(r.Uint32())
		}
		binary.LittleEndian.PutUint16(m.Data[at:], halfOf(spread/5*(0.5+r.Float64())))
	}
	return m
}

// halfOf is a normal number of half precision, cut off.
func halfOf(v float64) uint16 {
	fraction, exponent := math.Frexp(v)
	return uint16(exponent+14)<<10 | uint16(fraction*2048)&1023
}

// at is the number of a matrix at a place, by the words of its type's comment.
func (m Matrix) at(row, col int) float64 {
	if m.Bits == 8 {
		n := len(m.Scales) / m.Rows // of a row
		return float64(int8(m.Data[row*m.Cols+col])) * float64(m.Scales[row*n+col*n/m.Cols])
	}
	b := m.Data[(row*m.Cols+col)/32*18:][:18]
	bits := binary.LittleEndian.Uint16(b)
	scale := math.Ldexp(float64(1024+int(bits&1023)), int(bits>>10&31)-25)
	if i := col % 32; i < 16 {
		return scale * float64(int(b[2+i]&15)-8)
	}
	return scale * float64(int(b[2+col%32-16]>>4)-8)
}

// reference embeds a sentence as the papers have it, in float64.
func reference(c Config, w Weights, ids []int32) []float64 {
	var x [][]float64
	for i, id := range ids {
		row := make([]float64, c.Hidden)
		for k := range row {
			row[k] = w.Words.at(int(id), k) + float64(w.Positions[(c.PositionOffset+i)*c.Hidden+k])
		}
		x = append(x, w.Norm.of(row, c))
	}
	for _, l := range w.Layers {
		attended := l.attend(x, c)
		for t := range x {
			x[t] = l.AttentionNorm.of(sum(x[t], l.Attention.of(attended[t])), c)
			inner := l.Up.of(x[t])
			for i, v := range inner {
				inner[i] = v * 0.5 * (1 + math.Erf(v/math.Sqrt2))
			}
			x[t] = l.Norm.of(sum(x[t], l.Down.of(inner)), c)
		}
	}
	mean := make([]float64, c.Hidden)
	for _, row := range x {
		mean = sum(mean, row)
	}
	length := math.Sqrt(product(mean, mean))
	for i := range mean {
		mean[i] /= length
	}
	return mean
}

func (l Layer) attend(x [][]float64, c Config) [][]float64 {
	var q, k, v [][]float64
	for _, row := range x {
		q, k, v = append(q, l.Query.of(row)), append(k, l.Key.of(row)), append(v, l.Value.of(row))
	}
	out, size := make([][]float64, len(x)), c.Hidden/c.Heads
	for t := range x {
		out[t] = make([]float64, c.Hidden)
		for head := 0; head < c.Hidden; head += size {
			powers, all := make([]float64, len(x)), 0.0
			for j := range x {
				powers[j] = math.Exp(product(q[t][head:head+size], k[j][head:head+size]) / math.Sqrt(float64(size)))
				all += powers[j]
			}
			for j := range x {
				for i := range size {
					out[t][head+i] += powers[j] / all * v[j][head+i]
				}
			}
		}
	}
	return out
}

func (l Linear) of(x []float64) []float64 {
	y := make([]float64, l.Weight.Rows)
	for o := range y {
		y[o] = float64(l.Bias[o])
		for i, v := range x {
			y[o] += l.Weight.at(o, i) * v
		}
	}
	return y
}

func (n Norm) of(x []float64, c Config) []float64 {
	var mean, variance float64
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = (v-mean)/math.Sqrt(variance+float64(c.Eps))*float64(n.Weight[i]) + float64(n.Bias[i])
	}
	return y
}

func sum(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] + b[i]
	}
	return out
}

func product(a, b []float64) (p float64) {
	for i := range a {
		p += a[i] * b[i]
	}
	return p
}

// sentences draws sentences of 1 to longest tokens.
func sentences(seed uint64, count, longest, words int) [][]int32 {
	r := rand.New(rand.NewPCG(seed, 8))
	out := make([][]int32, count)
	for i := range out {
		out[i] = make([]int32, 1+r.IntN(longest))
		for k := range out[i] {
			out[i][k] = r.Int32N(int32(words))
		}
	}
	return out
}

func modelOf(t testing.TB, c Config, w Weights) *Model {
	t.Helper()
	m, err := New(c, w)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func embedded(t testing.TB, m *Model, ids [][]int32) [][]float32 {
	t.Helper()
	v, err := m.Embed(ids)
	if err != nil || len(v) != len(ids) {
		t.Fatalf("%d vectors of %d sentences, %v", len(v), len(ids), err)
	}
	return v
}

// wide is v in float64.
func wide(v []float32) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = float64(v[i])
	}
	return out
}

func TestAgreesWithTheReference(t *testing.T) {
	shapes := []Config{
		small,
		{Layers: 1, Hidden: 32, Heads: 1, Intermediate: 32, Positions: 9, Eps: 1e-5},
		{Layers: 3, Hidden: 96, Heads: 12, Intermediate: 256, Positions: 30, PositionOffset: 2, Eps: 1e-5},
	}
	for seed, c := range shapes {
		for _, bits := range []int{4, 8} {
			w := drawn(uint64(seed), c, 50, bits)
			ids := sentences(uint64(seed), 12, c.Positions, 50)
			for i, v := range embedded(t, modelOf(t, c, w), ids) {
				if cosine := product(wide(v), reference(c, w, ids[i])); cosine < 0.999 {
					t.Errorf("%+v of %d bits, %d tokens: the cosine to the reference is %.5f", c, bits, len(ids[i]), cosine)
				}
			}
		}
	}
}
