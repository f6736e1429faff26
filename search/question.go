package search

import (
	"strings"
	"unicode"

	"github.com/amvlib/amvlib/index"
)

// question is what a query means by its text: its words and phrases as they were typed, and the lines of a verse parted as they were,
// without what is excluded and without the beginnings of words, which say nothing by themselves.
func (t terms) question() string {
	var said []string
	for _, w := range t.said {
		if parts := w == verseMark && (len(said) == 0 || said[len(said)-1] == verseMark); !strings.HasSuffix(w, "*") && !parts {
			said = append(said, w)
		}
	}
	return strings.TrimSuffix(strings.Join(said, " "), " "+verseMark)
}

// quotedOnly tells of a query that names nothing but phrases: those are meant to the letter.
func (t terms) quotedOnly() bool { return len(t.phrases) > 0 && len(t.words) == 0 }

// letters that tell a language among those that share the rest of theirs. What several have tells nothing.
var letters = map[rune]string{
	'ą': "pl", 'ę': "pl", 'ł': "pl", 'ś': "pl", 'ź': "pl", 'ż': "pl", 'ć': "pl", 'ń': "pl", 'ß': "de", 'ñ': "es", '¿': "es", '¡': "es",
	'ã': "pt", 'õ': "pt", 'œ': "fr", 'ê': "fr", 'û': "fr", 'î': "fr", 'ë': "fr",
}

// tongue guesses the language that a question is in: by its script, by letters that one language has, by its words that carry nothing. It is
// "en" for what is spelt in plain letters and says no more, and "" for what is not.
func tongue(text string) string {
	plain := true
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han):
			return "ja"
		case unicode.Is(unicode.Cyrillic, r):
			return "ru"
		case letters[r] != "":
			return letters[r]
		}
		plain = plain && (r < 0x80 || !unicode.IsLetter(r))
	}
	if lang := index.Tongue(strings.Fields(text)); lang != "" || !plain {
		return lang
	}
	return "en"
}
