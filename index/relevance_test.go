package index

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
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

var (
	relevanceLangs = []string{"en", "pl", "ja"}
	relevanceKinds = []string{"literal", "figurative", "word", "verse", "mood"}
	relevanceHalfs = []string{"queries-tune.tsv", "queries-report.tsv"}
)

// relevanceSet is testdata/relevance, described in its README.md.
type relevanceSet struct {
	Dialogues []relevanceDialogue // by id
	Tune      []relevanceQuery    // weights are chosen on these
	Report    []relevanceQuery    // and figures reported on these
}

type relevanceDialogue struct {
	ID    string // "d07"
	Title string
	Scene string
	Cues  []relevanceCue // in the order of the scene
}

type relevanceCue struct {
	ID      string            // "d07.03"
	Speaker string            // "♪" for a song, "[sign]" for writing in the picture
	Text    map[string]string // by language, see relevanceLangs
}

type relevanceQuery struct {
	ID, Lang, Kind, Text string
	Grades               map[string]int // 2 or 1 by the id of a cue; what is absent is 0
}

// readRelevance reads the set under root and refuses whatever its README.md does not allow for in form.
func readRelevance(root fs.FS) (set relevanceSet, err error) {
	names, err := fs.Glob(root, "dialogues/*")
	if err != nil {
		return set, err
	}
	for _, name := range names {
		d, err := readDialogue(root, name)
		if err != nil {
			return set, err
		}
		set.Dialogues = append(set.Dialogues, d)
	}
	if set.Tune, err = readQueries(root, relevanceHalfs[0], "t"); err != nil {
		return set, err
	}
	set.Report, err = readQueries(root, relevanceHalfs[1], "r")
	return set, err
}

func readDialogue(root fs.FS, name string) (d relevanceDialogue, err error) {
	rows, err := rowsOf(root, name)
	if err != nil {
		return d, err
	}
	base, ok := strings.CutSuffix(path.Base(name), ".tsv")
	var n int
	if _, err := fmt.Sscanf(base, "d%02d", &n); err != nil || !ok || base != fmt.Sprintf("d%02d", n) {
		return d, fmt.Errorf("%s: not a name like d07.tsv", name)
	}
	title, ok := strings.CutPrefix(rows[0][0], "# ")
	if !ok || len(rows[0]) != 2 {
		return d, fmt.Errorf("%s: the first line is not a title and a scene", name)
	}
	d = relevanceDialogue{ID: base, Title: title, Scene: rows[0][1]}
	for i, row := range rows[1:] {
		want := fmt.Sprintf("%s.%02d", base, i+1)
		if len(row) != 2+len(relevanceLangs) || row[0] != want {
			return d, fmt.Errorf("%s: line %d is not %s in five columns", name, i+2, want)
		}
		text := map[string]string{}
		for k, lang := range relevanceLangs {
			text[lang] = row[2+k]
		}
		d.Cues = append(d.Cues, relevanceCue{row[0], row[1], text})
	}
	return d, nil
}

func readQueries(root fs.FS, name, letter string) (queries []relevanceQuery, err error) {
	rows, err := rowsOf(root, name)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		want := fmt.Sprintf("%s%03d", letter, i+1)
		if len(row) != 5 || row[0] != want {
			return nil, fmt.Errorf("%s: line %d is not %s in five columns", name, i+1, want)
		}
		q := relevanceQuery{row[0], row[1], row[2], row[3], map[string]int{}}
		if !slices.Contains(relevanceLangs, q.Lang) || !slices.Contains(relevanceKinds, q.Kind) {
			return nil, fmt.Errorf("%s: %s: language %q or kind %q nobody knows", name, q.ID, q.Lang, q.Kind)
		}
		if err := q.grade(row[4]); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, q.ID, err)
		}
		queries = append(queries, q)
	}
	return queries, nil
}

// grade reads targets like "d03.05:2 d17.11:1", best first.
func (q relevanceQuery) grade(targets string) error {
	last := 2
	for target := range strings.SplitSeq(targets, " ") {
		id, grade, _ := strings.Cut(target, ":")
		g := slices.Index([]string{"0", "1", "2"}, grade)
		if g < 1 || g > last {
			return fmt.Errorf("grade of target %q is not 2 or 1, or a better one follows a worse", target)
		}
		if q.Grades[id] != 0 {
			return fmt.Errorf("target %s is there twice", id)
		}
		q.Grades[id], last = g, g
	}
	if n := len(q.Grades); n < 2 || n > 12 {
		return fmt.Errorf("%d targets, not 2 to 12", n)
	}
	return nil
}

// rowsOf splits a file into lines and columns, and refuses empty columns and blanks at their ends.
func rowsOf(root fs.FS, name string) (rows [][]string, err error) {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	data, ended := bytes.CutSuffix(data, []byte("\n"))
	if !ended || !utf8.Valid(data) || bytes.ContainsAny(data, "\r\ufeff") {
		return nil, fmt.Errorf("%s: not UTF-8 with lines ended by LF", name)
	}
	for i, line := range strings.Split(string(data), "\n") {
		row := strings.Split(line, "\t")
		for _, column := range row {
			if column == "" || strings.TrimSpace(column) != column {
				return nil, fmt.Errorf("%s: line %d has a column that is empty or ends in a blank", name, i+1)
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// theRelevanceSet is the committed one; a test without it has nothing to say.
func theRelevanceSet(t testing.TB) relevanceSet {
	t.Helper()
	set, err := readRelevance(os.DirFS("testdata/relevance"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("a part of the relevance set is not written yet:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestRelevanceSetIsWhole(t *testing.T) {
	set := theRelevanceSet(t)
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
	for _, what := range slices.Concat(relevanceLangs, relevanceKinds) {
		if count[what] < 20 {
			t.Errorf("%d queries of %s, want 20 at least", count[what], what)
		}
	}
}

func TestRelevanceDialogues(t *testing.T) {
	set := theRelevanceSet(t)
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

func checkCue(t *testing.T, c relevanceCue) {
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

func TestRelevanceQueries(t *testing.T) {
	set := theRelevanceSet(t)
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
	if !slices.ContainsFunc(slices.Concat(set.Tune, set.Report), func(q relevanceQuery) bool {
		return q.Lang == "pl" && strings.ContainsAny(q.Text, "ąćęłńóśźż")
	}) {
		t.Error("Polish queries without a Polish letter")
	}
}

func checkQuery(t *testing.T, q relevanceQuery) {
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

// TestRelevanceReaderIsStrict breaks a small set in every way the reader must see.
func TestRelevanceReaderIsStrict(t *testing.T) {
	const (
		dialogue = "# Rain\tromance, a bus stop\nd01.01\tA\tYes.\tTak.\tはい。\nd01.02\tB\tNo.\tNie.\tいいえ。\n"
		tune     = "t001\ten\tliteral\tyes and no\td01.01:2 d01.02:1\n"
		report   = "r001\tja\tword\tはい\td01.01:2 d01.02:2\n"
	)
	read := func(dialogue, tune string) (relevanceSet, error) {
		return readRelevance(fstest.MapFS{"dialogues/d01.tsv": {Data: []byte(dialogue)},
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
	if _, err := readRelevance(fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty set reads with %v", err)
	}
}
