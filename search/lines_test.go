package search

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// vows is popeye's library with words on single lines: 1/2 "A sailor, you say?" and 1/1 in two languages.
func vows() *library {
	l := popeye()
	l.lines[1][2].End += 2 * timecode.Second // over shots 2 and 3
	l.lines[1][2].Shots = []int{2, 3}
	l.sayOf(1, 2, catalog.Tag, "Vow")
	l.sayOf(1, 2, catalog.Rate, "4")
	l.sayOf(1, 0, catalog.Tag, "hymn")
	l.say(1, 1, catalog.Tag, "open")
	l.say(1, 0, catalog.Tag, "classic")
	l.say(1, 0, catalog.Rate, "2")
	l.say(2, 2, catalog.Tag, "vow")
	l.sayOf(1, 2, catalog.Tag, "pledge")
	l.say(1, 3, catalog.Tag, "pledge")
	l.sayOf(1, 5, catalog.Tag, "bye")
	l.sayOf(1, 5, catalog.Rate, "1")
	l.say(1, 6, catalog.Rate, "5")
	l.sayOf(1, 2, catalog.Remark, "świetne, wziąć drugie")
	l.say(2, 2, catalog.Remark, "on deck")
	l.say(3, 0, catalog.Remark, "all at Sea")
	return l
}

// TestLinesAreFoundByTheirOwnWords: those of a line make no shot pass, nor other lines in it.
func TestLinesAreFoundByTheirOwnWords(t *testing.T) {
	s := vows().searcher(t)
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Tags: []string{"vow"}}, "1/2:A sailor, you say? 2/2"},
		{Query{Tags: []string{"vow"}, Text: "sailor"}, "1/2:A [sailor], you say? 2/2:The [sailor] went home in the rain."},
		{Query{Tags: []string{"vow"}, Text: "rain", Source: "popeye"}, ""},
		{Query{Tags: []string{"vow", "classic"}}, "1/2:A sailor, you say?"},
		{Query{Tags: []string{"vow", "open"}}, ""},
		{Query{Tags: []string{"hymn", "open"}}, "1/1:I'm Popeye the sailor man!"},
		{Query{Tags: []string{"hymn"}, Lang: "pl"}, "1/1:Jestem Popeye, żeglarz!"},
		{Query{Tags: []string{"vow"}, Lang: "en"}, "1/2:A sailor, you say? 2/2:The sailor went home in the rain."},
		{Query{Tags: []string{"open"}}, "1/1"},
		{Query{Tags: []string{"pledge"}}, "1/2:A sailor, you say? 1/3"},
		{Query{Tags: []string{"bye"}, MinRating: 4}, "1/6:Never say goodbye to a sailor."},
		{Query{MinRating: 4}, "1/2:A sailor, you say? 1/6"},
		{Query{MinRating: 3, Tags: []string{"classic"}, Text: "you"}, "1/2:A sailor, [you] say?"},
		{Query{MinRating: 5}, "1/6"},
		{Query{Note: "ŚWIETNE"}, "1/2:A sailor, you say?"},
		{Query{Note: "deck"}, "2/2"},
		{Query{Note: "sea", Text: "rain"}, "3/5:What a sunny [rain]."},
		{Query{Note: "swietne", Tags: []string{"vow"}, MinRating: 4}, "1/2:A sailor, you say?"},
		{Query{Note: "swietne", Tags: []string{"open"}}, ""},
		{Query{Note: "nothing of the kind"}, ""},
		{Query{Tags: []string{"vow"}, Max: timecode.Second}, ""},
		{Query{Tags: []string{"vow"}, Min: timecode.Second, Text: "say"}, "1/2:A sailor, you [say]?"},
	} {
		hits, err := s.Search(t.Context(), c.q)
		var got []string
		for _, h := range hits {
			got = append(got, shown(h))
		}
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%+v: got %q, %v, want %q", c.q, got, err, c.want)
		}
	}
}

// TestHitsTellLinesFromShots: what is said of the line and what is said of the shot come apart.
func TestHitsTellLinesFromShots(t *testing.T) {
	hits, err := vows().searcher(t).Search(t.Context(), Query{Text: "Popeye"})
	if err != nil || len(hits) != 1 {
		t.Fatal(hits, err)
	}
	if h := hits[0]; !slices.Equal(h.Said.Tags, []string{"open", "classic"}) || h.Said.Rating != 2 || !slices.Equal(h.LineSaid.Tags, []string{"hymn"}) || h.LineSaid.Rating != 0 {
		t.Errorf("of the shot %+v, of the line %+v", h.Said, h.LineSaid)
	}
	hits, err = vows().searcher(t).Search(t.Context(), Query{Text: "nothing"})
	if err != nil || len(hits) != 1 || !hits[0].LineSaid.None() {
		t.Errorf("%+v, %v", hits, err)
	}
}

func TestWithinAClipList(t *testing.T) {
	l := vows()
	l.words = append(l.words, catalog.Word{Verb: catalog.List, Value: "chorus"}, catalog.Word{Verb: catalog.List, Value: "empty"},
		catalog.Word{Verb: catalog.Add, Key: "gone", Subject: catalog.OnShot, Range: timecode.Range{End: timecode.Second}, Value: "chorus"})
	for _, shot := range [][2]int{{2, 2}, {1, 3}, {1, 6}} {
		l.say(int64(shot[0]), shot[1], catalog.Add, "chorus")
	}
	s := l.searcher(t)
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{}, "1/3 1/6 2/2"},
		{Query{Text: "rain"}, "1/3 2/2"},
		{Query{Text: "sailor", Limit: 2, Sort: ByTime}, "1/3 1/6"},
		{Query{Text: "sailor", Source: "Król"}, "2/2"},
		{Query{Text: "sunny"}, ""},
		{Query{Tags: []string{"vow"}}, "1/3 2/2"}, // the line reaches into shot 3, and shot 2 is not in the list
		{Query{Tags: []string{"vow"}, Text: "say"}, "1/3"},
		{Query{Max: timecode.Second}, "1/6"},
		{Query{Lang: "en"}, "1/3 1/6 2/2"},
	} {
		c.q.List = "chorus"
		if got := asked(t, s, c.q); c.q.Text == "" && got != c.want || !sameHits(got, c.want) {
			t.Errorf("%+v: got %s, want %s", c.q, got, c.want)
		}
	}
	if got := asked(t, s, Query{List: "empty", Text: "sailor"}); got != "" {
		t.Errorf("an empty list has %s", got)
	}
	if _, err := s.Search(t.Context(), Query{List: "nosuch"}); !errors.Is(err, ErrNoList) {
		t.Errorf("got %v", err)
	}
}

func sameHits(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
