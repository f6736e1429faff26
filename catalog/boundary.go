package catalog

import (
	"cmp"
	"slices"
	"sort"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// edge is a boundary as it stands; said where the user put it, or said that it is one.
type edge struct {
	shotdetect.Boundary
	said bool
}

// edges are the boundaries of an episode in order, first those that the machine found, and then what comes of them by the user's words.
//
// A word about a boundary keeps the stretch of time in which another detector may find it: the boundary itself, its transition
// included, and up to nearby on both sides, but no more than half of the way to the next boundary that stays. So one that is found a few
// frames off, or as a cut where there was a dissolve, is the same boundary, and one that was told apart from it never is.
type edges struct {
	all   []edge
	times []timecode.Time // of every frame
	end   timecode.Time   // of the last one
}

// nearby is how far from each other two detectors find one boundary: a few frames.
const nearby = timecode.Second / 4

// edgesOf gives the boundaries between shots; false where these do not tile the film, so that there is nothing to lay words over.
func edgesOf(shots []analysis.Shot, times []timecode.Time, end timecode.Time) (edges, bool) {
	e := edges{times: times, end: end}
	for i := 1; i < len(shots); i++ {
		e.all = append(e.all, edge{Boundary: shotdetect.Boundary{Type: shots[i].In, Start: shots[i-1].Clean.Out - 1, End: shots[i].Clean.In}})
	}
	tiles := e.tiles()
	sound := len(shots) > 0 && len(tiles) == len(shots)
	for i := range tiles {
		sound = sound && tiles[i].Span == shots[i].Span && tiles[i].Clean == shots[i].Clean && tiles[i].Clean.Len() > 0
	}
	return e, sound
}

// tiles are the shots between the boundaries.
func (e *edges) tiles() []shotdetect.Shot {
	all := make([]shotdetect.Boundary, len(e.all))
	for i := range e.all {
		all[i] = e.all[i].Boundary
	}
	return shotdetect.Shots(all, int64(len(e.times)))
}

// hear lets a word do what it says; where there is nothing for it to do, nothing.
func (e *edges) hear(w Word) {
	switch w.Verb {
	case Split:
		e.split(w.Range)
	case Merge:
		e.merge(w.Range)
	}
}

// split puts a cut before the frame that begins in the middle of r. A cut that a detector found within r is the same one, not as exactly
// placed, and goes; a transition that it found there is left as it is, for it tells more.
func (e *edges) split(r timecode.Range) {
	frame := e.frameNearest(middle(r))
	others := slices.Clone(e.all)
	if i := e.nearest(r, func(b edge) bool { return !b.said }); i >= 0 {
		if e.all[i].End > e.all[i].Start+1 {
			e.all[i].said = true
			return
		}
		others = slices.Delete(others, i, i+1)
	}
	at, fits := slot(others, frame, int64(len(e.times)))
	if fits {
		cut := shotdetect.Boundary{Type: shotdetect.Cut, Start: frame - 1, End: frame, Score: 1}
		e.all = slices.Insert(others, at, edge{Boundary: cut, said: true})
	}
}

// merge takes away the boundary within r that is nearest to its middle.
func (e *edges) merge(r timecode.Range) {
	if i := e.nearest(r, func(edge) bool { return true }); i >= 0 {
		e.all = slices.Delete(slices.Clone(e.all), i, i+1)
	}
}

// slot is where among others a cut before frame belongs; false where another is there, or a transition, or no frame on one side.
func slot(others []edge, frame, frames int64) (at int, ok bool) {
	at = sort.Search(len(others), func(i int) bool { return others[i].End >= frame })
	return at, frame > 0 && frame < frames && (at == len(others) || others[at].Start >= frame)
}

// nearest is the boundary that lies within r, or partly, nearest to its middle, of those that fit; -1 where there is none.
func (e *edges) nearest(r timecode.Range, fits func(edge) bool) int {
	best, at := -1, middle(r)
	for i := range e.all {
		gap := e.gap(i)
		if gap.Start > r.End || gap.End < r.Start || !fits(e.all[i]) {
			continue
		}
		if best < 0 || farther(e.gap(best), gap, at) {
			best = i
		}
	}
	return best
}

// farther tells whether a is farther from t than b.
func farther(a, b timecode.Range, t timecode.Time) bool {
	return cmp.Or(cmp.Compare(beside(a, t), beside(b, t)), cmp.Compare(max(middle(a)-t, t-middle(a)), max(middle(b)-t, t-middle(b)))) > 0
}

// beside is how far outside of r t is.
func beside(r timecode.Range, t timecode.Time) timecode.Time { return max(0, r.Start-t, t-r.End) }

// middle of a stretch of time; exact for one that was widened equally on both sides.
func middle(r timecode.Range) timecode.Time { return (r.Start + r.End) / 2 }

// gap is the time of boundary i, from the end of the last frame purely of the old shot to the first purely of the new: an instant for a
// cut.
func (e *edges) gap(i int) timecode.Range {
	return timecode.Range{Start: e.time(e.all[i].Start + 1), End: e.time(e.all[i].End)}
}

// time is when a frame begins, and for the number of frames when the film ends.
func (e *edges) time(frame int64) timecode.Time {
	if frame >= int64(len(e.times)) {
		return e.end
	}
	return e.times[max(0, frame)]
}

// frameNearest is the frame whose beginning is nearest to t, the last of several that begin at once.
func (e *edges) frameNearest(t timecode.Time) int64 {
	later := sort.Search(len(e.times), func(i int) bool { return e.times[i] > t })
	if later == len(e.times) || later > 0 && t-e.times[later-1] <= e.times[later]-t {
		return int64(later) - 1
	}
	return e.frameAt(e.times[later])
}

// frameAt is the frame that is shown at t: the last that has begun. -1 before the first.
func (e *edges) frameAt(t timecode.Time) int64 {
	return int64(sort.Search(len(e.times), func(i int) bool { return e.times[i] > t })) - 1
}
