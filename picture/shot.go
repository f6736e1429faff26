package picture

import (
	"image"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// Keyframe is the picture that stands for a shot.
type Keyframe struct {
	Index    int64
	PTS      timecode.Time
	Image    *image.YCbCr // the frame's own
	Features Features     // of this frame alone
}

// Shot gathers the frames of one shot, in order. It holds on to at most five pictures, however long the shot is: the best so far,
// and those of the last few frames, which may turn out to lie at its end.
type Shot struct {
	meter   *Meter
	mean    Mean       // of clean frames
	dirty   Mean       // of the others, for a shot that has no clean ones
	hues    [2]counter // of the clean frames, and of the others
	added   int
	waiting *candidate // the newest frame: whether it is stable shows in the next
	recent  *candidate // best of the run of frames being gathered
	before  *candidate // best of the run before that
	best    *candidate // best of the runs before both
	run     int
}

// NewShot gathers frames of that colour.
func NewShot(c media.Colour) *Shot {
	return &Shot{meter: NewMeter(c), hues: [2]counter{newCounter(c), newCounter(c)}}
}

// candidate is a frame that may become the keyframe, and how well it would do.
type candidate struct {
	frame    *media.Frame
	features Features
	place    int // in the shot
	score    float32
}

// Add takes the shot's next frame; clean is false where it belongs to a transition. The picture is kept for as long as it may
// become the keyframe, so it must not be written to afterwards.
func (s *Shot) Add(f *media.Frame, clean bool) { s.AddMeasured(f, s.meter.Measure(f.Image), clean) }

// AddMeasured is [Shot.Add] for a frame that was measured already, in order, by a [Meter] of the caller's.
func (s *Shot) AddMeasured(f *media.Frame, m Features, clean bool) {
	first := s.added == 0
	if first {
		m.Motion, m.Stillness = 0, 0
	}
	s.count(m, clean, first)
	s.colour(f.Image, clean)
	s.settle(m.Motion)
	s.waiting = &candidate{frame: f, features: m, place: s.added, score: s.judge(m, clean)}
	s.added++
}

func (s *Shot) count(m Features, clean, first bool) {
	mean := &s.mean
	if !clean {
		mean = &s.dirty
	}
	if first {
		mean.AddFirst(m)
		return
	}
	mean.Add(m)
}

func (s *Shot) colour(img *image.YCbCr, clean bool) {
	if clean {
		s.hues[0].add(img)
		return
	}
	s.hues[1].add(img)
}

// Palette is the hues of the shot so far, of its clean frames where it has any.
func (s *Shot) Palette() Palette {
	if p := s.hues[0].palette(); !p.Unknown() {
		return p
	}
	return s.hues[1].palette()
}

// The keyframe is the sharpest picture, and these are what sharpness is paid with.
const (
	edgeFrames  = 4   // this near to the shot's ends, frames are blended or smeared by encoders and easily not the shot's own
	edgePay     = .6  // of the score is left to them
	dirtyPay    = .02 // is left to frames of transitions
	flatPay     = .1  // is left to black, white and flat pictures
	motionScale = .02 // motion that halves a picture's score
	sharpFloor  = .02 // so that soft pictures are still told apart by the rest
)

// judge scores a frame by all that is known when it comes.
func (s *Shot) judge(m Features, clean bool) float32 {
	score := (m.Sharpness + sharpFloor) * steady(m.Motion)
	if m.Brightness < .06 || m.Brightness > .94 || m.Contrast < .08 {
		score *= flatPay
	}
	if !clean {
		score *= dirtyPay
	}
	if s.added < edgeFrames {
		score *= edgePay
	}
	return score
}

func steady(motion float32) float32 { return motionScale / (motionScale + motion) }

// settle lets the waiting frame compete, now that the motion after it is known.
func (s *Shot) settle(motion float32) {
	if s.waiting == nil {
		return
	}
	s.waiting.score *= steady(motion)
	s.recent = better(s.recent, s.waiting)
	if s.run++; s.run == edgeFrames {
		s.best = better(s.best, s.before)
		s.before, s.recent, s.run = s.recent, nil, 0
	}
}

// better prefers the earlier of equals.
func better(a, b *candidate) *candidate {
	if a == nil || b != nil && b.score > a.score {
		return b
	}
	return a
}

// Result is the keyframe and the shot's features; false where no frame was added. A shot's features come from its clean frames
// where it has any.
func (s *Shot) Result() (Keyframe, Features, bool) {
	if s.waiting == nil {
		return Keyframe{}, Features{}, false
	}
	var c *candidate
	for _, o := range []*candidate{s.best, s.before, s.recent, s.waiting} {
		c = better(c, s.atEnd(o))
	}
	mean := &s.mean
	if mean.n == 0 {
		mean = &s.dirty
	}
	return Keyframe{Index: c.frame.Index, PTS: c.frame.PTS, Image: c.frame.Image, Features: c.features}, mean.Features(), true
}

// atEnd makes a candidate pay for lying near the shot's end, which shows only now.
func (s *Shot) atEnd(c *candidate) *candidate {
	if c == nil || s.added-1-c.place >= edgeFrames {
		return c
	}
	late := *c
	late.score *= edgePay
	return &late
}
