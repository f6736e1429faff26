package footage

import (
	"cmp"
	"context"
	"image"
	"math"
	"slices"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// Clip is a moving picture in question, gathered frame by frame.
type Clip struct {
	shape    float64 // width to height
	reel     Reel
	mirror   Reel
	pictures []clipped
}

// clipped is one of the pictures of a clip that are looked at by themselves.
type clipped struct {
	*Picture
	at timecode.Time
}

// The bounds of a clip.
const (
	MostOfClip  = 60 * timecode.Second // what comes later is not looked at
	mostOfThem  = 16
	pictureStep = timecode.Second / 2
)

// NewClip begins a clip that is seen in the shape of v.
func NewClip(v *media.Video) *Clip { return &Clip{shape: v.Shape()} }

// Add takes the next frame; false says that it has seen enough.
func (c *Clip) Add(f *media.Frame) (more bool, err error) {
	if n := len(c.reel.Looks); n > 0 && f.PTS-c.reel.Looks[0].Time > MostOfClip {
		return false, nil
	}
	l, err := LookAt(f.Image, f.Index, f.PTS)
	if err != nil {
		return false, err
	}
	c.reel.Looks = append(c.reel.Looks, l)
	p := PictureOf(f.Image)
	if l, err = LookAt(p.mirrored(), f.Index, f.PTS); err != nil {
		return false, err
	}
	c.mirror.Looks = append(c.mirror.Looks, l)
	if n := len(c.pictures); !l.Flat && n < mostOfThem && (n == 0 || f.PTS-c.pictures[n-1].at >= pictureStep) {
		p.Shape = c.shape
		c.pictures = append(c.pictures, clipped{p, f.PTS})
	}
	return true, nil
}

// mirrored is p as an image with left and right exchanged, of gray alone.
func (p *Picture) mirrored() *image.YCbCr {
	out := image.NewYCbCr(p.whole(), image.YCbCrSubsampleRatio420)
	for y := range p.Height {
		from, to := p.Y[y*p.Stride:][:p.Width], out.Y[y*out.YStride:]
		for x, v := range from {
			to[p.Width-1-x] = v
		}
	}
	return out
}

// IdentifyClip tells where a clip may be from, at most n places, the likeliest first. Sighting.Time is that of the clip's first frame,
// and Sighting.Run what of the clip was found there: right to the frame where something moves.
func (f *Footage) IdentifyClip(ctx context.Context, c *Clip, n int) ([]Sighting, error) {
	votes, err := f.vote(ctx, c)
	if err != nil || len(votes) == 0 {
		return nil, err
	}
	first := c.reel.Looks[0].Time
	var all []Sighting
	for _, v := range votes[:min(len(votes), 2*n)] {
		s := v.best
		s.Confidence = 1 - v.doubt
		s.Time = first + v.offset
		if err := f.place(ctx, c, &s, v.offset); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return apartInTime(all, n, window), nil
}

// ballot is what the pictures of a clip say of one place: an episode and by how much it is later there.
type ballot struct {
	best   Sighting
	offset timecode.Time
	doubt  float64 // that none of them is right
	sum    float64
}

// vote asks for each picture of a clip by itself; places that agree in how much later they are count together.
func (f *Footage) vote(ctx context.Context, c *Clip) ([]ballot, error) {
	var all []ballot
	for _, p := range c.pictures {
		found, err := f.kept(ctx, p.Picture, 8)
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			off := s.Time - p.at
			i := slices.IndexFunc(all, func(b ballot) bool {
				return b.best.Episode == s.Episode && b.best.Mirrored == s.Mirrored && away(b.offset, off) <= timecode.Second*6/10
			})
			if i < 0 {
				all = append(all, ballot{s, off, 1 - s.Confidence, s.Confidence})
				continue
			}
			b := &all[i]
			b.doubt *= 1 - s.Confidence
			b.sum += s.Confidence
			if s.Confidence > b.best.Confidence {
				b.best, b.offset = s, off
			}
		}
	}
	slices.SortFunc(all, func(a, b ballot) int {
		return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(a.best.Episode, b.best.Episode), cmp.Compare(a.offset, b.offset))
	})
	return all, nil
}

// place finds the run of a clip in the episode of a sighting, near the offset that its pictures say, and takes the time from that.
func (f *Footage) place(ctx context.Context, c *Clip, s *Sighting, offset timecode.Time) error {
	b, err := f.Reel(ctx, s.Episode)
	if err != nil {
		return err
	}
	a := &c.reel
	if s.Mirrored {
		a = &c.mirror
	}
	for _, r := range Align(a, b, RunOptions{Radius: alike}) {
		if away(r.Offset(), offset) <= timecode.Second {
			s.Run, s.Time = r, r.At(a.Looks[0].Time)
			break
		}
	}
	if i := b.From(s.Time); i < len(b.Looks) {
		s.Frame = b.Looks[i].Frame
	}
	s.Confidence = math.Min(s.Confidence, 0.999)
	return nil
}
