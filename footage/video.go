package footage

import (
	"image"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// Video is a finished video whose footage is in question, gathered frame by frame. Of every frame its looks are kept, some 80 bytes, and
// of every shot some small pictures.
type Video struct {
	seen         *media.Video
	keeps        bool // small pictures for people
	reel, mirror Reel
	detector     shotdetect.Detector
	boundaries   []shotdetect.Boundary
	settled      int64 // frames before this are of shots that are thinned out
	snaps        []snap
}

// snap is a small picture of a frame.
type snap struct {
	frame int64
	at    timecode.Time
	flat  bool
	jpeg  []byte // for people; nil where none are kept
	*Picture
}

// The size of snaps, and how many of a shot are kept.
const (
	snapWide, snapHigh = media.Width / 2, media.Height / 2
	mostSnaps          = 48
	firstSnaps         = 6 // from a shot's beginning on, all of them
)

// NewVideo begins a video that is seen in the shape and colours of v. The detector is a fresh one. With pictures small ones are kept, to
// be shown beside the footage.
func NewVideo(v *media.Video, d shotdetect.Detector, pictures bool) *Video {
	return &Video{seen: v, detector: d, keeps: pictures}
}

// Frames is how many there are.
func (v *Video) Frames() int64 { return int64(len(v.reel.Looks)) }

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
	s := snap{frame: v.Frames() - 1, at: f.PTS, flat: l.Flat, Picture: halved(f.Image, v.seen.Shape())}
	if v.keeps {
		if s.jpeg, err = stillFrom(f.Image, v.seen); err != nil {
			return err
		}
	}
	v.snaps = append(v.snaps, s)
	v.settle(v.detector.Push(f).Boundaries)
	return nil
}

// settle notes boundaries, and thins the pictures of the shots that end there out.
func (v *Video) settle(boundaries []shotdetect.Boundary) {
	for _, b := range boundaries {
		v.boundaries = append(v.boundaries, b)
		v.thin(b.Switch())
	}
}

// thin leaves of the pictures from v.settled to the frame end those that begin the shot, and the rest evenly.
func (v *Video) thin(end int64) {
	from := len(v.snaps)
	for from > 0 && v.snaps[from-1].frame >= v.settled {
		from--
	}
	to := from
	for to < len(v.snaps) && v.snaps[to].frame < end {
		to++
	}
	kept := v.snaps[:from:from]
	for i, p := range v.snaps[from:to] {
		if keeps(i, to-from) {
			kept = append(kept, p)
		}
	}
	v.snaps = append(kept, v.snaps[to:]...)
	v.settled = end
}

// stillFrom is a small picture for people.
func stillFrom(img *image.YCbCr, v *media.Video) ([]byte, error) {
	var colour media.Colour
	if v != nil {
		colour = v.Colour
	}
	return picture.Still(img, colour, v.Shape())
}

// keeps tells whether the i-th picture of so many is kept.
func keeps(i, of int) bool {
	if of <= mostSnaps || i < firstSnaps {
		return true
	}
	n := (i - firstSnaps) * (mostSnaps - firstSnaps) / (of - firstSnaps)
	return i == firstSnaps || n != (i-firstSnaps-1)*(mostSnaps-firstSnaps)/(of-firstSnaps)
}

// within are the small pictures of a stretch.
func (v *Video) within(s timecode.Span) []snap {
	var all []snap
	for _, p := range v.snaps {
		if s.Contains(p.frame) {
			all = append(all, p)
		}
	}
	return all
}

// halved is the luma of a frame, half as wide and high.
func halved(img *image.YCbCr, shape float64) *Picture {
	p := &Picture{Y: make([]byte, snapWide*snapHigh), Stride: snapWide, Width: snapWide, Height: snapHigh, Shape: shape}
	for y := range snapHigh {
		a, b := img.Y[2*y*img.YStride:], img.Y[(2*y+1)*img.YStride:]
		row := p.Y[y*snapWide:][:snapWide]
		for x := range row {
			row[x] = byte((int(a[2*x]) + int(a[2*x+1]) + int(b[2*x]) + int(b[2*x+1]) + 2) / 4)
		}
	}
	return p
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

// Pace is how many frames a second there are.
func (v *Video) Pace() float64 {
	looks := v.reel.Looks
	if len(looks) < 2 {
		return 0
	}
	return float64(len(looks)-1) / (looks[len(looks)-1].Time - looks[0].Time).Seconds()
}

// own is the time between two frames, in the mean.
func (v *Video) own() timecode.Time {
	looks := v.reel.Looks
	if len(looks) < 2 {
		return 0
	}
	return (looks[len(looks)-1].Time - looks[0].Time) / timecode.Time(len(looks)-1)
}
