package ffmpeg

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

func TestWhoIsBlamed(t *testing.T) {
	text := func(n int) textJob { return textJob{media.TextTrack{Stream: n, Format: "srt"}} }
	p := plan{video: 0, audio: 1, idle: -1, dir: "/tmp/x", texts: []textJob{text(2), text(12)}}
	for said, want := range map[string]int{
		"": -1,
		"Decoder (codec none) not found for input stream #0:1":                                        1,
		"Error while decoding stream #0:12: no text":                                                  12,
		"Error while decoding stream #0:121: no text":                                                 -1,
		"Error while decoding stream #0:0: no picture":                                                -1,
		"Error while opening encoder for output stream #0:1 - maybe incorrect parameters":             1,
		"Error initializing output stream 1:0 -- ":                                                    2,
		"[sost#2:0/srt @ 0x55] Error":                                                                 12,
		"[aist#0:1/aac @ 0x55] Error submitting a packet":                                             1,
		"Could not write header for output file #2 (incorrect codec parameters ?): Invalid":           12,
		"[out#1/srt @ 0x55] Could not write header":                                                   2,
		"Could not write header for output file #0 (incorrect codec parameters ?): Invalid":           -1,
		"file:" + text(12).file("/tmp/x") + ": No such file":                                          12,
		"Error while decoding stream #0:2: a\nDecoder not found for input stream #0:1\nFailed!\n":     1,
		"Decoder not found for input stream #0:1\nError while decoding stream #0:2: Invalid\nFailed!": 2,
		"Stream #99999999999999999999:1, output stream 9999:9999":                                     -1,
	} {
		if got := p.blamed(said); got != want {
			t.Errorf("%q: stream %d is blamed, want %d", said, got, want)
		}
	}
	alone := plan{video: -1, audio: -1, idle: -1, texts: p.texts}
	if got := alone.blamed("Error initializing output stream 1:0 -- "); got != 12 {
		t.Errorf("without a film stream %d is blamed", got)
	}
}

// patchFile replaces old, wherever it stands in the file, by as many bytes.
func patchFile(t *testing.T, path, old, with string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(old) != len(with) || !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%q cannot become %q", old, with)
	}
	write(t, path, strings.ReplaceAll(string(data), old, with))
	return path
}

func TestUnknownSoundCostsNoText(t *testing.T) {
	tool := findTool(t)
	path := patchFile(t, episodeFile(t, tool, "e.mkv"), "A_FLAC", "A_FLAX")
	k, info := openAll(t, tool, path, Options{})
	if k.err != nil || len(k.frames) != 25 || len(k.texts) != 2 || len(k.audio) != 0 {
		t.Errorf("%d frames, %d texts, %d blocks, %v", len(k.frames), len(k.texts), len(k.audio), k.err)
	}
	if len(info.Audio) != 0 || len(info.Skipped) != 1 || !strings.Contains(info.Skipped[0], "stream 1: none (sound that cannot be read)") {
		t.Errorf("tells of %+v, skipped %q", info.Audio, info.Skipped)
	}
}

// lateFile makes 800 pictures whose sound, of two seconds, begins later than they can be held back for, and perhaps a text.
func lateFile(t *testing.T, tool *Tool, name, filter string, extra ...string) string {
	t.Helper()
	sub := filepath.Join(t.TempDir(), "s.srt")
	write(t, sub, srt)
	args := []string{"-f", "lavfi", "-i", "testsrc=s=32x32:r=100:d=8", "-f", "lavfi", "-i", "sine=d=2", "-i", sub, "-map", "0", "-map", "1",
		"-c:v", "mpeg4", "-c:a", "mp2", "-af", filter}
	return makeFile(t, tool, name, append(args, extra...)...)
}

func TestSoundFarFromThePicturesCostsNothing(t *testing.T) {
	tool := findTool(t)
	for name, extra := range map[string][]string{"late.mkv": {"-map", "2", "-c:s", "srt"}, "late.ts": nil} {
		k, info := openAll(t, tool, lateFile(t, tool, name, "asetpts=PTS+4/TB", extra...), Options{})
		if k.err != nil || len(k.frames) != 800 || k.samples() < 31_500 || len(info.Skipped) != 0 || len(k.texts) != len(info.Text) {
			t.Fatalf("%s: %d frames, %d samples, %d texts, skipped %q, %v", name, len(k.frames), k.samples(), len(k.texts), info.Skipped, k.err)
		}
		if at := k.audio[0].PTS - k.frames[0].PTS; at < 3_900_000 || at > 4_100_000 {
			t.Errorf("%s: the sound begins %v after the pictures", name, at)
		}
	}
}

