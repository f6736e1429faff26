package weights_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/amvlib/amvlib/meaning/weights"
)

// mostBytes is what both models may take together.
const mostBytes = 47_000_000

// TestEmbedded holds the models to what `make meaning-weights` made.
func TestEmbedded(t *testing.T) {
	files := map[string][]byte{"e5.bin": weights.E5(), "minilm.bin": weights.MiniLM()}
	size := 0
	for name, data := range files {
		sum := sha256.Sum256(data)
		if got, want := hex.EncodeToString(sum[:]), weights.Sum(name); got != want {
			t.Errorf("%s has the sum %s, not %s", name, got, want)
		}
		if _, err := weights.Read(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		size += len(data)
	}
	if size > mostBytes {
		t.Errorf("%d bytes, more than %d", size, mostBytes)
	}
	if weights.Sum("other.bin") != "" {
		t.Error("a sum of no file")
	}
}
