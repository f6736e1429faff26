package analysis

import (
	"image"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// sampler keeps a hash and features every SampleStep, and a small picture every StillStep: the first frame at or after each step. Where
// much moves, a picture is another one within a step; there it keeps samples between, and the first of every shot, as far as they do
// not grow to more than a few for ten steps.
type sampler struct {
	moved     float32 // since the last sample
	spare     int     // hundredths of samples that may be kept between steps
	video     *media.Video
	samples   []Sample
	stills    []Still
	since     picture.Mean // of the frames since the last sample
	next      timecode.Time
	nextStill timecode.Time
}

func (s *sampler) add(m measured) error {
	s.since.Add(m.features)
	s.moved += m.features.Motion
	due := m.frame.PTS >= s.next || len(s.samples) == 0
	if due {
		s.spare = min(mostSpare, s.spare+spareEach)
	}
	if due || s.between(m) {
		if err := s.sample(m); err != nil {
			return err
		}
	}
	if m.frame.PTS >= s.nextStill || len(s.stills) == 0 {
		return s.still(m.frame)
	}
	return nil
}

const (
	spareEach = 30       // hundredths of samples that each step allows between steps
	mostSpare = 40 * 100 // after stillness, ten seconds of much motion
	muchMoved = 0.06     // motion after which a picture is another one; a cut alone is .2
	leastStep = 2        // frames between two samples
)

// between tells whether a frame between steps is to be a sample, and takes it off what may be.
func (s *sampler) between(m measured) bool {
	last := s.samples[len(s.samples)-1].Frame
	if s.moved < muchMoved || s.spare < 100 || m.frame.Index < last+leastStep {
		return false
	}
	s.spare -= 100
	return true
}

func (s *sampler) sample(m measured) error {
	hash, variance, centre, err := Hashes(m.frame.Image)
	s.samples = append(s.samples, Sample{
		Frame: m.frame.Index, Hash: hash, Centre: centre, Variance: variance, Features: s.since.Features()})
	s.since, s.moved = picture.Mean{}, 0
	s.next = after(m.frame.PTS, SampleStep)
	return err
}

func (s *sampler) still(f *media.Frame) error {
	jpeg, err := picture.Still(f.Image, s.video.Colour, s.video.Shape())
	s.stills = append(s.stills, Still{Frame: f.Index, JPEG: jpeg})
	s.nextStill = after(f.PTS, StillStep)
	return err
}

// after is the first multiple of step beyond t.
func after(t, step timecode.Time) timecode.Time { return (t/step + 1) * step }

// Hashes are those of a picture and of its middle, by which samples are recognised; the second is 0 where the middle is flat.
func Hashes(img *image.YCbCr) (whole phash.Hash, variance float32, centre phash.Hash, err error) {
	if whole, variance, err = hashOf(img); err == nil {
		centre, err = centreOf(img)
	}
	return whole, variance, centre, err
}

func hashOf(img *image.YCbCr) (phash.Hash, float32, error) {
	size := img.Rect.Size()
	return phash.Of(phash.Gray64(img.Y, img.YStride, size.X, size.Y))
}

// centreOf is the hash of the middle of a picture, 0 where that is flat.
func centreOf(img *image.YCbCr) (phash.Hash, error) {
	size := img.Rect.Size()
	w, h := size.X*Middle/4, size.Y*Middle/4
	from := (size.Y-h)/2*img.YStride + (size.X-w)/2
	hash, variance, err := phash.Of(phash.Gray64(img.Y[min(from, len(img.Y)):], img.YStride, w, h))
	if err != nil || phash.Flat(variance) {
		return 0, err
	}
	return hash, nil
}
