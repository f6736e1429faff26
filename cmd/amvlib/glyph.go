package main

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

const (
	joiner      = '\u200d' // makes one picture of the emoji on its sides
	asEmoji     = '\ufe0f' // makes the character before it an emoji, two columns wide
	resetStyle  = "\x1b[0m"
	beginStyle  = "\x1b["
	ellipsis    = "…"
	firstFlag   = '\U0001f1e6'
	lastFlag    = '\U0001f1ff'
	firstTone   = '\U0001f3fb' // of skin
	lastTone    = '\U0001f3ff'
	leastSymbol = '\u2000' // letters before it do not turn into emoji, but for those of keycaps
)

// glyph measures what s begins with: the bytes of one thing on the screen, with all that joins it, and its width in columns. The
// library at hand measures characters; flags, keycaps and pictures joined from several it takes for narrower than they are.
func glyph(s string) (size, width int) {
	first, size := utf8.DecodeRuneInString(s)
	width = runeColumns(first)
	last, flags := first, 1
	for size < len(s) {
		r, n := utf8.DecodeRuneInString(s[size:])
		switch {
		case last == joiner && width == 2, tone(r) && width == 2:
		case flag(first) && flag(r) && flags == 1:
			flags, width = 2, 2
		case r == asEmoji && (first >= leastSymbol || strings.ContainsRune("#*0123456789©®", first)):
			width = 2
		case unicode.Is(unicode.Mc, r) && width > 0: // a mark beside its letter
			width = 2
		case runeColumns(r) > 0, unicode.IsControl(r):
			return size, width
		}
		last, size = r, size+n
	}
	return size, width
}

// runeColumns is the width of r alone. Marks over and under letters, and the vowels and ends of Hangul, take none.
func runeColumns(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r >= 0x1160 && r <= 0x11ff || r >= 0xd7b0 && r <= 0xd7ff {
		return 0
	}
	return runewidth.RuneWidth(r)
}

func flag(r rune) bool { return r >= firstFlag && r <= lastFlag }
func tone(r rune) bool { return r >= firstTone && r <= lastTone }

// glyphs goes through what is on the screen, with widths. Styles that ink laid on come by themselves, with none.
func glyphs(s string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for s != "" {
			size, width := glyph(s)
			if strings.HasPrefix(s, beginStyle) {
				size, width = strings.IndexByte(s, 'm')+1, 0
			}
			if !yield(s[:size], width) {
				return
			}
			s = s[size:]
		}
	}
}

func isStyle(g string) bool { return strings.HasPrefix(g, beginStyle) }

// columnsOf is how many columns of a screen s takes.
func columnsOf(s string) int {
	sum := 0
	for _, w := range glyphs(s) {
		sum += w
	}
	return sum
}

// cut shortens s to width columns, with an ellipsis where something is gone. Styles stay, so that none is left open.
func cut(s string, width int) string {
	if columnsOf(s) <= width {
		return s
	}
	var b strings.Builder
	room, full := width-columnsOf(ellipsis), false
	for g, w := range glyphs(s) {
		switch {
		case isStyle(g):
			b.WriteString(g)
		case full:
		case w > room:
			full = true
			b.WriteString(ellipsis[:len(ellipsis)*min(1, max(0, width))])
		default:
			room -= w
			b.WriteString(g)
		}
	}
	return b.String()
}

// cutInside shortens s by what stands behind its first two thirds: the ends of names have the numbers.
func cutInside(s string, width int) string {
	whole := columnsOf(s)
	room := width - columnsOf(ellipsis)
	if whole <= width || room < 3 {
		return cut(s, width)
	}
	var b strings.Builder
	at, head, said := 0, room-room/3, false
	for g, w := range glyphs(s) {
		switch {
		case isStyle(g), !said && at+w <= head, at >= whole-room/3:
			b.WriteString(g)
		case !said:
			said = true
			b.WriteString(ellipsis)
		}
		at += w
	}
	return b.String()
}

// fit cuts or pads s to width columns.
func fit(s string, width int) string {
	s = cut(s, width)
	return s + strings.Repeat(" ", max(0, width-columnsOf(s)))
}
