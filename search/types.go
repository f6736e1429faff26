package search

import (
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/timecode"
)

// Query is what an editor asks. Zero fields ask for nothing.
type Query struct {
	Text    string        // words; "quoted phrases"; -excluded words
	Any     bool          // one of the words is enough, more rank higher; otherwise all must be there (lyric lines are asked with Any)
	Source  string        // part of an anime's title, case and accents folded
	Episode string        // "7", "S02E07", "2x07", "Alpha 7", or part of a file name that is no number
	Lang    string        // "en", "eng", "EN" or "English"
	Min     timecode.Time // shortest and
	Max     timecode.Time // longest shot
	Limit   int           // shots; 0 is 20, and more than MaxLimit are MaxLimit
}

// MaxLimit is how many shots an answer has at most.
const MaxLimit = index.MaxLimit

// Hit is a shot that answers a query. Episode.Path is empty where another film has taken the place of the episode's only file: there
// is nothing to cut from. Such hits come after others of the same score.
type Hit struct {
	Episode *catalog.Episode
	Shot    catalog.Shot
	Shots   []int         // numbers of all shots that the line is in, Shot's among them; nil where there is no line
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
