package catalog

import (
	"slices"
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

// MaxShots is how many shots one line is said to be in; more are those of a sign that stays on screen for minutes.
const MaxShots = 64

// enough is how long a line has to be in a shot, or a quarter of its own length, to be found there too.
const enough = 300 * timecode.Second / 1000

// shot is the number of the shot that r overlaps most, the earlier of equals. What has no length is in the shot in which it starts.
// 0 where r is outside the film.
func (f finder) shot(r timecode.Range) int {
	first := f.first(r)
	best, most := -1, timecode.Time(0)
	if first < len(f) && f[first].Contains(r.Start) && r.Length() == 0 {
		best = first
	}
	for i := first; i < len(f) && f[i].Start < r.End; i++ {
		if o := f[i].Overlap(r); o > most {
			best, most = i, o
		}
	}
	return best + 1
}

// first is the index of the first shot that ends after r starts.
func (f finder) first(r timecode.Range) int {
	return sort.Search(len(f), func(i int) bool { return f[i].End > r.Start })
}

// shots are the numbers of best and of all others that r overlaps by enough, in order.
func (f finder) shots(r timecode.Range, best int) (numbers []int) {
	if best == 0 {
		return nil
	}
	needed := min(enough, (r.Length()+3)/4)
	for i := f.first(r); i < len(f) && f[i].Start < r.End && len(numbers) < MaxShots-1; i++ {
		if o := f[i].Overlap(r); o > 0 && o >= needed && i+1 != best {
			numbers = append(numbers, i+1)
		}
	}
	at, _ := slices.BinarySearch(numbers, best)
	return slices.Insert(numbers, at, best)
}
