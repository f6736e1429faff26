package ffmpeg

import (
	"context"
	"image"
	"strconv"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// Film is a film of which some stretches are wanted: it is probed once.
type Film struct {
	tool   *Tool
	path   string
	layout layout
	opts   Options
}

// Film probes the film at path.
func (t *Tool) Film(ctx context.Context, path string, o Options) (*Film, error) {
	l, err := t.layout(ctx, path)
	if err == nil {
		err = l.serves(path, o)
	}
	l.info.Text = nil
	return &Film{t, path, l, o}, err
}

// Stretch gives the pictures of a stretch alone, by the container's clock. It jumps to the last keyframe before the stretch, so what it
// costs is the stretch and what is decoded on the way there. Frames keep their times; their Index says nothing. AVI keeps no times: there it
// may be some frames off.
func (f *Film) Stretch(r timecode.Range) media.Source { return f.within(r, false) }

// Grays shows the pictures of a stretch gray, in full range, media.Width x media.Height. An error of show ends it and is given back.
func (f *Film) Grays(ctx context.Context, r timecode.Range, show func(timecode.Time, *image.Gray) error) error {
	for packet, err := range f.within(r, true).Packets(ctx) {
		if err != nil {
			return err
		}
		y := packet.Frame.Image
		if err := show(packet.Frame.PTS, &image.Gray{Pix: y.Y, Stride: y.YStride, Rect: y.Rect}); err != nil {
			return err
		}
	}
	return nil
}

// within is a source of a stretch. Sound is read and thrown away, so that time counts from the zero that it has in the whole. One that is
// empty holds nothing, but a length of zero would be the whole.
func (f *Film) within(r timecode.Range, gray bool) *source {
	s := newSource(f.tool, f.path, f.layout, f.opts)
	r.Start = max(0, r.Start)
	r.End = max(r.End, r.Start+1)
	s.stretch, s.full.gray, s.full.crew = r, gray, false
	s.full.audio, s.full.idle = -1, f.layout.audio
	return s
}

// What is read more than a stretch. Containers seek and end by when packets are decoded, which is before they are shown; right before a
// picture at which decoding can begin there may be some that cannot be decoded from there.
const (
	ahead  = timecode.Second / 2
	beyond = timecode.Second
)

// seek goes to the picture before the one that is asked for, which ffmpeg decodes and drops.
func (s *source) seek() []string {
	if s.stretch.Length() <= 0 {
		return nil
	}
	seconds := func(t timecode.Time) string { return strconv.FormatFloat(t.Seconds(), 'f', 6, 64) }
	return []string{"-ss", seconds(s.begins()), "-t", seconds(s.stretch.End - s.begins() + beyond)}
}

// begins is the time that ffmpeg counts from.
func (s *source) begins() timecode.Time { return max(0, s.stretch.Start-ahead) }

// place puts a picture where it is in the whole, and tells whether it is before the stretch that is asked for, or after.
func (s *source) place(f *media.Frame) (early, late bool) {
	if f == nil || s.stretch.Length() <= 0 {
		return false, false
	}
	f.PTS += s.begins()
	return f.PTS < s.stretch.Start, f.PTS >= s.stretch.End
}
