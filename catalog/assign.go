package catalog

import (
	"sort"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/timecode"
)

// finder holds the time that each shot takes, transitions included, in order. The shots of a film tile it.
type finder []timecode.Range

func shotFinder(a *analysis.Analysis) finder {
	f := make(finder, len(a.Shots))
	for i := range a.Shots {
		f[i] = extent(a, &a.Shots[i])
	}
	return f
}

// extent is a shot's whole span on the container's clock; of a span without stamps, the clean part.
func extent(a *analysis.Analysis, s *analysis.Shot) timecode.Range {
	frames := int64(len(a.Times))
	if s.Span.In < 0 || s.Span.In >= s.Span.Out || s.Span.Out > frames {
		return s.Range
	}
	if s.Span.Out == frames {
		return timecode.Range{Start: a.Times[s.Span.In], End: end(a)}
	}
	return timecode.Range{Start: a.Times[s.Span.In], End: a.Times[s.Span.Out]}
}

// shot is the number of the shot that r overlaps most, the earlier of equals. A line that overlaps none, being outside the film or
// without length, belongs to the shot in which it starts, else to the next or the last. 0 where the film has no shots.
func (f finder) shot(r timecode.Range) int {
	first := sort.Search(len(f), func(i int) bool { return f[i].End > r.Start })
	best, most := min(first, len(f)-1), timecode.Time(0)
	for i := first; i < len(f) && f[i].Start < r.End; i++ {
		if o := f[i].Overlap(r); o > most {
			best, most = i, o
		}
	}
	return best + 1
}
