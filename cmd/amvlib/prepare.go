package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/search"
)

// prepare makes a query of the options ready to be asked of the library: by the command's words, line by line, phrase by phrase, or for
// export. It says what the answer will lack.
func (s *shelf) prepare(c *cli.Context, q *search.Query) (err error) {
	if err := s.sayUnflagged(c); err != nil {
		return err
	}
	if q.Like, err = likeOf(c, s.cat); err != nil {
		return err
	}
	q.Leave, err = s.leftOut(c)
	return err
}

// remark says what the answer lacked for reasons that are known only then. found is whether there are hits.
func (s *shelf) remark(c *cli.Context, q search.Query, found bool) error {
	if err := s.sayUnknown(c, q.Mood); err != nil {
		return err
	}
	if q.Text != "" && !s.Understands() && (q.Voice == search.ByMeaning || !found && q.Voice != search.ByWords) {
		s.once(c, "amvlib: looked for words alone; what lines mean is not learnt yet, and amvlib reindex learns it")
	}
	return nil
}

// ask prepares, asks and remarks.
func (s *shelf) ask(ctx context.Context, c *cli.Context, q *search.Query) ([]search.Hit, error) {
	if err := s.prepare(c, q); err != nil {
		return nil, err
	}
	hits, err := s.Search(ctx, *q)
	if err != nil {
		return hits, err
	}
	return hits, s.remark(c, *q, len(hits) > 0)
}

// once says what need not be said again while the library is open.
func (s *shelf) once(c *cli.Context, text string) {
	if !s.told[text] {
		say(c, "%s", text)
	}
	if s.told == nil {
		s.told = map[string]bool{}
	}
	s.told[text] = true
}
