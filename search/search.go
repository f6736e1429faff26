package search

import (
	"context"
	"errors"
	"fmt"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
)

// Catalog is what hits are made of.
type Catalog interface {
	Episodes(ctx context.Context) ([]catalog.Episode, error)
	LinesByID(ctx context.Context, ids []int64) ([]catalog.Line, error)
	Shots
}

// Shots gives shots as they stand, and what is said in them; what is not there gives catalog.ErrNotFound.
type Shots interface {
	Shot(ctx context.Context, episode int64, number int) (catalog.Shot, error)
	Effective(ctx context.Context, episode int64) ([]catalog.Shot, error)
	Lines(ctx context.Context, episode int64) ([]catalog.Line, error)
}

// Finder finds lines by their words; it is an [index.Index].
type Finder interface {
	Find(ctx context.Context, q index.Query) ([]index.Match, error)
}

// Searcher answers queries. It may be used from several goroutines where its catalog and index may.
type Searcher struct {
	cat Catalog
	ix  Finder
}

// New joins a catalog and the index that is a view of it.
func New(cat Catalog, ix Finder) *Searcher { return &Searcher{cat: cat, ix: ix} }

// Search gives the shots that answer q, best first; none is no error. Errors: ErrEmptyQuery, ErrOnlyExclusions, ErrTooLong, ErrNoEpisode.
func (s *Searcher) Search(ctx context.Context, q Query) ([]Hit, error) {
	t, err := parse(q.Text)
	if err != nil {
		return nil, err
	}
	if q.Limit <= 0 {
		q.Limit = 20
	}
	q.Limit = min(q.Limit, index.MaxLimit)
	all, err := s.cat.Episodes(ctx)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(all, q.Source, q.Episode)
	if err != nil {
		return nil, err
	}
	if len(t.words)+len(t.phrases) == 0 {
		return s.list(ctx, q, chosen)
	}
	return s.find(ctx, q, t, chosen)
}

// find asks for lines until they are of enough shots.
func (s *Searcher) find(ctx context.Context, q Query, t terms, chosen []catalog.Episode) ([]Hit, error) {
	iq := indexQuery(q, t)
	if q.Source != "" || q.Episode != "" {
		iq.Episodes = ids(chosen)
	}
	g := group{limit: q.Limit, episodes: byID(chosen)}
	for iq.Limit = min(2*q.Limit, index.MaxLimit); ; iq.Limit = min(4*iq.Limit, index.MaxLimit) {
		matches, err := s.ix.Find(ctx, iq)
		if errors.Is(err, index.ErrTooLong) {
			return nil, ErrTooLong
		}
		if err != nil {
			return nil, err
		}
		best := g.best(matches)
		if len(best) == q.Limit || len(matches) < iq.Limit || iq.Limit == index.MaxLimit {
			return s.hits(ctx, iq, best, g.episodes)
		}
	}
}

// indexQuery asks for a phrase's words too where one word is enough: a lyric line with a quotation in it is still a lyric line.
func indexQuery(q Query, t terms) index.Query {
	iq := index.Query{Words: t.words, Phrases: t.phrases, Exclude: t.exclude, Any: q.Any, Lang: q.Lang, MinLength: q.Min, MaxLength: q.Max}
	if q.Any {
		for _, p := range t.phrases {
			words, _ := parse(p)
			iq.Words = append(iq.Words, words.words...)
		}
	}
	return iq
}

// group makes one hit of each shot.
type group struct {
	limit    int
	episodes map[int64]*catalog.Episode
}

type place struct {
	episode int64
	shot    int
}

// best keeps the first match of each shot, for matches come best first. A line outside every shot, or of an episode that is gone, is
// nothing one could cut to.
func (g group) best(matches []index.Match) []index.Match {
	var out []index.Match
	seen := map[place]bool{}
	for _, m := range matches {
		at := place{m.Episode, m.Shot}
		if m.Shot == 0 || seen[at] || g.episodes[m.Episode] == nil {
			continue
		}
		seen[at] = true
		if out = append(out, m); len(out) == g.limit {
			break
		}
	}
	return out
}

// hits reads the lines and shots of matches. What is gone since the index saw it is left out.
func (s *Searcher) hits(ctx context.Context, q index.Query, matches []index.Match, episodes map[int64]*catalog.Episode) ([]Hit, error) {
	lines, err := s.lines(ctx, matches)
	if err != nil {
		return nil, err
	}
	var out []Hit
	for _, m := range matches {
		shot, err := s.cat.Shot(ctx, m.Episode, m.Shot)
		line := lines[m.Line]
		if errors.Is(err, catalog.ErrNotFound) || err == nil && line == nil {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read a shot that was found: %w", err)
		}
		out = append(out, newHit(q, m, episodes[m.Episode], shot, line))
	}
	return out, nil
}

func (s *Searcher) lines(ctx context.Context, matches []index.Match) (map[int64]*catalog.Line, error) {
	wanted := make([]int64, len(matches))
	for i, m := range matches {
		wanted[i] = m.Line
	}
	found, err := s.cat.LinesByID(ctx, wanted)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]*catalog.Line, len(found))
	for i := range found {
		out[found[i].ID] = &found[i]
	}
	return out, nil
}
