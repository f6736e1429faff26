package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/index/facets"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
)

type episode = catalog.Episode

// question is the mood of q as what lines are compared with; false where there are no vectors, or q has no mood.
func (s *Searcher) question(ctx context.Context, q Query) (Meanings, meaning.Query, bool, error) {
	if q.Mood.Text == "" {
		return nil, meaning.Query{}, false, nil
	}
	lines, models, err := s.meanings(ctx)
	if err != nil || lines == nil {
		return nil, meaning.Query{}, false, err
	}
	d, err := q.Mood.Toward(models)
	return lines, meaning.Along(d.Any, d.English), err == nil, err
}

// byMood are the shots in which what is said is most of the mood, with what their pictures, pace and sound lean to; where there are no
// vectors, or no mood but traits, those go alone.
func (s *Searcher) byMood(ctx context.Context, q Query, f Facets, p picked) ([]Hit, error) {
	lines, question, ok, err := s.question(ctx, q)
	if err != nil {
		return nil, err
	}
	if ok {
		if hits, err := s.moodLines(ctx, q, f, p, lines, question); err != nil || len(hits) > 0 {
			return hits, err
		}
	}
	if f == nil {
		return nil, nil
	}
	if q.ofLines() || len(p.lines) > 0 {
		return s.listByLook(ctx, q, f, p)
	}
	return s.byLook(ctx, q, f, p)
}

// moodLines asks for many times more lines than shots are wanted, for several lie in one shot and filters leave some of them.
func (s *Searcher) moodLines(ctx context.Context, q Query, f Facets, p picked, lines Meanings, question meaning.Query) ([]Hit, error) {
	chosen := byID(p.episodes)
	reach := max(5*q.Limit, 200)
	if p.some() || q.ofLines() || q.Min > 0 || q.Max > 0 {
		reach = max(20*q.Limit, 4000)
	}
	found, err := lines.Find(ctx, question, vectors.Filter{Limit: reach, Only: func(id int64) bool { return chosen[id] != nil }})
	if err != nil {
		return nil, err
	}
	matches := make([]index.Match, len(found))
	for i, m := range found {
		matches[i] = index.Match{Line: m.ID, Episode: m.Episode, Score: float64(m.Score)}
	}
	of, err := s.lines(ctx, matches)
	if err != nil {
		return nil, err
	}
	return s.gather(ctx, q, f, p, s.passing(q, f, p, matches, of), of)
}

// passing are the matches that the filters leave, of each shot the best, by their scores with what the shots lean to.
func (s *Searcher) passing(q Query, f Facets, p picked, matches []index.Match, of map[int64]*catalog.Line) (out []index.Match) {
	seen, scorer := numbers{}, q.Mood.Scorer()
	for _, m := range matches {
		l := of[m.Line]
		if l == nil || l.Shot == 0 || !q.passes(l) || !p.hasLine(m.Episode, m.Line, l.Shot) || seen.has(m.Episode, l.Shot) {
			continue
		}
		m.Shot = l.Shot
		if f != nil {
			shot, ok := f.Shot(m.Episode, m.Shot)
			if ok && !q.fitsLength(&shot) {
				continue
			}
			m.Score += leaning * scorer.Lean(&shot.Facets)
		}
		seen.add(m.Episode, m.Shot)
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b index.Match) int { return cmp.Compare(b.Score, a.Score) })
	return out[:min(len(out), q.Limit)]
}

// fitsLength goes by milliseconds, as people do.
func (q Query) fitsLength(s *facets.Shot) bool {
	return s.Length >= q.Min-rounding && (q.Max <= 0 || s.Length <= q.Max+rounding)
}

// rounding is what the lengths of the facets are rounded by.
const rounding = 1000

