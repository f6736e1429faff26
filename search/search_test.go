package search

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/timecode"
)

func popeye() *library {
	l := &library{}
	l.put(catalog.Name{Source: "Popeye the Sailor", Number: "1"}, "/films/Popeye - 01 [720p].mkv",
		line(1, "en", "I'm Popeye the sailor man!"), line(1, "pl", "Jestem Popeye, żeglarz!"),
		line(2, "en", "A sailor, you say?"), line(3, "en", "Rain, sailor. Nothing but rain."),
		line(0, "en", "sailor, sailor, sailor"), line(6, "en", "Never say goodbye to a sailor."))
	l.put(catalog.Name{Source: "Król Łódki", Number: "07"}, `C:\Anime\Król Łódki - 07v2.mkv`,
		line(2, "en", "The sailor went home in the rain."), line(4, "ja", "雨の中の水夫"))
	l.put(catalog.Name{Source: "Popeye OVA", Number: "OVA 1"}, "/films/popeye.ova1.mkv", line(5, "en", "What a sunny rain."))
	return l
}

// shown is a hit in short: episode/shot:line with marks in brackets.
func shown(h Hit) string {
	if h.Line == nil {
		return fmt.Sprintf("%d/%d", h.Episode.ID, h.Shot.Number)
	}
	var b strings.Builder
	at := 0
	for _, m := range h.Marks {
		b.WriteString(h.Line.Text[at:m.Start] + "[" + h.Line.Text[m.Start:m.End] + "]")
		at = m.End
	}
	return fmt.Sprintf("%d/%d:%s", h.Episode.ID, h.Shot.Number, b.String()+h.Line.Text[at:])
}

func TestSearch(t *testing.T) {
	s := popeye().searcher(t)
	for _, c := range []struct {
		name string
		q    Query
		want []string
	}{
		{"one hit a shot, none outside shots", Query{Text: "popeye"}, []string{"1/1:Jestem [Popeye], żeglarz!"}},
		{"all words", Query{Text: "rain sailor"}, []string{"1/3:[Rain], [sailor]. Nothing but [rain].", "2/2:The [sailor] went home in the [rain]."}},
		{"excluding", Query{Text: "rain -sailor"}, []string{"3/5:What a sunny [rain]."}},
		{"phrase", Query{Text: `"never say goodbye"`}, []string{"1/6:[Never say goodbye] to a sailor."}},
		{"words may touch a phrase", Query{Text: `goodbye "say goodbye"`}, []string{"1/6:Never [say goodbye] to a sailor."}},
		{"Polish quotes", Query{Text: `„sailor went”`}, []string{"2/2:The [sailor went] home in the rain."}},
		{"source folded", Query{Text: "sailor", Source: "krol lod"}, []string{"2/2:The [sailor] went home in the rain."}},
		{"number", Query{Text: "rain", Episode: "7"}, []string{"2/2:The sailor went home in the [rain]."}},
		{"number in words", Query{Text: "rain", Episode: "ova 1"}, []string{"3/5:What a sunny [rain]."}},
		{"file name", Query{Text: "rain", Episode: "łódki - 07V2"}, []string{"2/2:The sailor went home in the [rain]."}},
		{"folder is no file name", Query{Text: "rain", Episode: "720P"}, []string{"1/3:[Rain], sailor. Nothing but [rain]."}},
		{"language", Query{Text: "żeglarz", Lang: "pl"}, []string{"1/1:Jestem Popeye, [żeglarz]!"}},
		{"language by its name", Query{Text: "żeglarz", Lang: "Polish"}, []string{"1/1:Jestem Popeye, [żeglarz]!"}},
		{"language in capitals", Query{Text: "goodbye", Lang: "EN"}, []string{"1/6:Never say [goodbye] to a sailor."}},
		{"language of three letters", Query{Text: "雨", Lang: "jpn"}, []string{"2/4:[雨]の中の水夫"}},
		{"no words: language of three letters", Query{Lang: "jpn"}, []string{"2/4:雨の中の水夫"}},
		{"other language", Query{Text: "sailor", Lang: "pl"}, nil},
		{"japanese", Query{Text: "雨"}, []string{"2/4:[雨]の中の水夫"}},
		{"short shots", Query{Text: "sailor", Max: timecode.Second}, []string{"1/6:Never say goodbye to a [sailor]."}},
		{"long shots", Query{Text: "goodbye", Min: 2 * timecode.Second}, nil},
		{"any", Query{Text: "goodbye to the sunny days", Any: true}, []string{"1/6:Never say [goodbye] to a sailor.", "3/5:What a [sunny] rain."}},
		{"any with a quotation", Query{Text: `he said "sunny weather"`, Any: true, Episode: "ova 1"}, []string{"3/5:What a [sunny] rain."}},
		{"limit", Query{Text: "sailor", Limit: 1}, []string{"1/2:A [sailor], you say?"}},
		{"no words: list", Query{Episode: "7", Max: timecode.Second}, []string{"2/6"}},
		{"no words: language", Query{Lang: "ja"}, []string{"2/4:雨の中の水夫"}},
		{"no words: in order", Query{Source: "popeye", Limit: 7}, []string{"1/1", "1/2", "1/3", "1/4", "1/5", "1/6", "3/1"}},
		{"nothing", Query{Text: "spinach"}, nil},
		{"punctuation beside filters", Query{Text: "?!", Episode: "7", Max: timecode.Second}, []string{"2/6"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			expectShown(t, s, c.q, c.want)
		})
	}
}

