package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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

// widths analyses text in its usual form, full-width digits and half-width kana made plain, and tells where its terms stood before:
// tokenisers take full-width digits for punctuation, and voiced half-width kana are two characters.
type widths struct{ analysis.Analyzer }

func (w widths) Analyze(text []byte) analysis.TokenStream {
	text = valid(text)
	if ascii(string(text)) || norm.NFKC.IsNormal(text) {
		return w.Analyzer.Analyze(text)
	}
	plain, from := usual(text)
	tokens := w.Analyzer.Analyze(plain)
	for _, t := range tokens {
		t.Start, t.End = from[min(t.Start, len(plain))], from[min(t.End, len(plain))]
	}
	return tokens
}

// valid makes a blank of each byte that is no character; filters made for characters panic at one.
func valid(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	out := slices.Clone(text)
	for i := 0; i < len(out); {
		r, n := utf8.DecodeRune(out[i:])
		if r == utf8.RuneError && n == 1 {
			out[i] = ' '
		}
		i += n
	}
	return out
}

// usual gives text in NFKC, and for each of its bytes and the end the place in text where the character it is of begins.
func usual(text []byte) (plain []byte, from []int) {
	var it norm.Iter
	it.Init(norm.NFKC, text)
	for !it.Done() {
		at := it.Pos()
		for _, b := range it.Next() {
			plain, from = append(plain, b), append(from, at)
		}
	}
	return plain, append(from, len(text))
}
