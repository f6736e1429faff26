package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/search"
)

// repl asks one phrase after another of a library that it opens once.
type repl struct {
	c        *cli.Context // as the command was called
	settings choices
	shelf    *shelf
	hits     []search.Hit // of the last answer: what numbers name
	title    string
	in       prompter
	screen   bool // somebody types
	asked    int
	failed   int
}

// prompter gives the lines that are typed. Its errors: io.EOF at the end; errCleared where a line was given up.
type prompter interface {
	line() (string, error)
	close() error
}

var errCleared = errors.New("the line was given up")

// searchInteractive is amvlib search -i.
func searchInteractive(c *cli.Context) error {
	r := &repl{c: c, settings: settingsOf(c)}
	if _, err := r.settings.query(c, ""); err != nil {
		return err
	}
	s, err := openShelf(c)
	if err != nil {
		return err
	}
	r.shelf = s
	defer r.shelf.close()
	ctx, stop := context.WithCancel(c.Context)
	defer stop()
	if err := r.open(ctx); err != nil {
		return err
	}
	defer r.in.close()
	if first := strings.Join(c.Args().Slice(), " "); first != "" {
		r.turn(ctx, first)
	}
	if err := r.loop(ctx); err != nil {
		return err
	}
	if r.failed > 0 && !r.screen {
		return inputf("%d of %d lines could not be done", r.failed, r.asked)
	}
	return c.Context.Err()
}

// open chooses how lines come: edited, where somebody sits at a terminal.
func (r *repl) open(ctx context.Context) (err error) {
	f, ok := r.c.App.Reader.(*os.File)
	r.screen = ok && isatty.IsTerminal(f.Fd()) && (isTerminal(r.c.App.ErrWriter) || isTerminal(r.c.App.Writer))
	if r.screen && os.Getenv("TERM") != "dumb" {
		r.in, err = newEditor(ctx, r)
	} else {
		r.in = &plainLines{in: bufio.NewReader(r.c.App.Reader), out: r.c.App.ErrWriter, prompt: r.screen}
	}
	if r.screen && err == nil {
		holdInterrupts()
		say(r.c, "%s; type words to search for them, :help for more, :quit or Ctrl-D to end", r.greeting(ctx))
	}
	return err
}

// holdInterrupts lets Ctrl-C take back what is being done, and no longer end the program: not between two things either.
func holdInterrupts() {
	signal.Reset(os.Interrupt)
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
}

func (r *repl) greeting(ctx context.Context) string {
	stats, err := r.shelf.cat.Stats(ctx)
	if err != nil {
		return "amvlib"
	}
	return fmt.Sprintf("%d lines of %d episodes", stats.Lines, stats.Episodes)
}

func (r *repl) loop(ctx context.Context) error {
	for ctx.Err() == nil {
		text, err := r.in.line()
		switch {
		case errors.Is(err, errCleared):
			continue
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return inputf("standard input cannot be read: %w", err)
		}
		if r.turn(ctx, text) {
			return nil
		}
	}
	return nil
}

// turn does what one line asks for, and tells whether it ends the conversation.
func (r *repl) turn(ctx context.Context, text string) (ends bool) {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "\ufffd"))
	if text == "" {
		return false
	}
	ctx, done := r.interruptible(ctx)
	defer done()
	r.asked++
	var err error
	if name, rest, ok := commandOf(text); ok {
		ends, err = r.command(ctx, name, rest)
	} else {
		err = r.ask(ctx, r.settings, text)
	}
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled) && r.c.Context.Err() == nil:
		say(r.c, "given up")
	case r.c.Context.Err() != nil:
	default:
		r.failed++
		say(r.c, "%s", clean(advised(err).Error()))
	}
	return ends
}

// interruptible is a context that Ctrl-C ends while something is being done.
func (r *repl) interruptible(ctx context.Context) (context.Context, func()) {
	if !r.screen {
		return ctx, func() {}
	}
	return signal.NotifyContext(ctx, os.Interrupt)
}

// ask searches and prints. What another program has brought into the library since is found too.
func (r *repl) ask(ctx context.Context, s choices, text string) error {
	c, err := s.context(r.c, text)
	if err != nil {
		return err
	}
	c.Context = ctx
	q, err := queryOf(c)
	if err != nil {
		return err
	}
	if err := r.catchUp(ctx); err != nil {
		return err
	}
	hits, err := r.shelf.ask(ctx, c, &q)
	r.hits = hits
	if c.Bool("json") && (err == nil || ofLine(err)) { // whoever asks gets an answer a line
		m := newMany(c, r.shelf, q)
		err = m.tell(answered{wanted{n: r.asked, text: text}, hits, err})
		r.failed += m.failed
		return err
	}
	if err != nil {
		return searchError(err)
	}
	r.title = text
	return printHits(c, r.shelf, hits)
}

// catchUp brings the index up to date. A library that was taken away and put back, as restore does, is opened anew.
func (r *repl) catchUp(ctx context.Context) error {
	err := r.shelf.cat.Present()
	if err == nil {
		err = r.shelf.ix.CatchUp(ctx)
	}
	if err == nil || ctx.Err() != nil {
		return inLibrary(err)
	}
	s, err := openShelf(r.c)
	if err != nil {
		return err
	}
	r.shelf.close()
	r.shelf = s
	return nil
}

// plainLines reads lines where nothing can be edited.
type plainLines struct {
	in     *bufio.Reader
	out    io.Writer
	prompt bool
}

func (p *plainLines) line() (string, error) {
	if p.prompt {
		fmt.Fprint(p.out, replPrompt)
	}
	text, err := p.in.ReadString('\n')
	if err != nil && text != "" && errors.Is(err, io.EOF) {
		return text, nil
	}
	return text, err
}

func (p *plainLines) close() error { return nil }
