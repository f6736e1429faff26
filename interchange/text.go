package interchange

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// oneLine is s as text that every format can hold on one line. Names come from files and from people: a line break in one would
// start a new event in an edit list, and control characters are not even allowed in XML.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r), unicode.IsControl(r) && unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r&0xfffe == 0xfffe, 0xfdd0 <= r && r <= 0xfdef:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(s)
}

// cut is the first letters of s, at most as many as limit.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:limit]))
}

// or is the first text that is not empty.
func or(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
