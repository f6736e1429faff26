package ffmpeg

import (
	"fmt"
	"strings"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// judge looks at a decoding that ffmpeg took for a success.
func (r *run) judge(stderr string) error {
	if stderr != "" {
		r.log.Warn("decoded over damage", "path", r.path, "ffmpeg", lastWords(stderr).Error())
	}
	if r.plan.silent() {
		return nil
	}
	if r.sent.frames+r.sent.blocks == 0 {
		return &media.Error{Op: "decode", Path: r.path, Err: fmt.Errorf("%w: nothing in it can be decoded", ErrNotMedia), Hint: decodeHint(stderr)}
	}
	if r.plan.video >= 0 && r.sent.frames == 0 {
		return &media.Error{Op: "decode", Path: r.path, Err: fmt.Errorf("%w: no picture can be decoded", ErrNoVideo), Hint: decodeHint(stderr)}
	}
	if !r.endsEarly(stderr) {
		return nil
	}
	return &media.Error{Op: "decode", Path: r.path, Err: fmt.Errorf("%w: ends at %v of %v", ErrTruncated, r.sent.end, r.info.Duration),
		Hint: "the download or copy did not finish; get the file again"}
}

func decodeHint(stderr string) string {
	if stderr == "" {
		return ""
	}
	return "ffmpeg says: " + lastWords(stderr).Error()
}

// endsEarly tells whether pictures and sound end well before the container says. A second is the most by which whole files are
// off, unless subtitles outlast the film; so where the file itself is not seen to break off, more must be missing, and no
// subtitles may be there to explain it.
func (r *run) endsEarly(stderr string) bool {
	missing := r.info.Duration - r.sent.end
	if strings.Contains(stderr, "ended prematurely") || strings.Contains(stderr, "partial file") {
		return missing > timecode.Second
	}
	subtitles := len(r.info.Text)+len(r.info.Skipped) > 0
	return !subtitles && missing > max(10*timecode.Second, r.info.Duration/20)
}
