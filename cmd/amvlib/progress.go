package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/amvlib/amvlib/ingest"
	"github.com/amvlib/amvlib/timecode"
)

// board shows how an ingest goes.
type board interface {
	event(e ingest.Event)
	close()
}

// newBoard draws bars on a terminal, and writes a line an episode anywhere else.
func newBoard(w io.Writer, films []string) board {
	if isTerminal(w) && os.Getenv("TERM") != "dumb" {
		return newBars(w, films)
	}
	return &lines{w: w, films: len(films)}
}

// lines is the board for files and pipes.
type lines struct {
	w     io.Writer
	films int
	done  int
}

func (l *lines) event(e ingest.Event) {
	if text := eventLine(e); text != "" {
		l.done++
		fmt.Fprintf(l.w, "[%d/%d] %s\n", l.done, l.films, text)
	}
}

func (l *lines) close() {}

// eventLine is what is said when a film is through; empty for steps on the way. What is known and unchanged needs no words.
func eventLine(e ingest.Event) string {
	name := clean(filepath.Base(e.Path))
	switch e.State {
	case ingest.Added, ingest.Updated:
		return fmt.Sprintf("%s: %s%s", name, learnt(e), notes(e))
	case ingest.Moved:
		return name + ": known under another name, followed"
	case ingest.Known:
		return name + ": unchanged"
	case ingest.Failed:
		return "failed: " + clean(e.Err.Error())
	}
	return ""
}

func learnt(e ingest.Event) string {
	return fmt.Sprintf("%d shots, %d lines, %s in %s (%.1fx)", e.Shots, e.Lines, e.At, e.Elapsed.Round(100*time.Millisecond), speed(e.At, e.Elapsed))
}

func notes(e ingest.Event) string {
	if len(e.Notes) == 0 {
		return ""
	}
	return "; " + clean(strings.Join(e.Notes, "; "))
}

// speed is how many times faster than it plays a film is read.
func speed(at timecode.Time, elapsed time.Duration) float64 {
	if elapsed <= 0 {
		return 0
	}
	return at.Seconds() / elapsed.Seconds()
}
