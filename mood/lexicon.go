package mood

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// lexicon finds in folded text what words of a table name.
type lexicon struct {
	spaced map[string][]entry // by the first word, or for beginnings by its first three bytes
	joined []entry            // of scripts without blanks, the longest first
}

// entry is a phrase, of one or more words, and the number of what it names.
type entry struct {
	words []string
	names int
}

// key is what an entry is looked up by.
func key(word string) string { return word[:min(len(word), 3)] }

func newLexicon(words [][]string) *lexicon {
	l := &lexicon{spaced: map[string][]entry{}}
	for i, all := range words {
		for _, w := range all {
			e := entry{strings.Fields(w), i}
			if first, _ := utf8.DecodeRuneInString(w); unspaced(first) {
				l.joined = append(l.joined, e)
				continue
			}
			k := key(strings.TrimSuffix(e.words[0], "*"))
			l.spaced[k] = append(l.spaced[k], e)
		}
	}
	slices.SortStableFunc(l.joined, func(a, b entry) int { return cmp.Compare(len(b.words[0]), len(a.words[0])) })
	return l
}

var axisLexicon = sync.OnceValue(func() *lexicon {
	words := make([][]string, len(axes()))
	for i, a := range axes() {
		words[i] = append([]string{a.Name}, a.Words...)
	}
	return newLexicon(words)
})

// at are the numbers of what the tokens from i on name, by the longest phrase that fits, and how many tokens that takes; 0 where none does.
func (l *lexicon) at(tokens []string, i int) (names []int, took int) {
	longest := 0
	for _, e := range l.spaced[key(tokens[i])] {
		size, ok := e.fits(tokens[i:])
		if !ok || size < longest {
			continue
		}
		if size > longest {
			names, longest, took = nil, size, len(e.words)
		}
		if !slices.Contains(names, e.names) {
			names = append(names, e.names)
		}
	}
	return names, took
}

// fits tells whether tokens begin with e, and by how many bytes. What fits to the letter counts for more than a beginning does.
func (e entry) fits(tokens []string) (size int, ok bool) {
	if len(e.words) > len(tokens) {
		return 0, false
	}
	for i, w := range e.words {
		stem, open := strings.CutSuffix(w, "*")
		if tokens[i] != stem && !(open && strings.HasPrefix(tokens[i], stem)) {
			return 0, false
		}
		if size += 2 * len(stem); tokens[i] == stem {
			size++
		}
	}
	return size, true
}

// within are the numbers of what is named anywhere in a run of a script without blanks, each stretch by the longest word for it, and what
// is left of the run between them. Where a word stands before one of denials, it is told so.
func (l *lexicon) within(run string, name func(number int, word string, denied bool)) (rest []string) {
	from := 0
	for i := 0; i < len(run); {
		word := ""
		for _, e := range l.joined {
			if w := e.words[0]; strings.HasPrefix(run[i:], w) && (word == "" || w == word) {
				word = w
				name(e.names, w, denied(run[i+len(w):]))
			}
		}
		if word == "" {
			_, n := utf8.DecodeRuneInString(run[i:])
			i += n
			continue
		}
		rest = append(rest, run[from:i])
		i += len(word)
		from = i
	}
	return append(rest, run[from:])
}

// denied tells whether what follows a Japanese word takes it back.
func denied(after string) bool {
	for _, no := range []string{"くない", "くなく", "じゃない", "ではない", "でない", "なしで", "のない", "がない"} {
		if strings.HasPrefix(after, no) {
			return true
		}
	}
	return false
}
