package index

import (
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/subtitles"
)

func TestSlips(t *testing.T) {
	got := append(slips([]rune("rain")), swaps([]rune("rain"))...)
	for _, want := range []string{"rains", "rai", "ran", "ruin", "rani", "brain", "train"} {
		if first := want[0] == 'r'; slices.Contains(got, want) != first {
			t.Errorf("%s is among the slips of a short word: %v", want, !first)
		}
	}
	if got := append(slips([]rune("captain")), swaps([]rune("captain"))...); !slices.Contains(got, "aptain") || !slices.Contains(got, "acptain") || slices.Contains(got, "cpatian") {
		t.Errorf("%d slips of a long word", len(got))
	}
}

// TestALikeWordIsSaidToBe: what is found for a word that no line has says so, and what is found by the word itself does not.
func TestALikeWordIsSaidToBe(t *testing.T) {
	f := newFake()
	f.put(1, "A promise is a promise.", "We promised, under the stars.", "goodbye, my stars", "Never say good bye!", "I have forgotten you.", "forget it", "ten times")
	ix := f.open(t, t.TempDir(), Options{})
	for ask, want := range map[string]bool{"promsie": true, "promise": false, "goodbye": false, "godbye": true, "stras": true} {
		m, err := ix.Find(t.Context(), Query{Words: []string{ask}, Like: true})
		if err != nil || len(m) == 0 || m[0].Parts[0].Like != want {
			t.Errorf("%s: %+v, %v", ask, m, err)
		}
	}
	if m, err := ix.Find(t.Context(), Query{Words: []string{"promsie"}}); err != nil || len(m) != 0 {
		t.Errorf("found unasked: %+v, %v", m, err)
	}
	if got := ask(t, f, ix, Query{Words: []string{"forgetten"}, Like: true}); !slices.Contains(got, "I have forgotten you.") {
		t.Errorf("a word whose halves are words is not taken for another: %q", got)
	}
}

// TestCommonWordsAreMeantMost: of many words that are one slip away those that are typed most are taken, and not more than a few.
func TestCommonWordsAreMeantMost(t *testing.T) {
	f := newFake()
	var lines []string
	for i, l := range "abcdefghijkm" {
		lines = append(lines, slices.Repeat([]string{"bana" + string(l) + "s"}, i+1)...)
	}
	f.put(1, lines...)
	got := ask(t, f, f.open(t, t.TempDir(), Options{}), Query{Words: []string{"banazs"}, Like: true, Limit: 1000})
	if slices.Contains(got, "banaas") || !slices.Contains(got, "banams") || !slices.Contains(got, "banaes") {
		t.Errorf("got %d lines: %q", len(got), slices.Compact(got))
	}
}

func TestMarksOfWhatIsNear(t *testing.T) {
	for _, c := range []struct{ lang, text, ask, want string }{
		{"en", "Broken promises, my love.", "promsie", "Broken [promises], my love."},
		{"en", "a promise, a premise", "promise", "a [promise], a premise"},
		{"en", "It rained on the rainbow.", "rain*", "It [rained] on the [rainbow]."},
		{"en", "It is raining.", "raini*", "It is [raining]."},
		{"pl", "Gwiazdy spadają", "gwiadzy", "[Gwiazdy] spadają"},
		{"ja", "雨が降る", "雨*", "[雨]が降る"},
	} {
		q := typed(c.ask)
		q.Like = true
		if got := bracketed(c.text, Marks(q, c.lang, c.text)); got != c.want {
			t.Errorf("%s in %q: got %s, want %s", c.ask, c.text, got, c.want)
		}
	}
}

func TestTagsThatFilter(t *testing.T) {
	f := newFake()
	f.put(1, "rain one", "rain two", "rain three", "rain four", "rain five")
	for i, l := range []subtitles.Line{{Kind: subtitles.Song, Style: "OP Romaji"}, {Kind: subtitles.Sign, Style: "Sign"}, {Speaker: "Łucja", Style: "Main"},
		{Speaker: "Old Lucja " + strings.Repeat("ł", 300), Style: "Main italics"}, {Speaker: "Sora", Style: "Main"}} {
		to := &f.lines[1][i].Line
		to.Speaker, to.Style = l.Speaker, l.Style
		if l.Kind != "" {
			to.Kind = l.Kind
		}
	}
	f.put(2, "rain six")
	ix := f.open(t, t.TempDir(), Options{})
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Kind: subtitles.Song}, "rain one"}, {Query{Kind: subtitles.Sign}, "rain two"}, {Query{Kind: "whisper"}, ""},
		{Query{Kind: subtitles.Dialogue}, "rain three|rain four|rain five|rain six"},
		{Query{Kind: subtitles.Dialogue, Episodes: []int64{1}, Style: "main"}, "rain three|rain four|rain five"},
		{Query{Speaker: " LUCJA "}, "rain three|rain four"}, {Query{Speaker: "lucja", Style: "italics"}, "rain four"}, {Query{Speaker: "nobody"}, ""},
		{Query{Style: "op"}, "rain one"}, {Query{Speaker: "sora", Episodes: []int64{2}}, ""},
		{Query{Among: func(e, _ int64, shot int) bool { return e == 2 || shot == 4 }}, "rain four|rain six"},
	} {
		c.q.Words = []string{"rain"}
		if got := strings.Join(ask(t, f, ix, c.q), "|"); got != c.want {
			t.Errorf("%+v: got %s, want %s", c.q, got, c.want)
		}
	}
}
