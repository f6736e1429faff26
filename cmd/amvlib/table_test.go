package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// awkward are names and lines as they are.
var awkward = []string{
	"Zażółć gęślą jaźń i pójdź, kiń tę chmurność w głąb flaszy",
	"風の谷のナウシカ 第一話 「約束だよ、ずっと一緒にいよう」",
	"ｶﾞﾝﾀﾞﾑ 0083 半角",
	"Love ❤️ Live 👨‍👩‍👧‍👦 at 🇵🇱🇯🇵 1️⃣ 👍🏽 🫠",
	"שלום עולם, זה משפט ארוך מאוד בעברית שלא נגמר",
	"مرحبا بالعالم هذا سطر طويل",
	"e\u0301e\u0301e\u0301 combining Z\u0351\u036b\u0343\u036a\u0302 a\u0336l\u0336g\u0336o\u0336",
	"한국어 자막 한 줄과 \u1100\u1161\u11a8 jamo",
	"नमस्ते दुनिया",
	strings.Repeat("a very long name ", 14) + "of 250 ones.",
	strings.Repeat("長", 250),
	strings.Repeat("x", 250),
	"", "~", " ",
}

// plain takes the styles off.
func plain(s string) string {
	var b strings.Builder
	for g := range glyphs(s) {
		if !isStyle(g) {
			b.WriteString(g)
		}
	}
	return b.String()
}

// balanced tells whether every style ends in the line in which it begins.
func balanced(line string) bool {
	open := false
	for g := range glyphs(line) {
		if isStyle(g) {
			open = g != resetStyle
		}
	}
	return !open
}

func TestGlyphsAreMeasuredAsTheyShow(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "ąę": 2, "e\u0301": 1, "日本": 4, "ｶﾞ": 2, "か\u3099": 2, "각": 2, "\u1100\u1161\u11a8": 2, "❤": 1, "❤️": 2, "🇵🇱": 2, "🇵🇱🇯🇵": 4,
		"👨‍👩‍👧": 2, "👍🏽": 2, "1️⃣": 2, "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": 2, "❤️‍🔥": 2, "שָׁלוֹם": 4, "a\u200bb": 2, "\xff": 1,
		"\x1b[1mab\x1b[0m": 2, "\u0301": 0, "👩 👩": 5,
	} {
		if got := columnsOf(s); got != want {
			t.Errorf("%q takes %d columns, want %d", s, got, want)
		}
	}
}

func TestCutLeavesNoHalves(t *testing.T) {
	for _, s := range awkward {
		whole := map[string]bool{ellipsis: true}
		for g := range glyphs(s) {
			whole[g] = true
		}
		for width := range 60 {
			got := cut(s, width)
			inside := cutInside(s, width)
			if columnsOf(inside) > width || !utf8.ValidString(inside) {
				t.Fatalf("%q cut inside to %d is %q", s, width, inside)
			}
			for g := range glyphs(inside) {
				if !whole[g] {
					t.Fatalf("%q cut inside to %d has %q, which is half of something", s, width, g)
				}
			}
			if columnsOf(got) > width || !utf8.ValidString(got) {
				t.Fatalf("%q cut to %d is %q", s, width, got)
			}
			for g := range glyphs(got) {
				if !whole[g] {
					t.Fatalf("%q cut to %d has %q, which is half of something", s, width, g)
				}
			}
			if fitted := fit(s, width); columnsOf(fitted) != width {
				t.Fatalf("%q fitted to %d takes %d", s, width, columnsOf(fitted))
			}
			if styled := cut(ink(true).bold(s), width); !balanced(styled) || plain(styled) != got {
				t.Fatalf("bold %q cut to %d is %q", s, width, styled)
			}
		}
	}
}

func TestNamesKeepTheirNumbers(t *testing.T) {
	for s, want := range map[string]string{
		"Harbour of Glass 07":                 "Harbour … 07",
		ink(true).bold("Harbour of Glass 07"): "\x1b[1mHarbour … 07\x1b[0m",
		"風の谷のナウシカ 07":                         "風の谷の… 07",
		"short":                               "short",
	} {
		if got := cutInside(s, 12); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
	}
}

