package footage

import (
	"context"
	"image"
	"slices"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// Video is a finished video whose footage is in question, gathered frame by frame: looks alone are kept, some 40 bytes each.
type Video struct {
	reel, mirror Reel
	detector     shotdetect.Detector
	boundaries   []shotdetect.Boundary
}

// NewVideo begins a video. The detector is a fresh one.
func NewVideo(d shotdetect.Detector) *Video { return &Video{detector: d} }

// Add takes the next frame.
func (v *Video) Add(f *media.Frame) error {
	l, err := LookAt(f.Image, f.Index, f.PTS)
	if err != nil {
		return err
	}
	m, err := LookAt(exchanged(f.Image), f.Index, f.PTS)
	if err != nil {
		return err
	}
	v.reel.Looks, v.mirror.Looks = append(v.reel.Looks, l), append(v.mirror.Looks, m)
	v.boundaries = append(v.boundaries, v.detector.Push(f).Boundaries...)
	return nil
}

// Traced is one shot of a video, and where its footage is from.
type Traced struct {
	Clean    timecode.Span  // its frames in the video, without those of its transitions
	Range    timecode.Range // the same in time
	Found    bool
	Plain    bool // black, white or otherwise flat: from nowhere
	Mirrored bool // left and right are exchanged
	Run      Run  // where it is found; Rate tells speed, and whether it runs backwards
	First    int64
	Last     int64 // frames of the episode that the first and the last frame show
}

// tempos are the speeds at which footage is looked for.
var tempos = []float64{1, 2, .5, 1.5, .75, 1.25, 4, .25, -1, -2, -.5}

// What is claimed: most of a shot's pictures were seen, in order, and they are near. Look-alikes are near at some moment, not at a pace.
const (
	leastSeen = 3
	mostSeen  = .5 // of the looks of a shot
	nearMean  = 7  // bits
	margin    = 1  // bits by which a speed other than 1 has to be nearer, for pictures that stand still run at any
)

// Trace finds the footage of each shot of a video, in order.
func (f *Footage) Trace(ctx context.Context, v *Video) ([]Traced, error) {
	v.boundaries = append(v.boundaries, v.detector.Flush().Boundaries...)
	var all []Traced
	for _, s := range shotdetect.Shots(v.boundaries, int64(len(v.reel.Looks))) {
		t, err := f.trace(ctx, v, s.Clean)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

func (f *Footage) trace(ctx context.Context, v *Video, span timecode.Span) (Traced, error) {
	t := Traced{Clean: span, Range: timecode.Range{Start: v.reel.Looks[span.In].Time, End: v.reel.Looks[span.Out-1].Time}}
	t.Plain = !slices.ContainsFunc(v.reel.Looks[span.In:span.Out], func(l Look) bool { return !l.Flat })
	if t.Plain {
		return t, nil
	}
	for _, side := range []*Reel{&v.reel, &v.mirror} {
		part := &Reel{Looks: side.Looks[span.In:span.Out]}
		runs, err := f.atAnyTempo(ctx, part)
		if err != nil {
			return t, err
		}
		for _, r := range runs {
			if claims(part, r) && (!t.Found || preferred(r, t.Run)) {
				t.Found, t.Run, t.Mirrored = true, r, side == &v.mirror
			}
		}
	}
	if !t.Found {
		return t, nil
	}
	return t, f.land(ctx, &t)
}

// atAnyTempo finds runs speed by speed: at half the speed, too, pictures are those of a moment before and after, only not as near.
func (f *Footage) atAnyTempo(ctx context.Context, part *Reel) (all []Run, err error) {
	o := RunOptions{Least: min(leastSeen, len(part.Looks))}
	o.settle()
	points, err := f.points(ctx, part, o)
	for episode, found := range points {
		if err != nil {
			return nil, err
		}
		var b *Reel
		b, err = f.Reel(ctx, episode)
		for _, tempo := range tempos {
			if o.Rates = []float64{tempo}; err == nil {
				all = append(all, runsOn(part, b, found, o)...)
			}
		}
	}
	slices.SortFunc(all, Run.compare)
	return all, err
}

// claims tells whether a run is enough to say that a shot is from there.
func claims(part *Reel, r Run) bool {
	seen := 0
	for _, l := range part.Looks {
		if !l.Flat {
			seen++
		}
	}
	return float64(r.Matches) >= mostSeen*float64(seen) && r.Distance <= nearMean
}

// preferred tells whether a run says more than the one before it.
func preferred(r, than Run) bool {
	d := than.Distance - r.Distance
	switch {
	case r.Rate == 1 && than.Rate != 1:
		d += margin
	case r.Rate != 1 && than.Rate == 1:
		d -= margin
	}
	return d+float64(r.Matches-than.Matches)/8 > 0
}

// land finds the frames of the episode.
func (f *Footage) land(ctx context.Context, t *Traced) error {
	q, err := f.lib.Sequence(ctx, t.Run.Episode)
	if err != nil {
		return err
	}
	p := piece{to: q}
	last := int64(len(q.Times)) - 1
	t.First = min(last, max(0, p.at(t.Run.At(t.Range.Start))))
	t.Last = min(last, max(0, p.at(t.Run.At(t.Range.End))))
	return nil
}

// exchanged is a picture with left and right exchanged, of gray alone.
func exchanged(img *image.YCbCr) *image.YCbCr {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := range h {
		from, to := img.Y[y*img.YStride:][:w], out.Y[y*out.YStride:]
		for x, v := range from {
			to[w-1-x] = v
		}
	}
	return out
}
