package index

import (
	"errors"
	"fmt"

	"github.com/amvlib/amvlib/timecode"
)

// The bounds of a query. Nobody types more; a file given by mistake has more.
const (
	MaxItems = 128  // words, phrases and exclusions together
	MaxText  = 4096 // bytes in all of them together
	MaxLimit = 10000
)

// ErrNothingAsked is returned for a query without a word or phrase that could be looked for.
var ErrNothingAsked = errors.New("a query needs a word or a phrase")

// ErrTooLong is returned for a query beyond MaxItems or MaxText.
var ErrTooLong = fmt.Errorf("a query has at most %d words and %d bytes", MaxItems, MaxText)

// Query asks for lines. Words and phrases are as people type them; case, accents and width do not matter.
type Query struct {
	Words     []string
	Phrases   []string // their words stand side by side, in order
	Exclude   []string // words or phrases; a line with one of them is no match
	Any       bool     // one of Words and Phrases is enough; otherwise all must be there
	Lang      string   // "en": only lines of that language; empty: of every one
	Episodes  []int64  // only these; nil: all of them; empty but not nil: none
	MinLength timecode.Time
	MaxLength timecode.Time // of the shot that a line belongs to; 0: however long
	Limit     int           // 0 is 20; at most MaxLimit
}

// Match is a line that answers a query.
type Match struct {
	Line    int64 // its ID in the catalog
	Episode int64
	Shot    int // number of the shot it belongs to; 0 where it belongs to none
	Start   timecode.Time
	Score   float64 // the sum of its parts
	Parts   []Part  // in the order of the query: words, then phrases
}

// Part is what one word or phrase of a query adds to a match's score.
type Part struct {
	Text   string // as it stands in the query
	Phrase bool
	Score  float64 // above 0
}

func (q Query) check() error {
	items, bytes := 0, 0
	for _, list := range [][]string{q.Words, q.Phrases, q.Exclude} {
		for _, s := range list {
			items, bytes = items+1, bytes+len(s)
		}
	}
	if items > MaxItems || bytes > MaxText {
		return ErrTooLong
	}
	if len(q.Words)+len(q.Phrases) == 0 {
		return ErrNothingAsked
	}
	return nil
}

func (q Query) limit() int {
	if q.Limit <= 0 {
		return 20
	}
	return min(q.Limit, MaxLimit)
}

// clause is one word or phrase, as a field understands it.
type clause struct {
	part   Part
	slots  []slot
	need   int  // how many of the slots a line must fill
	strict bool // and they must stand side by side, in order
}

// plan is a query as a field understands it.
type plan struct {
	wanted, unwanted []clause
	any              bool
}

// plan is empty (no wanted clauses) where q cannot match in f.
func (f *field) plan(q Query) plan {
	words, stops := f.words(q)
	p := plan{any: q.Any, wanted: append(words, f.clauses(q.Phrases, true, false)...)}
	if len(p.wanted) == 0 {
		p.wanted = stops
	}
	p.unwanted = f.clauses(q.Exclude, true, false)
	return p
}

// words parts a query's words into those that carry something and those that do not, in f's language or in the query's own: in a
// Polish track "the" is rare and says no more for it.
func (f *field) words(q Query) (words, stops []clause) {
	own := q.tongue()
	for _, c := range f.clauses(q.Words, false, q.Any) {
		if f.stopped(c.part.Text) || own != nil && own.stopped(c.part.Text) {
			stops = append(stops, c)
		} else {
			words = append(words, c)
		}
	}
	return words, stops
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

// clauses leaves out what has no terms and what was there before.
func (f *field) clauses(texts []string, phrase, single bool) []clause {
	var out []clause
	seen := map[string]bool{}
	for _, text := range texts {
		slots := f.slots(text)
		if key := fmt.Sprint(slots); len(slots) > 0 && !seen[key] {
			seen[key] = true
			out = append(out, f.clause(Part{Text: text, Phrase: phrase}, slots, single))
		}
	}
	return out
}

// clause decides how strictly slots are meant. A word of several terms ("good-bye") is a small phrase. A run of Japanese is a
// word, a sentence or anything between, and its endings bend: two thirds of its pairs will do, and in a lyric line any.
func (f *field) clause(part Part, slots []slot, single bool) clause {
	c := clause{part: part, slots: slots, need: len(slots), strict: len(slots) > 1}
	if f.loose && !part.Phrase {
		c.strict, c.need = false, (2*len(slots)+2)/3
		if single {
			c.need = 1
		}
	}
	return c
}