func TestWrapLosesNothing(t *testing.T) {
	squash := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var text strings.Builder
		for range 1 + r.IntN(6) {
			text.WriteString(ink(r.IntN(2) == 0).wrap(awkward[r.IntN(len(awkward))], "1") + []string{"", " ", "  "}[r.IntN(3)])
		}
		s, width := text.String(), 2+r.IntN(60)
		lines := wrap(s, width)
		for _, l := range lines {
			if columnsOf(l) > width || !balanced(l) {
				t.Fatalf("%q at %d has the line %q of %d columns", s, width, l, columnsOf(l))
			}
		}
		if squash(plain(strings.Join(lines, ""))) != squash(plain(s)) {
			t.Fatalf("%q at %d became %q", s, width, lines)
		}
	}
	if got := strings.Join(wrap("one two  three four", 9), "|"); got != "one two|three|four" {
		t.Error(got)
	}
	if got := strings.Join(wrap("a \x1b[1mbold words\x1b[0m b", 7), "|"); got != "a \x1b[1mbold\x1b[0m|\x1b[1mwords\x1b[0m b" {
		t.Errorf("%q", got)
	}
}

// sample is a table as list, search and subs make it.
func sample(width int, i ink) *table {
	t := &table{width: width, columns: []column{
		{right: true}, {least: 12, rank: 1}, {rank: 2}, {rank: 3, close: true}, {rank: 4, right: true}, {least: leastText, wraps: true},
	}}
	for n, s := range awkward {
		t.row(fmt.Sprint(n*n*n), i.bold(s), "0:00:01.001", "- 0:00:02.002", i.dim("1.0 s"), "text:"+awkward[(n+1)%len(awkward)])
		t.under(4, i.dim(s)+" "+i.mark("marked")+" "+s)
	}
	return t
}

func printed(tb testing.TB, t *table) []string {
	tb.Helper()
	var b strings.Builder
	if err := t.print(&b); err != nil {
		tb.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

func TestTablesFitTheScreen(t *testing.T) {
	for _, width := range []int{1, 2, 5, 10, 20, 40, 79, 80, 120, 200, 1000} {
		for _, i := range []ink{false, true} {
			for _, l := range printed(t, sample(width, i)) {
				if columnsOf(l) > width || !balanced(l) || !utf8.ValidString(l) || strings.HasSuffix(plain(l), " ") {
					t.Errorf("at %d: %q takes %d", width, l, columnsOf(l))
				}
			}
		}
	}
}

// columnOf is where on the screen part begins.
func columnOf(line, part string) int {
	before, _, found := strings.Cut(plain(line), part)
	if !found {
		return -1
	}
	return columnsOf(before)
}

func TestColumnsLineUp(t *testing.T) {
	for _, width := range []int{40, 80, 200} {
		at, rows := map[string]int{}, 0
		for _, l := range printed(t, sample(width, false)) {
			if columnOf(l, "text:") < 0 {
				continue
			}
			rows++
			for _, part := range []string{"0:00:01.001", "- 0:00:02.002", "1.0 s", "text:"} {
				if want, seen := at[part]; seen && columnOf(l, part) != want {
					t.Errorf("at %d: %q stands at %d, not %d: %q", width, part, columnOf(l, part), want, l)
				}
				at[part] = columnOf(l, part)
			}
		}
		if rows != len(awkward) {
			t.Errorf("at %d there are %d rows", width, rows)
		}
		if left := at["1.0 s"] < 0; left != (width == 40) {
			t.Errorf("at %d the least of the columns stands at %d", width, at["1.0 s"])
		}
	}
}

func TestWithoutAScreenNothingIsCut(t *testing.T) {
	lines := printed(t, sample(0, false))
	if len(lines) != 2*len(awkward) {
		t.Errorf("%d lines", len(lines))
	}
	for n, s := range awkward {
		if l := lines[2*n]; !strings.Contains(l, strings.TrimSpace(s)) || strings.HasSuffix(l, " ") {
			t.Errorf("%q is not whole in %q", s, l)
		}
	}
}

func TestEmptyColumnsTakeNoRoom(t *testing.T) {
	all := &table{columns: []column{{}, {}, {right: true}}}
	all.row("a", "", "1")
	all.row("bb", "", "12")
	if got := strings.Join(printed(t, all), "|"); got != "a    1|bb  12" {
		t.Errorf("%q", got)
	}
}

func FuzzWrap(f *testing.F) {
	for i, s := range awkward {
		f.Add(s, i+2)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		s = clean(s)
		if width < 2 || width > 300 || !utf8.ValidString(s) {
			return
		}
		for _, l := range wrap(s, width) {
			if columnsOf(l) > width {
				t.Errorf("%q has a line of %d: %q", s, width, l)
			}
		}
	})
}

func BenchmarkTable(b *testing.B) {
	all := sample(80, true)
	for range 10 {
		all.rows = append(all.rows, all.rows...)
	}
	b.ReportMetric(float64(len(all.rows)), "rows/op")
	for b.Loop() {
		if err := all.print(&strings.Builder{}); err != nil {
			b.Fatal(err)
		}
	}
}
