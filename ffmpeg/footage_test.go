package ffmpeg

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/amvlib/amvlib/proc"
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
		path := shared(t, name)
		k, info := openAll(t, tool, path, Options{})
		if want := countPictures(t, tool, path); k.err != nil || len(k.frames) != want {
			t.Errorf("%s: %d frames, want %d; %v", name, len(k.frames), want, k.err)
		}
		if (len(info.Audio) > 0) != (k.samples() > 0) {
			t.Errorf("%s: %d samples of %+v", name, k.samples(), info.Audio)
		}
		for i := 1; i < len(k.frames); i++ {
			if k.frames[i].PTS <= k.frames[i-1].PTS {
				t.Fatalf("%s: frame %d at %v after %v", name, i, k.frames[i].PTS, k.frames[i-1].PTS)
			}
		}
	}
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
