package shotdetect

import "github.com/amvlib/amvlib/media"

// Detector finds boundaries in frames as they come. Implementations are deterministic, keep a bounded look-ahead, and are not for
// concurrent use.
type Detector interface {
	// Push takes the next frame and tells what became certain through it. It keeps nothing of the frame's memory.
	Push(f *media.Frame) Settled
	// Flush tells the rest, after the last frame.
	Flush() Settled
}

// Settled is what a detector will not change its mind about any more.
type Settled struct {
	Until      int64      // every frame before this one is settled: no boundary yet to come touches it
	Scores     []uint8    // one for each frame newly settled, in order: how much it looks like a first frame, 0 to 255
	Boundaries []Boundary // in order; all that touch the newly settled frames and were not told before
}
