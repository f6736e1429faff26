package ffmpeg

import (
	"context"
	"errors"
	"fmt"

	"github.com/amvlib/amvlib/proc"
	"github.com/amvlib/amvlib/timecode"
)

// errSilent is why a sound track is left out that ends without a sound.
var errSilent = errors.New("there is no sound in it")

// split parts a plan in two for a film whose sound and pictures begin so far apart that ffmpeg would hold hundreds of megabytes of
// pictures back until it has seen the first sound. Each also reads the other's stream, to no end but that both count time from the
// same zero: in some containers ffmpeg takes the earliest of the streams that it reads for it.
func (p plan) split() (pictures, sound plan) {
	pictures, sound = p, p
	pictures.audio, pictures.idle = -1, p.audio
	sound.video, sound.texts, sound.idle = -1, nil, p.video
	return pictures, sound
}

func (p plan) separate() bool { return p.apart && p.video >= 0 && p.audio >= 0 }

// packets starts what the plan demands beside the main process p and gives what comes of both, in step.
func (r *run) packets(ctx context.Context, p *proc.Process) <-chan item {
	if r.plan.crew {
		return r.sideBySide(ctx, p)
	}
	if !r.plan.separate() {
		return readAhead(ctx, p, r.plan)
	}
	pictures, sound := r.plan.split()
	return inStep(ctx, readAhead(ctx, p, pictures), r.soundApart(ctx, sound))
}

// soundApart decodes sound in a process of its own. Trouble with it costs the sound alone.
func (r *run) soundApart(ctx context.Context, p plan) <-chan item {
	items := make(chan item)
	r.beside.Go(func() {
		defer close(items)
		if err := r.readSound(ctx, p, items); err != nil && ctx.Err() == nil {
			r.skip(withoutSound(p.audio, cause(err)))
		}
	})
	return items
}

func (r *run) readSound(ctx context.Context, p plan, items chan<- item) error {
	process, err := r.start(ctx, p)
	if err != nil {
		return err
	}
	defer process.Close()
	heard := errSilent
	for it := range readAhead(ctx, process, p) {
		if it.err != nil {
			return r.failed(process, it.err)
		}
		heard = nil
		select {
		case items <- it:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if err := process.Wait(); err != nil {
		return r.failed(process, err)
	}
	r.damage(process.Stderr())
	return heard
}

// cause is what ffmpeg said of a failure, where it said something.
func cause(err error) error {
	if f := (*failure)(nil); errors.As(err, &f) && f.stderr != "" {
		return lastWords(f.stderr)
	}
	return err
}

// withoutSound says in words that a track is given up.
func withoutSound(stream int, why error) string {
	return fmt.Sprintf("stream %d: sound that cannot be decoded (%v)", stream, why)
}

// inStep merges two streams by time.
func inStep(ctx context.Context, a, b <-chan item) <-chan item {
	merged := make(chan item)
	go func() {
		defer close(merged)
		x, left := <-a
		y, right := <-b
		for left || right {
			next := x
			if first := left && (!right || x.at() <= y.at()); first {
				x, left = <-a
			} else {
				next = y
				y, right = <-b
			}
			select {
			case merged <- next:
			case <-ctx.Done():
				return
			}
		}
	}()
	return merged
}

// at is when an item is due; trouble at once.
func (i item) at() timecode.Time {
	switch {
	case i.packet.Frame != nil:
		return i.packet.Frame.PTS
	case i.packet.Audio != nil:
		return i.packet.Audio.PTS
	}
	return -1 << 62
}
