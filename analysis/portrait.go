package analysis

import (
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/shotdetect"
)

// portraitist makes the portrait of one shot after the other: keyframe, hash, thumbnail and features. Frames come settled and in
// order, boundaries before the frames that they touch.
type portraitist struct {
	video *media.Video
	open  *picture.Shot
	flags *flags.Watcher
	ahead []shotdetect.Boundary // whose switch is yet to come
	last  shotdetect.Boundary   // the one behind
	done  []Shot                // without their places
}

func newPortraitist(info media.Info, v *media.Video) *portraitist {
	return &portraitist{video: v, open: picture.NewShot(v.Colour), flags: flags.NewWatcher(info)}
}

func (p *portraitist) boundaries(b []shotdetect.Boundary) { p.ahead = append(p.ahead, b...) }

func (p *portraitist) add(m measured) error {
	at := m.frame.Index
	for len(p.ahead) > 0 && at >= p.ahead[0].Switch() {
		if err := p.close(); err != nil {
			return err
		}
		p.last, p.ahead = p.ahead[0], p.ahead[1:]
		p.open = picture.NewShot(p.video.Colour)
	}
	clean := p.clean(at)
	p.open.AddMeasured(m.frame, m.features, clean)
	if clean {
		p.flags.Add(m.frame)
	}
	return nil
}

// clean tells whether a frame lies outside the transitions on both sides of it.
func (p *portraitist) clean(at int64) bool {
	return at >= p.last.End && (len(p.ahead) == 0 || at <= p.ahead[0].Before())
}

// close finishes the open shot.
func (p *portraitist) close() error {
	key, features, ok := p.open.Result()
	if !ok {
		return nil
	}
	thumb, err := picture.Thumbnail(key.Image, p.video.Colour, p.video.Shape(), picture.ThumbWidth)
	if err != nil {
		return err
	}
	hash, variance, err := hashOf(key.Image)
	p.done = append(p.done, Shot{
		Keyframe: key.Index, KeyTime: key.PTS, Hash: hash, Variance: variance, Features: features, Palette: p.open.Palette(), Thumb: thumb,
	})
	p.flags.Cut()
	p.open = picture.NewShot(p.video.Colour)
	return err
}
