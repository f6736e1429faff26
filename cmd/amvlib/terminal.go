package main

import (
	"io"
	"os"
	"strconv"

	"github.com/mattn/go-isatty"
)

// terminalOf is the screen behind w, or nil: what goes into files and pipes is neither coloured nor cut.
func terminalOf(w io.Writer) *os.File {
	for {
		k, ok := w.(*keeper)
		if !ok {
			break
		}
		w = k.Writer
	}
	f, ok := w.(*os.File)
	if ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd())) {
		return f
	}
	return nil
}

// isTerminal tells whether w is a screen that somebody looks at.
func isTerminal(w io.Writer) bool { return terminalOf(w) != nil }

// screenWidth is how many columns a line may have; 0 where nothing limits it. Who sets COLUMNS means it, for a pipe too.
func screenWidth(w io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f := terminalOf(w); f != nil {
		return fileWidth(f)
	}
	return 0
}
