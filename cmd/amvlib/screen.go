package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
)

// ink colours text for a terminal, and leaves it plain elsewhere and where NO_COLOR is set, unless --color says otherwise.
type ink bool

func inkFor(w io.Writer) ink {
	f := terminalOf(w)
	switch colourWish(w) {
	case "always":
		return ink(f == nil || colours(f))
	case "never":
		return false
	}
	return ink(f != nil && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && colours(f))
}

// colourWish is what --color said.
func colourWish(w io.Writer) string {
	if k, ok := w.(*keeper); ok {
		return k.colour
	}
	return ""
}

// checkColour notes what --color says where inkFor looks for it.
func checkColour(c *cli.Context) error {
	wish := global(c, "color")
	if !slices.Contains([]string{"", "auto", "always", "never"}, wish) {
		return usagef("--color is auto, always or never, not %q", wish)
	}
	if k, ok := c.App.Writer.(*keeper); ok {
		k.colour = wish
	}
	return nil
}

func (i ink) bold(s string) string { return i.wrap(s, "1") }
func (i ink) dim(s string) string  { return i.wrap(s, "2") }
func (i ink) mark(s string) string {
	if !i {
		return "*" + s + "*"
	}
	return i.wrap(s, "1;33")
}

func (i ink) wrap(s, code string) string {
	if !i || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// clean makes text of others safe for a terminal: no control characters, no changes of direction, one line.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}

// marked is a line with its matches marked.
func marked(i ink, text string, marks []search.Mark) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End > len(text) || m.End < m.Start {
			continue
		}
		b.WriteString(clean(text[at:m.Start]))
		b.WriteString(i.mark(clean(text[m.Start:m.End])))
		at = m.End
	}
	b.WriteString(clean(text[at:]))
	return b.String()
}

// hitsTable shows hits to a person.
func hitsTable(w io.Writer, hits []search.Hit) error { return picturedTable(w, hits, nil) }

// picturedTable shows hits with their pictures.
func picturedTable(w io.Writer, hits []search.Hit, e *easel) error {
	i := inkFor(w)
	t := newTable(w,
		column{right: true},          // its place
		column{least: 12, rank: 1},   // episode
		column{rank: 2},              // start
		column{rank: 3, close: true}, // end
		column{rank: 4, right: true}, // length
		column{})                     // shot
	for n, h := range hits {
		r := rowOf(h)
		t.row(strconv.Itoa(n+1), i.bold(clean(r.Episode)), h.Shot.Range.Start.String(), "- "+h.Shot.Range.End.String(),
			i.dim(fmt.Sprintf("%.1f s", h.Shot.Range.Length().Seconds())), i.dim("shot "+r.ID))
		t.drawn(e.drawn(h))
		hitTexts(t, i, h, r)
	}
	return t.print(w)
}

// hitTexts adds what is said in a hit, what the user says of it, and why it was found. Lines beside the one found are set in further.
func hitTexts(t *table, i ink, h search.Hit, r hitRow) {
	beside := func(lines []catalog.Line) {
		for _, l := range lines {
			t.under(6, i.dim(clean(fmt.Sprintf("%s  %s", l.Start, l.Text))))
		}
	}
	beside(h.Before)
	if h.Line != nil {
		t.under(4, marked(i, h.Line.Text, h.Marks)+"  "+i.dim(h.Line.Lang))
		if !h.LineSaid.None() {
			t.under(6, i.bold(remarksText(h.LineSaid)))
		}
	}
	beside(h.After)
	if len(h.Before)+len(h.After) > 0 {
		for _, l := range h.Translations {
			t.under(4, i.dim(clean(fmt.Sprintf("in %s: %s", l.Lang, l.Text))))
		}
	}
	if !h.Said.None() {
		t.under(4, i.bold(remarksText(h.Said)))
	}
	if len(r.Also) > 0 {
		t.under(4, i.dim(alsoText(r.Also)))
	}
	if len(r.Facets) > 0 {
		t.under(4, i.dim(facetsText(r.Facets)))
	}
	if len(r.Why) > 0 {
		t.under(4, i.dim(whyText(r)))
	}
}

func whyText(r hitRow) string {
	parts := make([]string, len(r.Why))
	for i, w := range r.Why {
		parts[i] = fmt.Sprintf("%s %s %.2f", w.Kind, clean(w.Text), w.Score)
	}
	return fmt.Sprintf("score %.2f: %s", r.Score, strings.Join(parts, ", "))
}
