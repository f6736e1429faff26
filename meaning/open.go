package meaning

import (
	"fmt"
	"sync"

	"github.com/amvlib/amvlib/meaning/weights"
)

// recipe counts up whenever vectors of Lines come out otherwise though the models stay: windows, space, rounding, and whatever reading counts.
const recipe = 3

// reading counts up whenever vectors of Sentences and English do: cleaning of text, language, manner.
const reading = 2

// Models are the sentence models that are part of the program. They do not change, and may be used by many at once.
type Models struct {
	multilingual func() (*languageless, error)
	english      func() (*encoder, error)
}

// The models are arranged in memory once for all who open them.
var (
	multilingual = sync.OnceValues(func() (*languageless, error) { return newLanguageless(weights.E5()) })
	english      = sync.OnceValues(func() (*encoder, error) {
		e, _, err := newEncoder(weights.MiniLM())
		return e, err
	})
)

// Open gives the models. Each is read when it is first needed, which takes some milliseconds.
func Open() (*Models, error) {
	return &Models{multilingual, english}, nil
}

// SentencesVersion names what vectors of Sentences and English were made by.
func (m *Models) SentencesVersion() string {
	return fmt.Sprintf("%d-%.8s-%.8s", reading, weights.Sum("e5.bin"), weights.Sum("minilm.bin"))
}

// Version names what vectors of Lines were made by. Those of different versions cannot be compared.
func (m *Models) Version() string {
	return fmt.Sprintf("%d-%.8s-%.8s", recipe, weights.Sum("e5.bin"), weights.Sum("minilm.bin"))
}
