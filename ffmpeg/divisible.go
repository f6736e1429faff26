package ffmpeg

import (
	"strings"

	"github.com/amvlib/amvlib/timecode"
)

// shortest is the shortest film that is worth more than one process.
const shortest = 8 * timecode.Second

// divisible tells whether a film may be decoded in stretches. Decoders of stretches see the packets and nothing of what the container
// says about the pictures, so it must be nothing that changes them.
func (s *source) divisible(l *layout) bool {
	v := l.info.Video
	if s.opts.Cores == nil || s.opts.HWAccel != "" || s.full.video < 0 || v == nil {
		return false
	}
	return codecs[v.Codec] != nil && container(l.info.Container) && l.info.Duration >= shortest &&
		luma(v.PixFmt) && !v.Colour.Full && v.Rotation == 0 && !l.cropped
}

// container tells whether a container's clock is one that never jumps, or whose jumps are seen.
func container(name string) bool {
	return strings.HasPrefix(name, "matroska") || strings.HasPrefix(name, "mov,") || name == "avi" || name == "mpegts"
}

// ownWords is an error where the process that only took the container apart complained of what it made of it: another one, which
// decodes, has no reason to.
func (r *run) ownWords(said string) error {
	if r.plan.crew && (strings.Contains(said, "[nut") || strings.Contains(said, "Timestamps are unset")) {
		return uneven("ffmpeg said %q", complaint(said))
	}
	return nil
}

// shown is when pictures are shown at all, by the film's clock.
func (s *source) shown() (timecode.Range, error) {
	all := timecode.Range{Start: -1 << 60, End: 1 << 60}
	if !strings.HasPrefix(s.info.Container, "mov,") {
		return all, nil
	}
	edit, found, err := editOf(s.path)
	if err != nil || !found {
		return all, err
	}
	return timecode.Range{Start: edit.Start - s.info.Start, End: edit.End - s.info.Start}, nil
}
