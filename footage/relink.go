package footage

import (
	"context"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// Mapping says where in this library the footage of an episode of another library is.
type Mapping struct {
	from   *catalog.Sequence
	starts []timecode.Time // at which its shots begin
	pieces []piece         // longest first
}

// piece is a stretch that one episode of this library has.
type piece struct {
	run     Run
	to      *catalog.Sequence
	anchors []anchor // boundaries that both have, in order
}

// anchor is one boundary on both clocks.
type anchor struct{ a, b timecode.Time }

// pulls are the speeds at which the same film is sold: as it is, and 24 pictures a second played at 25.
var pulls = []float64{1, 25025. / 24000, 24000. / 25025}

const (
	offBy     = timecode.Second / 4 // that a run may be off before its boundaries are looked at
	sameEdge  = 2                   // frames within which boundaries are one
	lookAside = timecode.Second     // that a shot may reach beyond what was recognised: its ends may be black
)

// Map finds the footage of an episode, whose pictures q are and whose shots those are, in this library: in another rip of it, of another rate,
// or in another cut. Where it is not, the mapping has nothing.
func (f *Footage) Map(ctx context.Context, q *catalog.Sequence, shots []catalog.Shot) (*Mapping, error) {
	reel := ReelOf(q)
	reel.Episode = 0 // its number says nothing here
	runs, err := f.Runs(ctx, reel, RunOptions{Rates: pulls, Least: 4})
	if err != nil {
		return nil, err
	}
	m := &Mapping{from: q, starts: startsOf(q, shots)}
	for _, r := range runs {
		to, err := f.lib.Sequence(ctx, r.Episode)
		if err != nil {
			return nil, err
		}
		there, err := f.lib.Effective(ctx, r.Episode)
		if err != nil {
			return nil, err
		}
		m.pieces = append(m.pieces, anchored(r, to, m.starts, startsOf(to, there)))
	}
	return m, nil
}

func startsOf(q *catalog.Sequence, shots []catalog.Shot) []timecode.Time {
	var all []timecode.Time
	for _, s := range shots {
		all = append(all, q.Time(s.Clean.In))
	}
	return all
}

// anchored puts a run right by the boundaries that both sides have, and pairs them.
func anchored(r Run, to *catalog.Sequence, a, b []timecode.Time) piece {
	frame := to.Rate.At(1)
	r, _ = Snap(r, a, b, offBy, frame)
	p := piece{run: r, to: to}
	for _, t := range a {
		if t < r.A.Start-lookAside || t > r.A.End+lookAside {
			continue
		}
		at := r.At(t)
		i, exact := slices.BinarySearch(b, at)
		if !exact && i > 0 && (i == len(b) || at-b[i-1] < b[i]-at) {
			i--
		}
		if i < len(b) && away(b[i], at) <= sameEdge*frame {
			p.anchors = append(p.anchors, anchor{t, b[i]})
		}
	}
	return p
}

// Place is a stretch of an episode of this library.
type Place struct {
	Episode int64
	Span    timecode.Span
	Shift   timecode.Time // how much later it begins than in the other
}

// Span carries a stretch of frames over; false where this library has not got it, or not all of it in one piece.
func (m *Mapping) Span(s timecode.Span) (Place, bool) {
	from, to := m.from.Time(s.In), m.end(s.Out)
	for _, p := range m.pieces {
		if from < p.run.A.Start-lookAside || to > p.run.A.End+lookAside || from >= p.run.A.End || to <= p.run.A.Start {
			continue
		}
		out := timecode.Span{In: p.frame(from), Out: p.frame(to)}
		if out.Len() > 0 {
			return Place{p.run.Episode, out, p.to.Time(out.In) - from}, true
		}
	}
	return Place{}, false
}

// end is when the frame before out is over.
func (m *Mapping) end(out int64) timecode.Time {
	if out < int64(len(m.from.Times)) {
		return m.from.Time(out)
	}
	return m.from.Time(out-1) + m.from.Rate.At(1)
}

// frame is the frame of the other film that shows what the frame at t shows. Where a shot begins at t, it is the one where the same
// shot begins there. Elsewhere the boundaries around it say how far apart the clocks are, and the nearest frame is taken, though none from
// before the shot.
func (p *piece) frame(t timecode.Time) int64 {
	i, exact := slices.BinarySearchFunc(p.anchors, t, func(a anchor, t timecode.Time) int { return int(a.a - t) })
	if exact {
		return p.at(p.anchors[i].b)
	}
	at := p.run.At(t)
	switch {
	case i > 0 && i < len(p.anchors):
		a, b := p.anchors[i-1], p.anchors[i]
		at = a.b + timecode.Time(float64(t-a.a)*float64(b.b-a.b)/float64(b.a-a.a))
	case i > 0:
		at += p.anchors[i-1].b - p.run.At(p.anchors[i-1].a)
	case len(p.anchors) > 0:
		at += p.anchors[0].b - p.run.At(p.anchors[0].a)
	}
	n := p.at(at)
	if i > 0 {
		n = max(n, p.at(p.anchors[i-1].b))
	}
	return n
}

// at is the frame that begins nearest to t.
func (p *piece) at(t timecode.Time) int64 {
	times := p.to.Times
	i, exact := slices.BinarySearch(times, t)
	switch {
	case exact, i == 0:
		return int64(i)
	case i == len(times):
		if t-times[i-1] > p.to.Rate.At(1)/2 {
			return int64(i) // the end of the film
		}
		return int64(i - 1)
	case t-times[i-1] <= times[i]-t:
		return int64(i - 1)
	}
	return int64(i)
}
