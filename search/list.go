package search

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
)

// list gives the shots that the filters of q leave, in order of episode and time. Filters are all there is to go by.
func (s *Searcher) list(ctx context.Context, q Query, p picked) ([]Hit, error) {
	if !q.filters() {
		return nil, ErrEmptyQuery
	}
	var out []Hit
	for i := range p.episodes {
		hits, err := s.listed(ctx, q, &p.episodes[i], p)
		if errors.Is(err, catalog.ErrNotFound) { // forgotten since it was listed
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, hits...)
		if len(out) >= q.Limit && (q.Sort == "" || q.Sort == ByScore) && !q.Spread || len(out) >= MaxLimit {
			break
		}
	}
	return out, nil
}

// filters tells whether q asks for anything but words.
func (q Query) filters() bool {
	return q.Source != "" || q.Episode != "" || q.First > 0 || q.Last > 0 || q.Min > 0 || q.Max > 0 || q.List != "" || !q.Mood.None() || q.ofLines() || q.ofRemarks() || q.ofFlags()
}

func (q Query) ofLines() bool {
	return q.Lang != "" || q.Kind != "" || q.Speaker != "" || q.Style != ""
}

// listed are an episode's shots that pass the filters of q, each with the first line that does where they ask for lines, or where
// what is said of a line is why it passes.
func (s *Searcher) listed(ctx context.Context, q Query, e *catalog.Episode, p picked) ([]Hit, error) {
	shots, err := s.cat.Effective(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	p.worn.take(e.ID, shots)
	shots = slices.DeleteFunc(shots, func(s catalog.Shot) bool {
		return s.Range.Length() < q.Min || q.Max > 0 && s.Range.Length() > q.Max || !p.listed(e.ID, s.Number)
	})
	var spoken map[int]*catalog.Line
	if q.ofLines() || p.lines[e.ID] != nil {
		if spoken, err = s.spoken(ctx, q, e.ID, p, shots); err != nil {
			return nil, err
		}
	}
	var out []Hit
	for _, shot := range shots {
		line := spoken[shot.Number]
		if line == nil && (q.ofLines() || !p.has(e.ID, shot.Number)) {
			continue
		}
		h := Hit{Episode: e, Shot: shot, Line: line}
		if line != nil {
			h.Shots = line.Shots
		}
		out = append(out, h)
	}
	return out, nil
}

// spoken gives by the numbers of shots the first line in each that passes. A line that passes by what is said of it speaks for one of
// its shots alone, that which it overlaps most: what is said of it is not said of its shots.
func (s *Searcher) spoken(ctx context.Context, q Query, episode int64, p picked, shots []catalog.Shot) (map[int]*catalog.Line, error) {
	lines, err := s.cat.Lines(ctx, episode)
	there, out := map[int]bool{}, map[int]*catalog.Line{}
	for _, s := range shots {
		there[s.Number] = true
	}
	for i := range lines {
		l := &lines[i]
		if !q.passes(l) {
			continue
		}
		in := slices.DeleteFunc(append([]int{l.Shot}, l.Shots...), func(n int) bool { return !there[n] })
		for k, n := range in {
			if out[n] == nil && (q.ofLines() && p.has(episode, n) || k == 0 && p.lines[episode][l.ID]) {
				out[n] = l
			}
		}
	}
	return out, err
}

// passes tells what the index tells too, of one line.
func (q Query) passes(l *catalog.Line) bool {
	return (q.Lang == "" || l.Lang == q.Lang) && (q.Kind == "" || l.Kind == q.Kind) && within(l.Speaker, q.Speaker) && within(l.Style, q.Style)
}

// within tells whether name has part in it, folded.
func within(name, part string) bool {
	return part == "" || strings.Contains(index.Fold(name), index.Fold(strings.TrimSpace(part)))
}