func TestSoundWithoutSoundCostsNoText(t *testing.T) {
	tool := findTool(t)
	k, info := openAll(t, tool, lateFile(t, tool, "empty.mkv", "atrim=end=0", "-map", "2", "-c:s", "srt"), Options{})
	if k.err != nil || len(k.frames) != 800 || len(k.texts) != 1 || len(info.Skipped) != 1 || !strings.Contains(info.Skipped[0], "no sound in it") {
		t.Errorf("%d frames, %d texts, skipped %q, %v", len(k.frames), len(k.texts), info.Skipped, k.err)
	}
}

func TestStreamsAreMergedByTime(t *testing.T) {
	feed := func(items ...item) <-chan item {
		c := make(chan item, len(items))
		for _, i := range items {
			c <- i
		}
		close(c)
		return c
	}
	frame := func(at timecode.Time) item { return item{packet: media.Packet{Frame: &media.Frame{PTS: at}}} }
	sound := func(at timecode.Time) item { return item{packet: media.Packet{Audio: &media.Audio{PTS: at}}} }
	var got []timecode.Time
	for i := range inStep(t.Context(), feed(frame(0), frame(40), frame(80)), feed(sound(30), sound(90), sound(120))) {
		got = append(got, i.at())
	}
	if !slices.Equal(got, []timecode.Time{0, 30, 40, 80, 90, 120}) {
		t.Errorf("merged to %v", got)
	}
}

func TestFilmWithoutTextNeedsNoTemporaryFolder(t *testing.T) {
	tool := findTool(t)
	k, _ := openAll(t, tool, filmFile(t, tool, "e.mkv"), Options{TempDir: filepath.Join(t.TempDir(), "none")})
	if k.err != nil || len(k.frames) != 25 {
		t.Errorf("%d frames, %v", len(k.frames), k.err)
	}
}

// A line of subtitles that begins seconds before the first picture must not move the others.
func TestTextBeforeThePicturesKeepsItsTime(t *testing.T) {
	tool := findTool(t)
	sub := filepath.Join(t.TempDir(), "s.srt")
	write(t, sub, "1\n00:00:00,500 --> 00:00:01,000\nfirst\n\n2\n00:00:05,000 --> 00:00:06,000\nsecond\n")
	for name, c := range map[string]struct{ codec, want string }{
		"a.mkv": {"srt", "00:10:01,000 --> 00:10:02,000"}, "b.mkv": {"ass", "0:10:01.00,0:10:02.00"},
		"c.mkv": {"webvtt", "10:01.000 --> 10:02.000"}, "d.mp4": {"mov_text", "00:10:01,000 --> 00:10:02,000"},
	} {
		path := makeFile(t, tool, name, "-itsoffset", "4", "-f", "lavfi", "-i", "testsrc=s=96x64:r=25:d=4", "-i", sub, "-map", "0", "-map", "1",
			"-fps_mode", "passthrough", "-c:v", "mpeg4", "-c:s", c.codec)
		for _, o := range []Options{{}, {TextOnly: true}} {
			k, _ := openAll(t, tool, path, o)
			if k.err != nil || len(k.texts) != 1 || !strings.Contains(string(k.texts[0].Data), c.want) || k.texts[0].Offset != -600*timecode.Second {
				t.Errorf("%s, %+v: %v, %d texts, want %s", name, o, k.err, len(k.texts), c.want)
			}
			if o == (Options{}) && (len(k.frames) != 100 || k.frames[0].PTS != 0) {
				t.Errorf("%s: %d frames", name, len(k.frames))
			}
		}
	}
}

// A key with a line break can play streams. It must cost no more than what is played.
func TestMetadataKeyThatPlaysStreams(t *testing.T) {
	tool := findTool(t)
	spoof := "Y\n__STREAM_#0:7:_SUBTITLE:_ASS\n__STREAM_#0:8:_SUBTITLE:_ASS"
	plain := strings.NewReplacer("__STREAM_", "  Stream ", "_SUBTITLE", " Subtitle", "_ASS", " ass").Replace(spoof)
	path := patchFile(t, filmFile(t, tool, "e.mkv", "-metadata:s:v:0", spoof+"=x"), spoof, plain)
	k, info := openAll(t, tool, path, Options{})
	if k.err != nil || len(k.frames) != 25 || len(k.texts) != 0 || len(info.Skipped) != 2 {
		t.Errorf("%d frames, %d texts, skipped %q, %v", len(k.frames), len(k.texts), info.Skipped, k.err)
	}
}
