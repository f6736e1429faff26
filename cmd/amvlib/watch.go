package main

import (
	"context"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/ingest"
)

const (
	watchEvery = 5 * time.Second
	settled    = 10 * time.Second // a file that was written to since is still being copied
)

// sight is a file as it was seen first in that state.
type sight struct {
	size     int64
	modified time.Time
	since    time.Time
}

// watcher goes on looking for films.
type watcher struct {
	c      *cli.Context
	ff     *ffmpeg.Tool
	failed map[string]time.Time // films that failed, as they were then
	seen   map[string]sight     // films that are dated as if they were being written
}

// watch ingests what comes into the folders until it is interrupted. What failed is tried again when it has changed.
func watch(c *cli.Context, ff *ffmpeg.Tool) error {
	w := &watcher{c, ff, map[string]time.Time{}, map[string]sight{}}
	say(c, "watching; Ctrl-C ends it")
	for {
		if err := w.look(); err != nil {
			return err
		}
		select {
		case <-c.Context.Done():
			return context.Cause(c.Context)
		case <-time.After(watchEvery):
		}
	}
}

func (w *watcher) look() error {
	found, _ := ingest.Discover(w.c.Context, w.c.Args().Slice()) // a disk that is away now may come back
	var films []string
	for _, path := range found {
		info, err := os.Stat(path)
		if err == nil && w.still(path, info) && !w.failed[path].Equal(info.ModTime()) {
			films = append(films, path)
		}
	}
	if len(films) == 0 {
		return nil
	}
	if _, err := ingestFilms(w.c, w.ff, films, w.event); err != nil {
		return err
	}
	return learnMeaning(w.c)
}

// still tells of a film that nobody is writing. Where its date does not tell, for its clock is ahead of ours or one of them was set back,
// it is watched.
func (w *watcher) still(path string, info os.FileInfo) bool {
	if time.Since(info.ModTime()) > settled {
		delete(w.seen, path)
		return true
	}
	was, ok := w.seen[path]
	if !ok || was.size != info.Size() || !was.modified.Equal(info.ModTime()) {
		w.seen[path] = sight{info.Size(), info.ModTime(), time.Now()}
		return false
	}
	return time.Since(was.since) > settled
}

// event says what happened, and is silent on what is known.
func (w *watcher) event(e ingest.Event) {
	if e.State == ingest.Failed {
		if info, err := os.Stat(e.Path); err == nil {
			w.failed[e.Path] = info.ModTime()
		}
	}
	if text := eventLine(e); text != "" && e.State != ingest.Known {
		say(w.c, "%s", text)
	}
}
