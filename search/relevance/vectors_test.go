package main

import (
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
)

// TestCommittedVectorsAreTheModels: the vectors that are kept so that figures need not wait for them are those that the models give, of two
// dialogues out of all.
func TestCommittedVectorsAreTheModels(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	c := theCorpus(t)
	models, err := meaning.Open()
	if err != nil {
		t.Fatal(err)
	}
	all := newLibrary(c.Dialogues)
	kept, err := vectors.Open(t.Context(), "testdata/vectors", all, models, vectors.Options{Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	if n, _ := kept.Missing(); n != 0 {
		t.Fatalf("the vectors of %d dialogues are not there: make bench-relevance", n)
	}
	few := &library{lines: all.lines, cues: all.cues, episodes: []catalog.Episode{all.episodes[11], all.episodes[50]}}
	fresh, err := vectors.Open(t.Context(), t.TempDir(), few, models, vectors.Options{Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	if err := fresh.CatchUp(t.Context(), vectors.Effort{}); err != nil {
		t.Fatal(err)
	}
	for _, e := range few.episodes {
		var ids []int64
		for _, l := range all.lines[e.ID] {
			ids = append(ids, l.ID)
		}
		are, err1 := kept.Vectors(e.ID, ids...)
		should, err2 := fresh.Vectors(e.ID, ids...)
		if err1 != nil || err2 != nil || len(should) != len(ids) {
			t.Fatal(len(should), err1, err2)
		}
		for _, id := range ids {
			if are[id] != should[id] {
				t.Fatalf("line %d of %s is another by the models: make bench-relevance", id%perEpisode, e.Path)
			}
		}
	}
}
