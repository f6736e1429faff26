package index

import (
	"errors"
	"fmt"

	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// The bounds of a query. Nobody types more; a file given by mistake has more.
const (
	MaxItems = 128  // words, phrases and exclusions together
	MaxText  = 4096 // bytes in all of them together
	MaxLimit = 100000
)

// ErrNothingAsked is returned for a query without a word or phrase that could be looked for.
var ErrNothingAsked = errors.New("a query needs a word or a phrase")

// ErrTooLong is returned for a query beyond MaxItems or MaxText.
var ErrTooLong = fmt.Errorf("a query has at most %d words and %d bytes", MaxItems, MaxText)

// Query asks for lines. Words and phrases are as people type them; case, accents and width do not matter. A word of letters that ends
// in * stands for all that begin so.
type Query struct {
	Words     []string
	Phrases   []string       // their words stand side by side, in order
	Exclude   []string       // words or phrases; a line with one of them is no match
	Any       bool           // one of Words and Phrases is enough; otherwise all must be there
	Like      bool           // a word that no line has stands for those that are one slip of the finger away
	Shots     bool           // of each shot only the line that comes first; none that is in no shot
	Lang      string         // "en": only lines of that language; empty: of every one
	Kind      subtitles.Kind // only such lines; empty: of every kind
	Speaker   string         // only lines of speakers, and
	Style     string         // in styles, with this in their name, case and accents folded
	Episodes  []int64        // only these; nil: all of them; empty but not nil: none
	MinLength timecode.Time
	MaxLength timecode.Time                            // of a shot that a line is in; 0: however long
	Among     func(episode, line int64, shot int) bool // only such lines, in such shots; nil: all
	Last      []int64                                  // lines of these episodes come after others that are worth the same
	Limit     int                                      // 0 is 20; at most MaxLimit
}

// Match is a line that answers a query.
type Match struct {
	Line    int64 // its ID in the catalog
	Episode int64
	Shot    int // number of the shot, among those of fitting length, that it overlaps most; 0 where it is in none
	Start   timecode.Time
	Score   float64 // the sum of its parts
	Share   float64 // Score beside that of a line of usual length that has all of the query once: comparable from query to query
	Parts   []Part  // in the order of the query: words, then phrases
}

// Part is what one word or phrase of a query adds to a match's score. A word's holds what standing beside its neighbour adds.
type Part struct {
	Text   string // as it stands in the query
	Phrase bool
	Like   bool    // found by a word that is one slip away
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
