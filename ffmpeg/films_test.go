package ffmpeg

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/amvlib/amvlib/media"
)

// findTool gives the machine's ffmpeg, or that which AMVLIB_FFMPEG names.
func findTool(tb testing.TB) *Tool {
	tb.Helper()
	tool, err := Find(tb.Context(), "", "")
	if err != nil {
		tb.Skip("needs ffmpeg:", err)
	}
	return tool
}

// shared gives a file of the footage that lies beside the repository.
func shared(tb testing.TB, name string) string {
	tb.Helper()
	dir, err := os.Getwd()
	for err == nil && filepath.Dir(dir) != dir {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", "footage", "video", name)
	if _, err := os.Stat(path); err != nil {
		tb.Skip("needs the footage in ../shared:", err)
	}
	return path
}

const srt = "1\n00:00:00,200 --> 00:00:00,500\nrain\n\n2\n00:00:00,600 --> 00:00:00,900\nsun\n\n"

const ass = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Sign,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.20,0:00:00.50,Sign,Rei,0,0,0,,{\pos(1,2)}rain
`

// episodeFile makes a second of film, 25 pictures of testsrc with a tone, English ASS and Polish SRT inside.
func episodeFile(t *testing.T, tool *Tool, name string, extra ...string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "t.srt"), srt)
	write(t, filepath.Join(dir, "t.ass"), ass)
	args := []string{"-f", "lavfi", "-i", "testsrc=s=96x64:r=25:d=1", "-f", "lavfi", "-i", "sine=r=44100:d=1",
		"-i", filepath.Join(dir, "t.ass"), "-i", filepath.Join(dir, "t.srt"), "-map", "0", "-map", "1", "-map", "2", "-map", "3",
		"-c:v", "mpeg4", "-c:a", "flac", "-c:s:0", "ass", "-c:s:1", "srt", "-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=pol"}
	return makeFile(t, tool, name, append(args, extra...)...)
}

// filmFile makes a second of film, 25 pictures of testsrc, with nothing else in it but what extra adds.
func filmFile(t *testing.T, tool *Tool, name string, extra ...string) string {
	t.Helper()
	return makeFile(t, tool, name, append([]string{"-f", "lavfi", "-i", "testsrc=s=96x64:r=25:d=1", "-c:v", "mpeg4"}, extra...)...)
}

func makeFile(t *testing.T, tool *Tool, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := tool.Pipe(t.Context(), append(args, "file:"+path), nil); err != nil {
		t.Fatal(err)
	}
	return path
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// take is all that a source gives.
type take struct {
	frames []*media.Frame
	audio  []*media.Audio
	texts  []*media.Text
	err    error
}

func (k *take) samples() (n int) {
	for _, a := range k.audio {
		n += len(a.Samples)
	}
	return n
}

func takeAll(ctx context.Context, s media.Source) (k take) {
	for p, err := range s.Packets(ctx) {
		switch {
		case err != nil:
			k.err = err
		case p.Frame != nil:
			k.frames = append(k.frames, p.Frame)
		case p.Audio != nil:
			k.audio = append(k.audio, p.Audio)
		case p.Text != nil:
			k.texts = append(k.texts, p.Text)
		}
	}
	return k
}

func openAll(t *testing.T, tool *Tool, path string, o Options) (take, media.Info) {
	t.Helper()
	s, err := tool.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	k := takeAll(t.Context(), s)
	return k, s.Info()
}

// oneLine fails unless err is a media.Error of one line with a hint that wraps want.
func oneLine(t *testing.T, err, want error) {
	t.Helper()
	var e *media.Error
	if !errors.As(err, &e) || !errors.Is(err, want) || e.Hint == "" {
		t.Errorf("got %v, want one with a hint that wraps %v", err, want)
	}
	if err != nil {
		for _, c := range err.Error() {
			if c == '\n' {
				t.Errorf("more than a line: %q", err)
				break
			}
		}
	}
}
