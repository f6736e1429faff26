package ffmpeg

import (
	"os"
	"strings"
	"testing"
)

// What outlasts pictures and sound makes no film a broken one.
func TestSecondSoundMayOutlastTheFilm(t *testing.T) {
	tool := findTool(t)
	for _, name := range []string{"a.mkv", "b.mp4"} {
		path := filmFile(t, tool, name, "-f", "lavfi", "-i", "sine=d=1", "-f", "lavfi", "-i", "sine=d=30", "-map", "0", "-map", "1", "-map", "2",
			"-c:a", "mp2")
		k, info := openAll(t, tool, path, Options{})
		if k.err != nil || len(k.frames) != 25 || len(info.Skipped) != 1 || !strings.HasPrefix(info.Skipped[0], "ends at 0:01.0") {
			t.Errorf("%s: %d frames, skipped %q, %v", name, len(k.frames), info.Skipped, k.err)
		}
	}
}

// A file of which ffmpeg does not see that it is cut short.
func TestCutFLVIsToldOf(t *testing.T) {
	tool := findTool(t)
	path := makeFile(t, tool, "c.flv", "-f", "lavfi", "-i", "testsrc=s=96x64:r=25:d=40", "-c:v", "flv")
	k, info := openAll(t, tool, cutFile(t, path, 0.5), Options{})
	if notes := strings.Join(info.Skipped, "\n"); k.err != nil || len(k.frames) < 250 || !strings.Contains(notes, "of 0:40.0") {
		t.Errorf("%d frames, skipped %q, %v", len(k.frames), notes, k.err)
	}
}

func TestDamageIsToldOf(t *testing.T) {
	tool := findTool(t)
	path := makeFile(t, tool, "e.mkv", "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=8", "-c:v", "mpeg4", "-g", "10")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+800; i++ {
		data[i] ^= 0x5a
	}
	write(t, path, string(data))
	var notes []string
	for range 2 {
		_, info := openAll(t, tool, path, Options{Threads: 1})
		notes = append(notes, strings.Join(info.Skipped, "\n"))
	}
	if !strings.HasPrefix(notes[0], "decoded over damage: [") || strings.Contains(notes[0], "0x5") && strings.Contains(notes[0], "@ ") {
		t.Errorf("told %q", notes[0])
	}
	if notes[0] != notes[1] {
		t.Errorf("told %q, then %q", notes[0], notes[1])
	}
}

func TestChatterThatTellsOfNoDamage(t *testing.T) {
	for said, want := range map[string]string{
		"": "", "\n \n": "",
		"[AVHWDeviceContext @ 0x55bc8a32f500] Cannot load libcuda.so.1\nDevice creation failed: -1.\n    Last message repeated 3 times\n": "",
		"[h264 @ 0x55bc] error while decoding MB 1 2\n    Last message repeated 3 times\n":                                                "[h264] error while decoding MB 1 2",
		"[h264 @ 000001f2ab] a\r\nDevice creation failed: -1.\r\n":                                                                        "[h264] a",
		strings.Repeat("x", 2000): strings.Repeat("x", maxWords),
	} {
		if got := complaint(said); got != want {
			t.Errorf("%q: got %q", said, got)
		}
	}
}
