package search

import (
	"context"

	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/mood"
)

// Questions turns the text of a query into what lines are compared with by what they mean; it is a [meaning.Models].
type Questions interface {
	Query(text, lang string) (meaning.Query, error)
	mood.Models
}

// Nearer finds lines by what they mean; it is a [vectors.View].
type Nearer interface {
	Find(ctx context.Context, q meaning.Query, f vectors.Filter) ([]vectors.Match, error)
	// Vectors gives those of an episode's lines that have one, by their IDs.
	Vectors(episode int64, lines ...int64) (map[int64]meaning.Vector, error)
	Len() int // lines that can be found
}

// Understand has queries answered by what lines mean too. While view has no line, they are answered by words alone.
func (s *Searcher) Understand(models Questions, view Nearer) { s.models, s.view = models, view }

// Understands tells whether queries are answered by what lines mean.
func (s *Searcher) Understands() bool { return s.view != nil && s.view.Len() > 0 }

// byMeaning tells whether a query is answered by meaning too. One that is all quotes is meant to the letter, and beginnings of words mean
// nothing by themselves.
func (s *Searcher) byMeaning(q Query, t terms) bool {
	return q.Voice != ByWords && (q.Any || !t.quotedOnly()) && t.question() != "" && s.Understands()
}

// heard is a question as lines are compared with it.
type heard struct {
	meaning.Query
	mood bool // is hardly more than one
	err  error
}

// moodWorth is what the mood counts for that a question is, beside the question as it stands: what is said in a mood seldom names it. Chosen on the
// tuning half of the relevance set, where 1 to 6 are as good.
const moodWorth = 2

// ask understands a question; one that is hardly more than a mood asks for what is said in it.
func (s *Searcher) ask(text string) heard {
	lang := tongue(text)
	q, err := s.models.Query(text, lang)
	wish, none := mood.Parse(text)
	if err != nil || none != nil || !wish.Bare() {
		return heard{Query: q, err: err}
	}
	wish.Lang = lang
	d, err := wish.Toward(s.models)
	return heard{q.Leaning(meaning.Along(d.Any, d.English), moodWorth), true, err}
}
