package search

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/index/facets"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/mood"
)

// Facets tell what pictures, pace and sound of shots are; a [facets.Table] does.
type Facets interface {
	All() iter.Seq[*facets.Shot]
	Shot(episode int64, number int) (facets.Shot, bool)
}

// Meanings find the lines nearest to a question; a [vectors.View] does.
type Meanings interface {
	Find(ctx context.Context, q meaning.Query, f vectors.Filter) ([]vectors.Match, error)
}

// Moods is what searching by mood needs. Each is asked for when a query needs it first, and may be nil where there is none.
type Moods struct {
	Facets func(context.Context) (Facets, error)
	Lines  func(context.Context) (Meanings, error)
	Models func() (mood.Models, error)
}

// WithMoods lets s answer queries with a Mood, and gives s.
func (s *Searcher) WithMoods(m Moods) *Searcher {
	s.moods = m
	return s
}

// leaning is what pictures, pace and sound that are as scenes of the mood tend to be count for, all of them together, beside words of the
// mood: less than lines of films differ by, for they tell how stirring a shot is and hardly of what kind it is. It is chosen, and not
// measured: there is no footage whose moods are known.
const leaning = 0.5

// looks reads the facets, where q asks for a mood at all; nil where there are none.
func (s *Searcher) looks(ctx context.Context, q Query) (Facets, error) {
	if q.Mood.None() || s.moods.Facets == nil {
		return nil, nil
	}
	return s.moods.Facets(ctx)
}

// pickLooks leaves of p the shots that have all the traits that q asks for. Nothing does where nobody knows what shots look like.
func pickLooks(q Query, f Facets, p *picked) {
	if len(q.Mood.Traits) == 0 {
		return
	}
	fits, scorer, chosen := numbers{}, q.Mood.Scorer(), byID(p.episodes)
	if f != nil {
		for shot := range f.All() {
			if chosen[shot.Episode] == nil {
				continue
			}
			if _, ok := scorer.Asked(&shot.Facets); ok {
				fits.add(shot.Episode, shot.Number)
			}
		}
	}
	p.fewer, p.looks = true, fits
	p.episodes = slices.DeleteFunc(slices.Clone(p.episodes), func(e episode) bool { return fits[e.ID] == nil })
}

// Unknown counts the shots that have all the traits that w asks for as far as is known, where of some of them nothing is: a film that was
// learnt before colours were kept has none.
func Unknown(f Facets, w mood.Wish) (shots int) {
	if len(w.Traits) == 0 {
		return 0
	}
	for shot := range f.All() {
		if unknown(&shot.Facets, w.Traits) {
			shots++
		}
	}
	return shots
}

func unknown(f *mood.Facets, traits []mood.Trait) bool {
	missing := false
	for _, t := range traits {
		fit, _, known := t.Fit(f)
		if known && fit < .5 {
			return false
		}
		missing = missing || !known
	}
	return missing
}

// tellFacets gives each hit what its picture, pace and sound say, and its words of each mood.
func (s *Searcher) tellFacets(ctx context.Context, q Query, f Facets, hits []Hit) error {
	if q.Mood.None() {
		return nil
	}
	if err := s.tellWords(ctx, q.Mood, hits); err != nil || f == nil {
		return err
	}
	scorer := q.Mood.Scorer()
	for i := range hits {
		if shot, ok := f.Shot(hits[i].Episode.ID, hits[i].Shot.Number); ok {
			hits[i].Facets = append(hits[i].Facets, scorer.Judge(&shot.Facets).Reasons...)
		}
	}
	return nil
}

// tellWords gives hits with a line how much the line is of each axis that is wanted.
func (s *Searcher) tellWords(ctx context.Context, w mood.Wish, hits []Hit) error {
	if len(w.Axes) == 0 {
		return nil
	}
	lines, models, err := s.meanings(ctx)
	if err != nil || lines == nil {
		return err
	}
	all, err := mood.AxisDirections(models)
	if err != nil {
		return err
	}
	for i, axis := range mood.Axes() {
		if !slices.ContainsFunc(w.Axes, func(a mood.Wanted) bool { return a.Axis == axis.Name }) {
			continue
		}
		scores, err := scoresOf(ctx, lines, meaning.Along(all[i].Any, all[i].English), hits)
		if err != nil {
			return err
		}
		for k := range hits {
			if v, ok := scores[lineOf(&hits[k])]; ok {
				hits[k].Facets = append(hits[k].Facets, mood.Reason{Facet: mood.Words, Name: axis.Name, Value: v, Asked: true})
			}
		}
	}
	return nil
}

func lineOf(h *Hit) int64 {
	if h.Line == nil {
		return 0
	}
	return h.Line.ID
}

// scoresOf is how near the lines of hits are to a question, by their IDs.
func scoresOf(ctx context.Context, v Meanings, q meaning.Query, hits []Hit) (map[int64]float64, error) {
	wanted, in := map[int64]bool{}, map[int64]bool{}
	for i := range hits {
		if id := lineOf(&hits[i]); id != 0 {
			wanted[id], in[hits[i].Episode.ID] = true, true
		}
	}
	found, err := v.Find(ctx, q, vectors.Filter{Limit: len(wanted), Keep: func(l vectors.Line) bool { return wanted[l.ID] },
		Only: func(e int64) bool { return in[e] }})
	out := make(map[int64]float64, len(found))
	for _, m := range found {
		out[m.ID] = float64(m.Score)
	}
	return out, err
}

// meanings are nil where the library has none, or the program no models.
func (s *Searcher) meanings(ctx context.Context) (Meanings, mood.Models, error) {
	if s.moods.Lines == nil || s.moods.Models == nil {
		return nil, nil, nil
	}
	models, err := s.moods.Models()
	if err != nil {
		return nil, nil, err
	}
	lines, err := s.moods.Lines(ctx)
	return lines, models, err
}

// leansTo names what a shot has of what scenes of the mood tend to be.
func leansTo(fit mood.Fit) string {
	var names []string
	for _, r := range fit.Reasons {
		if !r.Asked {
			names = append(names, r.Name)
		}
	}
	return strings.Join(names, ", ")
}
