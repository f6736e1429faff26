package main

import (
	"testing"

	"github.com/amvlib/amvlib/timeline"
)

func TestPathsAreCalledAsTheOtherMachineDoes(t *testing.T) {
	s := config{Paths: map[string]string{"/mnt/anime": `D:\Anime`, "/mnt/anime/new/": "E:/New", `C:\Films`: "/Volumes/Films", "/mnt/nas": `\\nas\share`}}
	for in, want := range map[string]string{
		"/mnt/anime/Kite/01.mkv": `D:\Anime\Kite\01.mkv`,
		"/mnt/anime/new/01.mkv":  "E:/New/01.mkv",
		"/mnt/animes/01.mkv":     "/mnt/animes/01.mkv",
		`C:\Films\a\01.mkv`:      "/Volumes/Films/a/01.mkv",
		"/mnt/nas/01.mkv":        `\\nas\share\01.mkv`,
		"/home/01.mkv":           "/home/01.mkv",
	} {
		m := &timeline.MediaRef{Path: in}
		s.mapPaths(&timeline.Timeline{Tracks: []timeline.Track{{Items: []timeline.Item{&timeline.Clip{Media: m}, &timeline.Clip{Media: m}}}}})
		if m.Path != want {
			t.Errorf("%s is called %s, want %s", in, m.Path, want)
		}
	}
}
