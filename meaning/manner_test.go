package meaning

import (
	"bytes"
	"encoding/binary"
	"flag"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/meaning/weights"
)

var update = flag.Bool("update", false, "write manner.bin anew")

// TestManner reckons manner.bin again: the three directions of most variance among the sentences of build/sentences.tsv, each the mean of
// its nine languages, so that what is left to differ is what they say and how.
func TestManner(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	want := principal(means(t), 3)
	if *update {
		if err := os.WriteFile("manner.bin", want, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(manner, want) {
		t.Error("manner.bin is another: go test ./meaning -run TestManner -update, and count recipe up")
	}
}

// means are the sentences' vectors without language, averaged over the languages and centred.
func means(t *testing.T) [][]float64 {
	t.Helper()
	l, err := newLanguageless(weights.E5())
	if err != nil {
		t.Fatal(err)
	}
	l.directions = l.directions[:len(l.directions)-len(manner)/4]
	text, err := os.ReadFile("build/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out [][]float64
	centre := make([]float64, Size)
	for line := range strings.Lines(string(text[bytes.IndexByte(text, '\n')+1:])) {
		vectors, err := l.embed(strings.Split(strings.TrimSpace(line), "\t"))
		if err != nil || len(vectors) != 9 {
			t.Fatal(len(vectors), err)
		}
		mean := make([]float64, Size)
		for _, v := range vectors {
			for i, x := range v {
				mean[i] += float64(x) / 9
				centre[i] += float64(x) / 9
			}
		}
		out = append(out, mean)
	}
	for _, v := range out {
		for i := range v {
			v[i] -= centre[i] / float64(len(out))
		}
	}
	return out
}

// principal finds directions by turning a vector towards the most variance again and again. Every machine writes the same: products are
// rounded before they are added.
func principal(rows [][]float64, count int) []byte {
	var out []byte
	for range count {
		v := make([]float64, Size)
		copy(v, rows[0])
		for range 3000 {
			next := make([]float64, Size)
			for _, row := range rows {
				along := 0.0
				for i, x := range row {
					along += float64(x * v[i])
				}
				for i, x := range row {
					next[i] += float64(x * along)
				}
			}
			v = unit(next)
		}
		for _, row := range rows { // on without that direction
			along := 0.0
			for i, x := range row {
				along += float64(x * v[i])
			}
			for i := range row {
				row[i] -= float64(along * v[i])
			}
		}
		for _, x := range v {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(x)))
		}
	}
	return out
}

func unit(v []float64) []float64 {
	squares := 0.0
	for _, x := range v {
		squares += float64(x * x)
	}
	length := math.Sqrt(squares)
	for i := range v {
		v[i] /= length
	}
	return v
}
