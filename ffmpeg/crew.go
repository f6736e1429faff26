package ffmpeg

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
	"github.com/amvlib/amvlib/timecode"
)

// crew decodes one film in stretches, side by side. One process takes the container apart; what it gives of the pictures' packets is cut
// where decoding can begin and dealt out to decoders, which read and write pipes; their pictures are put together in order. So no
// index is needed, nothing is read twice, and it is known beforehand which pictures each stretch must give: where they are others,
// one process decodes the film after all, and what was handed out is not given again.
type crew struct {
	*run
	cutter  cutter
	stamps  stamps
	head    []byte // what every decoder reads first
	scratch []byte
	stop    context.CancelCauseFunc
	working sync.WaitGroup

	mu       sync.Mutex
	change   *sync.Cond
	order    []*stretch // dealt out, not yet taken up by whoever hands out
	ended    bool       // no more of them come
	sound    []*media.Audio
	flying   int // stretches that were dealt out and not handed out to the end
	owed     int // pictures of these
	dealt    int // stretches
	decoders []*decoder
	awaited  *decoder // by whoever hands out
}

// Bounds of what is decoded before it is wanted. A stretch more is out than there are decoders, so that none ever waits for work; and as many
// pictures as fill 88 MB.
const (
	mostOwed = 1024
	lag      = 32 // pictures that a decoder holds back until it has read more, at the most
)

// sideBySide gives what comes of the container that p takes apart, decoded.
func (r *run) sideBySide(outer context.Context, p *proc.Process) <-chan item {
	items := make(chan item, aheadItems)
	ctx, stop := context.WithCancelCause(outer)
	c := &crew{run: r, stop: stop}
	c.change = sync.NewCond(&c.mu)
	context.AfterFunc(ctx, c.wake)
	c.working.Go(func() {
		if err := c.deal(ctx, p); err != nil {
			stop(err)
		}
	})
	r.beside.Go(func() {
		defer close(items)
		err := c.hand(ctx, items)
		stop(err)
		if err != nil {
			p.Close() // somebody may be waiting for what it reads
		}
		c.working.Wait()
		if err != nil {
			select {
			case items <- item{err: err}:
			case <-outer.Done():
			}
		}
	})
	return items
}

func (c *crew) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.change.Broadcast()
}

// deal reads the packets and deals them out.
func (c *crew) deal(ctx context.Context, r io.Reader) error {
	u := unpacker{plan: c.plan}
	for {
		f, err := u.head(r)
		switch {
		case errors.Is(err, io.EOF):
			return c.finish(ctx)
		case err != nil:
			return err
		case f.class == 0:
			err = c.packet(ctx, u.nut, f)
		default:
			err = c.hear(&u, f)
		}
		if err != nil {
			return err
		}
	}
}

func (c *crew) hear(u *unpacker, f nutFrame) error {
	packet, err := u.sound(f)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sound = append(c.sound, packet.Audio)
	return nil
}

func (c *crew) packet(ctx context.Context, nut *nutReader, f nutFrame) error {
	if c.head == nil {
		if err := c.begin(&nut.streams[f.stream]); err != nil {
			return err
		}
	}
	at, err := c.stamps.time(f.ticks)
	if err != nil {
		return err
	}
	if f.size == 0 {
		return uneven("an empty packet")
	}
	if cap(c.scratch) < f.size {
		c.scratch = make([]byte, f.size+f.size/2)
	}
	body := c.scratch[:f.size]
	if err := nut.body(body); err != nil {
		return err
	}
	done, err := c.cutter.add(at, f.key, body)
	if err == nil {
		err = c.cutter.bearable()
	}
	if err != nil || done == nil {
		return err
	}
	return c.dealOut(ctx, done)
}

// begin learns from the head of the pictures' stream.
func (c *crew) begin(s *nutStreamInfo) (err error) {
	codec := c.info.Video.Codec
	c.cutter = cutter{codec: codecs[codec], name: codec, extra: s.extra, pool: new(chunkPool)}
	c.head = nutHead(s)
	c.stamps, err = c.newStamps(s.base)
	return err
}

// finish deals out the rest and lets the decoders end.
func (c *crew) finish(ctx context.Context) error {
	rest, err := c.cutter.end()
	if err != nil {
		return err
	}
	for _, st := range rest {
		if err := c.dealOut(ctx, st); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	for _, d := range c.decoders {
		d.closed = true
	}
	c.change.Broadcast()
	return nil
}

// dealOut gives a stretch to a decoder, once one is to have it.
func (c *crew) dealOut(ctx context.Context, st *stretch) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	d := c.choose(ctx)
	for ; d == nil && ctx.Err() == nil; d = c.choose(ctx) {
		c.change.Wait()
	}
	if err := context.Cause(ctx); err != nil {
		return err
	}
	st.by = d
	d.feed, d.work, st.data = append(d.feed, st.data.chunks...), append(d.work, st), nil
	d.backlog += len(st.want)
	c.order = append(c.order, st)
	c.flying++
	c.dealt++
	c.owed += st.count()
	c.change.Broadcast()
	return nil
}

// choose finds the decoder that has least to do, or runs one more where a core is free; nil where enough is under way. The one that is
// waited for and has nothing to read always gets more: decoders hold back a few pictures until they do.
func (c *crew) choose(ctx context.Context) *decoder {
	if d := c.awaited; d != nil && len(d.feed) == 0 {
		return d
	}
	var least *decoder
	for _, d := range c.decoders {
		if least == nil || d.backlog < least.backlog {
			least = d
		}
	}
	switch {
	case least == nil:
		return c.hire(ctx, func() {})
	case c.owed >= mostOwed:
		return nil
	case least.backlog > lag && c.opts.Cores.Take():
		return c.hire(ctx, c.opts.Cores.Give)
	case c.flying <= len(c.decoders):
		return least
	}
	return nil
}

func (c *crew) hire(ctx context.Context, leave func()) *decoder {
	d := &decoder{crew: c, feed: [][]byte{c.head}}
	c.decoders = append(c.decoders, d)
	c.working.Go(func() {
		defer leave()
		if err := d.run(ctx); err != nil && ctx.Err() == nil {
			c.stop(err)
		}
	})
	return d
}

// came notes that a decoder gave a picture.
func (c *crew) came(d *decoder) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d.backlog--
}

// stamps turn the times of packets into those of pictures.
type stamps struct {
	base  timeBase
	zero  int64 // ticks
	shown timecode.Range
}

// newStamps knows what was added to every time, and what of the film is shown.
func (c *crew) newStamps(base timeBase) (stamps, error) {
	if base.num == 0 || clockOffset*base.den%base.num != 0 {
		return stamps{}, uneven("a clock of %d/%d s", base.num, base.den)
	}
	shown, err := c.shown()
	return stamps{base: base, zero: int64(clockOffset * base.den / base.num), shown: shown}, err
}

// time is when a picture is shown that is due after so many ticks.
func (s *stamps) time(ticks int64) (timecode.Time, error) {
	at := s.base.micros(ticks - s.zero)
	if at < s.shown.Start || at >= s.shown.End {
		return 0, uneven("a picture at %v that is not to be shown", at)
	}
	if at < -clockOffset*timecode.Second {
		return 0, uneven("a picture at %v", at)
	}
	return at, nil
}
