package ffmpeg

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"time"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
)

// Options say how a file is decoded. The zero value is right for most.
type Options struct {
	HWAccel   string        // passed to ffmpeg's -hwaccel: "auto", "cuda", "videotoolbox"; empty: none
	Threads   int           // of the decoder; 0: as many as ffmpeg finds right. 1 where several files are read at once
	Stall     time.Duration // longest wait for a picture; 0: two minutes
	TempDir   string        // where text tracks are kept while they are read; empty: the system's
	SoundOnly bool          // sound and text, no pictures; for songs
	TextOnly  bool          // text alone, which is read without decoding anything
	Cores     *proc.Cores   // on which the film may be decoded in stretches, besides the one that it has; nil: one process decodes it
	Log       *slog.Logger  // told of damage that was decoded over; nil: nobody
}

const defaultStall = 2 * time.Minute

var plainWord = regexp.MustCompile(`^[a-z0-9_]*$`)

// Open probes the film at path, or the song with Options.SoundOnly, and gives it to be decoded. Nothing stays open in between,
// so there is nothing to close.
//
// Frame times increase strictly, as media.Frame demands: where a broken container stamps a picture no later than the one before,
// it is taken to come one microsecond after it, which keeps the order, the count and the times of all others.
// A file that is seen to break off yields what there is, and then an error that wraps ErrTruncated. What is merely shorter than its
// container says, what was decoded over damage and what had to be left out is told in Info().Skipped once the packets have ended.
func (t *Tool) Open(ctx context.Context, path string, o Options) (media.Source, error) {
	if !plainWord.MatchString(o.HWAccel) {
		return nil, fmt.Errorf("%q is no kind of hardware acceleration: `%s -hwaccels` lists them", o.HWAccel, t.Path)
	}
	l, err := t.layout(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := l.serves(path, o); err != nil {
		return nil, err
	}
	if o.SoundOnly || o.TextOnly {
		l.video = -1
	}
	if o.TextOnly {
		l.audio = -1
	}
	return newSource(t, path, l, o), nil
}

func (l *layout) serves(path string, o Options) error {
	if o.TextOnly {
		if len(l.info.Text) == 0 {
			return &media.Error{Op: "open", Path: path, Err: ErrNoText}
		}
		return nil
	}
	if o.SoundOnly && l.audio < 0 {
		return &media.Error{Op: "open", Path: path, Err: ErrNoSound, Hint: "a song or a film with a sound track is needed"}
	}
	if !o.SoundOnly && l.video < 0 {
		hint := "nothing in it can be played"
		if l.audio >= 0 {
			hint = "it holds only sound; songs are for `amvlib match`"
		}
		return &media.Error{Op: "open", Path: path, Err: ErrNoVideo, Hint: hint}
	}
	return nil
}

// clockOffset is added to every time by ffmpeg and taken off again here: NUT has no times below zero, and ffmpeg would otherwise
// move the whole film where sound or picture begins before the container's zero.
const clockOffset = 10

// blockSamples is how many samples of sound come in one block, a tenth of a second; codecs' own blocks are some twenty
// milliseconds.
const blockSamples = media.SampleRate / 10

// arguments are those of the one process that decodes everything in p.
func (s *source) arguments(p plan) ([]string, error) {
	in, err := input(s.path)
	if err != nil {
		return nil, err
	}
	args := []string{"-v", "error", "-nostdin", "-max_error_rate", "1"}
	if s.stretch.Length() <= 0 { // a stretch is wanted to be compared closely
		args = append(args, "-skip_loop_filter", "all")
	}
	if s.opts.Threads > 0 {
		args = append(args, "-threads", strconv.Itoa(s.opts.Threads))
	}
	if s.opts.HWAccel != "" {
		args = append(args, "-hwaccel", s.opts.HWAccel)
	}
	for _, t := range p.texts {
		args = append(args, t.inputArguments()...)
	}
	args = append(args, s.seek()...)
	args = append(args, in...)
	args = append(args, s.mainOutput(p)...)
	for _, t := range p.texts {
		args = append(args, t.arguments(p.dir)...)
	}
	if p.idle >= 0 {
		args = append(args, "-map", fmt.Sprintf("0:%d", p.idle), "-c", "copy", "-f", "null", "-")
	}
	return args, nil
}

// mainOutput is the NUT stream: pictures first, then sound; nothing where neither is wanted.
func (s *source) mainOutput(p plan) []string {
	if p.silent() {
		return nil
	}
	var args []string
	switch {
	case p.video >= 0 && p.crew:
		args = append(args, "-map", fmt.Sprintf("0:%d", p.video), "-c:v", "copy", "-copyinkf:v", "-copytb", "1")
	case p.video >= 0:
		args = append(args, s.pictureOutput(p.video)...)
	}
	if p.audio >= 0 {
		args = append(args, "-map", fmt.Sprintf("0:%d", p.audio), "-c:a", "pcm_s16le", "-af", fmt.Sprintf(
			"aresample=%d,aformat=sample_fmts=s16:channel_layouts=mono,asetnsamples=n=%d:p=0", media.SampleRate, blockSamples))
	}
	// Sound that begins long after the pictures makes ffmpeg hold the pictures back, 16 MB of them before it fails and they are
	// decoded apart, and so do gaps in it.
	return append(args, "-max_muxing_queue_size", "128", "-muxing_queue_data_threshold", strconv.Itoa(16<<20),
		"-max_interleave_delta", "2000000", "-map_metadata", "-1", "-map_chapters", "-1",
		"-output_ts_offset", strconv.Itoa(clockOffset), "-f", "nut", "pipe:1")
}

// pictureOutput are the pictures of a stream, small, each with its time.
func (s *source) pictureOutput(stream int) []string {
	return []string{"-map", fmt.Sprintf("0:%d", stream), "-fps_mode", "passthrough", "-enc_time_base:v", "1/1000000",
		"-vf", s.pictureFilter(), "-c:v", "rawvideo"}
}

// pictureFilter reduces by area, the only way that does not alias. The range is named so that no version of ffmpeg converts it.
func (s *source) pictureFilter() string {
	if s.full.gray {
		return fmt.Sprintf("scale=%d:%d:flags=area,format=gray", media.Width, media.Height)
	}
	out := "tv"
	if v := s.info.Video; v != nil && v.Colour.Full {
		out = "pc"
	}
	filter := fmt.Sprintf("scale=%d:%d:flags=area:out_range=%s", media.Width, media.Height, out)
	if v := s.info.Video; v != nil && !luma(v.PixFmt) {
		filter += ":out_color_matrix=bt601"
	}
	return filter + ",format=yuv420p"
}
