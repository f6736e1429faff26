package meaning

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/meaning/weights"
)

// golden is a text with its vector as the script that made the weights reckons it, in double precision.
type golden struct {
	Text   string
	Vector []byte // numbers in half precision; not all texts have one
}

func goldens(t *testing.T, name string) (out []golden) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		var g golden
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatal(err)
		}
		if len(g.Vector) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// TestGoldenVectors wants what integers of 8 bits give to lie close to what double precision does.
func TestGoldenVectors(t *testing.T) {
	l, err := newLanguageless(weights.E5())
	if err != nil {
		t.Fatal(err)
	}
	l.directions = l.directions[:len(l.directions)-len(manner)/4] // which the script knows nothing of
	e, _, err := newEncoder(weights.MiniLM())
	if err != nil {
		t.Fatal(err)
	}
	for name, model := range map[string]func([]string) ([][]float32, error){"e5": l.embed, "minilm": e.embed} {
		all, sum := goldens(t, name), 0.0
		for _, g := range all {
			got, err := model([]string{g.Text})
			if err != nil {
				t.Fatal(err)
			}
			want := make([]float32, Size)
			for i := range want {
				want[i] = half(binary.LittleEndian.Uint16(g.Vector[2*i:]))
			}
			near := dot(got[0], want)
			if sum += near; near < 0.995 {
				t.Errorf("%s: %q is at %.4f", name, g.Text, near)
			}
		}
		if mean := sum / float64(len(all)); len(all) < 20 || mean < 0.998 {
			t.Errorf("%s: %d texts, at %.5f on average", name, len(all), mean)
		}
		t.Logf("%s: cosine to double precision %.5f on average", name, sum/float64(len(all)))
	}
}

// half is a number of half precision; none here is out of its normal ones but 0.
func half(bits uint16) float32 {
	fraction, exponent := float64(bits&1023), int(bits>>10&31)
	v := math.Ldexp(1+fraction/1024, exponent-15)
	if exponent == 0 {
		v = math.Ldexp(fraction, -24)
	}
	if bits&0x8000 != 0 {
		v = -v
	}
	return float32(v)
}

// TestDamagedWeights: what is no model is an error.
func TestDamagedWeights(t *testing.T) {
	whole := weights.MiniLM()
	for _, cut := range []int{0, 100, len(whole) / 2} {
		if _, _, err := newEncoder(whole[:cut:cut]); !errors.Is(err, weights.ErrFormat) {
			t.Errorf("%d bytes: %v", cut, err)
		}
	}
	if _, err := newLanguageless(whole); !errors.Is(err, weights.ErrFormat) {
		t.Errorf("a model without directions: %v", err)
	}
}
