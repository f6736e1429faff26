package index

import (
	"bytes"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/token/elision"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
)

// tellingStops is how many words that carry nothing tell that a query is in one of these languages: one may be another language's
// word ("die", "come", "son").
const tellingStops = 2

// stemmed are the fields of languages that bleve has a stemmer for which needs no table.
func stemmed() []*field {
	german := both{de.NewGermanNormalizeFilter(), de.NewGermanLightStemmerFilter()}
	return []*field{
		stemmedField("de", german, nil, de.GermanStopWords),
		stemmedField("fr", fr.NewFrenchLightStemmerFilter(), fr.FrenchArticles, fr.FrenchStopWords),
		stemmedField("es", both{es.NewSpanishNormalizeFilter(), es.NewSpanishLightStemmerFilter()}, nil, es.SpanishStopWords),
		stemmedField("ru", ru.NewRussianStemmerFilter(), nil, ru.RussianStopWords),
		stemmedField("pt", pt.NewPortugueseLightStemmerFilter(), nil, pt.PortugueseStopWords),
		stemmedField("it", it.NewItalianLightStemmerFilterFilter(), it.ItalianArticles, it.ItalianStopWords),
	}
}

// stemmedField has articles that an apostrophe joins to the word behind them ("l'amour"), where there are such.
func stemmedField(lang string, stem analysis.TokenFilter, articles, stops []byte) *field {
	analyser := func(line bool) func() analysis.Analyzer {
		return sync.OnceValue(func() analysis.Analyzer {
			return chain(line, lowercase.NewLowerCaseFilter(), apart(articles), spellings{}, twice{stem})
		})
	}
	return &field{name: lang, lang: lang, line: analyser(true), query: analyser(false), stop: stopWords(stops), usual: 8, telling: tellingStops}
}

// apart takes articles off.
func apart(articles []byte) analysis.TokenFilter {
	words := analysis.NewTokenMap()
	_ = words.LoadBytes(articles) // it fails for no bytes at all
	return elision.NewElisionFilter(words)
}

// both is one filter after another.
type both struct{ first, second analysis.TokenFilter }

func (b both) Filter(in analysis.TokenStream) analysis.TokenStream {
	return b.second.Filter(b.first.Filter(in))
}

// twice puts two stems of a word at its place where they differ: that of the word with its accents, which tell its endings ("corações"),
// and that of the word without, as it is typed in a hurry ("coracoes"). Either is enough to match.
type twice struct{ stem analysis.TokenFilter }

func (f twice) Filter(in analysis.TokenStream) analysis.TokenStream {
	out := make(analysis.TokenStream, 0, 2*len(in))
	for _, t := range in {
		plain := *t
		plain.Term = f.of(Fold(string(t.Term)))
		if as := f.of(string(t.Term)); !bytes.Equal(as, plain.Term) {
			accented := *t
			accented.Term = as
			out = append(out, &accented)
		}
		out = append(out, &plain)
	}
	return out
}

// of is the stem of word, folded. One that leaves nothing is no stem.
func (f twice) of(word string) []byte {
	t := analysis.Token{Term: []byte(word)}
	stem := Fold(string(f.stem.Filter(analysis.TokenStream{&t})[0].Term))
	if stem == "" {
		return []byte(Fold(word))
	}
	return []byte(stem)
}
