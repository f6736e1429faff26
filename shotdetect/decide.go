package shotdetect

import (
	"cmp"
	"slices"
)

// bars are the probabilities from which something is a boundary.
type bars struct {
	cut, gradual float32
	soon         float32 // of a cut that follows soon on one that is certain
	ramp         float32 // of frames that belong to a gradual boundary of which some frame is over its bar
	sure         float32 // of a cut that is told although it lies within what looks like a gradual boundary

	evidence float64 // for a gradual boundary, all together, in log-odds
}

// What decisions go by, in frames.
const (
	apart    = 3  // cuts closer than this are one
	nearby   = 90 // after a certain cut there may soon be another
	bridged  = 2  // a gradual boundary may pause for so many
	shortest = 4  // of a gradual boundary
	maxHold  = 48 // that a fade may stay at its one colour
)

// A fade passes through frames as flat as this, in levels, or as this share of what it begins or ends with; while it holds its one
// colour there is nothing to be seen, not even a small caption.
const (
	flatSpread = 16
	fadedShare = .4
	heldSpread = 2.5
	// spreadNoise is by how much flat frames differ in spread, grain being averaged away.
	spreadNoise = .3
)

// ramp is a run of frames within one gradual boundary.
type ramp struct{ from, to int } // both within

// certain is how likely a cut is that makes others near it likelier: cuts come in bursts.
const certain = .99

// stretch is a part of a film that is decided about by itself.
type stretch struct {
	first int64   // frame
	soon  int     // so many of its frames come soon after a certain cut before it
	more  bool    // frames follow it
	mixed []int64 // frames that show two shots
}

// decide finds the boundaries in verdicts on a stretch of film. A ramp that goes on after the stretch is told up to there, and one that was
// going on before is not told again.
func decide(v []verdict, s stretch, b bars) []Boundary {
	cuts := believed(v, peaks(v, b.soon), s.soon, b)
	var found []Boundary
	for _, r := range ramps(v, b) {
		var kept bool
		if cuts, kept = r.against(v, cuts, b); kept && r.from > 0 && (s.more || r.to+1 < len(v)) {
			found = append(found, r.boundary(v))
		}
	}
	found = fuseFades(v, found, cuts)
	for _, c := range cuts {
		if c > 0 {
			found = append(found, Boundary{Type: Cut, Start: int64(c - 1), End: int64(c), Score: float64(v[c].cut), Mixed: s.mixes(c - 1)})
		}
	}
	slices.SortFunc(found, func(x, y Boundary) int { return cmp.Compare(x.Start, y.Start) })
	return shifted(apartFrom(found), s.first)
}

// mixes tells whether a frame of the stretch shows two shots; its first has none before it to show.
func (s stretch) mixes(i int) bool { return i > 0 && slices.Contains(s.mixed, s.first+int64(i)) }

// peaks are the frames at least apart that are most likely first frames of shots, in order.
func peaks(v []verdict, bar float32) []int {
	var likely, taken []int
	for i := range v {
		if v[i].cut >= bar {
			likely = append(likely, i)
		}
	}
	slices.SortStableFunc(likely, func(a, b int) int { return cmp.Compare(v[b].cut, v[a].cut) })
	for _, i := range likely {
		if !slices.ContainsFunc(taken, func(k int) bool { return max(i-k, k-i) < apart }) {
			taken = append(taken, i)
		}
	}
	slices.Sort(taken)
	return taken
}

// believed are the cuts that are likely enough for where they are.
func believed(v []verdict, cuts []int, soon int, b bars) []int {
	at := 0
	return slices.DeleteFunc(cuts, func(c int) bool {
		soon, at = soonAfter(v[at:c], soon-at)+at, c
		return v[c].cut < b.cut && c >= soon
	})
}

// soonAfter is the index, from the first of the frames on, up to which there is soon after a certain cut, where it was soon before.
func soonAfter(v []verdict, soon int) int {
	for i := range v {
		if v[i].cut >= certain {
			soon = i + 1 + nearby
		}
	}
	return soon
}

// ramps are the runs of frames that are likely within gradual boundaries.
func ramps(v []verdict, b bars) []ramp {
	var all []ramp
	for i := range v {
		switch n := len(all); {
		case v[i].gradual() <= b.ramp:
		case n > 0 && i-all[n-1].to-1 <= bridged:
			all[n-1].to = i
		default:
			all = append(all, ramp{i, i})
		}
	}
	all = slices.DeleteFunc(all, func(r ramp) bool { return r.to-r.from+1 < shortest || r.top(v) <= b.gradual })
	for i := range all {
		all[i].trim(v)
	}
	return slices.DeleteFunc(all, func(r ramp) bool { return r.doubtful(v, b) })
}

