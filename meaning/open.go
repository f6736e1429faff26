package meaning

import (
	"fmt"
	"sync"

	"github.com/amvlib/amvlib/meaning/weights"
)

// recipe counts up whenever vectors come out otherwise though the weights stay: windows, manner, rounding, cleaning of text.
const recipe = 2

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

// Version names what vectors were made by. Those of different versions cannot be compared.
func (m *Models) Version() string {
	return fmt.Sprintf("%d-%.8s-%.8s", recipe, weights.Sum("e5.bin"), weights.Sum("minilm.bin"))
}
