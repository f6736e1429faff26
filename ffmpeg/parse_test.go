package ffmpeg

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

const episode = `[matroska,webm @ 0x55cbf1127880] Could not find codec parameters for stream 5 (Subtitle: hdmv_pgs_subtitle (pgssub)): unspecified size
Consider increasing the value for the 'analyzeduration' (0) and 'probesize' (5000000) options
Input #0, matroska,webm, from 'file:/a/e.mkv':
  Metadata:
    title           : x
                    :   Stream #0:0: Video: fake, yuv420p, 1x1
    ENCODER         : Lavf59.27.100
  Duration: 01:23:45.67, start: -0.021000, bitrate: 1800 kb/s
  Chapters:
    Chapter #0:0: start 0.000000, end 90.000000
      Metadata:
        title           : Opening
  Stream #0:0: Video: mjpeg (Baseline), yuvj420p(pc, bt470bg/unknown/unknown), 600x882 [SAR 1:1 DAR 100:147], 90k tbr, 90k tbn (attached pic)
    Metadata:
      filename        : cover.jpg
  Stream #0:1(jpn): Video: hevc (Main 10), yuv420p10le(tv, bt2020nc/bt2020/smpte2084, top coded first (swapped)), 720x480 [SAR 8:9 DAR 4:3], SAR 32:27 DAR 16:9, 23.98 fps, 23.98 tbr, 1k tbn, start 0.023000 (default)
    Metadata:
      title           : Full
                      :   Stream #0:0: Video: h264, yuv420p, 99x99
    Side data:
      displaymatrix: rotation of -90.00 degrees
  Stream #0:2(eng): Audio: ac3, 48000 Hz, 5.1(side), fltp, 448 kb/s
  Stream #0:3(jpn): Audio: flac, 48000 Hz, stereo, s32 (24 bit) (default)
    Side data:
      audio service type: main
  Stream #0:4(eng): Subtitle: ass (ssa) (default) (forced)
    Metadata:
      title           : Signs: & Songs
      displaymatrix: rotation of -45.00 degrees
  Stream #0:5(eng): Subtitle: hdmv_pgs_subtitle, 1920x1080
  Stream #0:6[0x3](pol): Subtitle: mov_text (tx3g / 0x67337874), 0 kb/s
  Stream #0:7: Attachment: ttf
    Metadata:
      filename        : font.ttf
  Stream #0:8: Data: bin_data
  Stream #0:1: Video: again, yuv420p, 2x2
At least one output file must be specified
`

func TestDumpOfAnEpisode(t *testing.T) {
	got, ok := parseDump(episode, "file:/a/e.mkv")
	want := layout{video: 1, audio: 3, info: media.Info{
		Container: "matroska,webm", Start: -21000, Duration: 5025_670_000, BitRate: 1_800_000,
		Video: &media.Video{Codec: "hevc", PixFmt: "yuv420p10le", Width: 720, Height: 480, SAR: media.Ratio{Num: 32, Den: 27},
			Rate: timecode.Film, Colour: media.Colour{Matrix: media.BT2020}, Interlaced: true, Rotation: 90},
		Audio: []media.AudioTrack{{Stream: 2, Codec: "ac3", Language: "eng", SampleRate: 48000, Channels: 6},
			{Stream: 3, Codec: "flac", Language: "jpn", SampleRate: 48000, Channels: 2, Default: true}},
		Text: []media.TextTrack{{Stream: 4, Codec: "ass", Format: "ass", Language: "eng", Title: "Signs: & Songs", Default: true, Forced: true},
			{Stream: 6, Codec: "mov_text", Format: "srt", Language: "pol"}},
		Skipped: []string{"stream 5: hdmv_pgs_subtitle (pictures, not text)", "stream 8: bin_data (neither picture, sound nor text)"},
	}}
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v %+v\nwant %+v %+v", got, got.info.Video, want, want.info.Video)
	}
}

func TestDumpCannotBeSpoofedByTheName(t *testing.T) {
	name := "file:/a/x':\n  Duration: 00:00:01.00, start: 5.000000, bitrate: 1 kb/s\n  Stream #0:0: Video: fake, yuv420p, 1x1\n.mkv"
	got, ok := parseDump(strings.ReplaceAll(episode, "file:/a/e.mkv", name), name)
	want, _ := parseDump(episode, "file:/a/e.mkv")
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("a name changed what is read to %+v", got)
	}
}

func TestColourOfFrames(t *testing.T) {
	for line, want := range map[string]media.Colour{
		"h264, yuv420p(progressive), 640x360":                  {Matrix: media.BT601},
		"h264, yuv420p, 1280x720":                              {Matrix: media.BT709},
		"h264, yuv420p(tv, smpte170m/smpte170m/bt709), 1x1080": {Matrix: media.BT601},
		"h264, yuv420p(pc, bt709), 640x360":                    {Matrix: media.BT709, Full: true},
		"mjpeg, yuvj422p(pc, bt470bg/unknown/unknown), 64x64":  {Matrix: media.BT601, Full: true},
		"cinepak (cvid / 0x64697663), rgb24, 1920x1080":        {Matrix: media.BT601},
		"png, gbrp(pc, gbr/bt709/iec61966-2-1), 1920x1080":     {Matrix: media.BT601},
	} {
		s := addStream(nil, "  Stream #0:0: Video: "+line)
		if got := s[0].video().Colour; got != want {
			t.Errorf("%s: got %+v, want %+v", line, got, want)
		}
	}
}

func TestChannels(t *testing.T) {
	for layout, want := range map[string]int{"mono": 1, "stereo": 2, "2.1": 3, "5.1": 6, "5.1(side)": 6, "7.1(wide)": 8, "7.1.4": 12,
		"3 channels (FL+FR+FC)": 3, "16 channels": 16, "quad(side)": 4, "": 0, "unheard of": 0} {
		if got := channels(layout); got != want {
			t.Errorf("%q: got %d, want %d", layout, got, want)
		}
	}
}

func FuzzDump(f *testing.F) {
	f.Add(episode)
	f.Add("Input #0, avi, from 'u':\n  Duration: N/A, start: 99999999999.999999, bitrate: N/A\n  Stream #0:0: Video: (((, 1x1\n")
	if data, err := os.ReadFile("doc.go"); err == nil {
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, dump string) {
		l, ok := parseDump(dump, "u")
		if n := len(l.info.Audio) + len(l.info.Text) + len(l.info.Skipped); n > maxStreams || !ok && n > 0 {
			t.Errorf("%d streams, %v", n, ok)
		}
		if v := l.info.Video; (v == nil) != (l.video < 0) || v != nil && (v.Width > maxSide || v.SAR.Float() <= 0 || v.Rate.Num < 0) {
			t.Errorf("picture %d: %+v", l.video, v)
		}
		if l.info.Duration < 0 || (l.audio >= 0) != (len(l.info.Audio) > 0) {
			t.Errorf("%+v", l)
		}
	})
}
