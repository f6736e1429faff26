package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var (
	mark       = regexp.MustCompile(`[\p{L}\p{N}\p{So}]`)
	hyphened   = regexp.MustCompile(`^[^\s.-]+(?:-[^\s.-]+){2,}$`)
	halfNumber = regexp.MustCompile(`^\d{1,4}\.\d$`)
	brackets   = map[rune]rune{'(': ')', '[': ']', '{': '}', '【': '】', '「': '」', '『': '』', '〔': '〕', '《': '》'}
	variants   = strings.NewReplacer(" – ", " - ", " — ", " - ", " ― ", " - ", " ‒ ", " - ", " − ", " - ", "Ⅱ", " II", "Ⅲ", " III", "Ⅳ", " IV", "Ⅵ", " VI")
	closing    = closers()
)

func closers() map[rune]bool {
	all := map[rune]bool{}
	for _, c := range brackets {
		all[c] = true
	}
	return all
}

// normal writes one name the one way: composed letters (some systems take them apart), figures and brackets of common width, and
// blanks where a control character could play tricks on a terminal.
func normal(s string) string {
	return variants.Replace(norm.NFC.String(strings.Map(narrow, strings.ToValidUTF8(s, "�"))))
}

func narrow(r rune) rune {
	ascii := r - 0xFEE0
	switch {
	case unicode.IsControl(r), unicode.IsSpace(r):
		return ' '
	case ascii > '~' || ascii < '!':
		return r
	case unicode.IsLetter(ascii), unicode.IsDigit(ascii), strings.ContainsRune("()[]{}#-._", ascii):
		return ascii
	}
	return r
}

// piece is a stretch of a name, inside brackets or outside. The opening bracket is 0 outside.
type piece struct {
	text string
	open rune
}

// pieces parts a name at its outermost brackets. What an unclosed bracket opens counts as outside, unless it is noise cut short.
func pieces(s string) (all []piece) {
	var open rune
	depth, start := 0, 0
	for i, r := range s {
		next := i + utf8.RuneLen(r)
		switch {
		case brackets[r] != 0 && depth == 0:
			all, open, depth, start = append(all, piece{text: s[start:i]}), r, 1, next
		case brackets[r] != 0 && i == start: // "[[Group]" is a slip
			open, start = r, next
		case brackets[r] != 0:
			depth++
		case closing[r] && depth <= 1:
			all, open, depth, start = append(all, piece{s[start:i], open}), 0, 0, next
		case closing[r]:
			depth--
		}
	}
	if rest := s[start:]; depth == 0 || !noisy(rest) {
		all = append(all, piece{text: flat(rest)})
	}
	return all
}

// flat puts blanks where brackets stand.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if brackets[r] != 0 || closing[r] {
			return ' '
		}
		return r
	}, s)
}

// tidy makes a title of what is left of a name: single blanks, and no dashes at its ends.
func tidy(s string) string {
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " -–—_,")
	if !mark.MatchString(s) {
		return ""
	}
	return s
}

// blanks puts blanks where a name has underscores, dots or hyphens for them.
func blanks(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "_", " "))
	if halfNumber.MatchString(s) {
		return s
	}
	if !strings.Contains(s, " ") {
		s = strings.ReplaceAll(s, ".", " ")
	}
	if hyphened.MatchString(s) {
		s = strings.ReplaceAll(s, "-", " ")
	}
	return strings.Join(strings.Fields(s), " ")
}
