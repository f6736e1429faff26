package search

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
)

// finish puts hits in order, and gives each what is shown beside it.
func (s *Searcher) finish(ctx context.Context, q Query, hits []Hit, said remarks) ([]Hit, error) {
	if order := q.Sort.compare(); order != nil {
		slices.SortStableFunc(hits, order)
	}
	hits = hits[:min(len(hits), q.Limit)]
	if q.Translations {
		if err := s.translations(ctx, hits); err != nil {
			return nil, err
		}
	}
	lines, spoken := map[int64][]catalog.Line{}, map[int64]map[int64]catalog.Remarks{}
	for i := range hits {
		h := &hits[i]
		h.Said = said.on(h.Episode, h.Shot.Range)
		ofLines := said.about(h.Episode, catalog.OnLine)
		if h.Line == nil || q.Context <= 0 && !ofLines {
			continue
		}
		if err := s.read(ctx, h.Episode.ID, lines); err != nil {
			return nil, err
		}
		if _, ok := spoken[h.Episode.ID]; ofLines && !ok {
			spoken[h.Episode.ID] = catalog.LineRemarks(said[h.Episode.Key], lines[h.Episode.ID])
		}
		h.LineSaid = spoken[h.Episode.ID][h.Line.ID]
		if q.Context > 0 {
			h.Before, h.After = neighbours(lines[h.Episode.ID], h.Line, q.Context)
		}
	}
	return hits, nil
}

// read puts an episode's lines beside those that are there; of one that is forgotten there are none.
func (s *Searcher) read(ctx context.Context, episode int64, lines map[int64][]catalog.Line) (err error) {
	if _, ok := lines[episode]; ok {
		return nil
	}
	lines[episode], err = s.cat.Lines(ctx, episode)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil
	}
	return err
}

// neighbours are up to n lines before l and after it in its track.
func neighbours(all []catalog.Line, l *catalog.Line, n int) (before, after []catalog.Line) {
	var track []catalog.Line
	at := -1
	for _, o := range all {
		if o.Track != l.Track {
			continue
		}
		if o.ID == l.ID {
			at = len(track)
		}
		track = append(track, o)
	}
	if at < 0 {
		return nil, nil
	}
	return track[max(0, at-n):at], track[at+1 : min(len(track), at+1+n)]
}

// compare is nil for the order in which hits are found.
func (o Order) compare() func(a, b Hit) int {
	switch o {
	case ByTime:
		return byTime
	case ByLength:
		return func(a, b Hit) int { return cmp.Compare(b.Shot.Range.Length(), a.Shot.Range.Length()) }
	case BySource:
		return bySource
	}
	return nil
}

func byTime(a, b Hit) int {
	return cmp.Or(cmp.Compare(a.Episode.ID, b.Episode.ID), cmp.Compare(a.Shot.Range.Start, b.Shot.Range.Start))
}

func bySource(a, b Hit) int {
	m, n := a.Episode.Name, b.Episode.Name
	return cmp.Or(cmp.Compare(index.Fold(m.Source), index.Fold(n.Source)), cmp.Compare(m.Season, n.Season), CompareNumbers(m.Number, n.Number), byTime(a, b))
}
