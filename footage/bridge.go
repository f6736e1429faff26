package footage

import (
	"cmp"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

const (
	unlike  = 22                  // bits, mean, above which pictures are others; unrelated ones are 32 apart
	amid    = 25                  // above which they are between two runs on one line, which speak for them already
	others  = 26                  // above which a stretch is, whatever lies on both sides of it
	telling = 8 * timecode.Second // a stretch that is long enough to tell
)

// bridged joins runs that lie on one line with what is between them, where that does not speak against it: another encode, crop or size of a
// film may be so different that hardly any shot is recognised by itself, but nor is any ever as different as other footage would be.
func bridged(a, b *Reel, runs []Run) []Run {
	all := slices.Clone(runs)
	for i := range all {
		all[i] = stretched(a, b, all[i])
	}
	all = united(all)
	slices.SortFunc(all, func(x, y Run) int { return cmp.Compare(x.A.Start, y.A.Start) })
	var joined []Run
	for _, r := range all {
		if n := len(joined); n > 0 && joins(a, b, joined[n-1], r) {
			joined[n-1] = joined[n-1].with(r)
			continue
		}
		joined = append(joined, r)
	}
	for i, r := range joined {
		joined[i] = r.Shifted(closer(a, b, r))
	}
	return joined
}

// united are runs without those that others came to contain as they were stretched.
func united(all []Run) []Run {
	slices.SortStableFunc(all, func(x, y Run) int { return cmp.Compare(y.Matches, x.Matches) })
	var kept []Run
	for _, r := range all {
		if !slices.ContainsFunc(kept, func(k Run) bool { return r.within(k) }) {
			kept = append(kept, r)
		}
	}
	return kept
}

// within tells whether k, a better run, says what r says: most of it lies beside k, about.
func (r Run) within(k Run) bool {
	return 2*r.A.Overlap(k.A) >= r.A.Length() && away(r.At(r.A.Start), k.At(r.A.Start)) <= 2*slack
}

// with is one run of two on one line: where the one of them says that has more matches.
func (r Run) with(next Run) Run {
	by := r
	if next.Matches > r.Matches {
		by = next
	}
	joined := span(by.A.Start, by.origin, by.Rate, r.A.Start, max(r.A.End, next.A.End))
	joined.Episode, joined.Matches = r.Episode, r.Matches+next.Matches
	joined.Distance = (r.Distance*float64(r.Matches) + next.Distance*float64(next.Matches)) / float64(joined.Matches)
	return joined
}

// joins tells whether what lies between two runs may be the same footage too.
func joins(a, b *Reel, r, next Run) bool {
	if away(r.At(next.A.Start), next.At(next.A.Start)) > 2*slack {
		return false
	}
	between := timecode.Range{Start: r.A.End, End: next.A.Start}
	for from := between.Start; from < between.End; from += telling / 2 {
		if meanDistance(a, b, r, timecode.Range{Start: from, End: min(between.End, from+telling)}) > others {
			return false
		}
	}
	return meanDistance(a, b, r, between) <= amid
}

// meanDistance is how far looks of a stretch are from where a run says that they are; 0 where there are none.
func meanDistance(a, b *Reel, r Run, s timecode.Range) float64 {
	sum, n := 0.0, 0
	for _, l := range a.Within(s) {
		if d := b.nearest(l, r.At(l.Time)); d < 64 {
			sum, n = sum+float64(d), n+1
		}
	}
	return sum / float64(max(1, n))
}

// stretched goes on at both ends for as long as what comes next is not unlike.
func stretched(a, b *Reel, r Run) Run {
	const step = timecode.Second
	from, to := r.A.Start, r.A.End
	fits := func(s timecode.Range) bool {
		looks := a.Within(s)
		return len(looks) > 0 && len(b.Within(timecode.Range{Start: r.At(s.Start) - near, End: r.At(s.End) + near})) > 0 && meanDistance(a, b, r, s) <= unlike
	}
	for fits(timecode.Range{Start: from - telling, End: from}) {
		from -= step
	}
	for fits(timecode.Range{Start: to + 1, End: to + telling}) {
		to += step
	}
	for from -= telling; from < r.A.Start && !fits(timecode.Range{Start: from, End: from + step}); {
		from += step
	}
	for to += telling; to > r.A.End && !fits(timecode.Range{Start: to - step, End: to}); {
		to -= step
	}
	first, last := a.From(from), a.From(to+1)-1
	for first < last && b.nearest(a.Looks[first], r.At(a.Looks[first].Time)) > unlike {
		first++
	}
	for first < last && b.nearest(a.Looks[last], r.At(a.Looks[last].Time)) > unlike {
		last--
	}
	if first > last {
		return r
	}
	out := span(r.A.Start, r.origin, r.Rate, a.Looks[first].Time, a.Looks[last].Time)
	out.Episode, out.Matches, out.Distance = r.Episode, r.Matches, r.Distance
	return out
}
