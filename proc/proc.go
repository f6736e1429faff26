package proc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// keepStderr is how much of a program's complaints is kept where Command.KeepStderr is 0.
const keepStderr = 16 << 10

// grace is how long the pipes of an ended program may stay open before they are cut: something it started may still hold them.
const grace = 2 * time.Second

// Command says what to run and within which bounds.
type Command struct {
	Path       string        // the program, as Find gave it
	Args       []string      // its arguments, without the program's own name
	Dir        string        // where it runs; empty: here
	Env        []string      // "KEY=value", added to the own environment
	Stdin      io.Reader     // what it reads; nil: nothing. An error of the reader ends the tree and is the cause
	Stall      time.Duration // longest wait for output within one Read; 0: no bound
	Limit      time.Duration // longest run; 0: no bound
	KeepStderr int           // bytes of standard error that are kept, the last ones; 0: 16 KiB
}

// Start runs c. The tree ends with ctx. The error is an *Error; it wraps ErrNotFound where there is no such program.
func Start(ctx context.Context, c Command) (*Process, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	p := &Process{ctx: ctx, cancel: cancel, done: make(chan struct{}), stderr: &tail{limit: c.KeepStderr}}
	p.watch = watch{limit: c.Stall, stalled: func() { cancel(ErrStalled) }}
	if c.KeepStderr <= 0 {
		p.stderr.limit = keepStderr
	}
	p.cmd = c.build(ctx, p.stderr)
	if err := p.start(c.Stdin); err != nil {
		cancel(err)
		return nil, &Error{Path: c.Path, Code: -1, Err: missing(err)}
	}
	if c.Limit > 0 {
		p.limit = time.AfterFunc(c.Limit, func() { cancel(ErrTimeout) })
	}
	go p.reap()
	return p, nil
}

func (c Command) build(ctx context.Context, stderr io.Writer) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.Path, c.Args...)
	cmd.Dir, cmd.Stderr, cmd.WaitDelay = c.Dir, stderr, grace
	if len(c.Env) > 0 {
		cmd.Env = append(os.Environ(), c.Env...)
	}
	return cmd
}

func missing(err error) error {
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	return err
}

// Run runs c to its end and gives what it wrote to standard output, at most maxStdout bytes of it; more is ErrTooMuch.
// With an error comes what was read until then.
func Run(ctx context.Context, c Command, maxStdout int) ([]byte, error) {
	p, err := Start(ctx, c)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	out, err := io.ReadAll(io.LimitReader(p, int64(maxStdout)+1))
	if len(out) > maxStdout {
		return out[:maxStdout], &Error{Path: c.Path, Code: -1, Stderr: p.Stderr(), Err: ErrTooMuch}
	}
	if werr := p.Wait(); werr != nil {
		err = werr
	}
	return out, err
}

// Find gives the absolute path of a program: of one on the PATH for a bare name, otherwise of the file itself, which must be
// executable. What lies in the current folder alone is not found. The error wraps ErrNotFound.
func Find(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	return filepath.Abs(path)
}
