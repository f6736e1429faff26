package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/ffmpeg"
)

// The exit codes, a contract with scripts.
const (
	exitFine        = 0
	exitInput       = 1
	exitUsage       = 2
	exitLibrary     = 3
	exitFFmpeg      = 4
	exitInterrupted = 130
)

// coded is an error that knows its exit code.
type coded struct {
	code int
	err  error // nil where everything was said already
}

func (e *coded) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *coded) Unwrap() error { return e.err }

// usagef is a mistake in how the program was called.
func usagef(format string, args ...any) error {
	return &coded{exitUsage, fmt.Errorf(format, args...)}
}

// inputf is trouble with some input.
func inputf(format string, args ...any) error {
	return &coded{exitInput, fmt.Errorf(format, args...)}
}

// inLibrary marks an error of the library where it does not show itself.
func inLibrary(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return &coded{exitLibrary, err}
}

func usageError(c *cli.Context, err error, _ bool) error {
	name := "amvlib"
	if c.Command != nil && c.Command.Name != "" && c.Command.Name != name {
		name += " " + c.Command.Name
	}
	return usagef("%w: see %s --help", err, name)
}

// report prints err as one line and gives its exit code.
func report(ctx context.Context, errOut io.Writer, err error) int {
	switch {
	case err == nil:
		return exitFine
	case ctx.Err() != nil:
		fmt.Fprintln(errOut, "amvlib: interrupted; what was finished is kept")
		return exitInterrupted
	case errors.Is(err, syscall.EPIPE):
		return exitFine // whoever reads has read enough
	}
	if text := err.Error(); text != "" {
		fmt.Fprintln(errOut, "amvlib: "+clean(text))
	}
	return codeOf(err)
}

func codeOf(err error) int {
	var c *coded
	switch {
	case errors.As(err, &c):
		return c.code
	case errors.Is(err, ffmpeg.ErrMissing), errors.Is(err, ffmpeg.ErrTooOld):
		return exitFFmpeg
	case libraryTrouble(err):
		return exitLibrary
	case errors.Is(err, os.ErrClosed):
		return exitLibrary
	}
	return exitInput
}

func libraryTrouble(err error) bool {
	for _, known := range []error{
		catalog.ErrNewer, catalog.ErrNotLibrary, catalog.ErrCorrupt, catalog.ErrReadOnly, catalog.ErrFull, catalog.ErrBusy, catalog.ErrNotFound,
		catalog.ErrGone,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}
