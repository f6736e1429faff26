package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	bleve "github.com/blevesearch/bleve_index_api"
)

const (
	likeSwap  = 0.4 // what a word is worth whose letters stand in the wrong order, beside the word itself,
	likeWord  = 0.3 // and one that is another slip away: the most usual is the former
	mostLike  = 8   // terms that stand for a word with a slip in it
	mostBegun = 64  // terms that stand for the beginning of a word: the commonest
)

// begun is the beginning that text asks for: "rain" of "rain*". One letter says too little, and in Japanese every run is one.
func (f *field) begun(text string) string {
	head, ok := strings.CutSuffix(text, "*")
	if !ok || !lettered(head, 2) || ideographic(head) {
		return ""
	}
	return Fold(head)
}

// begin makes of c all words that begin as its own does. Terms are stems, which may be shorter than what is asked for ("rain" of
// raining, for "raini*"), so words that it may become are looked for too.
func (f *field) begin(c *clause, prefix string) {
	whole := slot{}
	for _, ending := range append([]string{""}, f.grown...) {
		for _, s := range f.slots(prefix + ending) {
			whole = append(whole, s...)
		}
	}
	slices.Sort(whole)
	c.ways = []way{{text: c.part.Text, slots: []slot{slices.Compact(whole)}, need: 1, weight: sameWord, prefix: prefix}}
}

// blur lets a word stand for those that are one slip away: a letter too many, missing, wrong, or two in the wrong order. Slips are made
// in the word, not in its stem, for a slip in an ending has another stem altogether. Of short words the first letter is right: snow is
// not meant for now.
func (f *field) blur(c *clause) {
	if f.loose || c.faint || c.part.Phrase || c.ways[0].prefix != "" || !lettered(c.part.Text, 4) || utf8.RuneCountInString(c.part.Text) > 24 {
		return
	}
	word := []rune(Fold(c.part.Text))
	for _, near := range []way{{slots: f.meant(swaps(word)), weight: likeSwap}, {slots: f.meant(slips(word)), weight: likeWord}} {
		near.text, near.need, near.near = c.part.Text, 1, true
		c.ways = append(c.ways, near)
	}
}

// meant is one slot of the terms of all words that carry something.
func (f *field) meant(words []string) []slot {
	var terms slot
	words = slices.DeleteFunc(words, f.stopped)
	for _, s := range f.slots(strings.Join(words, " ")) {
		terms = append(terms, s...)
	}
	slices.Sort(terms)
	return []slot{slices.Compact(terms)}
}

// swaps are the words that w is with two letters in the wrong order.
func swaps(w []rune) (out []string) {
	for i := guessed(w); i+1 < len(w); i++ {
		s := slices.Clone(w)
		s[i], s[i+1] = s[i+1], s[i]
		out = append(out, string(s))
	}
	return out
}

// guessed is the first letter that may be wrong: in a short word the second.
func guessed(w []rune) int {
	if len(w) < 6 {
		return 1
	}
	return 0
}

// slips are the words that w is with a letter too many, missing or wrong.
func slips(w []rune) (out []string) {
	letters := alphabet(w[0])
	for i := guessed(w); i <= len(w); i++ {
		head, tail := string(w[:i]), w[i:]
		for _, l := range letters {
			out = append(out, head+string(l)+string(tail))
			if len(tail) > 0 {
				out = append(out, head+string(l)+string(tail[1:]))
			}
		}
		if len(tail) > 0 {
			out = append(out, head+string(tail[1:]))
		}
	}
	return out
}

// alphabet is of the letters that a keyboard with r on it has, folded; nil where it is not known.
func alphabet(r rune) []rune {
	switch {
	case r < 0x80:
		return []rune("abcdefghijklmnopqrstuvwxyz")
	case unicode.Is(unicode.Cyrillic, r):
		return []rune("абвгдежзиклмнопрстуфхцчшщъыьэюя")
	case unicode.Is(unicode.Greek, r):
		return []rune("αβγδεζηθικλμνξοπρστυφχψως")
	}
	return nil
}

// settle puts the terms that the library has in place of those that w leaves open.
func (s *survey) settle(f *field, w way) (way, error) {
	switch {
	case w.prefix != "":
		begun, err := beginning(s.r, f.fieldName(), w.prefix, func(term string) bool { return !slices.Contains(w.slots[0], term) })
		slices.SortStableFunc(begun, func(a, b counted) int { return cmp.Compare(b.count, a.count) })
		w.slots = []slot{slices.Clone(w.slots[0])}
		for _, b := range begun[:min(len(begun), mostBegun)] {
			w.slots[0] = append(w.slots[0], b.term)
		}
		return w, err
	case w.near:
		terms, err := s.likeliest(f, w)
		w.slots = []slot{terms}
		return w, err
	}
	return w, nil
}

// likeliest are the terms that w most likely means: the first letter is seldom wrong, and common words are typed most.
func (s *survey) likeliest(f *field, w way) (slot, error) {
	there, err := s.there(f, w.slots[0])
	if err != nil || len(there) == 0 {
		return nil, err
	}
	first, _ := utf8.DecodeRuneInString(Fold(w.text))
	apart := func(c counted) int {
		if r, _ := utf8.DecodeRuneInString(c.term); r == first {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(there, func(a, b counted) int { return cmp.Or(cmp.Compare(apart(a), apart(b)), cmp.Compare(b.count, a.count)) })
	var out slot
	for _, c := range there[:min(len(there), mostLike)] {
		if apart(c) == apart(there[0]) {
			out = append(out, c.term)
		}
	}
	return out, nil
}

// there leaves those of many terms that f has. Most are no words at all, and asking whether a term is there costs far less than counting.
func (s *survey) there(f *field, terms slot) (out []counted, err error) {
	dict, err := s.r.(bleve.IndexReaderContains).FieldDictContains(f.fieldName())
	if err != nil {
		return nil, err
	}
	for _, term := range terms {
		ok, err := dict.Contains([]byte(term))
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		n, err := s.count(f.fieldName(), term)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, counted{term, n})
		}
	}
	return out, nil
}
