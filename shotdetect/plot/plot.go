package plot

import (
	"cmp"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// Plot gathers what is to be drawn of one film. It is not for concurrent use.
type Plot struct {
	video  *media.Video
	cut    uint8 // the bar of cuts
	curves []likely
	times  []timecode.Time
	queue  []*media.Frame // not settled, in order
	last   *media.Frame   // the settled one before them
	found  []shown
}

// likely is a frame's likelihoods in 255ths.
type likely struct{ cut, dissolve, fade, wipe uint8 }

// shown is a boundary with the frames to its sides as JPEG.
type shown struct {
	shotdetect.Boundary
	before, after []byte
}

// thumbWidth is how wide the pictures beside a boundary are, in pixels.
const thumbWidth = 80

// New begins the plot of a film, whose shape and colours are v's; nil is fine. The options are the detector's, for the bar that cuts
// must pass.
func New(v *media.Video, o shotdetect.Options) *Plot {
	if v == nil {
		v = &media.Video{}
	}
	return &Plot{video: v, cut: level(float32(o.CutBar()))}
}

// Watch is for [shotdetect.Options].
func (p *Plot) Watch(_ int64, l shotdetect.Likelihood) {
	p.curves = append(p.curves, likely{level(l.Cut), level(l.Dissolve), level(l.Fade), level(l.Wipe)})
}

func level(v float32) uint8 { return uint8(min(max(v, 0), 1)*255 + .5) }

// Add takes the next frame, and keeps it until it is settled.
func (p *Plot) Add(f *media.Frame) {
	p.queue = append(p.queue, f)
	p.times = append(p.times, f.PTS)
}

// Settle takes what became certain through the frames so far. Errors: those of [picture.Thumbnail].
func (p *Plot) Settle(s shotdetect.Settled) error {
	for _, b := range s.Boundaries {
		before, err := p.thumbnail(b.Start)
		if err != nil {
			return err
		}
		after, err := p.thumbnail(b.End)
		if err != nil {
			return err
		}
		p.found = append(p.found, shown{b, before, after})
	}
	settled := len(p.queue) - int(max(0, int64(len(p.times))-s.Until))
	if settled > 0 {
		p.last = p.queue[settled-1]
		clear(p.queue[:settled])
		p.queue = p.queue[settled:]
	}
	return nil
}

// thumbnail is a frame that is not settled, or the last that was, as a JPEG.
func (p *Plot) thumbnail(frame int64) ([]byte, error) {
	at := len(p.queue) - int(int64(len(p.times))-frame)
	f := p.last
	if at >= 0 && len(p.queue) > 0 {
		f = p.queue[min(at, len(p.queue)-1)]
	}
	if f == nil {
		return nil, nil
	}
	return picture.Thumbnail(f.Image, p.video.Colour, p.video.Shape(), thumbWidth)
}

// rate is how long a second of the axis is in frames, by the film as a whole.
func (p *Plot) rate() float64 {
	n := len(p.times)
	if n < 2 || p.times[n-1] <= p.times[0] {
		return cmp.Or(p.video.Rate.Float(), 24)
	}
	return float64(n-1) / (p.times[n-1] - p.times[0]).Seconds()
}
