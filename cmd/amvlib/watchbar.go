package main

import (
	"github.com/urfave/cli/v2"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/amvlib/amvlib/timecode"
)

// watchBar is progress over a film that is watched whole. Nothing is drawn where nobody looks.
type watchBar struct {
	c   *cli.Context
	p   *mpb.Progress
	bar *mpb.Bar
}

func (b *watchBar) tell(path string, at, of timecode.Time) {
	if !isTerminal(b.c.App.ErrWriter) {
		return
	}
	if b.bar == nil {
		b.p = mpb.New(mpb.WithOutput(b.c.App.ErrWriter), mpb.WithWidth(30))
		b.bar = b.p.AddBar(max(1, int64(of)), mpb.PrependDecorators(decor.Name("watching "+clean(fileName(path))+" ")),
			mpb.AppendDecorators(decor.Percentage(), decor.Name(" "), decor.AverageETA(decor.ET_STYLE_GO)))
	}
	if at < of {
		b.bar.SetCurrent(int64(at))
		return
	}
	b.bar.Abort(true)
	b.p.Wait()
	b.bar = nil
}
