package index

import (
	"slices"
	"strings"
	"testing"
)

// ranks checks which lines come first of several, each of which is an episode's.
func ranks(t *testing.T, q Query, lines []string, want ...string) {
	t.Helper()
	f := newFake()
	for i, l := range lines {
		f.put(int64(i+1), l)
	}
	got := ask(t, f, f.open(t, t.TempDir(), Options{}), q)
	if !slices.Equal(got[:min(len(got), len(want))], want) {
		t.Errorf("%v: got %q, want %q", q.Words, got, want)
	}
}

func TestWordsThatCarryNothingStillRank(t *testing.T) {
	lines := []string{"Love. Love. Love.", "I love you. I love you so.", "You and I, not me.", "love is all", "Love it, I said to you."}
	for range 200 {
		lines = append(lines, "You know what I said.", "and so on")
	}
	for _, text := range []string{"i love you", "I LOVE YOU!"} {
		for _, one := range []bool{false, true} {
			q := words(text)
			q.Any = one
			ranks(t, q, lines, "I love you. I love you so.")
		}
	}
	f := newFake()
	f.put(1, lines...)
	q := words("i love you")
	q.Any, q.Limit = true, 1000
	if got := ask(t, f, f.open(t, t.TempDir(), Options{}), q); len(got) != 4 {
		t.Errorf("words that carry nothing make hits by themselves: %q", got)
	}
}

func TestWordsSideBySideComeFirst(t *testing.T) {
	ranks(t, words("broken promise"), []string{"a promise once broken here", "your broken promise was here", "broken, a promise is gone"},
		"your broken promise was here")
}

// TestRareOnlyInAnotherLanguage: an English sign in a Polish track is no better than a line, for being rare there.
func TestRareOnlyInAnotherLanguage(t *testing.T) {
	f := newFake()
	for e := range int64(10) {
		lines := slices.Repeat([]string{"What is this?"}, 30)
		f.put(e+1, append(lines, "love is here", "my love, my love")...)
	}
	f.put(20, append(slices.Repeat([]string{"pl:Co to jest?"}, 300), "pl:ALL YOU NEED IS LOVE AND MORE OF IT", "pl:miłość to miłość", "pl:deszcz pada")...)
	ix := f.open(t, t.TempDir(), Options{})
	got := ask(t, f, ix, words("love"))
	if len(got) != 20 || got[0] != "my love, my love" || slices.Contains(got[:10], "ALL YOU NEED IS LOVE AND MORE OF IT") {
		t.Errorf("got %q", got)
	}
	wantLines(t, ask(t, f, ix, words("deszcz")), "deszcz pada")
	q := words("what deszcz")
	q.Any = true
	if got := ask(t, f, ix, q); len(got) == 0 || got[0] != "deszcz pada" {
		t.Errorf("the Polish track drowns: %q", got)
	}
}

// TestManyFormsOfAWord: what people write in several ways is found in each.
func TestManyFormsOfAWord(t *testing.T) {
	f := newFake()
	f.put(1, "He said goodbye.", "He said good-bye.", "He said good bye.", "I don't.", "I dont.", "It costs 1,000 yen.", "It costs 1000 yen.",
		"The U.S.A. is far.", "The USA is far.", "Go to hell.", "He'll come.", "N-no!", "pl:Powiedział good-bye.", "de:1,000 Mark", "10-20")
	f.put(2, "ja:寿司を食べました。", "ja:毎日食べる。", "ja:比べる？")
	ix := f.open(t, t.TempDir(), Options{})
	for q, want := range map[string][]string{
		"goodbye":  {"He said goodbye.", "He said good-bye.", "He said good bye.", "Powiedział good-bye."},
		"good-bye": {"He said goodbye.", "He said good-bye.", "He said good bye.", "Powiedział good-bye."},
		"good bye": {"He said goodbye.", "He said good-bye.", "He said good bye.", "Powiedział good-bye."},
		"don't":    {"I don't.", "I dont."}, "dont": {"I don't.", "I dont."}, "DON’T": {"I don't.", "I dont."},
		"1000": {"It costs 1,000 yen.", "It costs 1000 yen.", "1,000 Mark"}, "1,000": {"It costs 1,000 yen.", "It costs 1000 yen.", "1,000 Mark"},
		"usa": {"The U.S.A. is far.", "The USA is far."}, "U.S.A.": {"The U.S.A. is far.", "The USA is far."},
		"hell": {"Go to hell."}, "he'll": {"He'll come."}, "1020": nil, "20": {"10-20"}, "no": {"N-no!"},
		"食べる": {"毎日食べる。", "寿司を食べました。"},
	} {
		got := ask(t, f, ix, words(q))
		if strings.Contains(q, "食") {
			wantLines(t, got, want...)
			continue
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", q, got, want)
		}
	}
	wantLines(t, ask(t, f, ix, Query{Phrases: []string{"said goodbye"}})[:2], "He said goodbye.", "He said good-bye.")
}

// TestOneLineOfEachShot: the limit is of shots, however many lines tie or share one.
func TestOneLineOfEachShot(t *testing.T) {
	f := newFake()
	f.put(1, slices.Repeat([]string{"rain"}, 3000)...)
	for i := range f.lines[1] {
		f.lines[1][i].Shot = 1 + i/1000
	}
	f.lines[1][2999].Shot = 0
	ix := f.open(t, t.TempDir(), Options{})
	m, err := ix.Find(t.Context(), Query{Words: []string{"rain"}, Shots: true, Limit: 5})
	if err != nil || len(m) != 3 || m[0].Shot != 1 || m[1].Shot != 2 || m[2].Shot != 3 || m[0].Start != 0 {
		t.Errorf("%+v, %v", m, err)
	}
}

// TestShare: how much of a query a line has is told in the same measure for every query.
func TestShare(t *testing.T) {
	f := newFake()
	f.put(1, "thunder over bright water and all quiet", "thunder over an empty street and no one", "ja:雨の夜に君を待つ", "nothing of all that is in this line")
	ix := f.open(t, t.TempDir(), Options{})
	for _, c := range []struct {
		text      string
		low, high float64
	}{{"thunder bright water", 0.95, 1.5}, {"thunder meteor", 0.2, 0.6}, {"雨の夜に君を待つ", 0.9, 1.5}} {
		q := words(c.text)
		q.Any = true
		m, err := ix.Find(t.Context(), q)
		if err != nil || len(m) == 0 || m[0].Share < c.low || m[0].Share > c.high {
			t.Errorf("%s: %+v, %v", c.text, m, err)
		}
	}
}
