package proc

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Process is a running program. Read its standard output to the end, then Wait; or Close at any time. Read is for one goroutine
// at a time, the rest for any.
type Process struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	cmd    *exec.Cmd
	tree   tree
	stdout *os.File
	stderr *tail
	watch  watch // reads stdout
	limit  *time.Timer
	done   chan struct{} // closed once the tree has ended
	err    error         // how it ended; to be read after done
	once   sync.Once
}

// start makes the pipe itself: os/exec's own would be closed as soon as the program is waited for, and it is waited for from the
// beginning, so that its end is seen while nobody reads.
func (p *Process) start(stdin io.Reader) error {
	feed, err := p.feeder(stdin)
	if err != nil {
		return err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer w.Close()
	p.stdout, p.cmd.Stdout, p.cmd.Cancel = r, w, func() error { return p.tree.kill(p.cmd.Process) }
	p.watch.r = r
	widen(w)
	p.tree.prepare(p.cmd)
	if err := fork(p.cmd); err != nil {
		r.Close()
		return err
	}
	if err := p.tree.adopt(p.cmd.Process); err != nil {
		p.cmd.Process.Kill()
		p.cmd.Wait()
		r.Close()
		return err
	}
	go feed()
	return nil
}

// feeder gives what passes stdin on. os/exec would do so too, but then waits for a reader that may never return.
func (p *Process) feeder(stdin io.Reader) (func(), error) {
	if stdin == nil {
		return func() {}, nil
	}
	w, err := p.cmd.StdinPipe()
	return func() {
		defer w.Close()
		source := &remembering{r: stdin}
		if io.Copy(w, source); source.err != nil {
			p.cancel(source.err) // before the pipe is closed: what was cut short must not seem whole to the program
		}
	}, err
}

// remembering tells an error of the reader from one of the pipe, which only means that the program has read enough.
type remembering struct {
	r   io.Reader
	err error
}

func (s *remembering) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// reap waits for the program and then ends what it may have left running.
func (p *Process) reap() {
	err := p.cmd.Wait()
	p.tree.kill(p.cmd.Process)
	p.tree.close()
	if p.limit != nil {
		p.limit.Stop()
	}
	p.err = p.verdict(err)
	close(p.done)
}

func (p *Process) verdict(err error) error {
	if err == nil || errors.Is(err, exec.ErrWaitDelay) && p.cmd.ProcessState.Success() {
		return nil
	}
	if cause := context.Cause(p.ctx); cause != nil {
		err = cause
	}
	return &Error{Path: p.cmd.Path, Code: p.cmd.ProcessState.ExitCode(), Stderr: p.Stderr(), Err: err}
}

// Read reads the program's standard output. The time it waits is bounded by Command.Stall; the time between two calls is not,
// for a slow reader is no fault of the program. When the tree was ended from here the error is the cause and never io.EOF, so
// that what was cut short is not taken for whole.
func (p *Process) Read(b []byte) (int, error) {
	n, err := p.watch.Read(b)
	if err != nil {
		if cause := context.Cause(p.ctx); cause != nil {
			err = cause
		}
	}
	return n, err
}

// watch calls stalled when a single Read of r waits for longer than limit; 0 is no limit.
type watch struct {
	r       io.Reader
	limit   time.Duration
	stalled func()
}

func (w *watch) Read(b []byte) (int, error) {
	if w.limit > 0 {
		defer time.AfterFunc(w.limit, w.stalled).Stop()
	}
	return w.r.Read(b)
}

// Wait gives how the program ended: nil, or an *Error. It waits for ever for one whose output nobody reads.
func (p *Process) Wait() error {
	<-p.done
	return p.err
}

// Stderr is the end of what the program has written to standard error so far.
func (p *Process) Stderr() string { return p.stderr.String() }

// PID is the program's process number.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Close ends the tree if it still runs and frees what it held. Always nil, and harmless when repeated.
func (p *Process) Close() error {
	p.once.Do(func() {
		p.cancel(os.ErrClosed)
		<-p.done
		p.stdout.Close()
	})
	return nil
}
