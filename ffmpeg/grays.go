package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"strconv"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
	"github.com/amvlib/amvlib/timecode"
)

// Stretch decodes what a film shows within a stretch of time, and shows it: gray, in full range, media.Width x media.Height, with
// everything that a player shows of it. Times are on the container's clock, to the microsecond where the container counts from the
// first of all its streams. It jumps to the last keyframe before the stretch, so what it costs is the stretch and what is decoded on the
// way there. An error of show ends it and is given back.
func (t *Tool) Stretch(ctx context.Context, path string, r timecode.Range, show func(timecode.Time, *image.Gray) error) error {
	in, err := input(path)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	start := max(0, r.Start)
	args := append([]string{"-v", "error", "-nostdin", "-max_error_rate", "1", "-ss", inSeconds(start)}, in...)
	args = append(args, "-t", inSeconds(max(0, r.End-start)), "-map", "0:V:0", "-fps_mode", "passthrough", "-enc_time_base:v", "1/1000000",
		"-vf", fmt.Sprintf("scale=%d:%d:flags=area,format=gray", media.Width, media.Height), "-c:v", "rawvideo", "-map_metadata", "-1",
		"-map_chapters", "-1", "-output_ts_offset", strconv.Itoa(clockOffset), "-f", "nut", "pipe:1")
	p, err := proc.Start(ctx, proc.Command{Path: t.Path, Args: args, Stall: defaultStall})
	if err != nil {
		return trouble("decode", path, err, "")
	}
	defer p.Close()
	err = readGray(p, func(at timecode.Time, img *image.Gray) error { return show(start+at, img) })
	if shown := (*refusal)(nil); errors.As(err, &shown) {
		return shown.error
	}
	if werr := p.Wait(); err == nil || werr != nil {
		err = werr
	}
	if err != nil {
		return trouble("decode", path, err, p.Stderr())
	}
	return nil
}

func inSeconds(t timecode.Time) string { return strconv.FormatFloat(t.Seconds(), 'f', 6, 64) }

// refusal is an error of whoever is shown something.
type refusal struct{ error }

// readGray reads a NUT stream of gray pictures.
func readGray(r io.Reader, show func(timecode.Time, *image.Gray) error) error {
	nut, err := newNUTReader(r)
	if errors.Is(err, io.EOF) {
		return nil // a stretch beyond the end
	}
	for err == nil {
		var f nutFrame
		if f, err = nut.next(); errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = showGray(nut, f, show)
		}
	}
	return err
}

func showGray(nut *nutReader, f nutFrame, show func(timecode.Time, *image.Gray) error) error {
	if f.class != 0 || f.size != luminance {
		return fmt.Errorf("%w: a gray picture of %d bytes", errNUT, f.size)
	}
	img := image.NewGray(image.Rect(0, 0, media.Width, media.Height))
	if err := nut.body(img.Pix); err != nil {
		return err
	}
	if err := show(f.pts-clockOffset*timecode.Second, img); err != nil {
		return &refusal{err}
	}
	return nil
}
