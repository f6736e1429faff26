package ffmpeg

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// judge looks at a decoding that ffmpeg took for a success.
func (r *run) judge(stderr string) error {
	r.damage(stderr)
	if r.plan.silent() || r.stretch.Length() > 0 { // a stretch may lie behind the last picture
		return nil
	}
	if r.sent.frames+r.sent.blocks == 0 {
		return &media.Error{Op: "decode", Path: r.path, Err: fmt.Errorf("%w: nothing in it can be decoded", ErrNotMedia), Hint: decodeHint(stderr)}
	}
	if r.plan.video >= 0 && r.sent.frames == 0 {
		return &media.Error{Op: "decode", Path: r.path, Err: fmt.Errorf("%w: no picture can be decoded", ErrNoVideo), Hint: decodeHint(stderr)}
	}
	if r.plan.audio >= 0 && !r.plan.apart && r.sent.blocks == 0 {
		r.skip(withoutSound(r.plan.audio, errSilent))
	}
	return r.length(stderr)
}

// length compares what there is with what the container claims. ffmpeg sees Matroska and MP4 break off; most others claim nothing
// but what is there. Where a film is merely shorter than claimed it may be whole: subtitles, a second sound track or a wrong header
// outlast it.
func (r *run) length(stderr string) error {
	missing := r.info.Duration - r.sent.end
	switch {
	case missing > timecode.Second && breaksOff(stderr):
		return &media.Error{Op: "decode", Path: r.path, Err: fmt.Errorf("%w: ends at %v of %v", ErrTruncated, r.sent.end, r.info.Duration),
			Hint: notFinished}
	case missing > max(10*timecode.Second, r.info.Duration/20):
		r.skip(fmt.Sprintf("ends at %v of %v that the container claims", r.sent.end, r.info.Duration))
	}
	return nil
}

func breaksOff(stderr string) bool {
	return strings.Contains(stderr, "File ended prematurely") || strings.Contains(stderr, "partial file")
}

func decodeHint(stderr string) string {
	if stderr == "" {
		return ""
	}
	return "ffmpeg says: " + lastWords(stderr).Error()
}

// damage tells of what ffmpeg complained about and overcame.
func (r *run) damage(stderr string) {
	words := complaint(stderr)
	if words == "" {
		return
	}
	r.log.Warn("decoded over damage", "path", r.path, "ffmpeg", words)
	r.skip("decoded over damage: " + words)
}

var (
	address  = regexp.MustCompile(` @ (?:0x)?[0-9a-fA-F]+\]`)
	repeated = regexp.MustCompile(`^Last message repeated \d+ times$`)
	// With -hwaccel auto ffmpeg complains of every device that the machine does not have, and goes on without.
	devices = regexp.MustCompile(`^\[AVHWDeviceContext|^Device creation failed`)
)

// maxWords is how much of a line that ffmpeg says is passed on.
const maxWords = 300

// complaint is the last line of what ffmpeg said, empty where it said nothing of weight. It is the same for every run: where in
// memory something lay is left out.
func complaint(said string) (last string) {
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		if line != "" && !repeated.MatchString(line) && !devices.MatchString(line) {
			last = line
		}
	}
	return clip(address.ReplaceAllString(last, "]"), maxWords)
}

// lastWords is complaint as an error.
func lastWords(said string) error {
	if words := complaint(said); words != "" {
		return errors.New(words)
	}
	return errors.New("ffmpeg did not say why")
}
