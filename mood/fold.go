package mood

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold is text in lower case and in one width, without the accents of Latin letters. The marks of kana stay: they make other letters.
func fold(text string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(norm.NFKC.String(text))) {
		switch {
		case r >= 0x300 && r <= 0x36f:
		case r == 'ł':
			out.WriteByte('l')
		case r == '’':
			out.WriteByte('\'')
		default:
			out.WriteRune(r)
		}
	}
	return norm.NFC.String(out.String())
}

// unspaced tells scripts that part no words by blanks.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai) || r == 'ー' || r == '々'
}

// tokens parts folded text into words, and runs of scripts that have none.
func tokens(text string) (all []string) {
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			all = append(all, word.String())
		}
		word.Reset()
	}
	last := false
	for _, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == 'ー' || r == '\'' || r == '-' && word.Len() > 0
		if !letter || unspaced(r) != last {
			end()
		}
		if letter {
			word.WriteRune(r)
		}
		last = unspaced(r)
	}
	end()
	return all
}
