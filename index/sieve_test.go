package index

import (
	"math/rand/v2"
	"testing"
)

// TestNothingIsWorthMoreThanASieveSays weighs every document that may match, also by questions of more clauses than a sieve tells apart.
func TestNothingIsWorthMoreThanASieveSays(t *testing.T) {
	ix := drawn(30, 60).open(t, t.TempDir(), Options{})
	r := rand.New(rand.NewPCG(5, 6))
	for i := range 100 {
		q := drawnQuery(r)
		if q.Any = true; i%5 == 0 {
			q.Words = append(q.Words, manyWords()...)
		}
		s, err := newSurvey(t.Context(), ix.snap)
		if err != nil {
			t.Fatal(err)
		}
		a := &asking{s, q, nil, map[*field]plan{}}
		if err := a.prepare(); err != nil {
			t.Fatal(err)
		}
		for _, f := range fields {
			if e, err := a.evaluation(f); err != nil {
				t.Fatal(err)
			} else if e != nil {
				weighAll(t, e)
			}
		}
	}
}

func manyWords() (all []string) {
	for n := range 70 {
		all = append(all, drawnWord(uint64(n)))
	}
	for n := range 40 {
		all = append(all, common[n%8]+"-"+common[n/8])
	}
	return all
}

func weighAll(t *testing.T, e *evaluation) {
	t.Helper()
	s, none, last := newSieve(e), 0.0, uint64(0)
	for doc := range s.candidates(&none) {
		most := s.worth[doc-s.first] + s.hopes(s.seen[doc-s.first])
		score, err := e.at(doc, 0)
		if err != nil || score > most*slack || doc <= last && last > 0 {
			t.Fatalf("document %d is worth %g, at most %g by the sieve; %v", doc, score, most, err)
		}
		last = doc
	}
}
