package interchange

import (
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// TestSpeed: every format says how fast a clip runs, or that it does not say so.
func TestSpeed(t *testing.T) {
	film := &timeline.MediaRef{Path: "/anime/01.mkv", Rate: timecode.Cinema, Frames: 5000, HasVideo: true, Width: 1920, Height: 1080}
	edit := &timeline.Timeline{Name: "speeds", Rate: timecode.Cinema, Tracks: []timeline.Track{{Kind: timeline.Video, Items: []timeline.Item{
		&timeline.Clip{Media: film, In: 100, Length: 24}, &timeline.Clip{Media: film, In: 240, Length: 24, Speed: .5},
		&timeline.Clip{Media: film, In: 480, Length: 24, Speed: -2},
	}}}}
	for format, want := range map[string][]string{
		"otio": {`"OTIO_SCHEMA": "LinearTimeWarp.1"`, `"time_scalar": 0.5`, `"time_scalar": -2.0`},
		"edl": {"00:00:10:00 00:00:10:12 00:00:01:00 00:00:02:00", "M2   AX       0012.0                00:00:10:00",
			"00:00:20:00 00:00:22:00 00:00:02:00 00:00:03:00", "M2   AX       -048.0                00:00:21:23"},
		"csv":  {",100,124,", ",240,252,", ",480,528,", ",0.5\n", ",-2\n", ",1\n"},
		"json": {`"speed": 0.5`, `"speed": -2`, `"out": 528`},
	} {
		got := string(write(t, format, edit))
		for _, w := range want {
			if !strings.Contains(strings.ReplaceAll(got, "\r\n", "\n"), w) {
				t.Errorf("%s lacks %q:\n%s", format, w, got)
			}
		}
	}
	xmeml, err := ByName("xmeml")
	if err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(xmeml.Warnings(edit), "\n"); !strings.Contains(all, "2 clips run at another speed") {
		t.Errorf("warnings: %q", all)
	}
	edit.Tracks[0].Items[0].(*timeline.Clip).Speed = 1e9
	if edit.Validate() == nil {
		t.Error("an absurd speed passes")
	}
}
