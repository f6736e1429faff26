package main

import (
	"cmp"
	"context"
	"io"
	"log" //nolint:depguard // only to silence it
	"os"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(Main())
}

// Main runs the program with the process's arguments and gives its exit code. Scripts in tests run it as the command amvlib.
func Main() int {
	log.SetOutput(io.Discard) // the index's library logs what package index sees and mends
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		stop() // a second Ctrl-C ends the program at once
	}()
	return run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr)
}

// run is the program behind its edges.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	kept := &keeper{Writer: out}
	app := newApp(in, kept, errOut)
	ordered, err := reorder(app, args)
	if err == nil {
		err = app.RunContext(ctx, ordered)
	}
	return report(ctx, errOut, advised(cmp.Or(err, kept.err)))
}

// keeper remembers the first error of writing, such as a full disk behind standard output, so that no print need look.
type keeper struct {
	io.Writer
	err    error
	colour string // what --color says of it
}

func (k *keeper) Write(p []byte) (int, error) {
	n, err := k.Writer.Write(p)
	k.err = cmp.Or(k.err, err)
	return n, err
}
