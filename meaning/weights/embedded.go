package weights

import (
	_ "embed" // the models
	"strings"
)

//go:embed e5.bin
var e5 []byte

//go:embed minilm.bin
var minilm []byte

//go:embed space.bin
var space []byte

//go:embed translation.bin
var translation []byte

//go:embed SHA256SUMS
var sums string

// E5 is the file of multilingual-e5-small, with the pieces of nine languages. It is part of the program, is read from the disk only as far as
// it is used, and must not be written to.
func E5() []byte { return e5 }

// MiniLM is the file of all-MiniLM-L6-v2, which knows English. It is kept as E5 is.
func MiniLM() []byte { return minilm }

// Space is what the models' vectors are seen through, which the project learnt itself: three matrices of 384 rows, each row a scale (float32) and 384
// numbers of 16 bits; then the mean of MiniLM's vectors (float32). It is no file of models.
func Space() []byte { return space }

// Translation is how questions in other languages become English ones, which the project learnt itself: two matrices, and the mean of the
// multilingual model's vectors, all as in Space.
func Translation() []byte { return translation }

// Sum is the SHA-256 in hexadecimal of a model's file, such as "e5.bin", or nothing if there is no such file.
func Sum(name string) string {
	for line := range strings.Lines(sums) {
		if sum, file, _ := strings.Cut(strings.TrimSpace(line), "  "); file == name {
			return sum
		}
	}
	return ""
}
