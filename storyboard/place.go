package storyboard

import (
	"cmp"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// place turns picks into scenes: how long each, and which part of its shot.
func (r *run) place() {
	shown := map[shotKey][]timecode.Span{}
	for _, j := range r.jobs {
		at := j.section.Record.In
		for i, n := range divide(j.length, j.picks) {
			p := &j.picks[i]
			source := r.cut(p, n, shown[p.key()])
			shown[p.key()] = append(shown[p.key()], source)
			j.section.Scenes = append(j.section.Scenes, Scene{
				Hit: p.hit, Origin: p.origin, Why: p.why,
				Source: source, Record: timecode.Span{In: at, Out: at + n},
			})
			at += n
		}
	}
}

// divide shares length evenly among the picks, none beyond the most that it may take. Every share is at least one frame, for a pick is only added
// while there is room for it.
func divide(length int64, picks []pick) []int64 {
	order := make([]int, len(picks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(picks[a].most, picks[b].most) })
	shares := make([]int64, len(picks))
	for k, i := range order {
		shares[i] = min(picks[i].most, length/int64(len(order)-k))
		length -= shares[i]
	}
	return shares
}

// cut is n frames of the timeline out of p's clean range: from where the line is spoken if that leaves enough, and from no part
// that was shown before if that can be helped.
func (r *run) cut(p *pick, n int64, shown []timecode.Span) timecode.Span {
	need := r.rate.Convert(n, p.hit.Episode.Rate, true)
	last := p.clean.Out - need
	starts := []int64{min(p.spoken, last), p.clean.In}
	for _, s := range shown {
		starts = append(starts, min(s.Out, last))
	}
	for _, in := range starts {
		span := timecode.Span{In: in, Out: in + need}
		if !slices.ContainsFunc(shown, func(s timecode.Span) bool { return s.Overlap(span) > 0 }) {
			return span
		}
	}
	return timecode.Span{In: starts[0], Out: starts[0] + need}
}
