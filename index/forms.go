package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// spellings makes one of what people write in several ways: don't is dont, U.S.A. is USA, 1,000 is 1000.
type spellings struct{}

func (spellings) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		t.Term = []byte(respell(string(t.Term)))
	}
	return in
}

// others are words that would be taken for something else without their marks: he'll is no hell.
var others = map[string]bool{"hell": true, "shell": true, "well": true, "ill": true, "were": true, "id": true, "wed": true, "shed": true,
	"us": true, "am": true}

// respell is a folded word as it is spelt with the fewest marks.
func respell(word string) string {
	plain := word
	switch {
	case strings.ContainsAny(word, "'’"):
		plain = strings.NewReplacer("'", "", "’", "").Replace(word)
	case strings.Contains(word, ".") && initials(word):
		plain = strings.ReplaceAll(word, ".", "")
	case strings.Contains(word, ",") && grouped(word):
		plain = strings.ReplaceAll(word, ",", "")
	}
	if plain == "" || others[plain] {
		return word
	}
	return plain
}

// initials tells of single letters with dots between them.
func initials(word string) bool {
	for piece := range strings.SplitSeq(word, ".") {
		r, n := utf8.DecodeRuneInString(piece)
		if n != len(piece) || !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// grouped tells of a number whose digits go by threes.
func grouped(word string) bool {
	for i, group := range strings.Split(word, ",") {
		if strings.Trim(group, "0123456789") != "" || group == "" || len(group) > 3 || i > 0 && len(group) < 3 {
			return false
		}
	}
	return true
}

// hyphened adds to the parts of "good-bye" the whole, at the place of the first of them. Lines alone are cut so: a query says in its
// plan that either will do.
type hyphened struct{ analysis.Tokenizer }

const mostParts = 4 // of a word with hyphens; more are a stutter

func (h hyphened) Tokenize(text []byte) analysis.TokenStream {
	in := h.Tokenizer.Tokenize(text)
	var out analysis.TokenStream
	for i := 0; i < len(in); {
		n := linked(text, in[i:])
		out = append(out, in[i])
		if whole := in[i : i+n]; n > 1 && n <= mostParts {
			out = append(out, fused(whole))
		}
		out = append(out, in[i+1:i+n]...)
		i += n
	}
	return out
}

// linked is how many of tokens have nothing but hyphens between them. Stutters ("I-I") are no runs: parts have two letters.
func linked(text []byte, tokens analysis.TokenStream) int {
	n := 1
	for n < len(tokens) && lettered(string(tokens[n-1].Term), 2) && lettered(string(tokens[n].Term), 2) {
		r, size := utf8.DecodeRune(text[tokens[n-1].End:tokens[n].Start])
		if !isHyphen(r) || tokens[n-1].End+size != tokens[n].Start {
			break
		}
		n++
	}
	return n
}

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }

func fused(parts analysis.TokenStream) *analysis.Token {
	t := *parts[0]
	t.Term = nil
	for _, p := range parts {
		t.Term = append(t.Term, p.Term...)
	}
	t.End = parts[len(parts)-1].End
	return &t
}
