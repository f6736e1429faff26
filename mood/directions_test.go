package mood

import (
	"flag"
	"math"
	"os"
	"testing"

	"github.com/amvlib/amvlib/meaning"
)

var update = flag.Bool("update", false, "make directions.bin anew")

func models(t testing.TB) *meaning.Models {
	t.Helper()
	m, err := meaning.Open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestDirections holds directions.bin to what the models make of the sentences. All of it would take a minute, so two axes are looked at,
// and the stamp tells that models and sentences are those it was made of.
func TestDirections(t *testing.T) {
	m := models(t)
	if *update {
		means := make([][2][]float32, len(axes()))
		for i := range means {
			var err error
			if means[i], err = mean(m, i); err != nil {
				t.Fatal(err)
			}
		}
		directionsFile = pack(m.SentencesVersion(), means)
		if err := os.WriteFile("directions.bin", directionsFile, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := unpack(m.SentencesVersion(), directionsFile)
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		return
	}
	for _, axis := range []string{"tension", "nostalgia"} {
		i := axisNamed(axis)
		fresh, err := mean(m, i)
		if err != nil {
			t.Fatal(err)
		}
		for model, want := range fresh {
			for k, x := range want {
				if got := stored[i][model][k]; math.Abs(float64(got-x)) > 1.0/finest {
					t.Fatalf("%s, model %d, number %d: %g, want %g: run go test ./mood -run TestDirections -update", axis, model, k, got, x)
				}
			}
		}
	}
}
