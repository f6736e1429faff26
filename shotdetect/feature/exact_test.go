package feature

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"testing"
)

func TestLogarithm(t *testing.T) {
	for v := 1.; v < 1e6; v *= 1.0037 {
		if got, want := logarithm(v), math.Log(v); math.Abs(got-want) > 1e-13*max(want, 1) {
			t.Errorf("log %v is %v, should be %v", v, got, want)
		}
	}
	if logarithm(1) != 0 {
		t.Error("log 1 is", logarithm(1))
	}
}

func TestEdgeRoots(t *testing.T) {
	for v, got := range edgeRoots {
		if want := math.Floor(16 * math.Sqrt(float64(v))); float64(got) != want {
			t.Errorf("16 times the root of %d is %d, should be %v", v, got, want)
		}
	}
}

// TestEveryMachineGivesTheSameBits holds the rows of a drawn film to what they were when they were written down. A network is trained on
// one machine and runs on others.
func TestEveryMachineGivesTheSameBits(t *testing.T) {
	hash := fnv.New64a()
	for _, row := range rowsOf(film(320, 180, 40)...) {
		for _, v := range row {
			binary.Write(hash, binary.LittleEndian, math.Float32bits(v))
		}
	}
	const want = 0x86a6661947caa4ad
	if got := hash.Sum64(); got != want {
		t.Errorf("the bits of all rows come to %#x, were %#x", got, uint64(want))
	}
}
