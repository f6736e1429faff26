package search

import (
	"context"
	"errors"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/timecode"
)

// What is said in a shot counts beside its picture where shots like it are wanted. It is chosen, and not measured: there are no shots of which is
// known how like they are.
const (
	weighSaid  = 0.35 // of what says the same, beside 1 for the same picture
	saidNear   = 2.   // standard deviations, of a line that is no nearer nothing is said alike
	saidSame   = 6.   // a line that is so near says the same
	saidLines  = 6    // of a shot are looked at
	saidOthers = 400  // lines are alike at most

	saidApart = 30 * timecode.Second // from the shot; what is said right beside it is the same talk
)

// echoes are shots in which something is said that means what is said in another: how near the line is, by shot.
type echoes map[ShotName]float64

// add adds to h what is said alike in it.
func (e echoes) add(h *Hit) {
	near := e[ShotName{h.Episode.ID, h.Shot.Number}]
	if near <= saidNear {
		return
	}
	score := weighSaid * min(1, (near-saidNear)/(saidSame-saidNear))
	h.Score += score
	h.Why = append(h.Why, Reason{Kind: "meaning", Text: nearness(near), Score: score})
}

// echoesOf finds what means the same as what is said in a shot; nothing where nobody knows what lines mean.
func (s *Searcher) echoesOf(ctx context.Context, of *catalog.Shot) (echoes, error) {
	if !s.Understands() {
		return nil, nil
	}
	lines, err := s.cat.Lines(ctx, of.Episode)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, nil
	}
	var said []int64
	for i := range lines {
		if l := &lines[i]; l.Shot == of.Number && len(said) < saidLines {
			said = append(said, l.ID)
		}
	}
	if err != nil || len(said) == 0 {
		return nil, err
	}
	means, err := s.view.Vectors(of.Episode, said...)
	if err != nil {
		return nil, err
	}
	near := map[int64]vectors.Match{}
	for _, v := range means {
		found, err := s.view.Find(ctx, meaning.Toward(&v), vectors.Filter{Limit: saidOthers})
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			if m.Score > saidNear && m.Score > near[m.ID].Score {
				near[m.ID] = m
			}
		}
	}
	return s.inShots(ctx, near, of)
}

// inShots are lines by the shots that they are said in, without those of the talk around a shot.
func (s *Searcher) inShots(ctx context.Context, near map[int64]vectors.Match, of *catalog.Shot) (echoes, error) {
	var matches []index.Match
	for id, m := range near {
		matches = append(matches, index.Match{Episode: m.Episode, Line: id})
	}
	lines, err := s.lines(ctx, matches)
	out := echoes{}
	for id, l := range lines {
		if l.Episode == of.Episode && l.Start < of.Range.End+saidApart && l.End > of.Range.Start-saidApart {
			continue
		}
		at := ShotName{l.Episode, l.Shot}
		out[at] = max(out[at], float64(near[id].Score))
	}
	return out, err
}
