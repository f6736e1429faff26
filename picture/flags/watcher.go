package flags

import (
	"image"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

const (
	width  = media.Width
	height = media.Height
)

// A film is looked at every step; what is dear to look for is looked for in some of the looks.
const (
	step      = timecode.Second / 8
	textEvery = 2
	logoEvery = 4
	bandEvery = 8
)

// Watcher looks at a film shot by shot. It is not for concurrent use. It holds on to two frames, and to a few KB a shot.
type Watcher struct {
	levels levels
	film   Set // what is so of all shots
	shot   *shot
	done   []*shot
	logos  logos
	next   timecode.Time
}

// shot is what was seen of one shot.
type shot struct {
	looks  int
	bars   barTally
	ground groundTally
	motion motion
	text   textTally
	bands  bandTally
	set    Set // what is settled
	marks  *corners
}

// levels are the film's luma of black and of white.
type levels struct{ black, white int }

// NewWatcher looks at a film of which the container says that much.
func NewWatcher(info media.Info) *Watcher {
	w := &Watcher{levels: levels{black: 16, white: 235}}
	if v := info.Video; v != nil {
		if v.Colour.Full {
			w.levels = levels{white: 255}
		}
		if v.Interlaced {
			w.film |= Interlaced
		}
		if poor(info) {
			w.film |= LowQuality
		}
	}
	w.begin()
	return w
}

func (w *Watcher) begin() {
	w.shot, w.next = &shot{}, 0
	w.shot.motion.begin()
}

// Add takes the next frame of the shot that is open. The picture is kept until the next look, so it must not be written to.
func (w *Watcher) Add(f *media.Frame) {
	if w.shot.looks > 0 && f.PTS < w.next || f.Image == nil || f.Image.Rect.Dx() != width || f.Image.Rect.Dy() != height {
		return
	}
	w.next = (f.PTS/step + 1) * step
	w.look(f.Image)
}

func (w *Watcher) look(img *image.YCbCr) {
	s := w.shot
	s.bars.add(img, w.levels)
	s.ground.add(img, w.levels)
	s.motion.add(img)
	if s.looks%textEvery == 0 {
		s.text.add(img)
	}
	if s.looks%bandEvery == 0 {
		s.bands.add(img)
	}
	if s.looks%logoEvery == 0 {
		w.logos.add(img, s)
	}
	s.looks++
}

// Cut ends the shot that is open and begins the next.
func (w *Watcher) Cut() {
	s := w.shot
	s.set |= w.film | s.motion.set() | s.text.set() | s.bands.set()
	s.motion, s.text = motion{}, textTally{} // they are the large ones
	w.done = append(w.done, s)
	w.begin()
}

// Sets are the flags of the shots that were ended, in order. It may be asked once, at the end.
func (w *Watcher) Sets() []Set {
	w.logos.close()
	film := commonBars(w.done, w.levels)
	out := make([]Set, len(w.done))
	for i, s := range w.done {
		bars := s.bars.settle(film)
		out[i] = s.set | bars.set() | s.ground.set(bars)
	}
	return out
}
