package ffmpeg

import (
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// TestStretch gives of every container the pictures of a stretch as they are in the whole, also where pictures before the one at which
// decoding can begin lean on it.
func TestStretch(t *testing.T) {
	tool := findTool(t)
	for name, codec := range map[string][]string{
		"a.mkv": {"-c:v", "mpeg4"}, "c.ts": {"-c:v", "mpeg2video", "-bf", "2", "-g", "12"}, "d.mp4": {"-c:v", "mpeg4", "-bf", "2"},
	} {
		path := makeFile(t, tool, name, append([]string{"-f", "lavfi", "-i", "testsrc=s=96x64:r=25:d=4", "-f", "lavfi", "-i", "sine=d=4"}, codec...)...)
		whole, _ := openAll(t, tool, path, Options{})
		film, err := tool.Film(t.Context(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for first := 20; first < 60; first += 9 {
			want := whole.frames[first : first+20]
			got := takeAll(t.Context(), film.Stretch(timecode.Range{Start: want[0].PTS - 1000, End: want[19].PTS + 1000}))
			if got.err != nil || len(got.audio) != 0 || len(got.frames) != len(want) {
				t.Fatalf("%s from frame %d: %d frames, %d blocks of sound, want %d frames; %v", name, first, len(got.frames), len(got.audio), len(want), got.err)
			}
			for i, f := range got.frames {
				if off := f.PTS - want[i].PTS; off < -1000 || off > 1000 || apart(f.Image.Y, want[i].Image.Y) > 2 {
					t.Errorf("%s: frame %d is at %v, want %v; its picture is %.2f levels off", name, first+i, f.PTS, want[i].PTS,
						apart(f.Image.Y, want[i].Image.Y))
				}
			}
		}
		late := takeAll(t.Context(), film.Stretch(timecode.Range{Start: 500 * timecode.Second, End: 501 * timecode.Second}))
		if late.err != nil || len(late.frames) != 0 {
			t.Errorf("%s behind the end: %d frames, %v", name, len(late.frames), late.err)
		}
	}
}

// apart is by how many levels pictures differ in the mean. Without loop filters a picture depends a little on where decoding began.
func apart(a, b []byte) float64 {
	sum := 0
	for i := range a {
		sum += max(int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	return float64(sum) / float64(len(a))
}
