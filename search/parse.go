package search

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/amvlib/amvlib/index"
)

// What can be wrong with a query. Each says what to do.
var (
	// ErrEmptyQuery is a query without words and without filters.
	ErrEmptyQuery = errors.New(`nothing is asked for: give a word, or a "phrase" in quotes`)
	// ErrOnlyExclusions is a query that only says what is not wanted.
	ErrOnlyExclusions = errors.New(`only exclusions are given: add a word to look for, as in 'rain -sun'`)
	// ErrTooLong is a query beyond what the index takes.
	ErrTooLong = fmt.Errorf("the query is too long: at most %d words and %d bytes; search for one line at a time", index.MaxItems, index.MaxText)
	// ErrLanguage is a query for lines in what is no language.
	ErrLanguage = errors.New("no language is called so: give a code or an English name, as in en, pol or Japanese")
	// ErrNoEpisode is a query whose source or episode is not in the library.
	ErrNoEpisode = errors.New("no episode of the library is called so: amvlib list shows what there is")
	// ErrNoList is a query for shots of a clip list that there is not.
	ErrNoList = errors.New("no clip list is called so: amvlib clips shows them")
)

// closers are, for each mark that opens a phrase, those that close it. People mix them, and keyboards do.
var closers = map[rune]string{
	'"': `"”“‟＂`, '“': `"”“`, '”': `"”“`, '„': `"”“‟`, '‟': `"”“`, '＂': `"＂`,
	'«': `»"`, '»': `«"`, '「': `」`, '『': `』`, '｢': `｣`,
}

// terms are what a query's text names.
type terms struct {
	words, phrases, exclude []string
	said                    []string // words and phrases, as they follow each other, and what parts the lines of a verse
}

// parse reads a query's text. Nothing is an error of syntax: a quote that is not closed, or a dash before nothing, is not there.
func parse(text string) (terms, error) {
	if len(text) > index.MaxText {
		return terms{}, ErrTooLong
	}
	var t terms
	for rest := strings.ToValidUTF8(text, " "); rest != ""; {
		text := strings.TrimLeftFunc(rest, blank)
		if strings.Contains(rest[:len(rest)-len(text)], "\n") {
			t.said = append(t.said, verseMark)
		}
		rest = t.take(text)
	}
	switch {
	case len(t.words)+len(t.phrases)+len(t.exclude) > index.MaxItems:
		return terms{}, ErrTooLong
	case len(t.words)+len(t.phrases) == 0 && len(t.exclude) > 0:
		return terms{}, ErrOnlyExclusions
	}
	return t, nil
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// take reads one word, phrase or exclusion and gives what follows it.
func (t *terms) take(text string) (rest string) {
	minus := strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−")
	if minus {
		_, n := utf8.DecodeRuneInString(text)
		text = text[n:]
	}
	if phrase, rest, ok := quoted(text); ok {
		t.put(phrase, minus, true)
		return rest
	}
	word, rest := cutWord(text)
	t.put(word, minus, false)
	return rest
}

// verseMark parts the lines of a verse.
const verseMark = "/"

func (t *terms) put(text string, minus, phrase bool) {
	switch {
	case text == verseMark && !minus && !phrase:
		t.said = append(t.said, verseMark)
	case !strings.ContainsFunc(text, spoken):
	case minus:
		t.exclude = append(t.exclude, text)
	case phrase:
		t.phrases, t.said = append(t.phrases, text), append(t.said, text)
	default:
		t.words, t.said = append(t.words, text), append(t.said, text)
	}
}

// spoken tells what can be said aloud from punctuation.
func spoken(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// quoted reads a phrase, where text begins with one that is closed.
func quoted(text string) (phrase, rest string, ok bool) {
	open, n := utf8.DecodeRuneInString(text)
	ends, ok := closers[open]
	if !ok {
		return "", "", false
	}
	i := strings.IndexAny(text[n:], ends)
	if i < 0 {
		return "", "", false
	}
	_, m := utf8.DecodeRuneInString(text[n+i:])
	return strings.TrimFunc(text[n:n+i], blank), text[n+i+m:], true
}

// cutWord reads up to a blank or a quote, and over a quote that stands first, which is one that nothing closes.
func cutWord(text string) (word, rest string) {
	for i, r := range text {
		if _, quote := closers[r]; blank(r) || quote {
			if i == 0 {
				return "", text[utf8.RuneLen(r):]
			}
			return text[:i], text[i:]
		}
	}
	return text, ""
}
