package footage

import (
	"context"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

const (
	mostDepth = 3
	leastRest = 5 // frames
	// leastOther are so many that they are no effect but other footage, where the picture jumps besides, or so many more.
	leastOther = 20
	moreOther  = 10
	fewOther   = 6  // where it jumps as from one film to another
	jumps      = 14 // bits
	leapsFar   = 24
)

// rest looks for what is before and after the pictures of a stretch that were found, for the boundary there may have been missed.
func (t *tracer) rest(ctx context.Context, one Traced, shot []snap, depth int) ([]Traced, error) {
	first, last, err := t.extent(ctx, one, shot)
	if err != nil {
		return nil, err
	}
	begins, ends := t.v.begins(shot, first), t.v.ends(shot, last)
	if one.side.dim { // no hash tells of a jump
		begins, ends = edge{first, fewOther}, edge{last + 1, fewOther}
	}
	before, one, err := t.apart(ctx, one, shot, depth, timecode.Span{In: one.Clean.In, Out: first}, begins)
	if err != nil {
		return nil, err
	}
	after, one, err := t.apart(ctx, one, shot, depth, timecode.Span{In: last + 1, Out: one.Clean.Out}, ends)
	return append(append(before, one), after...), err
}

// apart is what an end of a stretch is from where that is elsewhere, and what is left of it. other is where that is if nothing is found.
func (t *tracer) apart(ctx context.Context, one Traced, shot []snap, depth int, end timecode.Span, other edge) ([]Traced, Traced, error) {
	if end.Len() < leastRest || len(t.v.within(end)) == 0 { // of a long shot not every picture is kept
		return nil, one, nil
	}
	more, err := t.span(ctx, end, depth+1)
	if err != nil {
		return nil, one, err
	}
	if slices.ContainsFunc(more, func(m Traced) bool { return m.Found && !m.continues(one) }) {
		return more, t.cut(one, without(one.Clean, end)), nil
	}
	if end.In == one.Clean.In {
		end.Out = other.at
	} else {
		end.In = other.at
	}
	if end.Len() < other.least || slices.ContainsFunc(more, func(m Traced) bool { return m.Found }) {
		return nil, one, nil
	}
	return []Traced{t.unknown(end, shot)}, t.cut(one, without(one.Clean, end)), nil
}

// without is a span without one of its ends.
func without(s, end timecode.Span) timecode.Span {
	if end.In == s.In {
		return timecode.Span{In: end.Out, Out: s.Out}
	}
	return timecode.Span{In: s.In, Out: end.In}
}

// unknown is a stretch of which nothing is known, with one of a shot's pictures.
func (t *tracer) unknown(s timecode.Span, shot []snap) Traced {
	one := t.blank(s)
	for _, p := range shot {
		if s.Contains(p.frame) {
			one.Picture = p.jpeg
		}
	}
	return one
}

// extent is the first and the last frame of a shot that shows what it was found to.
func (t *tracer) extent(ctx context.Context, one Traced, shot []snap) (first, last int64, err error) {
	first, last = one.Clean.In, one.Clean.Out-1
	reel, err := t.stretch(ctx, one.Run.Episode, timecode.Range{Start: one.Run.B.Start - aroundHunch, End: one.Run.B.End + aroundHunch})
	if err != nil || reel == nil || len(reel.times) == 0 {
		return first, last, err
	}
	s := reel.as(one.side)
	seen := []int64{}
	for _, p := range shot {
		j := s.nearest(one.path.time(p.at - one.Range.Start))
		if j < 0 || p.flat {
			continue
		}
		if gainOf(one.side.fine(p.Picture).against(s.fines[j])) >= matches {
			seen = append(seen, p.frame)
		}
	}
	if len(seen) == 0 {
		return first, last, nil
	}
	return seen[0], seen[len(seen)-1], nil
}

// edge is where footage begins or ends if what lies beyond is not found, and how long that is at least to be taken for something else: effects
// come and go within a shot, and pass.
type edge struct {
	at    int64
	least int64
}

// begins is where a shot's footage begins, of which frame is the first kept picture: where the picture jumps before it or, where it comes
// gradually, some frames earlier.
func (v *Video) begins(shot []snap, frame int64) edge {
	before := frame
	for _, s := range shot {
		if s.frame < frame {
			before = s.frame
		}
	}
	if e, ok := v.leaps(before+1, frame); ok {
		return e
	}
	return edge{frame - moreOther, leastOther}
}

// ends is where the footage ends of which frame is the last kept picture.
func (v *Video) ends(shot []snap, frame int64) edge {
	after := slices.IndexFunc(shot, func(s snap) bool { return s.frame > frame })
	if after >= 0 {
		if e, ok := v.leaps(frame+1, shot[after].frame); ok {
			return e
		}
	}
	return edge{frame + 1 + moreOther, leastOther}
}

// leaps is the frame, of some, at which the picture changes most; false where it hardly does.
func (v *Video) leaps(from, to int64) (edge, bool) {
	at, most := int64(-1), jumps-1
	for n := max(1, from); n <= to; n++ {
		if d := v.reel.Looks[n-1].Distance(v.reel.Looks[n]); d > most && d < 64 {
			at, most = n, d
		}
	}
	if most >= leapsFar {
		return edge{at, fewOther}, true
	}
	return edge{at, leastOther}, at >= 0
}
