package meaning

import (
	"sync"

	"github.com/amvlib/amvlib/meaning/weights"
)

// space is where lines and questions are compared.
type space struct {
	broad   matrix // for vectors of Sentences: directions in which translations differ, and all sentences do, are made short
	english matrix // for those of English, taken from their centre: the longest directions are made shorter
	bridge  matrix // from seen broadly to what the English model sees in the same sentence, or in its translation

	centre []float32 // of the English model's vectors
}

// matrix is Size rows of Size numbers.
type matrix []float32

var theSpace = sync.OnceValue(func() *space { return readSpace(weights.Space()) })

const rowBytes = 4 + 2*Size

// readSpace reads what a test reckoned from pairs of translations.
func readSpace(file []byte) *space {
	s := &space{}
	for _, m := range []*matrix{&s.broad, &s.english, &s.bridge} {
		*m, file = readMatrix(file)
	}
	s.centre, _ = readFloats(file)
	return s
}

// of is v times m. Products are rounded before they are added, so that every machine gives the same.
func (m matrix) of(v []float32) []float32 {
	out := make([]float32, Size)
	for i, x := range v {
		if x == 0 {
			continue
		}
		for k, y := range m[i*Size:][:Size] {
			out[k] += float32(x * y)
		}
	}
	return out
}

// back is m times v: where what m takes to v comes from.
func (m matrix) back(v []float32) []float32 {
	out := make([]float32, Size)
	for i := range out {
		out[i] = float32(dot(m[i*Size:][:Size], v))
	}
	return out
}

// seenBroadly is a sum of vectors of Sentences as it is compared.
func (s *space) seenBroadly(v []float32) []float32 { return s.broad.of(v) }

// seenInEnglish is a sum of vectors of English as it is compared; share is how many vectors of length one it is the sum of.
func (s *space) seenInEnglish(v []float32, share float32) []float32 {
	for i, c := range s.centre {
		v[i] -= float32(share * c)
	}
	return s.english.of(v)
}
