package search

import (
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// told is popeye's library with speakers, kinds and what the user said.
func told() *library {
	l := popeye()
	l.lines[1][2].Speaker, l.lines[1][3].Speaker, l.lines[1][5].Kind = "Olive Oyl", "Bluto", subtitles.Song
	l.lines[1][3].Style = "Flashback"
	l.say(1, 3, catalog.Tag, "Rain")
	l.say(1, 3, catalog.Tag, "good cry")
	l.say(1, 3, catalog.Rate, "5")
	l.say(1, 5, catalog.Tag, "rain")
	l.say(2, 0, catalog.Tag, "rain")
	l.say(2, 0, catalog.Rate, "3")
	l.say(2, 2, catalog.Remark, "for the chorus")
	l.say(3, 0, catalog.Tag, "żeglarz")
	l.say(3, 0, catalog.Rate, "4")
	return l
}

func asked(t *testing.T, s *Searcher, q Query) string {
	t.Helper()
	hits, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	var out []string
	for _, h := range hits {
		text, _, _ := strings.Cut(shown(h), ":")
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func TestFilters(t *testing.T) {
	s := told().searcher(t)
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Text: "sailor", Tags: []string{"rain"}}, "1/3 2/2"},
		{Query{Text: "sailor", Tags: []string{"RAIN", "good cry"}}, "1/3"},
		{Query{Text: "sailor", Tags: []string{"snow"}}, ""},
		{Query{Text: "sailor", MinRating: 3}, "1/3 2/2"},
		{Query{Text: "sailor", MinRating: 4}, "1/3"},
		{Query{Text: "rain", MinRating: 4}, "1/3 3/5"},
		{Query{Tags: []string{"rain"}}, "1/3 1/5 2/1 2/2 2/3 2/4 2/5 2/6"},
		{Query{Tags: []string{"rain"}, Limit: 3}, "1/3 1/5 2/1"},
		{Query{Tags: []string{"rain"}, MinRating: 4}, "1/3"},
		{Query{Tags: []string{"zeglarz"}, Max: timecode.Second}, "3/6"},
		{Query{MinRating: 5}, "1/3"},
		{Query{Text: "sailor", Kind: subtitles.Song}, "1/6"},
		{Query{Kind: subtitles.Song}, "1/6"},
		{Query{Text: "sailor", Speaker: "olive"}, "1/2"},
		{Query{Speaker: "BLUTO"}, "1/3"},
		{Query{Style: "flash", Text: "rain"}, "1/3"},
		{Query{Style: "flash", Speaker: "olive"}, ""},
		{Query{Text: "rain", First: 2, Last: 7}, "2/2"},
		{Query{Text: "rain", Last: 6.5}, "1/3"},
		{Query{Text: "rain", First: 7}, "2/2"},
		{Query{First: 7, Tags: []string{"rain"}, Sort: ByLength, Limit: 2}, "2/1 2/2"},
		{Query{Source: "popeye", Sort: ByLength, Limit: 10, Tags: []string{"rain"}}, "1/3 1/5"},
		{Query{Text: "sailor", Sort: ByTime}, "1/1 1/2 1/3 1/6 2/2"},
		{Query{Text: "sailor", Sort: ByLength, Max: timecode.Second}, "1/6"},
		{Query{Text: "rain", Sort: BySource}, "2/2 3/5 1/3"},
		{Query{Text: "rain", Sort: ByTime}, "1/3 2/2 3/5"},
	} {
		if got := asked(t, s, c.q); got != c.want {
			t.Errorf("%+v: got %s, want %s", c.q, got, c.want)
		}
	}
}

func TestLongestFirst(t *testing.T) {
	s := told().searcher(t)
	if got := asked(t, s, Query{Episode: "7", Sort: ByLength}); got != "2/1 2/2 2/3 2/4 2/5 2/6" {
		t.Errorf("got %s", got)
	}
	if got := asked(t, s, Query{Text: "sailor", Sort: ByLength, Source: "sailor"}); !strings.HasSuffix(got, "1/6") {
		t.Errorf("the shortest is not last: %s", got)
	}
}

// TestWhatIsSaidComesWithHits: own words, with the tags and the rating of the episode, out of one reading of the journal.
func TestWhatIsSaidComesWithHits(t *testing.T) {
	l := told()
	l.say(1, 0, catalog.Tag, "classic")
	l.say(1, 0, catalog.Rate, "2")
	hits, err := l.searcher(t).Search(t.Context(), Query{Text: "rain"})
	if err != nil || len(hits) != 3 || l.asked != 1 {
		t.Fatal(hits, l.asked, err)
	}
	for _, h := range hits {
		got := strings.Join(h.Said.Tags, "+") + h.Said.Note
		want := map[int64]string{1: "Rain+good cry+classic", 2: "rainfor the chorus", 3: "żeglarz"}[h.Episode.ID]
		if got != want || h.Said.Rating != map[int64]int{1: 5, 2: 3, 3: 4}[h.Episode.ID] {
			t.Errorf("episode %d: %+v", h.Episode.ID, h.Said)
		}
	}
}

func TestContext(t *testing.T) {
	l := popeye()
	l.lines[1][1].Track = 1
	s := l.searcher(t)
	for _, c := range []struct {
		text          string
		n             int
		before, after string
	}{
		{"nothing but", 1, "A sailor, you say?", "sailor, sailor, sailor"},
		{"nothing but", 2, "I'm Popeye the sailor man!|A sailor, you say?", "sailor, sailor, sailor|Never say goodbye to a sailor."},
		{"nothing but", 0, "", ""}, {"żeglarz", 5, "", ""}, {"goodbye", 1, "sailor, sailor, sailor", ""},
	} {
		hits, err := s.Search(t.Context(), Query{Text: c.text, Context: c.n})
		if err != nil || len(hits) != 1 || texts(hits[0].Before) != c.before || texts(hits[0].After) != c.after {
			t.Errorf("%s %d: %+v, %v", c.text, c.n, hits, err)
		}
	}
}

func texts(lines []catalog.Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Text)
	}
	return strings.Join(out, "|")
}

func TestALikeWordAndABeginning(t *testing.T) {
	s := popeye().searcher(t)
	for text, want := range map[string]Reason{"godbye": {Kind: "like", Text: "goodbye"}, "goodb*": {Kind: "word", Text: "goodbye"}, "goodbye": {Kind: "word", Text: "goodbye"}} {
		hits, err := s.Search(t.Context(), Query{Text: text})
		if err != nil || len(hits) != 1 || hits[0].Why[0].Kind != want.Kind || hits[0].Why[0].Text != want.Text || len(hits[0].Marks) != 1 {
			t.Errorf("%s: %+v, %v", text, hits, err)
		}
	}
	if hits, err := s.Search(t.Context(), Query{Text: "godbye", Any: true}); err != nil || len(hits) != 0 {
		t.Errorf("a lyric line's word is taken for another: %+v, %v", hits, err)
	}
}

func TestNumbersInOrder(t *testing.T) {
	for _, c := range [][2]string{{"2", "10"}, {"07", "7.5"}, {"99", "OVA 1"}, {"OVA 1", "SP"}} {
		if CompareNumbers(c[0], c[1]) >= 0 || CompareNumbers(c[1], c[0]) <= 0 {
			t.Errorf("%s does not come before %s", c[0], c[1])
		}
	}
}