// trim takes away what a ramp holds its one colour for at either end: a fade is over when nothing is left to be seen.
func (r *ramp) trim(v []verdict) {
	least := v[r.from].spread
	for i := max(0, r.from-1); i <= min(len(v)-1, r.to+1); i++ {
		least = min(least, v[i].spread)
	}
	held := func(i int) bool { return v[i].spread < heldSpread && v[i].spread <= least+spreadNoise }
	for r.to > r.from && held(r.to) {
		r.to--
	}
	for r.from < r.to && held(r.from) {
		r.from++
	}
}

// top is how likely the likeliest of its frames lies within a gradual boundary.
func (r ramp) top(v []verdict) (top float32) {
	for i := r.from; i <= r.to; i++ {
		top = max(top, v[i].gradual())
	}
	return top
}

// against settles which of a ramp and the cuts within it are right: a cut that is sure, and surer than the ramp, was smeared over
// the frames about it; else the cuts are part of the ramp.
func (r ramp) against(v []verdict, cuts []int, b bars) (left []int, kept bool) {
	within := func(c int) bool { return c >= r.from && c <= r.to+1 }
	bar := max(b.sure, r.top(v))
	if slices.ContainsFunc(cuts, func(c int) bool { return within(c) && v[c].cut > bar }) {
		return cuts, false
	}
	return slices.DeleteFunc(cuts, within), true
}

func (r ramp) boundary(v []verdict) Boundary {
	shares := r.shares(v)
	if !r.fades(v) {
		shares[2] = 0
	}
	best := 1
	for k := 2; k < kinds; k++ {
		if shares[k] > shares[best] {
			best = k
		}
	}
	return Boundary{Type: gradual[best], Start: int64(r.from - 1), End: int64(r.to + 1), Score: float64(1 - shares[0])}
}

// shares are the means of how likely its frames lie within what.
func (r ramp) shares(v []verdict) (shares [kinds]float32) {
	for i := r.from; i <= r.to; i++ {
		for k, p := range v[i].kinds {
			shares[k] += p
		}
	}
	for k := range shares {
		shares[k] /= float32(r.to - r.from + 1)
	}
	return shares
}

// fades tells whether a ramp passes through something flat.
func (r ramp) fades(v []verdict) bool {
	least, most := v[r.from].spread, v[r.from].spread
	for i := max(0, r.from-1); i <= min(len(v)-1, r.to+1); i++ {
		least, most = min(least, v[i].spread), max(most, v[i].spread)
	}
	return least < flatSpread || least < fadedShare*most
}

// fuseFades makes one boundary of a fade out and the fade in that follows it after a hold.
func fuseFades(v []verdict, found []Boundary, cuts []int) []Boundary {
	var out []Boundary
	for _, b := range found {
		n := len(out)
		if n == 0 || !oneFade(v, out[n-1], b, cuts) {
			out = append(out, b)
			continue
		}
		out[n-1].End, out[n-1].Score = b.End, max(out[n-1].Score, b.Score)
	}
	return out
}

func oneFade(v []verdict, a, b Boundary, cuts []int) bool {
	if a.Type != Fade || b.Type != Fade || b.Start-a.End > maxHold {
		return false
	}
	if slices.ContainsFunc(cuts, func(c int) bool { return int64(c) >= a.End && int64(c) <= b.Start }) {
		return false
	}
	return flatFrom(v, int(a.End), int(b.Start))
}

// flatFrom tells whether the frames are all nearly flat, and some of them wholly.
func flatFrom(v []verdict, from, to int) bool {
	held := false
	for i := from; i <= to; i++ {
		if v[i].spread >= flatSpread {
			return false
		}
		held = held || v[i].spread < heldSpread
	}
	return held
}

// apartFrom drops what overlaps the boundary before it, the less sure of the two.
func apartFrom(found []Boundary) []Boundary {
	var out []Boundary
	for _, b := range found {
		switch n := len(out); {
		case n == 0 || b.Start >= out[n-1].End:
			out = append(out, b)
		case b.Score > out[n-1].Score:
			out[n-1] = b
		}
	}
	return out
}

func shifted(found []Boundary, first int64) []Boundary {
	end := int64(0)
	for i := range found {
		found[i].Mixed = found[i].Mixed && found[i].Start > end // else that frame is part of what was before
		end = found[i].End
		found[i].Start += first
		found[i].End += first
	}
	return found
}
