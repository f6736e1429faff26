package subtitles

import (
	"html"
	"iter"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// physical yields the lines of text with their numbers from 1, whatever ends them, without holding them all: a bomb of line ends
// must cost no memory. What a line has beyond maxLine is left out.
func physical(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for no := 1; text != ""; no++ {
			line, rest := text, ""
			if i := strings.IndexAny(text, "\r\n"); i >= 0 {
				line, rest = text[:i], text[i+1:]
				if text[i] == '\r' && strings.HasPrefix(rest, "\n") {
					rest = rest[1:]
				}
			}
			if text = rest; !yield(no, line[:min(len(line), maxLine)]) {
				return
			}
		}
	}
}

var (
	markup    = regexp.MustCompile(`(?i)</?(?:b|i|u|s|c|v|font|span|lang|ruby|rb|rp|rt|em|strong|small|big|br|p|div|center|tt|strike|sub|sup|sync|a)(?:[\s.:/][^<>]*)?/?>|<\d+:\d[\d:.]*>`)
	breaks    = regexp.MustCompile(`(?i)<br\s*/?>`)
	readings  = regexp.MustCompile(`(?is)<rt(?:\.[^<>]*)?>[^<>]*</rt>`)
	overrides = regexp.MustCompile(`\{\s*\\[^{}]*\}|\{[A-Za-z]:[^{}]*\}`)
	entity    = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});`)
	leftovers = strings.NewReplacer(`\N`, "\n", `\h`, " ")
)

// webText is the plain text of a SubRip or WebVTT cue. Only tags that subtitles know are tags: "<sigh>" and "I <3 you" are words.
func webText(s string) string {
	if strings.Contains(s, "<") {
		s = readings.ReplaceAllString(s, "") // what is searched is the base, not its reading
		s = breaks.ReplaceAllString(s, "\n")
		s = markup.ReplaceAllString(s, "")
	}
	if strings.Contains(s, "{") {
		s = overrides.ReplaceAllString(s, "")
	}
	if strings.Contains(s, `\`) {
		s = leftovers.Replace(s) // converters leave these behind
	}
	return tidy(unescape(s))
}

// unescape decodes entities, but only those with a semicolon: "AT&T" and "R&not" stay.
func unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return entity.ReplaceAllStringFunc(s, html.UnescapeString)
}

// tidy drops what cannot be seen, makes every kind of blank a space, leaves no blank line, and composes letters.
func tidy(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	pending, prev := rune(0), rune(0)
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			pending = '\n'
		case blank(r):
			if pending != '\n' {
				pending = ' '
			}
		case invisible(r) && !(joiner(r) && joins(prev)):
		default:
			if pending != 0 && b.Len() > 0 {
				b.WriteRune(pending)
			}
			pending, prev = 0, r
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String()) // last, for what was dropped may have kept a letter from its accent
}

// blank tells what is to become a space. The ideographic space is one too: editors type none when they search.
func blank(r rune) bool { return r == '\t' || unicode.Is(unicode.Zs, r) }

// invisible tells controls, directional marks, zero-width characters, soft hyphens and byte order marks.
func invisible(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) && r < 0xE0000 }

func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// joins tells whether a joiner after r shapes it: in the Arabic and Indic scripts, and in an emoji of several.
func joins(r rune) bool {
	return r >= 0x0600 && r < 0x10A0 || r >= 0x2600 && r < 0x27C0 || r == 0xFE0F || r >= 0x1F000 && r < 0x20000
}
