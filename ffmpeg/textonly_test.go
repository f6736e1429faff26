package ffmpeg

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestTextAloneIsTheSameText(t *testing.T) {
	tool := findTool(t)
	sub := filepath.Join(t.TempDir(), "s.srt")
	write(t, sub, "1\n00:00:00,100 --> 00:00:00,900\nWe go home\n")
	path := makeFile(t, tool, "e.mkv", "-f", "lavfi", "-i", "testsrc=s=96x64:r=25:d=1", "-i", "file:"+sub, "-map", "0", "-map", "1", "-map", "1",
		"-c:v", "mpeg4", "-c:s:0", "srt", "-c:s:1", "ass")
	texts := func(o Options) (all []string, frames int) {
		src, err := tool.Open(t.Context(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		for p, err := range src.Packets(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if p.Frame != nil || p.Audio != nil {
				frames++
			}
			if p.Text != nil {
				all = append(all, string(p.Text.Data))
			}
		}
		return all, frames
	}
	whole, _ := texts(Options{})
	alone, frames := texts(Options{TextOnly: true})
	if len(whole) == 0 || strings.Join(whole, "|") != strings.Join(alone, "|") || frames != 0 {
		t.Errorf("%d tracks with the film, %d alone, with %d frames", len(whole), len(alone), frames)
	}
}

func TestNoTextAlone(t *testing.T) {
	tool := findTool(t)
	song := t.TempDir() + "/s.wav"
	if err := tool.Pipe(t.Context(), []string{"-f", "lavfi", "-i", "sine=d=0.2", "file:" + song}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := tool.Open(t.Context(), song, Options{TextOnly: true}); !errors.Is(err, ErrNoText) {
		t.Error(err)
	}
}
