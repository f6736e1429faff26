package index

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/blevesearch/bleve/v2/analysis"
)

// barred are the letters that Unicode does not take apart into a plain one and a mark.
var barred = strings.NewReplacer("ł", "l", "đ", "d", "ø", "o", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i", "ð", "d", "þ", "th",
	"’", "'", "‘", "'", "ʼ", "'")

// Fold is s without case, accents and width: "Słońce" is "slonce", "Ｒａｉｎ" is "rain". Kana keep their voicing marks, for those are
// other sounds, not accents.
func Fold(s string) string {
	s = strings.ToLower(s)
	if ascii(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		foldRune(&b, r)
	}
	return barred.Replace(strings.ToLower(b.String()))
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// foldRune writes r without its marks. Hangul and kana, which decompose as well, stay whole.
func foldRune(b *strings.Builder, r rune) {
	if r < 0x80 || unicode.In(r, unicode.Hangul, unicode.Hiragana, unicode.Katakana) {
		b.WriteRune(r)
		return
	}
	for _, p := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, p) {
			b.WriteRune(p)
		}
	}
}

// folding makes every token its folded self.
type folding struct{}

func (folding) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		t.Term = []byte(Fold(string(t.Term)))
	}
	return in
}

// both keeps a word beside its stem, at the same place and folded, so that Polish typed without its accents, which no stemmer
// knows, finds at least the same form.
type both struct{ stem analysis.TokenFilter }

func (f both) Filter(in analysis.TokenStream) analysis.TokenStream {
	out := make(analysis.TokenStream, 0, 2*len(in))
	for _, t := range in {
		surface := *t
		surface.Term = []byte(Fold(string(t.Term)))
		t.Term = norm.NFC.Bytes(t.Term)
		stem := f.stem.Filter(analysis.TokenStream{t})[0]
		stem.Term = []byte(Fold(string(stem.Term)))
		if string(stem.Term) != string(surface.Term) {
			out = append(out, stem)
		}
		out = append(out, &surface)
	}
	return out
}
