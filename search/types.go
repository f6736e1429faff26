package search

import (
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/mood"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// Query is what an editor asks. Zero fields ask for nothing.
type Query struct {
	Text    string        // words; "quoted phrases"; -excluded words; beginnings*
	Any     bool          // one of the words is enough, more rank higher; otherwise all must be there (lyric lines are asked with Any)
	Source  string        // part of an anime's title, case and accents folded
	Episode string        // "7", "S02E07", "2x07", "Alpha 7", or part of a file name that is no number
	Lang    string        // "en", "eng", "EN" or "English"
	Min     timecode.Time // shortest and
	Max     timecode.Time // longest shot
	Limit   int           // shots; 0 is 20, and more than MaxLimit are MaxLimit

	First, Last float64                // only episodes with such numbers, both included; Last 0: however high
	Kind        subtitles.Kind         // of the line
	Speaker     string                 // part of the name of who speaks, and
	Style       string                 // of the line's style, case and accents folded
	Tags        []string               // all of them are on the line, its shot or its episode, case and accents folded
	Note        string                 // part of the note on the line, its shot or its episode, case and accents folded
	MinRating   int                    // of the line or of its shot, or of its episode where the shot has none; 0: none is needed
	List        string                 // only shots of the user's clip list of this name
	Flags       flags.Set              // all of them are on the shot, and
	NoFlags     flags.Set              // none of these
	Leave       map[int64]map[int]bool // shots, by the IDs of their episodes and their own numbers, that may not answer
	Sort        Order
	Voice       Voice
	Context     int // so many lines before and after each hit's are read; at most MaxContext

	Translations bool // of each hit's line are read

	Fold   bool     // of hits that show the same footage, or have the same line in two tracks, the first alone is given, with the others in its Also
	Spread bool     // several anime take turns, where their hits are of about the same worth
	Like   ShotName // how like this shot counts too, and alone where there are no words; the zero ShotName: nothing does

	// Mood is what shots are to be like: Mood.Traits must all be there, Mood.Text puts in order, and alone where there are no words.
	Mood mood.Wish
}

// Voice is what a query is answered by.
type Voice string

// The voices. A query that is answered by both takes words as a lyric line's: any is enough, and more rank higher.
const (
	ByBoth    Voice = ""
	ByWords   Voice = "words"
	ByMeaning Voice = "meaning"
)

// MaxContext is how many lines are read before and after a hit at most.
const MaxContext = 100

// Order is what hits are put in order by. It does not change which hits there are: those are the best, and of a query without words
// the first in the order that is asked for.
type Order string

// The orders. ByTime is as the library counts its episodes, then time; BySource is by title, season, number and time.
const (
	ByScore  Order = "score" // the default; of a query without words that of time
	ByTime   Order = "time"
	ByLength Order = "length" // longest first
	BySource Order = "source"
)

// MaxLimit is how many shots an answer has at most.
const MaxLimit = index.MaxLimit

// Hit is a shot that answers a query. Episode.Path is empty where another film has taken the place of the episode's only file: there
// is nothing to cut from. Such hits come after others of the same score.
type Hit struct {
	Episode *catalog.Episode
	Shot    catalog.Shot
	Shots   []int         // numbers of all shots that the line is in, Shot's among them; nil where there is no line
	Line    *catalog.Line // the line that was found; nil where the shot was found without one
	Marks   []Mark        // the words in Line.Text that matched, in order
	Score   float64       // higher is better; comparable within one answer
	Why     []Reason
	Said    catalog.Remarks // of the shot; its tags and rating are its episode's too
	Before  []catalog.Line  // Line's neighbours in its track, in order, as far as Query.Context asks
	After   []catalog.Line

	Translations []catalog.Line // the same moment in other languages, in order, where Query.Translations asks for it

	best     bool            // of its group
	LineSaid catalog.Remarks // of Line, and of no shot
	Also     []Also          // where the same footage is too, as far as Query.Fold asks
	Group    int             // shots of the same number, not 0, show the same footage, as far as the library knows

	Facets []mood.Reason // what words, picture, pace and sound say to Query.Mood, each by itself
}

// Mark is a stretch of a text, in bytes.
type Mark struct{ Start, End int }

// Reason is one thing that speaks for a hit.
type Reason struct {
	// Kind is "word" or "phrase"; "like": a word that is one slip away from the one that no line has; "meaning"; "look": of Query.Like; "mood" and
	// "leans": what is said, and what picture, pace and sound tend to be.
	Kind string `json:"kind"`
	// Text is what matched, as it stands in the line; of "look" the name of what is alike; the mood, or what leans to it; of "meaning" how near
	// the line is: 2 is near, 5 says the same.
	Text  string  `json:"text"`
	Score float64 `json:"score"`
}
