package storyboard

import (
	"testing"

	"github.com/amvlib/amvlib/search"
)

// TestAnswersByMeaning: what was weighed by meaning too is compared as it stands, and is no word that could be said twice.
func TestAnswersByMeaning(t *testing.T) {
	by := func(score float64, why ...search.Reason) search.Hit { return search.Hit{Score: score, Why: why} }
	near := search.Reason{Kind: "meaning", Text: "4.2", Score: 0.42}
	word := search.Reason{Kind: "word", Text: "rain", Score: 0.3}
	answers := map[string][]search.Hit{"the rain": {by(0.72, word, near), by(0.42, near), by(0.3, word)}, "sun": {by(9, search.Reason{Kind: "word", Text: "sun", Score: 9})}}
	g := newGauge(answers)
	for i, want := range []float64{0.72, 0.42, 0.3} {
		if got := g.strength("the rain", &answers["the rain"][i]); got != want {
			t.Errorf("hit %d has strength %g, want %g", i, got, want)
		}
	}
	if got := g.strength("sun", &answers["sun"][0]); got != 1 {
		t.Errorf("what words alone say in full has strength %g", got)
	}
	for i, want := range []Origin{Words, Meaning, Words} {
		if got, why := because(&answers["the rain"][i]); got != want || why == "" {
			t.Errorf("hit %d is there for %s: %s", i, got, why)
		}
	}
	j := &job{}
	j.picks = []pick{{candidate: candidate{hit: by(0.42, near)}}}
	if told := j.told(&candidate{hit: by(0.42, near)}); told != 0 {
		t.Errorf("two lines that are as near say %g of the same", told)
	}
}
