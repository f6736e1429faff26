package meaning

import (
	"encoding/binary"
	"math"
	"sync"

	"github.com/amvlib/amvlib/meaning/weights"
)

// translation guesses where both models would see a question if it were asked in English. It goes by vectors of the multilingual model as they
// come, language and manner and all, for what is taken out of those tells how they differ from their translations.
type translation struct {
	broad, english matrix
	centre         []float32 // that vectors are taken from
}

var theTranslation = sync.OnceValue(func() *translation { return readTranslation(weights.Translation()) })

// readTranslation reads what a test reckoned from pairs of translations.
func readTranslation(file []byte) *translation {
	t := &translation{}
	t.broad, file = readMatrix(file)
	t.english, file = readMatrix(file)
	t.centre, _ = readFloats(file)
	return t
}

// of guesses for a question, or for a verse and its lines, of which together makes one.
func (t *translation) of(questions [][]float32) (broad, english []float32) {
	return t.guess(questions, t.broad), t.guess(questions, t.english)
}

func (t *translation) guess(questions [][]float32, to matrix) []float32 {
	var out [][]float32
	for _, v := range questions {
		from := make([]float32, Size)
		if dot(v, v) > 0 { // something is asked
			for i, c := range t.centre {
				from[i] = v[i] - c
			}
		}
		seen := to.of(from)
		scaleToOne(seen)
		out = append(out, seen)
	}
	return together(out)
}

// readMatrix reads one, and gives what is behind it.
func readMatrix(file []byte) (m matrix, rest []byte) {
	m = make(matrix, 0, Size*Size)
	for range Size {
		scale := math.Float32frombits(binary.LittleEndian.Uint32(file))
		for at := 4; at < rowBytes; at += 2 {
			m = append(m, float32(int16(binary.LittleEndian.Uint16(file[at:])))*scale)
		}
		file = file[rowBytes:]
	}
	return m, file
}

func readFloats(file []byte) (out []float32, rest []byte) {
	for range Size {
		out = append(out, math.Float32frombits(binary.LittleEndian.Uint32(file)))
		file = file[4:]
	}
	return out, file
}
