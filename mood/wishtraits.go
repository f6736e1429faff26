package mood

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// ErrTrait is a word for no trait of the facet that is asked for.
type ErrTrait struct {
	Word  string
	Facet Facet
}

func (e *ErrTrait) Error() string {
	return fmt.Sprintf("%.40q is no %s that can be told: say one or more of %s", e.Word, e.Facet, strings.Join(named(e.Facet), ", "))
}

func named(f Facet) (names []string) {
	for _, t := range traits {
		if t.Facet == f {
			names = append(names, t.Name)
		}
	}
	return names
}

// ParseTraits reads traits of one facet, parted by commas or blanks: "dark,still,red", "black background". Each is given once. Errors:
// ErrTrait, also where none is named; ErrTooLong.
func ParseTraits(of Facet, text string) (all []Trait, err error) {
	if len(text) > MaxText {
		return nil, ErrTooLong
	}
	l := traitLexicon(of)
	for _, part := range strings.FieldsFunc(strings.ToValidUTF8(text, " "), func(r rune) bool { return strings.ContainsRune(",;、，", r) || unicode.IsControl(r) }) {
		words := strings.Fields(fold(part))
		for i := 0; i < len(words); {
			names, took := l.read(words, i)
			if took == 0 {
				return nil, &ErrTrait{words[i], of}
			}
			for _, n := range names {
				if !slices.ContainsFunc(all, func(t Trait) bool { return t.Name == traits[n].Name }) {
					all = append(all, traits[n])
				}
			}
			i += took
		}
	}
	if len(all) == 0 {
		return nil, &ErrTrait{text, of}
	}
	return all, nil
}

// read is at, for words of any script.
func (l *lexicon) read(words []string, i int) (names []int, took int) {
	if first, _ := firstRune(words[i]); !unspaced(first) {
		return l.at(words, i)
	}
	rest := l.within(words[i], func(n int, _ string, not bool) {
		if !not {
			names = append(names, n)
		}
	})
	if len(names) == 0 || slices.ContainsFunc(rest, containsHan) {
		return nil, 0
	}
	return names, 1
}

var lexicons sync.Map // of traits, by facet

// traitLexicon numbers its traits as traits does.
func traitLexicon(of Facet) *lexicon {
	if l, ok := lexicons.Load(of); ok {
		return l.(*lexicon)
	}
	words := make([][]string, len(traits))
	for i, t := range traits {
		if t.Facet == of {
			words[i] = append([]string{t.Name}, t.Words...)
		}
	}
	l, _ := lexicons.LoadOrStore(of, newLexicon(words))
	return l.(*lexicon)
}

// traitNamed is one of traits.
func traitNamed(name string) (Trait, bool) {
	i := slices.IndexFunc(traits, func(t Trait) bool { return t.Name == name })
	if i < 0 {
		return Trait{}, false
	}
	return traits[i], true
}
