package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/amvlib/amvlib/ingest"
	"github.com/amvlib/amvlib/timecode"
)

const (
	barSteps  = 1000 // of one film
	nameWidth = 30   // columns for a film's name
)

// bars is the board for terminals: a bar for each film in hand and one for the whole, which counts bytes, for films differ in length.
type bars struct {
	p       *mpb.Progress
	whole   *mpb.Bar
	films   int
	through int // films
	sizes   map[string]int64
	work    int64 // bytes of films that are, or may be, decoded
	done    int64 // of them
	frames  int64 // of films that are through
	footage timecode.Time
	inHand  map[string]*filmBar
	began   time.Time
	text    atomic.Value // string, beside the whole bar; drawn by another goroutine
}

// filmBar is the bar of one film.
type filmBar struct {
	bar    *mpb.Bar
	at     timecode.Time
	frames int64
	share  float64      // of the film, 0 to 1
	text   atomic.Value // string
}

func newBars(w io.Writer, films []string) *bars {
	b := &bars{
		p: mpb.New(mpb.WithOutput(w), mpb.WithWidth(30)), films: len(films), sizes: map[string]int64{}, inHand: map[string]*filmBar{},
		began: time.Now(),
	}
	for _, path := range films {
		if info, err := os.Stat(path); err == nil { // what is gone fails later, with words
			b.sizes[path] = info.Size()
			b.work += info.Size()
		}
	}
	b.text.Store("")
	b.whole = b.p.AddBar(max(1, b.work), mpb.BarPriority(1<<20), mpb.PrependDecorators(decor.Name(fit("all films", nameWidth))),
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
	f.at, f.frames = e.At, e.Frames
	if e.Duration > 0 {
		f.share = min(.999, float64(e.At)/float64(e.Duration))
	}
	f.text.Store(fmt.Sprintf(" %d frames  %.1fx%s", e.Frames, speed(e.At, e.Elapsed), eta(e.Elapsed, f.share)))
	f.bar.SetCurrent(int64(f.share * barSteps))
}

func (b *bars) finish(e ingest.Event) {
	if f := b.inHand[e.Path]; f != nil {
		f.bar.Abort(true)
		delete(b.inHand, e.Path)
	}
	b.through++
	switch e.State {
	case ingest.Added, ingest.Updated:
		b.done += b.sizes[e.Path]
		b.footage += e.At
		b.frames += e.Frames
	default: // nothing was decoded, so it says nothing of how long the rest takes
		b.work -= b.sizes[e.Path]
	}
	if text := eventLine(e); text != "" && e.State != ingest.Known {
		fmt.Fprintln(b.p, text)
	}
}

// refresh recounts the whole from the films that are through and those in hand.
func (b *bars) refresh() {
	done, footage, frames, elapsed := float64(b.done), b.footage, b.frames, time.Since(b.began)
	for path, f := range b.inHand {
		done += f.share * float64(b.sizes[path])
		footage += f.at
		frames += f.frames
	}
	share := done / float64(max(1, b.work))
	b.text.Store(fmt.Sprintf(" %d/%d films  %d frames  %.1fx%s", b.through, b.films, frames, speed(footage, elapsed), eta(elapsed, share)))
	b.whole.SetTotal(max(1, b.work), false)
	b.whole.SetCurrent(min(int64(done), max(1, b.work)-1))
}

// eta is how long the rest takes if it goes on as so far; empty while that means little.
func eta(elapsed time.Duration, share float64) string {
	if share < .01 || share >= 1 || elapsed < 2*time.Second {
		return ""
	}
	return "  ETA " + time.Duration(float64(elapsed)*(1-share)/share).Round(time.Second).String()
}

func (b *bars) close() {
	b.whole.Abort(true)
	for _, f := range b.inHand {
		f.bar.Abort(true)
	}
	b.p.Wait()
}
