package vectors

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"testing"

	"github.com/amvlib/amvlib/meaning"
)

// TestScoresAreTheSameEverywhere holds what is found, and every bit of its score, to what it is on every kind of machine: `make arm64` runs it on another.
func TestScoresAreTheSameEverywhere(t *testing.T) {
	s, d := newShelf(), &drawer{version: "v"}
	for episode := range int64(5) {
		var texts []string
		for i := range 37 + int(episode) {
			texts = append(texts, fmt.Sprint(episode, i))
		}
		s.put(episode+1, texts...)
		for i := range s.lines[episode+1] {
			l := &s.lines[episode+1][i]
			if l.Track = i / 20; i%3 == 0 {
				l.Lang = "pl"
			}
		}
	}
	v := opened(t, t.TempDir(), s, d, Options{})
	catchUp(t, v)
	english, other := drawn("0 7v"), drawn("3 11v")
	other.English = [meaning.Size]int8{}
	broad := make([]float32, meaning.Size)
	for i := range broad {
		broad[i] = float32(english.Any[i]) / 7
	}
	sum := sha256.New()
	for _, q := range []meaning.Query{meaning.Toward(&english), meaning.Toward(&other), meaning.Along(broad, nil), meaning.Along(broad, broad)} {
		found, err := v.Find(t.Context(), q, Filter{Limit: 60, Around: 1, Also: map[int64][]int64{2: {40, 50, 60}}})
		if err != nil || len(found) < 60 {
			t.Fatal(len(found), err)
		}
		for _, m := range found {
			_ = binary.Write(sum, binary.LittleEndian, []uint64{uint64(m.Episode), uint64(m.ID), uint64(m.Track), uint64(math.Float32bits(m.Score))})
		}
	}
	const want = "26561385a34246422c2606ea357dd8acc88e71a635b6c8834ce5e332ef5fc57f"
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		t.Errorf("what is found comes to %s, want %s", got, want)
	}
}
