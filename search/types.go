package search

import (
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// Query is what an editor asks. Zero fields ask for nothing.
type Query struct {
	Text    string        // words; "quoted phrases"; -excluded words
	Any     bool          // one of the words is enough, more rank higher; otherwise all must be there (lyric lines are asked with Any)
	Source  string        // part of an anime's title, case and accents folded
	Episode string        // an episode's number, or part of its file name
	Lang    string        // "en", "pl", "ja"
	Min     timecode.Time // shortest and
	Max     timecode.Time // longest shot
	Limit   int           // 0 is 20
}

// Hit is a shot that answers a query.
type Hit struct {
	Episode *catalog.Episode
	Shot    catalog.Shot
	Line    *catalog.Line // the line that was found; nil where the shot was found without words
	Marks   []Mark        // the words in Line.Text that matched, in order
	Score   float64       // higher is better; comparable within one answer
	Why     []Reason
}

// Mark is a stretch of a text, in bytes.
type Mark struct{ Start, End int }

// Reason is one thing that speaks for a hit.
type Reason struct {
	Kind  string  `json:"kind"` // "word", "phrase"
	Text  string  `json:"text"` // what matched, as it stands in the line
	Score float64 `json:"score"`
}
