package search

import (
	"context"
	"errors"
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
		if len(out) >= q.Limit && (q.Sort == "" || q.Sort == ByScore) || len(out) >= MaxLimit {
			break
		}
	}
	return out, nil
}

// filters tells whether q asks for anything but words.
func (q Query) filters() bool {
	return q.Source != "" || q.Episode != "" || q.First > 0 || q.Last > 0 || q.Min > 0 || q.Max > 0 || q.ofLines() || q.ofRemarks()
}

func (q Query) ofLines() bool {
	return q.Lang != "" || q.Kind != "" || q.Speaker != "" || q.Style != ""
}

// listed are an episode's shots that pass the filters of q, each with the first line that does.
func (s *Searcher) listed(ctx context.Context, q Query, e *catalog.Episode, p picked) ([]Hit, error) {
	shots, err := s.cat.Effective(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	var spoken map[int]*catalog.Line
	if q.ofLines() {
		if spoken, err = s.spoken(ctx, q, e.ID); err != nil {
			return nil, err
		}
	}
	var out []Hit
	for _, shot := range shots {
		length, line := shot.Range.Length(), spoken[shot.Number]
		if length < q.Min || q.Max > 0 && length > q.Max || q.ofLines() && line == nil || !p.has(e.ID, shot.Number) {
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

// spoken gives by the numbers of shots the first line in each that passes.
func (s *Searcher) spoken(ctx context.Context, q Query, episode int64) (map[int]*catalog.Line, error) {
	lines, err := s.cat.Lines(ctx, episode)
	out := map[int]*catalog.Line{}
	for i := range lines {
		if l := &lines[i]; q.passes(l) {
			for _, n := range append([]int{l.Shot}, l.Shots...) {
				if out[n] == nil {
					out[n] = l
				}
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