// expectShown wants hits that are shown so, in this order.
func expectShown(t *testing.T, s *Searcher, q Query, want []string) {
	t.Helper()
	hits, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range hits {
		got = append(got, shown(h))
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestWhy(t *testing.T) {
	s := popeye().searcher(t)
	hits, err := s.Search(t.Context(), Query{Text: `rains "nothing but" the`})
	if err != nil || len(hits) != 1 {
		t.Fatal(hits, err)
	}
	why := hits[0].Why
	if len(why) != 2 || why[0].Kind != "word" || why[0].Text != "Rain" || why[1].Kind != "phrase" || why[1].Text != "Nothing but" {
		t.Fatalf("why: %+v", why)
	}
	if sum := why[0].Score + why[1].Score; sum != hits[0].Score {
		t.Errorf("reasons add up to %g, score is %g", sum, hits[0].Score)
	}
	if hits[0].Episode.Name.Source != "Popeye the Sailor" || hits[0].Shot.Range.Start != 4*timecode.Second {
		t.Errorf("hit %+v", hits[0])
	}
}

func TestErrors(t *testing.T) {
	s := popeye().searcher(t)
	for _, c := range []struct {
		q    Query
		want error
	}{
		{Query{}, ErrEmptyQuery},
		{Query{Text: " \t\u3000\x00"}, ErrEmptyQuery},
		{Query{Text: `"" - -- ?!`}, ErrEmptyQuery},
		{Query{Text: "-sun"}, ErrOnlyExclusions},
		{Query{Text: `-"the sun" -moon`}, ErrOnlyExclusions},
		{Query{Text: strings.Repeat("long ", 20000)}, ErrTooLong},
		{Query{Text: strings.Repeat("a ", index.MaxItems+1)}, ErrTooLong},
		{Query{Text: "rain", Source: "bluto"}, ErrNoEpisode},
		{Query{Text: "rain", Source: "krol", Episode: "1"}, ErrNoEpisode},
		{Query{Text: "rain", Episode: "720"}, ErrNoEpisode},
		{Query{Text: "rain", Episode: "0"}, ErrNoEpisode},
		{Query{Text: "rain", Lang: "klingonese"}, ErrLanguage},
		{Query{Lang: "??"}, ErrLanguage},
		{Query{Text: "rain", First: 8}, ErrNoEpisode},
		{Query{Sort: ByLength, Context: 3}, ErrEmptyQuery},
	} {
		if _, err := s.Search(t.Context(), c.q); !errors.Is(err, c.want) {
			t.Errorf("%.40q: got %v, want %v", c.q.Text, err, c.want)
		}
	}
}

func TestOddQueriesAreAnswered(t *testing.T) {
	s := popeye().searcher(t)
	for _, text := range []string{"🌧️ rain", "the", "\u202eniar", "rain\x00\x01", "\xff\xfe rain", "ᛁᚲ", strings.Repeat("x", 4000), strings.Repeat(`"a`, 30)} {
		if _, err := s.Search(t.Context(), Query{Text: text}); err != nil {
			t.Errorf("%.20q: %v", text, err)
		}
		if _, err := s.Search(t.Context(), Query{Text: text, Any: true}); err != nil {
			t.Errorf("any %.20q: %v", text, err)
		}
	}
}

func TestWhatIsGoneSinceIsLeftOut(t *testing.T) {
	l := popeye()
	s := l.searcher(t)
	l.lost = true
	if hits, err := s.Search(t.Context(), Query{Text: "sailor"}); err != nil || len(hits) != 0 {
		t.Errorf("%v, %v", hits, err)
	}
}

// TestManyLinesOfOneShot: the limit counts shots, however many lines each has.
func TestManyLinesOfOneShot(t *testing.T) {
	l := &library{}
	var lines []catalog.Line
	for range 300 {
		lines = append(lines, line(1, "en", "rain"))
	}
	l.put(catalog.Name{Source: "A"}, "a.mkv", append(lines, line(2, "en", "so much rain"), line(3, "en", "rain on the plain again"))...)
	hits, err := l.searcher(t).Search(t.Context(), Query{Text: "rain", Limit: 3})
	if err != nil || len(hits) != 3 || hits[0].Shot.Number != 1 || hits[2].Shot.Number != 3 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
}

func TestEpisodesByWhatTheyAreCalled(t *testing.T) {
	l := &library{}
	for i, n := range []catalog.Name{{Source: "Alpha", Number: "10"}, {Source: "Beta", Season: 2, Number: "1"}, {Source: "Beta", Number: "01"},
		{Source: "Alpha", Number: "7.5"}, {Source: "Gamma 100", Number: "OVA 1"}, {Source: "Film"}} {
		l.put(n, fmt.Sprintf("/films/%s - %s [1080p] %d.mkv", n.Source, n.Number, i+1))
	}
	for name, want := range map[string][]int64{"10": {1}, "0": nil, "08": nil, "1080": nil, "alpha 10": {1}, "Alpha - 10": {1}, "ALPHA 7.50": {4},
		"2x01": {2}, "S02E01": {2}, "s2e1": {2}, "1x1": {3}, "beta s01e01": {3}, "Beta 1": {2, 3}, "3x01": nil, "ep 10": {1}, "#7.5": {4},
		"1": {2, 3}, "gamma 100": {5}, "ova 1": {5}, "film": {6}, "nan": nil, "07.5": {4}, "1080p": {1, 2, 3, 4, 5, 6}, "x": nil} {
		got := ids(called(l.episodes, name))
		if len(got) != len(want) || !slices.Equal(got, append([]int64{}, want...)) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// TestALineOverSeveralShots: which of them is found depends on what is asked for.
func TestALineOverSeveralShots(t *testing.T) {
	l := &library{}
	over := line(5, "en", "rain all along")
	over.Start, over.End, over.Shots = 7*timecode.Second, 11*timecode.Second, []int{4, 5, 6}
	l.put(catalog.Name{Source: "A"}, "a.mkv", over, line(1, "en", "rain"))
	s := l.searcher(t)
	for _, c := range []struct {
		q    Query
		shot int
	}{{Query{}, 5}, {Query{Max: timecode.Second}, 6}, {Query{Min: 2 * timecode.Second}, 5}} {
		c.q.Text = "along"
		hits, err := s.Search(t.Context(), c.q)
		if err != nil || len(hits) != 1 || hits[0].Shot.Number != c.shot || !slices.Equal(hits[0].Shots, over.Shots) {
			t.Errorf("%+v: %+v, %v", c.q, hits, err)
		}
	}
	if hits, err := s.Search(t.Context(), Query{Lang: "en"}); err != nil || len(hits) != 4 {
		t.Errorf("%d shots with an English line, %v", len(hits), err)
	}
}

func TestEpisodesWithoutAFileComeLastAmongEquals(t *testing.T) {
	l := &library{}
	l.put(catalog.Name{Source: "A"}, "", line(1, "en", "rain"), line(2, "en", "rain, rain"))
	l.put(catalog.Name{Source: "B"}, "b.mkv", line(1, "en", "rain"))
	s := l.searcher(t)
	for limit, want := range map[int][]string{3: {"1/2", "2/1", "1/1"}, 2: {"1/2", "2/1"}} {
		hits, err := s.Search(t.Context(), Query{Text: "rain", Limit: limit})
		var got []string
		for _, h := range hits {
			got = append(got, fmt.Sprintf("%d/%d", h.Episode.ID, h.Shot.Number))
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
	}
}

// TestManyHits: more shots than lines that were once looked at, in the order of their scores and then of the library.
func TestManyHits(t *testing.T) {
	l := &library{}
	const episodes = 2500
	for i := range episodes {
		lines := []catalog.Line{line(1, "en", "rain"), line(1, "pl", "rain"), line(0, "en", "rain")}
		for shot := range 5 {
			lines = append(lines, line(shot+2, "en", "so much rain here"))
		}
		l.put(catalog.Name{Source: "A", Number: fmt.Sprint(i)}, "a.mkv", lines...)
	}
	s := l.searcher(t)
	hits, err := s.Search(t.Context(), Query{Text: "rain", Limit: MaxLimit})
	if err != nil || len(hits) != 6*episodes {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	seen := map[string]bool{}
	for i, h := range hits {
		seen[fmt.Sprint(h.Episode.ID, h.Shot.Number)] = true
		if i > 0 && (h.Score > hits[i-1].Score || h.Score == hits[i-1].Score && h.Episode.ID < hits[i-1].Episode.ID) {
			t.Fatalf("hit %d is out of order", i)
		}
	}
	if len(seen) != len(hits) {
		t.Errorf("%d shots in %d hits", len(seen), len(hits))
	}
}
