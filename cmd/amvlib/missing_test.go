package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"
)

// One disk that never answers must not keep the others from being seen, nor the program from ending.
func TestADiskThatDoesNotAnswer(t *testing.T) {
	never := make(chan struct{})
	defer close(never)
	l := looker{patience: 50 * time.Millisecond, stat: func(path string) (os.FileInfo, error) {
		switch {
		case strings.HasPrefix(path, "/mnt/hangs/"):
			<-never
		case strings.Contains(path, "gone"):
			return nil, fs.ErrNotExist
		}
		return nil, nil
	}}
	var paths []string
	for i := range 200 {
		paths = append(paths, fmt.Sprintf("/mnt/hangs/%d.mkv", i), fmt.Sprintf("/mnt/works/%d.mkv", i), fmt.Sprintf("/mnt/works/gone/%d.mkv", i))
	}
	seen := l.look(t.Context(), paths)
	if len(seen) != len(paths) {
		t.Fatalf("%d of %d were looked at", len(seen), len(paths))
	}
	for path, g := range seen {
		want := error(nil)
		switch {
		case strings.HasPrefix(path, "/mnt/hangs/"):
			want = errSilent
		case strings.Contains(path, "gone"):
			want = fs.ErrNotExist
		}
		if !errors.Is(g.err, want) {
			t.Errorf("%s: %v, want %v", path, g.err, want)
		}
	}
	for want, at := range map[presence][]string{
		gone: {"/mnt/works/gone/1.mkv", "/mnt/works/gone/2.mkv"}, unreachable: {"/mnt/works/gone/1.mkv", "/mnt/hangs/2.mkv"},
		there: {"/mnt/hangs/1.mkv", "/mnt/works/2.mkv", "/mnt/works/gone/1.mkv"},
	} {
		if got := seen.whereabout(at); got != want {
			t.Errorf("at %v: %d, want %d", at, got, want)
		}
	}
	if got := (glances{}).whereabout(nil); got != gone {
		t.Errorf("at no place: %d, want gone", got)
	}
}

func TestDisks(t *testing.T) {
	for path, want := range map[string]string{
		"/media/ada/Anime/Kite/01.mkv": "/media/ada/Anime", "/mnt/nas/01.mkv": "/mnt/nas", "/01.mkv": "/", "": "/", "01.mkv": "/",
		"/Volumes/NAS/Kite/Season 1/01.mkv": "/Volumes/NAS/Kite",
	} {
		if got := diskOf(path); got != want {
			t.Errorf("%q is on %q, want %q", path, got, want)
		}
	}
}
