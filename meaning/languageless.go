package meaning

import (
	_ "embed" // manner.bin
	"encoding/binary"
	"math"
)

// manner holds the directions in which sentences that mean quite different things differ most: whether they ask, exclaim or tell, are long or
// short. A lyric is found better without them. They are float32, [3][Size], orthonormal, and reckoned from build/sentences.tsv by a test.
//
//go:embed manner.bin
var manner []byte

// languageless is the multilingual model with language and manner taken out of its vectors.
type languageless struct {
	*encoder
	centre     []float32 // of all vectors
	directions []float32 // [][Size], orthonormal: what the centres of languages differ by; then the manner
}

func newLanguageless(data []byte) (*languageless, error) {
	e, f, err := newEncoder(data)
	if err != nil {
		return nil, err
	}
	l := &languageless{encoder: e}
	if l.centre, err = f.Floats("language.centre", Size); err != nil {
		return nil, err
	}
	shape := f.Tensors["language.directions"].Shape
	l.directions, err = f.Floats("language.directions", append([]int(nil), shape...)...)
	for at := 0; at < len(manner); at += 4 {
		l.directions = append(l.directions, math.Float32frombits(binary.LittleEndian.Uint32(manner[at:])))
	}
	return l, err
}

// embed gives vectors without language and manner, of length one.
func (l *languageless) embed(texts []string) ([][]float32, error) {
	vectors, err := l.encoder.embed(texts)
	for _, v := range vectors {
		l.strip(v)
	}
	return vectors, err
}

// strip takes language and manner out of v and scales what is left to length one. Zeros stay. Products are rounded before they are added, so that
// every machine gives the same.
func (l *languageless) strip(v []float32) {
	if dot(v, v) == 0 {
		return
	}
	for i, c := range l.centre {
		v[i] -= c
	}
	for at := 0; at < len(l.directions); at += Size {
		direction := l.directions[at:][:Size]
		along := float32(dot(v, direction))
		for i, d := range direction {
			v[i] -= float32(along * d)
		}
	}
	scaleToOne(v)
}

// dot is exact up to the rounding of sums, in one order: a product of two float32 fits a float64.
func dot(a, b []float32) float64 {
	var sum float64
	for i, x := range a {
		sum += float64(x) * float64(b[i])
	}
	return sum
}

// scaleToOne scales v to length one, unless it has none.
func scaleToOne(v []float32) {
	squares := dot(v, v)
	if squares == 0 {
		return
	}
	inverse := 1 / math.Sqrt(squares)
	for i, x := range v {
		v[i] = float32(float64(x) * inverse)
	}
}