// gather reads the shots of matches; the ones without a line have Line 0.
func (s *Searcher) gather(ctx context.Context, q Query, f Facets, p picked, matches []index.Match, of map[int64]*catalog.Line) ([]Hit, error) {
	shots, err := s.shotsOf(ctx, matches)
	if err != nil {
		return nil, err
	}
	chosen := byID(p.episodes)
	var out []Hit
	for _, m := range matches {
		shot, ok := shots[ShotName{m.Episode, m.Shot}]
		if !ok || chosen[m.Episode] == nil {
			continue
		}
		h := Hit{Episode: chosen[m.Episode], Shot: shot, Line: of[m.Line], Score: m.Score}
		if h.Line != nil {
			h.Shots = h.Line.Shots
		}
		h.Why = moodWhy(q, f, m)
		out = append(out, h)
	}
	return out, nil
}

// moodWhy parts a score into what the words say of the mood and what the rest leans to.
func moodWhy(q Query, f Facets, m index.Match) []Reason {
	if q.Mood.Text == "" {
		return nil
	}
	lean := 0.0
	var why []Reason
	if f != nil {
		if shot, ok := f.Shot(m.Episode, m.Shot); ok {
			fit := q.Mood.Judge(&shot.Facets)
			if lean = leaning * fit.Lean; lean > 0 {
				why = []Reason{{Kind: "leans", Text: leansTo(fit), Score: lean}}
			}
		}
	}
	if m.Line == 0 {
		return why
	}
	return append([]Reason{{Kind: "mood", Text: q.Mood.Text, Score: m.Score - lean}}, why...)
}

// byLook are the shots that are most as they are asked for, whether anything is said in them or not.
func (s *Searcher) byLook(ctx context.Context, q Query, f Facets, p picked) ([]Hit, error) {
	scorer, chosen := q.Mood.Scorer(), byID(p.episodes)
	var matches []index.Match
	for shot := range f.All() {
		if chosen[shot.Episode] == nil || !p.has(shot.Episode, shot.Number) || !q.fitsLength(shot) {
			continue
		}
		score, ok := scorer.Asked(&shot.Facets)
		if !ok && len(q.Mood.Traits) > 0 {
			continue
		}
		score += leaning * scorer.Lean(&shot.Facets)
		matches = append(matches, index.Match{Episode: shot.Episode, Shot: shot.Number, Score: score})
	}
	slices.SortStableFunc(matches, func(a, b index.Match) int { return cmp.Compare(b.Score, a.Score) })
	return s.gather(ctx, q, f, p, matches[:min(len(matches), q.Limit)], nil)
}

// listByLook is byLook where lines are asked for too.
func (s *Searcher) listByLook(ctx context.Context, q Query, f Facets, p picked) ([]Hit, error) {
	all := q
	all.Limit = MaxLimit
	hits, err := s.list(ctx, all, p)
	if err != nil {
		return nil, err
	}
	scorer := q.Mood.Scorer()
	for i := range hits {
		if shot, ok := f.Shot(hits[i].Episode.ID, hits[i].Shot.Number); ok {
			score, _ := scorer.Asked(&shot.Facets)
			hits[i].Score = score + leaning*scorer.Lean(&shot.Facets)
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits[:min(len(hits), q.Limit)], nil
}

// inMood puts hits that were found by their words in the order of these and of the mood together. A line of which nobody knows what it means
// is of no mood.
func (s *Searcher) inMood(ctx context.Context, q Query, f Facets, hits []Hit) ([]Hit, error) {
	lines, question, ok, err := s.question(ctx, q)
	if err != nil || q.Mood.Text == "" {
		return hits, err
	}
	scores := map[int64]float64{}
	if ok {
		if scores, err = scoresOf(ctx, lines, question, hits); err != nil {
			return nil, err
		}
	}
	for i := range hits {
		h := &hits[i]
		m := index.Match{Episode: h.Episode.ID, Shot: h.Shot.Number, Line: lineOf(h), Score: scores[lineOf(h)]}
		if f != nil {
			if shot, ok := f.Shot(m.Episode, m.Shot); ok {
				m.Score += leaning * q.Mood.Scorer().Lean(&shot.Facets)
			}
		}
		if math.IsNaN(m.Score) {
			continue
		}
		h.Score += m.Score
		h.Why = append(h.Why, moodWhy(q, f, m)...)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits, nil
}
