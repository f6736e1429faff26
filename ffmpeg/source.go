package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
	"github.com/amvlib/amvlib/timecode"
)

// source is an opened file.
type source struct {
	tool *Tool
	path string
	opts Options
	full plan
	log  *slog.Logger

	stretch timecode.Range // pictures of this stretch alone; empty: all there is

	mu   sync.Mutex
	info media.Info
}

// plan is what one run of ffmpeg decodes.
type plan struct {
	video, audio int // stream numbers, -1 for none
	idle         int // a stream that is read and thrown away, -1 for none
	texts        []textJob
	dir          string   // where the texts are written
	apart        bool     // sound is decoded by a process of its own
	gray         bool     // pictures are gray
	crew         bool     // pictures are decoded in stretches, by processes of their own
	notes        []string // what is left out, in words
}

// silent tells whether only texts are wanted, for which standard output stays empty.
func (p plan) silent() bool { return p.video < 0 && p.audio < 0 }

func newSource(t *Tool, path string, l layout, o Options) *source {
	if o.Stall <= 0 {
		o.Stall = defaultStall
	}
	s := &source{tool: t, path: path, opts: o, info: l.info, full: plan{video: l.video, audio: l.audio, idle: -1}, log: o.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.full.crew = s.divisible(&l)
	for _, track := range l.info.Text {
		s.full.texts = append(s.full.texts, textJob{track})
	}
	return s
}

// Info tells what is in the file. What turns out while the file is decoded, of tracks and of damage, is added to Skipped.
func (s *source) Info() media.Info {
	s.mu.Lock()
	defer s.mu.Unlock()
	info := s.info
	info.Skipped = slices.Clone(info.Skipped)
	return info
}

func (s *source) skip(why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.info.Skipped, why) {
		s.info.Skipped = append(s.info.Skipped, why)
	}
}

// errStop says that the receiver has had enough.
var errStop = errors.New("stopped")

// Packets decodes the file; see media.Source.
func (s *source) Packets(ctx context.Context) iter.Seq2[media.Packet, error] {
	return func(yield func(media.Packet, error) bool) {
		if err := s.decode(ctx, func(p media.Packet) bool { return yield(p, nil) }); err != nil && !errors.Is(err, errStop) {
			yield(media.Packet{}, err)
		}
	}
}

// decode runs ffmpeg, and once more with less where something that can be spared made it fail. What the first run gave already
// is not given again: decoding is deterministic.
func (s *source) decode(ctx context.Context, yield func(media.Packet) bool) error {
	r := &run{source: s, plan: s.full, base: s.full, yield: yield}
	for {
		err := r.once(ctx)
		if err == nil || errors.Is(err, errStop) || ctx.Err() != nil || !r.spare(err) {
			for _, note := range r.plan.notes {
				r.skip(note)
			}
			return err
		}
	}
}

// run is one decoding of a file, in one or more attempts.
type run struct {
	*source
	plan    plan // of the attempt at hand
	base    plan // with all that nothing was found to say against
	guesses int  // how many were made at what makes ffmpeg fail
	yield   func(media.Packet) bool
	sent    counts         // over all attempts
	beside  sync.WaitGroup // what runs beside the main process
}

// counts are of what was handed out.
type counts struct {
	frames, blocks int64
	end            timecode.Time // of the last picture or sound
}

// once is one attempt: pictures and sound as they come, then the texts.
func (r *run) once(ctx context.Context) error {
	if err := r.makeRoom(); err != nil {
		return err
	}
	defer os.RemoveAll(r.plan.dir) // nothing where it is empty
	defer r.beside.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	plan := r.plan
	if plan.separate() {
		plan, _ = plan.split()
	}
	p, err := r.start(ctx, plan)
	if err != nil {
		return err
	}
	defer p.Close()
	if err := r.forward(ctx, p); err != nil {
		return err
	}
	if err := r.sendTexts(); err != nil {
		return err
	}
	return r.judge(p.Stderr())
}

// makeRoom makes the folder for the texts, where there are any.
func (r *run) makeRoom() (err error) {
	if r.plan.dir = ""; len(r.plan.texts) == 0 {
		return nil
	}
	if r.plan.dir, err = os.MkdirTemp(r.opts.TempDir, textFolder); err != nil {
		return fmt.Errorf("no room for the text tracks: %w", err)
	}
	return nil
}

func (r *run) start(ctx context.Context, p plan) (*proc.Process, error) {
	args, err := r.arguments(p)
	if err != nil {
		return nil, err
	}
	process, err := proc.Start(ctx, r.command(p, args))
	if err != nil {
		return nil, trouble("decode", r.path, err, "")
	}
	return process, nil
}

// textLimit bounds a run that only gathers texts and so says nothing on the way; a film on a slow disk takes minutes.
const textLimit = 30 * time.Minute

func (r *run) command(p plan, args []string) proc.Command {
	if p.silent() {
		return proc.Command{Path: r.tool.Path, Args: args, Limit: textLimit}
	}
	return proc.Command{Path: r.tool.Path, Args: args, Stall: r.opts.Stall}
}

// forward hands out what is read ahead, and gives how ffmpeg ended.
func (r *run) forward(ctx context.Context, p *proc.Process) error {
	if r.plan.silent() {
		if err := p.Wait(); err != nil {
			return r.failed(p, err)
		}
		return nil
	}
	seen := counts{}
	for item := range r.packets(ctx, p) {
		if errors.Is(item.err, errUneven) {
			return item.err
		}
		if item.err != nil {
			return r.failed(p, item.err)
		}
		early, late := r.place(item.packet.Frame)
		if late {
			return errStop
		}
		if early {
			continue
		}
		fresh := seen.add(item.packet)
		if item.packet.Frame != nil && seen.frames <= r.sent.frames || item.packet.Audio != nil && seen.blocks <= r.sent.blocks {
			continue
		}
		r.sent = counts{max(r.sent.frames, seen.frames), max(r.sent.blocks, seen.blocks), max(r.sent.end, fresh)}
		if !r.yield(item.packet) {
			return errStop
		}
	}
	if ctx.Err() != nil { // p may have ended before
		return r.failed(p, context.Cause(ctx))
	}
	if err := p.Wait(); err != nil {
		return r.failed(p, err)
	}
	return r.ownWords(p.Stderr())
}

// add counts p and gives the instant at which it begins or, for sound, ends.
func (c *counts) add(p media.Packet) timecode.Time {
	if p.Frame != nil {
		c.frames++
		return p.Frame.PTS
	}
	c.blocks++
	return p.Audio.PTS + timecode.Time(len(p.Audio.Samples))*timecode.Second/media.SampleRate
}

// failure is an attempt's end by ffmpeg's doing; another attempt may help.
type failure struct {
	error
	stderr string
}

func (f *failure) Unwrap() error { return f.error }

// failed prefers what ffmpeg says of its end to the broken pipe that is noticed here.
func (r *run) failed(p *proc.Process, err error) error {
	if perr := (*proc.Error)(nil); !errors.As(err, &perr) && !errors.Is(err, errNUT) && !errors.Is(err, proc.ErrStalled) {
		if werr := p.Wait(); werr != nil {
			err = werr
		}
	}
	said := p.Stderr()
	return &failure{trouble("decode", r.path, err, said), said}
}

func (r *run) sendTexts() error {
	for _, j := range r.plan.texts {
		data, err := j.read(r.plan.dir)
		if err != nil {
			r.skip(j.without(err))
			continue
		}
		if !r.yield(media.Packet{Text: &media.Text{Track: j.track, Data: data, Offset: -textOffset * timecode.Second}}) {
			return errStop
		}
	}
	return nil
}
