package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/mattn/go-runewidth"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/amvlib/amvlib/ingest"
	"github.com/amvlib/amvlib/timecode"
)

const (
	barSteps  = 1000 // of one film
	nameWidth = 30   // columns for a film's name
)

// bars is the board for terminals: a bar for each film in hand and one for the whole.
type bars struct {
	p       *mpb.Progress
	whole   *mpb.Bar
	films   int
	through int64 // films
	inHand  map[string]*filmBar
	began   time.Time
	footage timecode.Time // of the films that are through
	text    atomic.Value  // string, beside the whole bar; drawn by another goroutine
}

// filmBar is the bar of one film.
type filmBar struct {
	bar  *mpb.Bar
	at   timecode.Time
	step int64
	text atomic.Value // string
}

func newBars(ctx context.Context, w io.Writer, films int) *bars {
	b := &bars{p: mpb.NewWithContext(ctx, mpb.WithOutput(w), mpb.WithWidth(30)), films: films, inHand: map[string]*filmBar{}, began: time.Now()}
	b.text.Store("")
	b.whole = b.p.AddBar(int64(films)*barSteps, mpb.BarPriority(1<<20), mpb.PrependDecorators(decor.Name(fit("all films", nameWidth))),
		mpb.AppendDecorators(reads(&b.text)))
	return b
}

// reads is a decorator that shows whatever text holds.
func reads(text *atomic.Value) decor.Decorator {
	return decor.Any(func(decor.Statistics) string { return text.Load().(string) })
}

func (b *bars) event(e ingest.Event) {
	switch e.State {
	case ingest.Started:
		b.start(e)
	case ingest.Running:
		b.advance(e)
	default:
		b.finish(e)
	}
	b.refresh()
}

func (b *bars) start(e ingest.Event) {
	f := &filmBar{}
	f.text.Store(" opening")
	f.bar = b.p.AddBar(barSteps, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(fit(clean(filepath.Base(e.Path)), nameWidth))), mpb.AppendDecorators(reads(&f.text)))
	b.inHand[e.Path] = f
}

func (b *bars) advance(e ingest.Event) {
	f := b.inHand[e.Path]
	if f == nil {
		return
	}
	f.at = e.At
	eta := ""
	if e.Duration > 0 && e.At > 0 {
		f.step = min(barSteps-1, int64(e.At)*barSteps/int64(e.Duration))
		left := time.Duration(float64(e.Elapsed) * float64(e.Duration-e.At) / float64(e.At))
		eta = "  ETA " + max(0, left).Round(time.Second).String()
	}
	f.text.Store(fmt.Sprintf(" %d frames  %.1fx%s", e.Frames, speed(e.At, e.Elapsed), eta))
	f.bar.SetCurrent(f.step)
}

func (b *bars) finish(e ingest.Event) {
	if f := b.inHand[e.Path]; f != nil {
		f.bar.Abort(true)
		delete(b.inHand, e.Path)
	}
	b.through++
	if e.State == ingest.Added || e.State == ingest.Updated {
		b.footage += e.At
	}
	if text := eventLine(e); text != "" && e.State != ingest.Known {
		fmt.Fprintln(b.p, text)
	}
}

// refresh recounts the whole from the films that are through and those in hand.
func (b *bars) refresh() {
	steps, footage, elapsed := b.through*barSteps, b.footage, time.Since(b.began)
	for _, f := range b.inHand {
		steps += f.step
		footage += f.at
	}
	eta := ""
	if steps > 0 && elapsed > 2*time.Second {
		eta = "  ETA " + time.Duration(float64(elapsed)*float64(int64(b.films)*barSteps-steps)/float64(steps)).Round(time.Second).String()
	}
	b.text.Store(fmt.Sprintf(" %d/%d films  %.1fx%s", b.through, b.films, speed(footage, elapsed), eta))
	b.whole.SetCurrent(steps)
}

func (b *bars) close() {
	b.whole.Abort(false)
	for _, f := range b.inHand {
		f.bar.Abort(true)
	}
	b.p.Wait()
}

// fit cuts or pads s to width columns; wide characters count two.
func fit(s string, width int) string {
	return runewidth.FillRight(runewidth.Truncate(s, width, "~"), width)
}
