package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFilmsAreReadByTheirNames(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"tale.en.srt": "1\n00:00:01,000 --> 00:00:02,000\nNo!\n\n2\n00:00:03,000 --> 00:00:05,000\nThe rain has stopped.\n", "README.md": "no subtitles",
		"deep/tale-jpn.srt": "1\n00:00:01,000 --> 00:00:02,000\nいや！\n", "deep/other-ep2-pol.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nNie!\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	films, lines, err := readFilms(dir)
	if err != nil || lines != 4 || len(films) != 2 || films[0].name != "other-ep2" || films[1].name != "tale" {
		t.Fatalf("%+v, %d lines, %v", films, lines, err)
	}
	en, ja := films[1].tracks["en"], films[1].tracks["ja"]
	if len(en) != 2 || en[0].Lang != "en" || len(ja) != 1 || !translated(en[0], ja) || translated(en[1], ja) {
		t.Errorf("%+v", films[1])
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.en.srt"), []byte("\x00\x01"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := readFilms(dir); err == nil {
		t.Error("a file that cannot be read is passed over")
	}
}
