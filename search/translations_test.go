package search

import (
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// spokenAt is a line of a track, in seconds.
func spokenAt(track, shot int, from, to float64, lang, text string) catalog.Line {
	return catalog.Line{Line: subtitles.Line{Start: timecode.FromSeconds(from), End: timecode.FromSeconds(to), Text: text, Lang: lang,
		Kind: subtitles.Dialogue}, Track: track, Shot: shot, Shots: []int{shot}}
}

// TestALineAndItsTranslationAreOneHit: in which shot each is counted may differ, for translators move lines a little.
func TestALineAndItsTranslationAreOneHit(t *testing.T) {
	l := &library{}
	sign := spokenAt(1, 1, 0, 12, "pl", "OPERA STREET")
	sign.Kind = subtitles.Sign
	l.put(catalog.Name{Source: "Popeye", Number: "1"}, "a.mkv",
		sign, spokenAt(0, 2, 2.1, 4, "en", "The opera is closed."), spokenAt(2, 2, 2.2, 3, "ja", "オペラは"), spokenAt(3, 2, 2.3, 4, "ja", "別の訳"),
		spokenAt(2, 2, 3, 4, "ja", "閉まっている。"), spokenAt(1, 3, 3.0, 5.5, "pl", "Opera jest zamknięta."),
		spokenAt(0, 5, 8, 9, "en", "Opera, opera!"))
	s := l.searcher(t)
	ask := func(q Query) []Hit {
		t.Helper()
		q.Text, q.Any = "opera closed", true
		hits, err := s.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return hits
	}
	hits := ask(Query{Fold: true, Translations: true, Sort: ByTime})
	if got, want := folded(hits), "1@1 1@2[1@3 line] 1@5"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	var told []string
	for _, o := range hits[1].Translations {
		told = append(told, o.Lang+" "+o.Text)
	}
	wantTold(t, told, "ja オペラは", "ja 閉まっている。", "pl Opera jest zamknięta.")
	if len(hits[0].Translations)+len(hits[2].Translations) != 0 {
		t.Errorf("what nobody translated has %v and %v", hits[0].Translations, hits[2].Translations)
	}
	if got := folded(ask(Query{Sort: ByTime})); got != "1@1 1@2 1@3 1@5" {
		t.Errorf("where nothing is to be folded: %s", got)
	}
	if hits := ask(Query{Fold: true}); len(hits) != 3 || hits[1].Translations != nil {
		t.Errorf("translations that nobody asked for: %+v", hits)
	}
}

func wantTold(t *testing.T, got []string, want ...string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("got %q, want %q", got, want)
			return
		}
	}
}
