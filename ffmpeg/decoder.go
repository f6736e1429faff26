package ffmpeg

import (
	"context"
	"errors"
	"io"
	"iter"

	"github.com/amvlib/amvlib/proc"
)

// decoder is a process that decodes stretches one after the other. It never knows that there are pictures in between.
type decoder struct {
	crew    *crew
	feed    [][]byte   // what it is to read
	work    []*stretch // what is to come of it
	closed  bool       // nothing more will
	backlog int        // pictures that it owes
	said    string     // of trouble, once it has ended
}

// arguments of a process that decodes packets which it is given: without a word of what it read, but for its first complaint of a
// picture, after which it gives none.
func (s *source) decoderArguments() []string {
	args := []string{"-v", "error", "-nostdin", "-max_error_rate", "1", "-xerror", "-skip_loop_filter", "all", "-threads", "1", "-copyts",
		"-protocol_whitelist", "pipe", "-f", "nut", "-i", "pipe:0"}
	args = append(args, s.pictureOutput(0)...)
	return append(args, "-flush_packets", "1", "-map_metadata", "-1", "-f", "nut", "pipe:1")
}

// run decodes until there is no more work. Its error is why the film cannot go on in stretches.
func (d *decoder) run(ctx context.Context) error {
	p, err := proc.Start(ctx, proc.Command{Path: d.crew.tool.Path, Args: d.crew.decoderArguments(), Stdin: &feeder{d: d, ctx: ctx}})
	if err != nil {
		return err
	}
	defer p.Close()
	if err := d.read(ctx, p); err != nil {
		return err
	}
	if err := p.Wait(); err != nil {
		return uneven("%v", err)
	}
	d.said = complaint(p.Stderr())
	return nil
}

// read takes the pictures of every stretch, and they must be those that its packets tell of.
func (d *decoder) read(ctx context.Context, p *proc.Process) error {
	u := unpacker{plan: plan{video: 0, audio: -1}, last: -1 << 62}
	for st := range d.stretches(ctx) {
		for i, at := range st.want {
			packet, err := u.next(p)
			if err != nil {
				return uneven("%v; ffmpeg said %q", unexpected(err), complaint(p.Stderr()))
			}
			if packet.Frame.PTS != at {
				return uneven("a picture at %v where one at %v should be", packet.Frame.PTS, at)
			}
			d.crew.came(d)
			if i < st.count() {
				st.frames <- packet.Frame // it has room for all of them
			}
		}
		if said := complaint(p.Stderr()); said != "" {
			return uneven("ffmpeg said %q", said)
		}
	}
	if _, err := u.next(p); !errors.Is(err, io.EOF) && ctx.Err() == nil {
		return uneven("more pictures than packets")
	}
	return nil
}

// stretches are the decoder's work as it comes.
func (d *decoder) stretches(ctx context.Context) iter.Seq[*stretch] {
	c := d.crew
	return func(yield func(*stretch) bool) {
		for i := 0; ; i++ {
			c.mu.Lock()
			for i >= len(d.work) && !d.closed && ctx.Err() == nil {
				c.change.Wait()
			}
			if i >= len(d.work) || ctx.Err() != nil {
				c.mu.Unlock()
				return
			}
			st := d.work[i]
			d.work[i] = nil
			c.mu.Unlock()
			if !yield(st) {
				return
			}
		}
	}
}

// feeder is what a decoder reads from.
type feeder struct {
	d     *decoder
	ctx   context.Context
	chunk []byte // being read
	rest  []byte // of it
}

// Read waits for work.
func (f *feeder) Read(b []byte) (int, error) {
	if len(f.rest) == 0 {
		if err := f.next(); err != nil {
			return 0, err
		}
	}
	n := copy(b, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

func (f *feeder) next() error {
	c := f.d.crew
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(f.d.feed) == 0 && !f.d.closed && f.ctx.Err() == nil {
		c.change.Wait()
	}
	if err := f.ctx.Err(); err != nil {
		return err
	}
	if len(f.d.feed) == 0 {
		return io.EOF
	}
	c.cutter.pool.put(f.chunk)
	f.chunk, f.d.feed = f.d.feed[0], f.d.feed[1:]
	f.rest = f.chunk
	if len(f.d.feed) == 0 {
		c.change.Broadcast() // it may soon have nothing to do
	}
	return nil
}
