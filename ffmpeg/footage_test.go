package ffmpeg

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/amvlib/amvlib/proc"
	"github.com/amvlib/amvlib/timecode"
)

// some are quick and differ: codecs, containers, rates, sound before the pictures or none.
var some = []string{"planetblupi_history2.mkv", "planetblupi_play108.mkv", "opencv_tree.avi", "tupi_example.avi", "mdn_rabbit.mp4",
	"sintel_trailer_threejs.mp4"}

// TestFootageIsExact compares with ffmpeg's own count of pictures; AMVLIB_TEST_ALL=1 takes every film there is.
func TestFootageIsExact(t *testing.T) {
	tool := findTool(t)
	files := some
	if testing.Short() {
		files = some[:4]
	}
	if os.Getenv("AMVLIB_TEST_ALL") == "1" {
		files = everyFilm(t)
	}
	for _, name := range files {
		compare(t, tool, shared(t, name))
	}
}

// compare keeps no picture, for a whole film of them is a gigabyte.
func compare(t *testing.T, tool *Tool, path string) {
	t.Helper()
	s, err := tool.Open(t.Context(), path, Options{})
	if err != nil {
		t.Error(err)
		return
	}
	var frames, samples int
	last := timecode.Time(-1 << 62)
	for p, err := range s.Packets(t.Context()) {
		switch {
		case err != nil:
			t.Errorf("%s: %v", path, err)
		case p.Frame != nil && (p.Frame.PTS <= last || p.Frame.Index != int64(frames)):
			t.Fatalf("%s: frame %d, the %dth, at %v after %v", path, p.Frame.Index, frames, p.Frame.PTS, last)
		case p.Frame != nil:
			frames, last = frames+1, p.Frame.PTS
		case p.Audio != nil:
			samples += len(p.Audio.Samples)
		}
	}
	if want := countPictures(t, tool, path); frames != want || (samples > 0) != (len(s.Info().Audio) > 0) {
		t.Errorf("%s: %d frames, want %d; %d samples of %+v", path, frames, want, samples, s.Info().Audio)
	}
	t.Logf("%s: %d frames, the last at %v, %d samples, skipped %q", filepath.Base(path), frames, last, samples, s.Info().Skipped)
}

func everyFilm(t *testing.T) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(shared(t, some[0])))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".srt" {
			names = append(names, e.Name())
		}
	}
	return names
}

var counted = regexp.MustCompile(`(?m)^frame=(\d+)`)

// countPictures asks ffmpeg how many pictures it decodes.
func countPictures(t *testing.T, tool *Tool, path string) int {
	t.Helper()
	out, err := proc.Run(t.Context(), proc.Command{Path: tool.Path, Args: []string{"-v", "error", "-nostdin", "-i", "file:" + path,
		"-map", "0:v:0", "-fps_mode", "passthrough", "-progress", "pipe:1", "-f", "null", "-"}}, 16<<20)
	if err != nil {
		t.Fatal(err)
	}
	all := counted.FindAllStringSubmatch(string(out), -1)
	if len(all) == 0 {
		t.Fatal("ffmpeg counted nothing")
	}
	n, _ := strconv.Atoi(all[len(all)-1][1])
	return n
}
