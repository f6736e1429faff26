package proc

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

var (
	// ErrStalled is the cause when a program gave no output for longer than Command.Stall while output was waited for.
	ErrStalled = errors.New("no output for too long")
	// ErrTimeout is the cause when a program ran longer than Command.Limit.
	ErrTimeout = errors.New("took too long")
	// ErrTooMuch is returned by Run when a program wrote more than it was allowed to.
	ErrTooMuch = errors.New("wrote too much")
	// ErrNotFound is returned by Find, and by Start for a program that is not there.
	ErrNotFound = errors.New("program not found")
)

// Error is how a program failed.
type Error struct {
	Path   string // the program
	Code   int    // its exit code; -1 where it was ended by a signal or never began
	Stderr string // the end of what it wrote to standard error
	Err    error  // the cause: ErrStalled, ErrTimeout, the context's error, os.ErrClosed after Close, or how it ended
}

// Error is one line: the program, the cause, and the last thing it said.
func (e *Error) Error() string {
	s := fmt.Sprintf("%s: %v", filepath.Base(e.Path), e.Err)
	if last := e.lastLine(); last != "" {
		s += ": " + last
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

func (e *Error) lastLine() string {
	text := strings.TrimSpace(e.Stderr)
	return strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}
