package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/mattn/go-isatty"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
)

// isTerminal tells whether w is a screen that somebody looks at.
func isTerminal(w io.Writer) bool {
	if k, ok := w.(*keeper); ok {
		w = k.Writer
	}
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// ink colours text for a terminal, and leaves it plain elsewhere and where NO_COLOR is set.
type ink bool

func inkFor(w io.Writer) ink {
	return ink(isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb")
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

// printHit shows a hit to a person.
func printHit(w io.Writer, i ink, n int, h search.Hit) {
	r := rowOf(h)
	length := h.Shot.Range.Length()
	fmt.Fprintf(w, "%2d  %s  %s - %s  %s\n", n, i.bold(clean(r.Episode)), h.Shot.Range.Start, h.Shot.Range.End,
		i.dim(fmt.Sprintf("%.1f s  shot %s", length.Seconds(), r.ID)))
	printContext(w, i, h.Before)
	if h.Line != nil {
		fmt.Fprintf(w, "    %s  %s\n", marked(i, h.Line.Text, h.Marks), i.dim(h.Line.Lang))
	}
	printContext(w, i, h.After)
	if !h.Said.None() {
		fmt.Fprintf(w, "    %s\n", i.bold(remarksText(h.Said)))
	}
	if len(r.Why) > 0 {
		fmt.Fprintf(w, "    %s\n", i.dim(whyText(r)))
	}
}

// printContext shows the lines beside a hit's, set in further.
func printContext(w io.Writer, i ink, lines []catalog.Line) {
	for _, l := range lines {
		fmt.Fprintf(w, "      %s\n", i.dim(clean(fmt.Sprintf("%s  %s", l.Start, l.Text))))
	}
}

func whyText(r hitRow) string {
	parts := make([]string, len(r.Why))
	for i, w := range r.Why {
		parts[i] = fmt.Sprintf("%s %s %.2f", w.Kind, clean(w.Text), w.Score)
	}
	return fmt.Sprintf("score %.2f: %s", r.Score, strings.Join(parts, ", "))
}
