package shotdetect

import (
	"math"

	"github.com/amvlib/amvlib/shotdetect/feature"
)

// A gradual boundary is doubted once it has been found: what crosses the lens, covers the picture and leaves it again, or drowns it in the
// blocks of a poor encode looks like one frame by frame. But then much the same scene stands on both of its sides.

// reaches is at how many distances the frames before and after a frame are compared, 8, 16 and 32 frames to each side.
const reaches = 3

var reachOf = [reaches]int{8, 16, 32}

// notes are what is kept of a frame's row until there is a verdict on it.
type notes struct {
	spread float32
	sides  [reaches]float32
}

func notesOf(r *feature.Row) notes {
	n := notes{spread: r[feature.Deviation] * feature.Unit}
	for i := range n.sides {
		far := r.Far(i)
		n.sides[i] = far[feature.Shape] + far[feature.Outline]
	}
	return n
}

// How much each thing says for a gradual boundary, in log-odds: a logistic regression over gradual boundaries found in generated edits
// and what truth says of them, see train/README.md.
const (
	forTop   = .6 // of the log-odds of the frame that is likeliest within one,
	forMean  = .3 // and of the mean over its frames
	forSides = 1.9
	forWipe  = -.65
	forNone  = -4.2

	// longestWipe is how many frames a wipe lasts at most; what takes longer to cross the picture is a thing that moves.
	longestWipe = 60
)

// doubtful tells whether a ramp that looks like a gradual boundary is to be taken for none.
func (r ramp) doubtful(v []verdict, b bars) bool {
	shares := r.shares(v)
	wipe := shares[3] / max(shares[1]+shares[2]+shares[3], 1e-6)
	if wipe > .5 && r.to-r.from >= longestWipe {
		return true
	}
	evidence := forTop*odds(r.top(v)) + forMean*odds(1-shares[0]) + forSides*float64(r.sides(v)) + forWipe*float64(wipe) + forNone
	return math.Round(evidence*1024)/1024 < b.evidence // rounded, since machines' logarithms differ by a little
}

// sides is how unlike what stands before the ramp and after it are: it is asked of the frame in its middle, at the least distance that
// is beyond both ends.
func (r ramp) sides(v []verdict) float32 {
	i := 0
	for i < reaches-1 && 2*reachOf[i] < r.to-r.from+5 {
		i++
	}
	return v[(r.from+r.to)/2].sides[i]
}

// odds are log-odds, of what is neither certain nor impossible.
func odds(p float32) float64 {
	q := min(max(float64(p), 2e-5), 1-2e-5)
	return math.Log(q / (1 - q))
}
