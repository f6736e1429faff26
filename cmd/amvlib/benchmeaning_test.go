package main

import (
	"testing"

	"github.com/amvlib/amvlib/subtitles"
)

// TestTalkHasNoLineTwice: what is the same is embedded once, and would cost less than an episode's lines do.
func TestTalkHasNoLineTwice(t *testing.T) {
	doc, err := subtitles.Parse([]byte(talk()), "srt")
	if err != nil || len(doc.Lines) != episodeLines || doc.Lost > 0 {
		t.Fatalf("%+v, %v", doc, err)
	}
	seen := map[string]bool{}
	for _, l := range doc.Lines {
		if seen[l.Text] {
			t.Errorf("%q is there twice", l.Text)
		}
		seen[l.Text] = true
	}
}
