package ffmpeg

import (
	"context"
	"time"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
	"github.com/amvlib/amvlib/timecode"
)

// hand puts together what the decoders give, stretch by stretch, with the sound in step.
func (c *crew) hand(ctx context.Context, items chan<- item) error {
	out := &outlet{items: items, done: ctx.Done()}
	for st := c.next(ctx); st != nil; st = c.next(ctx) {
		for range st.count() {
			f, err := c.picture(ctx, st)
			if err != nil {
				return err
			}
			c.handSound(out, f.PTS)
			f.Index = out.pictures
			out.pictures++
			out.send(media.Packet{Frame: f})
			if out.shut {
				return context.Cause(ctx)
			}
			c.gone()
		}
		c.over()
	}
	c.working.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	for _, d := range c.decoders {
		if d.said != "" { // what the one process would say is told of the film
			return uneven("ffmpeg said %q", d.said)
		}
	}
	c.handSound(out, 1<<62)
	if out.shut {
		return context.Cause(ctx)
	}
	c.log.Debug("decoded in stretches", "path", c.path, "stretches", c.dealt, "decoders", len(c.decoders))
	return nil
}

// outlet is where packets go while they are wanted.
type outlet struct {
	items    chan<- item
	done     <-chan struct{}
	pictures int64
	shut     bool // one was not taken
}

// send gives nothing after a packet that was not taken: whoever goes on counts what came, and would miss that one.
func (o *outlet) send(p media.Packet) {
	if o.shut {
		return
	}
	select {
	case o.items <- item{packet: p}:
	case <-o.done:
		o.shut = true
	}
}

// handSound hands out what is due by then.
func (c *crew) handSound(out *outlet, by timecode.Time) {
	c.mu.Lock()
	n := 0
	for n < len(c.sound) && c.sound[n].PTS <= by {
		n++
	}
	due := c.sound[:n:n]
	c.sound = c.sound[n:]
	c.mu.Unlock()
	for _, a := range due {
		out.send(media.Packet{Audio: a})
	}
}

// next is the stretch that is due, nil at the end and where ctx has ended.
func (c *crew) next(ctx context.Context) *stretch {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.order) == 0 && !c.ended && ctx.Err() == nil {
		c.change.Wait()
	}
	if len(c.order) == 0 || ctx.Err() != nil {
		return nil
	}
	st := c.order[0]
	c.order = c.order[1:]
	return st
}

// picture waits for the next picture of a stretch.
func (c *crew) picture(ctx context.Context, st *stretch) (*media.Frame, error) {
	select {
	case f := <-st.frames:
		return f, nil
	default:
	}
	c.await(st.by)
	defer c.await(nil)
	stall := time.NewTimer(c.opts.Stall)
	defer stall.Stop()
	select {
	case f := <-st.frames:
		return f, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-stall.C:
		return nil, proc.ErrStalled
	}
}

func (c *crew) await(d *decoder) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.awaited = d
	if d != nil && len(d.feed) == 0 {
		c.change.Broadcast()
	}
}

// gone notes that a picture was handed out.
func (c *crew) gone() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.owed--; c.owed == mostOwed-1 {
		c.change.Broadcast()
	}
}

// over notes that a stretch was.
func (c *crew) over() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flying--
	c.change.Broadcast()
}
