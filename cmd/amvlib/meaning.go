package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v2"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/ingest"
	"github.com/amvlib/amvlib/meaning"
)

// openVectors opens what the lines of a library mean, as far as it is known.
func openVectors(c *cli.Context, cat *catalog.Catalog) (*vectors.View, error) {
	models, err := meaning.Open()
	if err != nil {
		return nil, err
	}
	return vectors.Open(c.Context, filepath.Join(cat.Dir(), "vectors"), cat, models, vectors.Options{Log: logger(c)})
}

// listener learns what the lines of films mean while the next films are decoded. It takes one core's time at most, and far less than decoding.
type listener struct {
	ctx  context.Context
	wake chan struct{}
	view *vectors.View
	gone sync.WaitGroup
	stop context.CancelFunc
}

// listen begins; nothing is learnt where that is not wanted.
func listen(c *cli.Context, cat *catalog.Catalog) (*listener, error) {
	l := &listener{wake: make(chan struct{}, 1)}
	l.ctx, l.stop = context.WithCancel(c.Context)
	if c.Bool("no-meaning") {
		return l, nil
	}
	var err error
	if l.view, err = openVectors(c, cat); err != nil {
		l.stop()
		return nil, err
	}
	l.gone.Go(func() {
		for range l.wake {
			if err := l.view.CatchUp(l.ctx, vectors.Effort{Workers: 1}); err != nil && l.ctx.Err() == nil {
				logger(c).Info("the meaning of lines is left for later", "err", err)
			}
		}
	})
	return l, nil
}

// event has the lines of a new film learnt.
func (l *listener) event(e ingest.Event) {
	if e.State != ingest.Added && e.State != ingest.Updated {
		return
	}
	select {
	case l.wake <- struct{}{}:
	default: // it will look again anyway
	}
}

// close leaves what is not done.
func (l *listener) close() {
	l.stop()
	close(l.wake)
	l.gone.Wait()
	if l.view != nil {
		_ = l.view.Close()
	}
}

// understand learns what lines mean of which that is not known yet, with all cores, and shows how far it is. What it cannot do it says; the rest of
// the library is as good without, unless it is gone.
func understand(c *cli.Context, cat *catalog.Catalog) error {
	v, err := openVectors(c, cat)
	if err != nil {
		return err
	}
	defer v.Close()
	episodes, lines := v.Missing()
	if lines == 0 && episodes == 0 {
		return nil
	}
	tell, done := meaningBar(c, lines)
	began := time.Now()
	err = v.CatchUp(c.Context, vectors.Effort{Tell: tell})
	done()
	if err == nil { // what was read before the library went was enough, and what was learnt lies elsewhere
		err = cat.Present()
	}
	switch left, _ := v.Missing(); {
	case c.Context.Err() != nil:
		return context.Cause(c.Context)
	case errors.Is(err, catalog.ErrGone):
		return err
	case errors.Is(err, vectors.ErrBusy):
		say(c, "amvlib: %v; search by meaning goes on without the newest lines till then", err)
	case err != nil:
		say(c, "amvlib: what %d episodes mean could not be kept: %v; they are found by their words alone until amvlib reindex", left, err)
	case lines > 0 && time.Since(began) > time.Second:
		say(c, "learnt what %d lines of %d episodes mean in %s", lines, episodes, time.Since(began).Round(100*time.Millisecond))
	}
	return nil
}

// reunderstand does as understand does, and reads what there is through before.
func reunderstand(c *cli.Context, cat *catalog.Catalog) error {
	v, err := openVectors(c, cat)
	if err != nil {
		return err
	}
	damaged, err := v.Check(c.Context, true)
	if err := errors.Join(err, v.Close()); err != nil {
		return err
	}
	if damaged > 0 {
		say(c, "what was known of the meaning of lines of %d episodes was damaged", damaged)
	}
	return understand(c, cat)
}

// meaningBar draws a bar on a terminal.
func meaningBar(c *cli.Context, lines int) (tell func(vectors.Progress), done func()) {
	if !isTerminal(c.App.ErrWriter) || os.Getenv("TERM") == "dumb" {
		return nil, func() {}
	}
	var text atomic.Value
	text.Store("")
	p := mpb.New(mpb.WithOutput(c.App.ErrWriter), mpb.WithWidth(30))
	bar := p.AddBar(int64(max(lines, 1)), mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Name(fit("meaning of lines", nameWidth))),
		mpb.AppendDecorators(reads(&text)))
	tell = func(at vectors.Progress) {
		share := float64(at.Lines) / float64(max(at.OfLines, 1))
		text.Store(fmt.Sprintf(" %d/%d episodes  %d lines%s", at.Episodes, at.OfEpisodes, at.Lines, eta(at.Elapsed, share)))
		bar.SetCurrent(min(int64(at.Lines), int64(lines)-1))
	}
	return tell, func() {
		bar.Abort(true)
		p.Wait()
	}
}
