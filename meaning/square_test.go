package meaning

import (
	"encoding/binary"
	"math"
	"testing"
)

// square is a matrix of Size rows and columns. Every machine reckons the same: products are rounded before they are added.
type square [Size * Size]float64

// add adds the products of every x with every y.
func (m *square) add(x, y []float64) {
	for i, a := range x {
		for k, b := range y {
			m[i*Size+k] += float64(a * b)
		}
	}
}

// times is the product of matrices.
func (m *square) times(o *square) (out square) {
	for i := range Size {
		row := out[i*Size:][:Size]
		for k, a := range m[i*Size:][:Size] {
			for j, b := range o[k*Size:][:Size] {
				row[j] += float64(a * b)
			}
		}
	}
	return out
}

// of is v, taken from a centre unless that is nil, times m.
func (m *square) of(v []float32, centre []float64) []float64 {
	out := make([]float64, Size)
	for i, x := range v {
		a := float64(x)
		if centre != nil {
			a -= centre[i]
		}
		for k, b := range m[i*Size:][:Size] {
			out[k] += float64(a * b)
		}
	}
	return out
}

func (m *square) trace() (sum float64) {
	for i := range Size {
		sum += m[i*Size+i]
	}
	return sum
}

// evened is m, a share of it replaced by what is the same in all directions.
func (m *square) evened(share float64) (out square) {
	same := share * m.trace() / Size
	for i, x := range m {
		out[i] = (1 - share) * x
	}
	for i := range Size {
		out[i*Size+i] += same
	}
	return out
}

// inverseRoot is what, times itself, is the inverse of a symmetric m whose directions are all longer than nothing, by Newton's steps for
// root and inverse root side by side.
func (m *square) inverseRoot() square {
	norm := 0.0
	for _, x := range m {
		norm += float64(x * x)
	}
	norm = math.Sqrt(norm)
	var y, z square
	for i, x := range m {
		y[i] = x / norm
	}
	for i := range Size {
		z[i*Size+i] = 1
	}
	for far := 1.0; far > 1e-9; {
		step := z.times(&y)
		far = step.fromOne()
		for i := range step {
			step[i] *= -0.5
		}
		for i := range Size {
			step[i*Size+i] += 1.5
		}
		y, z = y.times(&step), step.times(&z)
	}
	for i := range z {
		z[i] /= math.Sqrt(norm)
	}
	return z
}

// fromOne is how far m is from changing nothing.
func (m *square) fromOne() (far float64) {
	for at, x := range m {
		if at/Size == at%Size {
			x--
		}
		far = max(far, math.Abs(x))
	}
	return far
}

// keep scales m so that vectors that spread as all do keep their length on average.
func (m *square) keep(all square) {
	half := m.times(&all)
	seen := half.times(m)
	scale := math.Sqrt(all.trace() / seen.trace())
	for i := range m {
		m[i] *= scale
	}
}

// append writes m: each row a scale, then numbers of 16 bits.
func (m *square) append(out []byte) []byte {
	for i := range Size {
		row, most := m[i*Size:][:Size], 0.0
		for _, x := range row {
			most = max(most, math.Abs(x))
		}
		scale := float32(most / math.MaxInt16)
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
		for _, x := range row {
			out = binary.LittleEndian.AppendUint16(out, uint16(int16(math.RoundToEven(x/max(float64(scale), 1e-30)))))
		}
	}
	return out
}

// spread is the mean of vectors' products with themselves, taken from a centre.
func spread(vectors [][]float32, centre []float64) (m square) {
	x := make([]float64, Size)
	for _, v := range vectors {
		for i := range x {
			x[i] = float64(v[i]) - centre[i]
		}
		m.add(x, x)
	}
	for i := range m {
		m[i] /= float64(len(vectors))
	}
	return m
}

func meanOf(vectors [][]float32) []float64 {
	mean := make([]float64, Size)
	for _, v := range vectors {
		for i, x := range v {
			mean[i] += float64(x)
		}
	}
	for i := range mean {
		mean[i] /= float64(len(vectors))
	}
	return mean
}

// TestInverseRoot: a matrix between two of its inverse roots is the one that changes nothing.
func TestInverseRoot(t *testing.T) {
	var m square
	for i := range Size {
		x := make([]float64, Size)
		x[i], x[(7*i+3)%Size] = 1, 0.5
		m.add(x, x)
		m[i*Size+i] += 0.1
	}
	root := m.inverseRoot()
	half := root.times(&m)
	for at, x := range half.times(&root) {
		want := 0.0
		if at/Size == at%Size {
			want = 1
		}
		if math.Abs(x-want) > 1e-6 {
			t.Fatalf("row %d, column %d is %g", at/Size, at%Size, x)
		}
	}
}

// ridged is the map of a ridge regression: own is the sum of x times x over all pairs, which gets the ridge, and across that of x times y.
func ridged(own, across *square) *square {
	for i := range Size {
		own[i*Size+i] += ridge
	}
	root := own.inverseRoot()
	inverse := root.times(&root)
	out := inverse.times(across)
	return &out
}
