package search

import (
	"cmp"
	"fmt"
	"math"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/subtitles"
)

// What words and meaning are worth in one score, chosen on the tuning half of the relevance set. Nearness is counted in standard deviations; a
// share of 1 is a line that has all of the query's words. Its third power lets a word or two in common, which most lines share by chance,
// count for next to nothing, and has what says the query word for word come first.
const (
	wordsWorth  = 6
	aroundWorth = 1    // of the lines around one, beside it
	aroundWide  = 1.25 // what they widen nearness by
	leastNear   = 0.8  // a line that is no nearer and shares no word is no answer
	mostNear    = 1.5  // nor is any such line where none is nearer, but of a mood: what is asked is meant by nothing here
	songWorth   = 0.8  // a song is heard in every episode, over credits
	signWorth   = 0.7  // writing in the picture is not spoken
	scale       = 10   // of all that, 1 is as good as can be wished
)

// weighed is a line on its way to a hit.
type weighed struct {
	index.Match
	near float64 // 0 where it is not known, or far
	line *catalog.Line
	last bool // after those that are worth the same
}

// most is what w is worth at best: what kind of line it is is not known before it is read.
func (w *weighed) most() float64 { return w.words() + w.meaning() }

func (w *weighed) words() float64 {
	return wordsWorth * math.Pow(min(w.Share, 1), 3) / scale
}

func (w *weighed) meaning() float64 { return max(w.near, 0) / scale }

// kind is what is left of the worth of a line that is not spoken.
func (w *weighed) kind() float64 {
	switch w.line.Kind {
	case subtitles.Song:
		return songWorth
	case subtitles.Sign:
		return signWorth
	}
	return 1
}

func (w *weighed) worth() float64 { return w.kind() * w.most() }

// before orders by worth, then as an index does.
func (w *weighed) before(o *weighed) int {
	switch {
	case w.worth() != o.worth():
		return cmp.Compare(o.worth(), w.worth())
	case w.last != o.last && w.last:
		return 1
	case w.last != o.last:
		return -1
	}
	return cmp.Or(cmp.Compare(w.Episode, o.Episode), cmp.Compare(w.line.Start, o.line.Start), cmp.Compare(w.Line, o.Line))
}

// nearness is how near a line is, for people.
func nearness(near float64) string { return fmt.Sprintf("%.1f", near) }

// weigh gives the reasons of h what they have of its score, so that they add up to it.
func (w *weighed) weigh(h *Hit) {
	of := w.kind()
	for i := range h.Why {
		h.Why[i].Score *= of * w.words() / w.Score
	}
	if m := of * w.meaning(); m > 0 {
		h.Why = append(h.Why, Reason{Kind: "meaning", Text: nearness(w.near), Score: m})
	}
	h.Score = 0
	for _, r := range h.Why {
		h.Score += r.Score
	}
}
