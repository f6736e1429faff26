package storyboard

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// TestEpisodesWithoutAFileAreLeftOut holds that what the catalog remembers of a replaced file gets into no plan: no editing program
// could open it.
func TestEpisodesWithoutAFileAreLeftOut(t *testing.T) {
	f := newFake(3)
	gone := f.episode("Gone", timecode.Film, false, slices.Repeat([]int64{60}, 30)...)
	for i := 1; i <= 30; i++ {
		f.say(gone, i, 0, "rain and thunder")
	}
	gone.Path = ""
	here := f.episode("Here", timecode.Film, false, slices.Repeat([]int64{60}, 30)...)
	f.say(here, 2, 0, "rain")
	lyrics := []subtitles.Line{{Text: "rain and thunder"}, {Start: 20 * second, Text: "thunder"}}
	b := mustPlan(t, f, 40*second, lyrics, Options{})
	if err := b.Timeline("x").Validate(); err != nil {
		t.Error(err)
	}
	for i := range b.Sections {
		for _, h := range b.Sections[i].Runners {
			if h.Episode.Path == "" {
				t.Errorf("a runner-up of %s", h.Episode.Name.Source)
			}
		}
	}
	if notes := strings.Join(b.Notes, ";"); !strings.Contains(notes, "Gone S1 1; add it again") {
		t.Errorf("notes %q", notes)
	}
	hits, _ := f.Search(t.Context(), search.Query{Text: "rain", Limit: 100})
	tl := FromHits(hits, timecode.Rate{})
	if err := tl.Validate(); err != nil || len(tl.Tracks[0].Items) != 1 {
		t.Errorf("%d clips of hits: %v", len(tl.Tracks[0].Items), err)
	}
}

func TestVariableEpisodesAreNamed(t *testing.T) {
	for n, want := range map[int]string{
		1: "rate: A S1 1; convert it to", 2: "rate: A S1 1 and A S1 2; convert them", 3: "rate: A S1 1, A S1 2 and A S1 3; convert them",
		4: "rate: A S1 1, A S1 2, A S1 3 and 1 other episode;", 5: "and 2 other episodes; convert them",
	} {
		f := newFake(1)
		for range n {
			f.episode("A", timecode.Film, true, slices.Repeat([]int64{60}, 30)...)
		}
		b := mustPlan(t, f, 40*second, []subtitles.Line{{Text: "la"}}, Options{})
		if notes := strings.Join(b.Notes, ";"); !strings.Contains(notes, want) {
			t.Errorf("notes %q, want %q", notes, want)
		}
	}
}

func TestNaming(t *testing.T) {
	var all []catalog.Episode
	for i := range 5 {
		all = append(all, catalog.Episode{Name: catalog.Name{Source: "A", Number: fmt.Sprint(i + 1)}})
	}
	for n, want := range []string{"", "A 1", "A 1 and A 2", "A 1, A 2 and A 3", "A 1, A 2, A 3 and 1 other episode", "A 1, A 2, A 3 and 2 other episodes"} {
		if got := naming(all[:n]); got != want {
			t.Errorf("%d episodes: %q", n, got)
		}
	}
}
