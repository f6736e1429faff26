package ffmpeg

import "testing"

func TestVersions(t *testing.T) {
	for version, want := range map[string]bool{
		"5.1": true, "5.1.9-0+deb12u1": true, "6.0": true, "n7.1-8-g12345": true, "10.0.1": true, "7.0.2-static": true,
		"n9.0.2-17-g2a571b6068-20260930": true, "N-112233-gabcdef": true, "2024-05-01-git-abc-full_build": true, "git-2023-01-01-abc": true,
		"5.0.3": false, "4.4.2-0ubuntu0.22.04.1": false, "n4.4": false, "0.8.17": false, "3.4": false,
	} {
		if got := newEnough(version); got != want {
			t.Errorf("%s: new enough is %v", version, got)
		}
	}
}

func TestVersionLine(t *testing.T) {
	if v, ok := parseVersion("ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers\nbuilt"); !ok || v != "5.1.9-0+deb12u1" {
		t.Errorf("got %q, %v", v, ok)
	}
	for _, s := range []string{"", "ffmpeg", "avconv version 9", "hello there you"} {
		if v, ok := parseVersion(s); ok {
			t.Errorf("%q passes for ffmpeg %s", s, v)
		}
	}
}
