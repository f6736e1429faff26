package main

import (
	"os"
	"strings"
	"testing"
)

// keptFile holds the figures below which none may fall.
const keptFile = "figures.tsv"

// TestFiguresHold measures the whole relevance set anew. `make bench-relevance` writes figures.tsv when they are meant to change.
func TestFiguresHold(t *testing.T) {
	data, err := os.ReadFile(keptFile)
	if err != nil {
		t.Fatal(err)
	}
	were, err := readKept(data)
	if err != nil {
		t.Fatal(err)
	}
	now := kept{}
	c := theCorpus(t)
	for _, half := range c.halves() {
		r, err := measure(t.Context(), c, half.queries, "testdata")
		if err != nil {
			t.Fatal(err)
		}
		now.keep(half.name, r)
	}
	for _, fall := range were.falls(now) {
		t.Error(fall)
	}
	if len(were) != len(now) {
		t.Errorf("%d figures are kept, %d measured", len(were), len(now))
	}
}

func TestKeptFiguresAreReadAsWritten(t *testing.T) {
	g := groups()[0]
	k := kept{keptKey("tune", g, "words"): {NDCG: 0.25, Precision: 0.125, Recall: 0.5}}
	for _, h := range []string{"tune", "report"} {
		for _, g := range groups() {
			if _, ok := k[keptKey(h, g, "words")]; !ok {
				k[keptKey(h, g, "words")] = figures{}
			}
		}
	}
	again, err := readKept(k.write([]string{"words"}))
	if err != nil || again[keptKey("tune", g, "words")] != k[keptKey("tune", g, "words")] || len(k.falls(again)) != 0 {
		t.Fatalf("%v, %v", again, err)
	}
	again[keptKey("tune", g, "words")] = figures{NDCG: 0.231, Precision: 0.104, Recall: 0.9}
	if got := k.falls(again); len(got) != 1 || !strings.Contains(got[0], "precision at 5 is 0.104, and was 0.125") {
		t.Errorf("got %q", got)
	}
	delete(again, keptKey("tune", g, "words"))
	if got := k.falls(again); len(got) != 1 || !strings.Contains(got[0], "not measured") {
		t.Errorf("got %q", got)
	}
}
