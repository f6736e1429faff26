package index

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// clause is one word or phrase, as a field understands it.
type clause struct {
	part  Part
	ways  []way // any of which is enough; the first is the text as it stands
	faint bool  // it carries nothing: nice to have where others make the match
}

// way is one way of saying a clause.
type way struct {
	text   string // as a query would say it
	slots  []slot
	need   int     // how many of the slots a line must fill
	strict bool    // and they must stand side by side, in order
	prefix string  // every term that begins so fills the one slot too
	near   bool    // its one slot is all that may have been meant
	weight float64 // what it is worth, of 1
}

// plan is a query as a field understands it.
type plan struct {
	wanted, unwanted []clause
	pairs            []pair
	any              bool
}

// pair is two of a plan's wanted clauses, by index, whose words follow each other in the query.
type pair struct{ first, second int }

// What other ways of saying a word are worth beside the word itself.
const (
	sameWord  = 1.0 // good-bye for goodbye
	halfWord  = 0.5 // each of good and bye for goodbye, and goodbye for each of them
	faintness = 0.25
)

// plan is empty (no wanted clauses) where q cannot match in f.
func (f *field) plan(q Query) plan {
	words, at := f.clauses(q.Words, false, q.Any)
	f.join(words, at, q.Words)
	for i := range words {
		f.split(&words[i])
	}
	phrases, _ := f.clauses(q.Phrases, true, false)
	unwanted, _ := f.clauses(q.Exclude, true, false)
	p := plan{any: q.Any, wanted: append(words, phrases...), unwanted: unwanted, pairs: f.pairs(at)}
	f.dim(p.wanted, q.tongue())
	return p
}

// dim makes faint what carries nothing, in f's language or in the query's own: in a Polish track "the" is rare and says no more for
// it. Where there is nothing else, all count.
func (f *field) dim(wanted []clause, own *field) {
	bright := 0
	for i := range wanted {
		c := &wanted[i]
		c.faint = !c.part.Phrase && (f.stopped(c.part.Text) || own != nil && own.stopped(c.part.Text))
		if !c.faint {
			bright++
		}
	}
	for i := range wanted {
		wanted[i].faint = wanted[i].faint && bright > 0
	}
}

// tongue is the field of the language that a query is in, by the words of it that carry nothing there; nil where none leads.
func (q Query) tongue() *field {
	var best *field
	most, tied := 0, false
	for _, f := range fields {
		n := 0
		for _, w := range q.Words {
			if f.stopped(w) {
				n++
			}
		}
		if n < f.telling {
			continue
		}
		if n > most {
			best, most, tied = f, n, false
		} else if n == most {
			tied = true
		}
	}
	if tied {
		return nil
	}
	return best
}

// Tongue is the language that words are in, by those of them that carry nothing there ("the", "się"); empty where none leads.
func Tongue(words []string) string {
	if f := (Query{Words: words}).tongue(); f != nil {
		return f.lang
	}
	return ""
}

// clauses leaves out what has no terms, and makes one of what is there twice. at tells for each text which clause it is, or -1.
func (f *field) clauses(texts []string, phrase, single bool) (out []clause, at []int) {
	seen := map[string]int{}
	for _, text := range texts {
		slots := f.slots(text)
		key := fmt.Sprint(slots)
		i, known := seen[key]
		switch {
		case len(slots) == 0:
			i = -1
		case !known:
			i = len(out)
			seen[key] = i
			out = append(out, f.clause(Part{Text: text, Phrase: phrase}, slots, single))
		}
		at = append(at, i)
	}
	return out, at
}

// clause decides how strictly slots are meant. A word of several terms ("good-bye") is a small phrase. A run of Japanese is a
// word, a sentence or anything between, and its endings bend: two thirds of its pairs will do, and in a lyric line any.
func (f *field) clause(part Part, slots []slot, single bool) clause {
	w := way{text: part.Text, slots: slots, need: len(slots), strict: len(slots) > 1, weight: sameWord}
	if f.loose && !part.Phrase {
		w.strict, w.need = false, twoThirds(len(slots))
		if single {
			w.need = 1
		}
	}
	c := clause{part: part, ways: []way{w}}
	if prefix := f.begun(part.Text); prefix != "" && len(slots) == 1 {
		f.begin(&c, prefix)
		return c
	}
	if f.loose || len(slots) != 2 {
		return c
	}
	whole := unhyphened(part.Text)
	if one := f.slots(whole); len(one) == 1 && lettered(whole, 4) {
		c.ways = append(c.ways, way{text: whole, slots: one, need: 1, weight: sameWord})
	}
	return c
}

// twoThirds of few pairs are rounded down, so that the one ending of a short verb may bend.
func twoThirds(n int) int {
	if n < 4 {
		return max(1, n*2/3)
	}
	return (2*n + 2) / 3
}

// unhyphened is "goodbye" for "good-bye" and for "good bye".
func unhyphened(text string) string {
	return strings.Map(func(r rune) rune {
		if isHyphen(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// join lets two words that follow each other be one in a line: "good bye" finds "goodbye".
func (f *field) join(words []clause, at []int, texts []string) {
	for i := 1; i < len(at) && !f.loose; i++ {
		a, b := at[i-1], at[i]
		if a < 0 || b < 0 || a == b || !lettered(texts[i-1], 2) || !lettered(texts[i], 2) {
			continue
		}
		whole := texts[i-1] + texts[i]
		if one := f.slots(whole); len(one) == 1 {
			w := way{text: whole, slots: one, need: 1, weight: halfWord}
			words[a].ways, words[b].ways = append(words[a].ways, w), append(words[b].ways, w)
		}
	}
}

// split lets a word be two in a line: "goodbye" finds "good bye". Parts of less than three letters say too little.
func (f *field) split(c *clause) {
	text := []rune(c.part.Text)
	if f.loose || len(c.ways) > 1 || len(text) > 24 || !lettered(c.part.Text, 6) {
		return
	}
	for i := 3; i+3 <= len(text); i++ {
		two := string(text[:i]) + " " + string(text[i:])
		if slots := f.slots(two); len(slots) == 2 {
			c.ways = append(c.ways, way{text: two, slots: slots, need: 2, strict: true, weight: halfWord})
		}
	}
}

// lettered tells whether text is letters alone, and enough of them.
func lettered(text string, least int) bool {
	n := 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			return false
		}
		n++
	}
	return n >= least
}

// pairs names the clauses that follow each other in the query. Japanese has no words that could.
func (f *field) pairs(at []int) (out []pair) {
	for i := 1; i < len(at) && !f.loose; i++ {
		if p := (pair{at[i-1], at[i]}); p.first >= 0 && p.second >= 0 && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
