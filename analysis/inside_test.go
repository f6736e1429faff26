package analysis

import (
	"testing"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

func TestTextInsideIsMovedToTheFilmsClock(t *testing.T) {
	data := "1\n00:09:57,000 --> 00:09:58,000\nover\n\n2\n00:09:59,000 --> 00:10:01,000\nfirst\n\n3\n00:10:02,500 --> 00:10:03,000\nthen\n\n4\n00:09:59,500 --> 00:10:00,000\nends\n"
	got := ReadInside(&media.Text{Track: media.TextTrack{Format: "srt"}, Data: []byte(data), Offset: -600 * timecode.Second}).Lines
	if len(got) != 2 || got[0].Text != "first" || got[0].Start != 0 || got[0].End != timecode.Second || got[1].Start != 2_500_000 || got[1].End != 3_000_000 {
		t.Errorf("got %+v", got)
	}
	// What ffmpeg writes for a line from before its zero is no line at any time.
	garbled := "1\n00:00:-1,-477 --> 00:00:00,-477\nlost\n\n2\n00:10:01,000 --> 00:10:02,000\nkept\n"
	for _, format := range []string{"srt", "webvtt"} {
		got := ReadInside(&media.Text{Track: media.TextTrack{Format: format}, Data: []byte(garbled), Offset: -600 * timecode.Second}).Lines
		if len(got) == 0 || got[len(got)-1].Text != "kept" || len(got) > 1 {
			t.Errorf("%s: got %+v", format, got)
		}
	}
}
