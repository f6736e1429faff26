package ffmpeg

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/amvlib/amvlib/media"
)

// maxText is the largest text track that is read. Typesetting by the frame reaches 40 MB.
const maxText = 128 << 20

// textOffset is how many seconds ffmpeg adds to every time of a text, for a line may begin before the first picture, and no format
// has times below zero: ffmpeg would move the whole track. Not more, because ffmpeg writes no ASS beyond ten hours. Lines that
// begin still earlier come out garbled and are dropped by whoever reads them.
const textOffset = 600

// textJob is a text track on its way through a temporary file.
type textJob struct{ track media.TextTrack }

func (j textJob) file(dir string) string {
	return filepath.Join(dir, fmt.Sprintf("%d.%s", j.track.Stream, j.track.Format))
}

// stored are the codecs that a file of their kind holds as they are.
var stored = map[string]bool{"ass": true, "ssa": true, "subrip": true, "srt": true, "webvtt": true}

// arguments copy what is stored as a file of its kind would hold it, and turn the rest into that.
func (j textJob) arguments(dir string) []string {
	codec := "copy"
	if !stored[j.track.Codec] {
		codec = j.track.Format
	}
	return []string{"-map", fmt.Sprintf("0:%d", j.track.Stream), "-c:s", codec, "-map_metadata", "-1", "-map_chapters", "-1",
		"-output_ts_offset", strconv.Itoa(textOffset), "-avoid_negative_ts", "disabled", "-f", j.track.Format, "file:" + j.file(dir)}
}

func (j textJob) read(dir string) ([]byte, error) {
	name := j.file(dir)
	info, err := os.Stat(name)
	if err != nil {
		return nil, bare(err)
	}
	if info.Size() > maxText {
		return nil, fmt.Errorf("%d MB of text", info.Size()>>20)
	}
	return os.ReadFile(name)
}

// without says in words that a track is given up.
func (j textJob) without(err error) string {
	return fmt.Sprintf("stream %d: %s (%v)", j.track.Stream, j.track.Codec, err)
}
