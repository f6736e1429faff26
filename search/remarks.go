package search

import (
	"context"
	"errors"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/timecode"
)

// picked is the part of a library that may answer: what the filters leave before any line is looked at.
type picked struct {
	episodes []catalog.Episode
	fewer    bool                   // than the library has
	shots    map[int64]map[int]bool // by episode, what the user's words leave; nil: all
	said     remarks
}

// has tells whether a shot may answer.
func (p picked) has(episode int64, shot int) bool {
	if p.shots == nil {
		return true
	}
	numbers, ok := p.shots[episode]
	return ok && (numbers == nil || numbers[shot])
}

// remarks are all words that were said, by the content that they are about.
type remarks map[catalog.Key][]catalog.Word

// on is what is said of a shot, with what its episode's words add.
func (r remarks) on(e *catalog.Episode, shot timecode.Range) catalog.Remarks {
	words := r[e.Key]
	if len(words) == 0 {
		return catalog.Remarks{}
	}
	own, whole := catalog.RemarksOn(words, shot), catalog.RemarksOn(words, timecode.Range{})
	for _, t := range whole.Tags {
		if !slices.Contains(own.Tags, t) {
			own.Tags = append(own.Tags, t)
		}
	}
	if own.Rating == 0 {
		own.Rating = whole.Rating
	}
	return own
}

func (q Query) ofRemarks() bool { return len(q.Tags) > 0 || q.MinRating > 0 }

// welcomes tells whether remarks are such as q asks for.
func (q Query) welcomes(r catalog.Remarks) bool {
	for _, t := range q.Tags {
		if !slices.ContainsFunc(r.Tags, func(has string) bool { return index.Fold(has) == index.Fold(t) }) {
			return false
		}
	}
	return r.Rating >= q.MinRating
}

// pick reads what the user said, all at once, and leaves of chosen what it is asked for.
func (s *Searcher) pick(ctx context.Context, q Query, chosen []catalog.Episode, fewer bool) (picked, error) {
	words, err := s.cat.Words(ctx)
	if err != nil {
		return picked{}, err
	}
	p := picked{episodes: chosen, fewer: fewer, said: remarks{}}
	for _, w := range words {
		p.said[w.Key] = append(p.said[w.Key], w)
	}
	if !q.ofRemarks() {
		return p, nil
	}
	p.fewer, p.shots = true, map[int64]map[int]bool{}
	for i := range chosen {
		if err := s.welcome(ctx, q, &chosen[i], p); err != nil {
			return picked{}, err
		}
	}
	p.episodes = keep(chosen, func(e catalog.Episode) bool { _, ok := p.shots[e.ID]; return ok })
	return p, nil
}

// welcome notes which shots of e the user's words leave. Most episodes have none, or none about a shot: those need no shots read.
func (s *Searcher) welcome(ctx context.Context, q Query, e *catalog.Episode, p picked) error {
	words := p.said[e.Key]
	if !slices.ContainsFunc(words, func(w catalog.Word) bool { return w.Range != timecode.Range{} }) {
		if len(words) > 0 && q.welcomes(p.said.on(e, timecode.Range{})) {
			p.shots[e.ID] = nil
		}
		return nil
	}
	shots, err := s.cat.Effective(ctx, e.ID)
	if err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	for _, shot := range shots {
		if q.welcomes(p.said.on(e, shot.Range)) {
			if p.shots[e.ID] == nil {
				p.shots[e.ID] = map[int]bool{}
			}
			p.shots[e.ID][shot.Number] = true
		}
	}
	return nil
}
