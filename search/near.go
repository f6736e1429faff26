package search

import (
	"context"

	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
)

// Questions turns the text of a query into what lines are compared with by what they mean; it is a [meaning.Models].
type Questions interface {
	Query(text, lang string) (meaning.Query, error)
}

// Nearer finds lines by what they mean; it is a [vectors.View].
type Nearer interface {
	Find(ctx context.Context, q meaning.Query, f vectors.Filter) ([]vectors.Match, error)
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
	err error
}

func (s *Searcher) ask(text string) heard {
	q, err := s.models.Query(text, tongue(text))
	return heard{q, err}
}
