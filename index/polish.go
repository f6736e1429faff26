package index

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
)

// stems puts two stems of a Polish word at its place. The dictionary's knows verbs, but guesses wildly at a word that it does not have
// in that form ("słońcem") or that is typed without accents; cutting the ending off does neither. Either is enough to match.
type stems struct{ dictionary analysis.TokenFilter }

func (f stems) Filter(in analysis.TokenStream) analysis.TokenStream {
	out := make(analysis.TokenStream, 0, 2*len(in))
	for _, t := range in {
		cut := *t
		cut.Term = []byte(cutEnding(Fold(string(t.Term))))
		known := f.dictionary.Filter(analysis.TokenStream{t})[0]
		known.Term = []byte(Fold(string(known.Term)))
		if string(known.Term) != string(cut.Term) && akin(string(known.Term), string(cut.Term)) {
			out = append(out, known)
		}
		out = append(out, &cut)
	}
	return out
}

// akin tells a stem that may be right from a wild guess ("ąc" for "miłość"): it begins as the word does, for two letters and half of it.
func akin(stem, word string) bool {
	n := 0
	for n < min(len(stem), len(word)) && stem[n] == word[n] {
		n++
	}
	return n >= 2 && 2*n >= len(word)
}

// endings of nouns, adjectives and verbs, folded, longest first.
var endings = longestFirst(strings.Fields(`a e i o u y
	ie ia iu ii io ow om em am ym im ej ich ych ami ach iem iom iej iami iach owi owie ego emu iego iemu ymi imi
	ac al asz aj aja amy acie ala ali alo aly alem alam ic il isz imy icie ila ili ilo ily ilem ilam ij iaj
	ec esz emy ecie ia iesz iemy iecie uje ujesz ujemy ujecie uja owac owal owala owali`))

func longestFirst(list []string) []string {
	slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(list)
}

// cutEnding leaves three letters at least, for shorter stems say nothing.
func cutEnding(word string) string {
	for _, e := range endings {
		if len(word) >= len(e)+3 && strings.HasSuffix(word, e) {
			return word[:len(word)-len(e)]
		}
	}
	return word
}
