package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"
)

const (
	longestCue   = 120 // runes; a subtitle of two full lines is shorter
	longestQuery = 200 // runes; four lines of a lyric
)

// theCorpus is the committed one; a test without it has nothing to say.
func theCorpus(t testing.TB) corpus {
	t.Helper()
	set, err := readSet(os.DirFS(corpusDir))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("a part of the relevance set is not written yet:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestSetIsWhole(t *testing.T) {
	set := theCorpus(t)
	cues, count := 0, map[string]int{}
	for i, d := range set.Dialogues {
		cues += len(d.Cues)
		if want := fmt.Sprintf("d%02d", i+1); d.ID != want {
			t.Errorf("dialogue %s where %s belongs", d.ID, want)
		}
	}
	for _, q := range slices.Concat(set.Tune, set.Report) {
		count[q.Lang]++
		count[q.Kind]++
	}
	if n := len(set.Dialogues); n < 60 || cues < 1000 {
		t.Errorf("%d dialogues of %d cues, want 60 of 1,000 at least", n, cues)
	}
	if len(set.Tune) != 100 || len(set.Report) != 100 {
		t.Errorf("%d and %d queries, want 100 each", len(set.Tune), len(set.Report))
	}
	for _, what := range slices.Concat(langs, kinds) {
		if count[what] < 20 {
			t.Errorf("%d queries of %s, want 20 at least", count[what], what)
		}
	}
}

func TestDialogues(t *testing.T) {
	set := theCorpus(t)
	english := map[string]string{}
	for _, d := range set.Dialogues {
		if n := len(d.Cues); n < 15 || n > 20 {
			t.Errorf("%s has %d cues, want 15 to 20", d.ID, n)
		}
		var polish strings.Builder
		for _, c := range d.Cues {
			checkCue(t, c)
			polish.WriteString(c.Text["pl"])
			en := strings.ToLower(c.Text["en"])
			if other, ok := english[en]; ok && len(strings.Fields(en)) > 2 {
				t.Errorf("%s says what %s says: %q", c.ID, other, en)
			}
			english[en] = c.ID
		}
		if !strings.ContainsAny(polish.String(), "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ") {
			t.Errorf("%s: Polish without a Polish letter", d.ID)
		}
	}
}

func checkCue(t *testing.T, c cue) {
	t.Helper()
	for lang, text := range c.Text {
		if n := utf8.RuneCountInString(text); n > longestCue {
			t.Errorf("%s: %d characters of %s, want %d at most", c.ID, n, lang, longestCue)
		}
	}
	if hasLetters(c.Text["ja"]) && !inJapanese(c.Text["ja"]) {
		t.Errorf("%s: Japanese without kana or kanji: %q", c.ID, c.Text["ja"])
	}
	if inJapanese(c.Text["en"]) || inJapanese(c.Text["pl"]) {
		t.Errorf("%s: Japanese in a column of another language", c.ID)
	}
	if en := c.Text["en"]; en == c.Text["pl"] && hasLetters(en) && len(strings.Fields(en)) > 2 {
		t.Errorf("%s: not translated into Polish: %q", c.ID, en)
	}
}

func TestQueries(t *testing.T) {
	set := theCorpus(t)
	cues, texts := map[string]bool{}, map[string]string{}
	for _, d := range set.Dialogues {
		for _, c := range d.Cues {
			cues[c.ID] = true
		}
	}
	for _, q := range slices.Concat(set.Tune, set.Report) {
		checkQuery(t, q)
		for id := range q.Grades {
			if !cues[id] {
				t.Errorf("%s: target %s is no cue", q.ID, id)
			}
		}
		if other, ok := texts[q.Text]; ok {
			t.Errorf("%s asks what %s asks: %q", q.ID, other, q.Text)
		}
		texts[q.Text] = q.ID
	}
	if !slices.ContainsFunc(slices.Concat(set.Tune, set.Report), func(q query) bool {
		return q.Lang == "pl" && strings.ContainsAny(q.Text, "ąćęłńóśźż")
	}) {
		t.Error("Polish queries without a Polish letter")
	}
}

func checkQuery(t *testing.T, q query) {
	t.Helper()
	best := 0
	for _, g := range q.Grades {
		best = max(best, g)
	}
	if best < 2 {
		t.Errorf("%s has no target of grade 2", q.ID)
	}
	if inJapanese(q.Text) != (q.Lang == "ja") || utf8.RuneCountInString(q.Text) > longestQuery {
		t.Errorf("%s: too long, or not in %s: %q", q.ID, q.Lang, q.Text)
	}
	lines, words := strings.Count(q.Text, " / ")+1, len(strings.Fields(q.Text))
	most := map[string]int{"mood": 6, "word": 2}[q.Kind]
	if verse := q.Kind == "verse"; verse && (lines < 2 || lines > 4) || !verse && lines > 1 || most > 0 && words > most {
		t.Errorf("%s: %q is no %s", q.ID, q.Text, q.Kind)
	}
}

func hasLetters(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }

func inJapanese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han)
	})
}

// TestReaderIsStrict breaks a small set in every way the reader must see.
func TestReaderIsStrict(t *testing.T) {
	const (
		dialogue = "# Rain\tromance, a bus stop\nd01.01\tA\tYes.\tTak.\tはい。\nd01.02\tB\tNo.\tNie.\tいいえ。\n"
		tune     = "t001\ten\tliteral\tyes and no\td01.01:2 d01.02:1\n"
		report   = "r001\tja\tword\tはい\td01.01:2 d01.02:2\n"
	)
	read := func(dialogue, tune string) (corpus, error) {
		return readSet(fstest.MapFS{"dialogues/d01.tsv": {Data: []byte(dialogue)},
			"queries-tune.tsv": {Data: []byte(tune)}, "queries-report.tsv": {Data: []byte(report)}})
	}
	set, err := read(dialogue, tune)
	if err != nil || set.Tune[0].Grades["d01.01"] != 2 || set.Dialogues[0].Cues[1].Text["pl"] != "Nie." {
		t.Fatalf("%+v, %v", set, err)
	}
	for _, c := range []struct{ old, new string }{
		{"# Rain", "Rain"}, {"\tromance", " romance"}, {"d01.02", "d01.03"}, {"d01.01", "d02.01"}, {"Tak.", ""},
		{"Tak.", "Tak. "}, {"\tTak.", ""}, {"はい。\n", "はい。\r\n"}, {"はい。", "\xff"}, {"いいえ。\n", "いいえ。"},
		{"いいえ。\n", "いいえ。\n\n"},
	} {
		if _, err := read(strings.Replace(dialogue, c.old, c.new, 1), tune); err == nil {
			t.Errorf("dialogue read with %q for %q", c.new, c.old)
		}
	}
	for _, c := range []struct{ old, new string }{
		{"t001", "r001"}, {"t001", "t002"}, {"\ten", "\tde"}, {"literal", "funny"}, {":2", ":0"}, {":2", ":3"}, {":2", ""},
		{":2", ":1"}, {" d01.02:1", ""}, {"d01.02", "d01.01"}, {" d01.02:1", "  d01.02:1"}, {"\tyes and no", ""},
	} {
		tune := strings.Replace(tune, c.old, c.new, 1)
		tune = strings.Replace(tune, "d01.01:1 d01.02:1", "d01.01:1 d01.02:2", 1) // worse first
		if _, err := read(dialogue, tune); err == nil {
			t.Errorf("queries read with %q for %q", c.new, c.old)
		}
	}
	if _, err := readSet(fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty set reads with %v", err)
	}
}
