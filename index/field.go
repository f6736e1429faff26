package index

import (
	"sync"
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/pl"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
	segments "github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
)

// field is one family of languages: how its lines are cut into terms, and how a query to them is.
type field struct {
	name  string
	lang  string                   // the one language of its lines; empty where there may be several
	line  func() analysis.Analyzer // of lines
	query func() analysis.Analyzer // of queries; the terms it makes are among those that line makes
	stop  func() analysis.TokenMap // words that carry nothing, folded
	usual float64                  // terms in a usual line: what BM25 takes for the average length, the same in every library
	grown []string                 // what the beginning of a word may go on with that stemming cuts off with some of the beginning
	loose bool                     // words run together, so a query's are runs of characters

	telling int // how many words that carry nothing tell that a query is in its language; 0 is one
}

// The fields that lines fall into where their language does not say.
var (
	cjkField = &field{name: "cjk", line: sync.OnceValue(func() analysis.Analyzer { return pairs(true) }),
		query: sync.OnceValue(func() analysis.Analyzer { return pairs(false) }), stop: stopWords(nil), usual: 20, loose: true}
	anyField = &field{name: "any", line: sync.OnceValue(func() analysis.Analyzer { return plain(true) }),
		query: sync.OnceValue(func() analysis.Analyzer { return plain(false) }), stop: stopWords(nil), usual: 7}
)

// fields in a fixed order. A field's analysers are made when they are first needed: the table of Polish stems takes 25 ms to load.
var fields = append([]*field{
	{name: "en", lang: "en", line: sync.OnceValue(func() analysis.Analyzer { return english(true) }),
		query: sync.OnceValue(func() analysis.Analyzer { return english(false) }), stop: stopWords(en.EnglishStopWords), usual: 7,
		grown: []string{"g", "ng", "ing", "d", "ed", "s", "es", "y", "ly", "e"}},
	{name: "pl", lang: "pl", line: sync.OnceValue(func() analysis.Analyzer { return polish(true) }),
		query: sync.OnceValue(func() analysis.Analyzer { return polish(false) }), stop: stopWords(pl.PolishStopWords), usual: 9},
	cjkField, anyField,
}, stemmed()...)

// chain cuts words, for lines those with hyphens into their parts and the whole.
func chain(line bool, filters ...analysis.TokenFilter) analysis.Analyzer {
	var cut analysis.Tokenizer = segments.NewUnicodeTokenizer()
	if line {
		cut = hyphened{cut}
	}
	return widths{&analysis.DefaultAnalyzer{Tokenizer: cut, TokenFilters: filters}}
}

// english keeps stop words, which bleve's own drops: "to be or not to be" is a line too.
func english(line bool) analysis.Analyzer {
	return chain(line, lowercase.NewLowerCaseFilter(), folding{}, en.NewPossessiveFilter(), spellings{}, porter.NewPorterStemmer())
}

func polish(line bool) analysis.Analyzer {
	stem, err := stemmer()
	if err != nil { // the table is compiled in; without it the words as they stand remain
		return plain(line)
	}
	return chain(line, lowercase.NewLowerCaseFilter(), spellings{}, stems{stem})
}

// stemmer is for lines and queries alike: it holds megabytes.
var stemmer = sync.OnceValues(pl.NewPolishStemmerFilter)

// pairs makes single characters too for lines, so that a query of one character finds them.
func pairs(singles bool) analysis.Analyzer {
	return chain(false, lowercase.NewLowerCaseFilter(), cjk.NewCJKBigramFilter(singles))
}

func plain(line bool) analysis.Analyzer { return chain(line, folding{}, spellings{}) }

func stopWords(list []byte) func() analysis.TokenMap {
	return sync.OnceValue(func() analysis.TokenMap {
		raw, folded := analysis.NewTokenMap(), analysis.NewTokenMap()
		if raw.LoadBytes(list) != nil {
			return folded
		}
		for word := range raw {
			folded.AddToken(Fold(word))
			folded.AddToken(respell(Fold(word)))
		}
		return folded
	})
}

// fieldOf is where a line is indexed: by its script where that says enough, for tracks are often mislabelled, then by its language.
func fieldOf(lang, text string) *field {
	if lang == "ja" || lang == "zh" || ideographic(text) {
		return cjkField
	}
	for _, f := range fields {
		if f.lang != "" && f.lang == lang {
			return f
		}
	}
	return anyField
}

// ideographic tells whether at least half of text's letters are kana or Han.
func ideographic(text string) bool {
	letters, wide := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
				wide++
			}
		}
	}
	return wide > 0 && 2*wide >= letters
}

// slot is one place of a query's text: the terms of which any one fills it.
type slot []string

// slots cuts a piece of a query as f's queries are cut, in order. Marks of punctuation give none.
func (f *field) slots(text string) []slot {
	var out []slot
	last := -1
	for _, t := range f.query().Analyze([]byte(text)) {
		if t.Position == last {
			out[len(out)-1] = append(out[len(out)-1], string(t.Term))
			continue
		}
		last, out = t.Position, append(out, slot{string(t.Term)})
	}
	return out
}

// stopped tells whether word carries nothing in f's language.
func (f *field) stopped(word string) bool { return f.stop()[Fold(word)] }
