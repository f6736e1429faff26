package shotdetect

import (
	"math"

	"github.com/amvlib/amvlib/media"
)

// LookAhead is how many frames after a frame are seen at most before it is settled. A gradual boundary longer than this is told
// for as much of it as is seen at once.
const LookAhead = 80

// Options set how a detector decides.
type Options struct {
	// Sensitivity is 0 to 1: higher finds more cuts, and more that are none. 0 means the default, 0.5.
	Sensitivity float64
}

// New is a detector that compares small pictures by hand-made rules. Flashes, strobes and foreign frames of up to a quarter of a
// second are no boundaries to it, for the same picture stands on both sides of them; otherwise a shot has no least length, though
// several of less than five frames in a row look like motion to it. It counts frames as they are pushed, whatever their Index.
func New(o Options) Detector {
	s := o.Sensitivity
	if !(s > 0) {
		s = .5
	}
	return &detector{bar: float32(.41 * math.Pow(2, 1-2*min(1, s)))}
}

// history is how many frames are remembered; more than look-ahead and the longest gradual's surroundings together.
const history = 256

// detector sees frames at the clock and decides about earlier ones, each stage at its own fixed distance. Everything is decided
// from the last history frames, so its memory is bounded and the same frames give the same answer.
type detector struct {
	bar      float32 // how far a cut must stand out
	frames   int64   // seen
	clock    int64   // of the newest frame; runs on after the last
	looks    [history]look
	steps    [history]float32 // unlikeness to the frame before
	breaks   [history]float32 // least unlikeness of the frames before to those from here on
	scores   [history]uint8
	fade     fading
	mixing   mixing
	pending  []Boundary // in order, not told yet
	settled  int64
	lastTold int64 // End of the last boundary that was told
}

// Push implements Detector.
func (d *detector) Push(f *media.Frame) Settled {
	d.look(d.frames).see(f)
	d.frames++
	return d.tick()
}

// Flush implements Detector.
func (d *detector) Flush() Settled {
	var all Settled
	for d.settled < d.frames {
		s := d.tick()
		all.Scores = append(all.Scores, s.Scores...)
		all.Boundaries = append(all.Boundaries, s.Boundaries...)
	}
	all.Until = d.settled
	return all
}

// tick runs every stage for the frame whose turn it is.
func (d *detector) tick() Settled {
	d.step(d.clock)
	d.rupture(d.clock - reach + 1)
	d.decideCut(d.clock - cutDelay)
	d.watchFade(d.clock)
	d.watchMix(d.clock - widestSpan)
	d.clock++
	return d.settle(min(d.frames, d.clock-LookAhead))
}

func (d *detector) look(i int64) *look { return &d.looks[i%history] }

func (d *detector) seen(i int64) bool { return i >= 0 && i < d.frames }

// settle tells all that touches the frames before until.
func (d *detector) settle(until int64) Settled {
	s := Settled{Until: max(d.settled, until)}
	for ; d.settled < s.Until; d.settled++ {
		s.Scores = append(s.Scores, d.scores[d.settled%history])
	}
	n := 0
	for n < len(d.pending) && d.pending[n].Start < s.Until {
		n++
	}
	if n > 0 {
		s.Boundaries = append(s.Boundaries, d.pending[:n]...)
		d.lastTold = d.pending[n-1].End
		d.pending = append(d.pending[:0], d.pending[n:]...)
	}
	return s
}

// add puts a boundary in its place. It is refused where it touches what is settled or told; what lies inside it gives way, and so
// does it where it overlaps an older one otherwise.
func (d *detector) add(b Boundary) bool {
	if b.Start < d.settled || b.Start < d.lastTold || b.End >= d.frames {
		return false
	}
	kept := d.pending[:0:0]
	at := 0
	for _, o := range d.pending {
		switch {
		case o.End <= b.Start:
			at = len(kept) + 1
		case o.Start >= b.Start && o.End <= b.End:
			continue
		case o.Start < b.End:
			return false
		}
		kept = append(kept, o)
	}
	kept = append(kept, Boundary{})
	copy(kept[at+1:], kept[at:])
	kept[at] = b
	d.pending = kept
	return true
}

// drop takes back what was found from one frame to another.
func (d *detector) drop(from, to int64) {
	kept := d.pending[:0]
	for _, o := range d.pending {
		if o.Start < from || o.End > to {
			kept = append(kept, o)
		}
	}
	d.pending = kept
}
