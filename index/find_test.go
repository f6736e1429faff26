package index

import (
	"context"
	"encoding/json"
	"errors"

	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// relevance is testdata/words.json: lines, and queries with the beginnings of the lines they must find, best first.
type relevance struct {
	Lines   []string
	Queries []struct {
		Ask       string
		Any       bool
		Unordered bool
		Want      []string
	}
}

// typed reads a query as people type it, as far as the data needs it.
func typed(text string) (q Query) {
	for i, piece := range strings.Split(strings.NewReplacer("「", `"`, "」", `"`).Replace(text), `"`) {
		not := false
		if i%2 == 1 {
			q.Phrases = append(q.Phrases, piece)
			continue
		}
		for w := range strings.FieldsSeq(piece) {
			if word, minus := strings.CutPrefix(w, "-"); minus {
				not = word == ""
				q.Exclude = append(q.Exclude, word)
			} else {
				q.Words = append(q.Words, w)
			}
		}
		if not { // the minus belongs to the phrase that follows
			return q.excluding(text)
		}
	}
	return q
}

func (q Query) excluding(text string) Query {
	_, phrase, _ := strings.Cut(text, `-"`)
	q.Exclude = []string{strings.TrimSuffix(phrase, `"`)}
	return q
}

func TestRelevance(t *testing.T) {
	data, err := os.ReadFile("testdata/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var r relevance
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	f := newFake()
	f.put(1, r.Lines...)
	ix := f.open(t, t.TempDir(), Options{})
	for _, c := range r.Queries {
		q := typed(c.Ask)
		q.Any, q.Like = c.Any, !c.Any
		got := ask(t, f, ix, q)
		if c.Unordered {
			slices.Sort(got)
		}
		if len(got) != len(c.Want) || !slices.EqualFunc(got, c.Want, strings.HasPrefix) {
			t.Errorf("%s\n got %q\nwant %q", c.Ask, got, c.Want)
		}
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct{ lang, text, ask, want string }{
		{"en", "It's raining; rain!", "rain", "It's [raining]; [rain]!"},
		{"en", "Never say goodbye.", `"say goodbye"`, "Never [say goodbye]."},
		{"en", "Never say goodbye, never", `never "never say"`, "[[Never] say] goodbye, [never]"},
		{"en", "the captain’s plan", "captain", "the [captain’s] plan"},
		{"en", "say it, say it now", `"say it"`, "[say it], [say it] now"},
		{"en", "one\ntwo", "two", "one\n[two]"},
		{"pl", "Słońce zaszło", "słońcem", "[Słońce] zaszło"},
		{"pl", "Nigdy nie mów nigdy", `"nie mow"`, "Nigdy [nie mów] nigdy"},
		{"ja", "また雨が降っている", "雨が降る", "また[雨が降]っている"},
		{"ja", "雨、また雨", "雨", "[雨]、また[雨]"},
		{"ja", "ＴＯＫＹＯを出る", "tokyo", "[ＴＯＫＹＯ]を出る"},
		{"", "Où est le garçon", "GARCON", "Où est le [garçon]"},
		{"en", "nothing here", "rain", "nothing here"},
		{"en", "Say good-bye, good bye, goodbye.", "goodbye", "Say [good-bye], [good bye], [goodbye]."},
		{"en", "a good-bye", "good-bye", "a [good-bye]"},
	} {
		if got := bracketed(c.text, Marks(typed(c.ask), c.lang, c.text)); got != c.want {
			t.Errorf("%s in %q: got %s, want %s", c.ask, c.text, got, c.want)
		}
	}
}

// bracketed shows marks, nested ones too.
func bracketed(text string, marks []Mark) string {
	var b strings.Builder
	for i := range len(text) + 1 {
		for _, m := range marks {
			if m.End == i {
				b.WriteString("]")
			}
		}
		for _, m := range marks {
			if m.Start == i {
				b.WriteString("[")
			}
		}
		if i < len(text) {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// TestAgainstEveryLineRead compares with reading every line: the same lines, marked where they match, in a sound order.
func TestAgainstEveryLineRead(t *testing.T) {
	f := drawn(30, 60)
	dir := t.TempDir()
	f.open(t, dir, Options{})
	for e := range int64(5) { // so that some lines are gone, and there are several segments
		f.put(e+1, "w0 is gone", drawnWord(1)+" you and "+drawnWord(2))
		f.open(t, dir, Options{})
	}
	ix := f.open(t, dir, Options{})
	r := rand.New(rand.NewPCG(3, 4))
	for range 400 {
		q := drawnQuery(r)
		got, err := ix.Find(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if want := f.matching(q); !reflect.DeepEqual(lineIDs(got), want) {
			t.Fatalf("%+v: got %d lines, want %d", q, len(got), len(want))
		}
		sound(t, f, q, got)
	}
}

// TestFewAreTheFirstOfMany: what is passed over because it cannot be among the first is not among the first, whatever a query has.
func TestFewAreTheFirstOfMany(t *testing.T) {
	f := drawn(30, 60)
	ix := f.open(t, t.TempDir(), Options{})
	r := rand.New(rand.NewPCG(5, 6))
	find := func(q Query, limit int) []Match {
		q.Limit = limit
		got, err := ix.Find(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for i := range 300 {
		q := drawnQuery(r)
		q.Shots = i%2 == 0
		if i%10 == 0 { // more words than a machine's word has bits, some of them in several forms
			q.Words = append(q.Words, manyWords()...)
		}
		all := find(q, 10000)
		for _, limit := range []int{1, 5, 40} {
			if got, want := find(q, limit), all[:min(limit, len(all))]; !reflect.DeepEqual(got, want) && len(got)+len(want) > 0 {
				t.Fatalf("%+v: the first %d are %+v, of all they are %+v", q, limit, got, want)
			}
		}
	}
}

func drawnQuery(r *rand.Rand) Query {
	word := func() string {
		if r.IntN(3) == 0 {
			return common[r.IntN(8)]
		}
		return drawnWord(uint64(r.IntN(12)))
	}
	q := Query{Words: []string{word()}, Any: r.IntN(2) == 0, Limit: 10000}
	for range r.IntN(3) {
		q.Words = append(q.Words, word())
	}
	if r.IntN(3) == 0 {
		q.Phrases = []string{word() + " " + word()}
	}
	if r.IntN(3) == 0 {
		q.Exclude = []string{word()}
	}
	if r.IntN(4) == 0 {
		q.Lang = []string{"en", "pl"}[r.IntN(2)]
	}
	if r.IntN(4) == 0 {
		q.Episodes = []int64{1, 2, int64(r.IntN(30)), 99}
	}
	if r.IntN(4) == 0 {
		q.MinLength, q.MaxLength = timecode.Second, timecode.Time(r.IntN(6))*timecode.Second
	}
	return q
}

// matching reads every line. Words that carry nothing, in the language of the line or of the query, count only where there is
// nothing else.
func (f *fake) matching(q Query) []int64 {
	out := []int64{}
	for e, lines := range f.lines {
		shots, _ := f.Effective(context.Background(), e)
		for i, l := range lines {
			_, fits := newKey(l, map[int]catalog.Shot{i + 1: shots[i]}).fits(q)
			if fits && (q.Episodes == nil || slices.Contains(q.Episodes, e)) && spoken(q, fieldOf(l.Lang, l.Text), l.Text) {
				out = append(out, l.ID)
			}
		}
	}
	slices.Sort(out)
	return out
}

func spoken(q Query, f *field, text string) bool {
	text = " " + strings.ToLower(text) + " "
	var wanted, stops []string
	for _, w := range q.Words {
		if f.stopped(w) || leads(q, fields[0], fields[1]) && fields[0].stopped(w) || leads(q, fields[1], fields[0]) && fields[1].stopped(w) {
			stops = append(stops, w)
		} else {
			wanted = append(wanted, w)
		}
	}
	if wanted = append(wanted, q.Phrases...); len(wanted) == 0 {
		wanted = stops
	}
	found := 0
	for _, w := range wanted {
		if strings.Contains(text, " "+strings.ToLower(w)+" ") {
			found++
		}
	}
	out := slices.ContainsFunc(q.Exclude, func(w string) bool { return strings.Contains(text, " "+strings.ToLower(w)+" ") })
	return !out && (found == len(wanted) || q.Any && found > 0)
}

// leads tells whether more of a query's words carry nothing in f than in other.
func leads(q Query, f, other *field) bool {
	n := 0
	for _, w := range q.Words {
		if f.stopped(w) {
			n++
		}
		if other.stopped(w) {
			n--
		}
	}
	return n > 0
}

func lineIDs(matches []Match) []int64 {
	out := make([]int64, len(matches))
	for i, m := range matches {
		out[i] = m.Line
	}
	slices.Sort(out)
	return out
}

// sound checks order, parts and marks.
func sound(t *testing.T, f *fake, q Query, got []Match) {
	t.Helper()
	for i, m := range got {
		sum := 0.0
		for _, p := range m.Parts {
			sum += p.Score
		}
		if sum != m.Score || m.Score <= 0 {
			t.Fatalf("%+v: parts add up to %g, score %g", q, sum, m.Score)
		}
		if len(Marks(q, f.lines[m.Episode][m.Shot-1].Lang, f.text(m))) == 0 {
			t.Fatalf("%+v: nothing marked in %q", q, f.text(m))
		}
		if i > 0 {
			before := got[i-1]
			a, b := key{episode: before.Episode, start: before.Start}, key{episode: m.Episode, start: m.Start}
			if before.Score < m.Score || before.Score == m.Score && a.compare(b) > 0 {
				t.Fatalf("%+v: %+v before %+v", q, before, m)
			}
		}
	}
}

// TestOrderDoesNotDependOnHistory: an index made in one go answers as one that grew, to the last tie.
func TestOrderDoesNotDependOnHistory(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	for e := range int64(9) {
		f.put(9-e, slices.Repeat([]string{"Yes."}, 40)...)
		f.open(t, dir, Options{})
	}
	q := Query{Words: []string{"yes"}, Limit: 50}
	grown, err1 := f.open(t, dir, Options{}).Find(t.Context(), q)
	anew, err2 := f.open(t, t.TempDir(), Options{}).Find(t.Context(), q)
	if err1 != nil || err2 != nil || len(grown) != 50 || !reflect.DeepEqual(grown, anew) {
		t.Errorf("%d and %d matches differ, %v %v", len(grown), len(anew), err1, err2)
	}
	if anew[0].Episode != 1 || anew[0].Start != 0 || anew[49].Episode != 2 {
		t.Errorf("first %+v, last %+v", anew[0], anew[49])
	}
}

func TestBoundsOfAQuery(t *testing.T) {
	f := newFake()
	f.put(1, "rain")
	ix := f.open(t, t.TempDir(), Options{})
	for _, c := range []struct {
		q    Query
		want error
	}{
		{Query{}, ErrNothingAsked},
		{Query{Exclude: []string{"sun"}}, ErrNothingAsked},
		{Query{Words: make([]string, MaxItems+1)}, ErrTooLong},
		{Query{Words: []string{strings.Repeat("x", MaxText+1)}}, ErrTooLong},
	} {
		if _, err := ix.Find(t.Context(), c.q); !errors.Is(err, c.want) {
			t.Errorf("got %v, want %v", err, c.want)
		}
	}
	for _, q := range []Query{{Words: []string{"?!"}}, {Words: []string{""}}, {Words: []string{"rain"}, Episodes: []int64{}}} {
		wantLines(t, ask(t, f, ix, q))
	}
}

func TestKey(t *testing.T) {
	shot := func(length timecode.Time) catalog.Shot {
		return catalog.Shot{Shot: analysis.Shot{Range: timecode.Range{Start: 100, End: 100 + length}}}
	}
	l := catalog.Line{ID: 1 << 40, Episode: 7, Shot: 301, Shots: []int{299, 300, 301},
		Line: subtitles.Line{Start: 123456789, End: 200000000, Lang: "pl"}}
	k := newKey(l, map[int]catalog.Shot{299: shot(500), 300: shot(41_708), 301: shot(900)})
	got, ok := parseKey(k.String())
	if !ok || got != k || got.episode != 7 || got.start != l.Start || got.line != l.ID || got.lang != "pl" {
		t.Errorf("got %+v", got)
	}
	for _, c := range []struct {
		q    Query
		shot int
	}{{Query{}, 301}, {Query{MinLength: 901}, 300}, {Query{MaxLength: 500}, 299}, {Query{MinLength: 50_000}, 0}, {Query{Lang: "en"}, 0}} {
		if n, ok := got.fits(c.q); n != c.shot || ok != (c.shot > 0) {
			t.Errorf("%+v: shot %d, %v", c.q, n, ok)
		}
	}
	if _, ok := parseKey(k.String()[:keyFixed+3]); ok {
		t.Error("a key that is cut off passed")
	}
	if _, ok := parseKey("short"); ok {
		t.Error("a short key passed")
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"Słońce ŻÓŁĆ": "slonce zolc", "Ｒａｉｎ": "rain", "Don’t": "don't", "ｶﾞｶﾞ": "ガガ", "が": "が",
		"STRASSE Straße": "strasse strasse", "한국": "한국", "Ångström İ": "angstrom i"} {
		if got := Fold(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzMarks(f *testing.F) {
	for _, s := range []string{"never say", "ﾊﾞｽは雨", "雨が降る", "Słońce", "\xff\xe3\x81", "’s", "ガﾞﾞ"} {
		f.Add(s, "ja", s)
		f.Add(s, "pl", "x "+s+" y")
		f.Add(s, "en", s+s)
	}
	f.Add("\xe3\xdc\xdc", "0", "ﾊ")
	f.Fuzz(func(t *testing.T, ask, lang, text string) {
		if len(ask)+len(text) > 1000 {
			return
		}
		for _, m := range Marks(Query{Words: []string{ask}, Phrases: []string{ask}}, lang, text) {
			if m.Start < 0 || m.Start >= m.End || m.End > len(text) {
				t.Fatalf("mark %+v of %d bytes", m, len(text))
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[m.Start:m.End]) {
				t.Fatalf("mark %q cuts a character of %q", text[m.Start:m.End], text)
			}
		}
	})
}
