package mood

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the directions
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"sync"
)

// Models turn sentences into vectors of length one: [meaning.Models] do. Sentences reads every language, English only its own.
type Models interface {
	Sentences(texts []string) ([][]float32, error)
	English(texts []string) ([][]float32, error)
	SentencesVersion() string
}

// Direction is where lines of a mood lie, by both models; of length one. English is nil where nothing is known of it.
type Direction struct{ Any, English []float32 }

//go:embed directions.bin
var directionsFile []byte

// ErrVersion is what a program gives whose directions were made by other models, or of other sentences, than it has: it was built from a
// tree in which they were not made anew.
var ErrVersion = errors.New("the moods were made by other sentence models: run go test ./mood -run TestDirections -update")

// finest is how many steps of a stored number make 1.
const finest = math.MaxInt16

// stamp is the first line of directions.bin: what it was made by.
func stamp(version string) string {
	sum := sha256.Sum256([]byte(sentencesTable))
	return fmt.Sprintf("amvlib moods 2 %s %s\n", version, hex.EncodeToString(sum[:8]))
}

// pack writes the means of the axes' sentences, those of Sentences and then those of English.
func pack(version string, means [][2][]float32) []byte {
	out := []byte(stamp(version))
	for model := range 2 {
		for _, m := range means {
			for _, x := range m[model] {
				out = binary.LittleEndian.AppendUint16(out, uint16(int16(math.RoundToEven(float64(x)*finest))))
			}
		}
	}
	return out
}

// unpack is the way back of pack.
func unpack(version string, file []byte) (means [][2][]float32, err error) {
	head := stamp(version)
	numbers, ok := bytes.CutPrefix(file, []byte(head))
	size := len(numbers) / 2 / 2 / len(axes())
	if !ok || size == 0 || len(numbers) != size*2*2*len(axes()) {
		return nil, ErrVersion
	}
	means = make([][2][]float32, len(axes()))
	for model := range 2 {
		for i := range means {
			means[i][model] = make([]float32, size)
			for k := range means[i][model] {
				means[i][model][k] = float32(int16(binary.LittleEndian.Uint16(numbers))) / finest
				numbers = numbers[2:]
			}
		}
	}
	return means, nil
}

// byName is what an axis's own name counts for beside the mean of its sentences. Without it the lines of goemotions_dev are told apart a little
// less well (mean average precision 13.4 instead of 16), and those of films as well.
const byName = 0.4

// mean embeds the sentences of an axis and gives their means with its name: of all languages by Sentences, and of the English ones by English.
func mean(m Models, axis int) (means [2][]float32, err error) {
	every, english := []string{axes()[axis].Name}, []string{axes()[axis].Name}
	for _, s := range sentences() {
		if s.axis == axis {
			every, english = append(every, s.texts[:]...), append(english, s.texts[0])
		}
	}
	of, err := m.Sentences(every)
	if err != nil {
		return means, err
	}
	ofEnglish, err := m.English(english)
	if err != nil {
		return means, err
	}
	return [2][]float32{withName(of), withName(ofEnglish)}, nil
}

// withName is the mean of all but the first, with a share of that.
func withName(vectors [][]float32) []float32 {
	out := average(vectors[1:])
	addTo(out, vectors[0], byName)
	return out
}

func average(vectors [][]float32) []float32 {
	sums := make([]float64, len(vectors[0]))
	for _, v := range vectors {
		for i, x := range v {
			sums[i] += float64(x)
		}
	}
	out := make([]float32, len(sums))
	for i, s := range sums {
		out[i] = float32(s / float64(len(vectors)))
	}
	return out
}

var known sync.Map // directions, by the version of the models

// directions are those of the axes, each seen from the mean of all.
func directions(version string) ([]Direction, error) {
	if d, ok := known.Load(version); ok {
		return d.([]Direction), nil
	}
	means, err := unpack(version, directionsFile)
	if err != nil {
		return nil, err
	}
	all := make([]Direction, len(means))
	for model := range 2 {
		var of [][]float32
		for _, m := range means {
			of = append(of, m[model])
		}
		centre := average(of)
		for i, v := range of {
			for k := range v {
				v[k] -= centre[k]
			}
			unit(v)
			if model == 0 {
				all[i].Any = v
			} else {
				all[i].English = v
			}
		}
	}
	known.Store(version, all)
	return all, nil
}

// unit scales v to length one, unless it has none.
func unit(v []float32) {
	squares := dot(v, v)
	if squares == 0 {
		return
	}
	scale := 1 / math.Sqrt(squares)
	for i, x := range v {
		v[i] = float32(float64(x) * scale)
	}
}

func dot(a, b []float32) (sum float64) {
	for i, x := range a {
		sum += float64(x) * float64(b[i])
	}
	return sum
}
