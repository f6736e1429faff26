package footage

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// Traced is one shot of a video, and where its footage is from.
type Traced struct {
	Clean    timecode.Span  // its frames in the video, without those of its transitions
	Range    timecode.Range // when the first and the last of them are shown
	Found    bool
	Plain    bool // black, white or otherwise flat: from nowhere
	Mirrored bool // left and right are exchanged
	Cropped  bool // shows a part of the frame: it was cropped or zoomed
	Exact    bool // was compared with the footage frame by frame; else it is right to some tenths of a second
	Seen     float64
	Run      Run // where it is found; Rate tells speed, and whether it runs backwards
	First    int64
	Last     int64 // frames of the episode that the first and the last frame show
	Earliest int64
	Latest   int64 // frames between which the first may as well be: where little moves, neighbours are told from each other by nothing

	Also []int64 // frames of the episode that the first may be as well, for it shows the same again there, as loops do

	Picture []byte // of the video, a small JPEG, where they are kept
	Footage []byte // what the footage shows then

	path path
	side angle
}

// Frames decodes a stretch of an episode, small, with the times that its pictures have in the whole; nil where its file is not there.
type Frames func(ctx context.Context, e *catalog.Episode, stretch timecode.Range) iter.Seq2[*media.Frame, error]

// TraceOptions say how a video is traced.
type TraceOptions struct {
	Frames Frames              // nil: by what the library keeps alone
	Done   func(shots, of int) // told after each shot, from one goroutine at a time; may be nil
}

// Trace finds the footage of each shot of a video, in order.
func (f *Footage) Trace(ctx context.Context, v *Video, o TraceOptions) ([]Traced, error) {
	v.settle(v.detector.Flush().Boundaries)
	v.thin(v.Frames())
	shapes, err := f.shapes(ctx)
	if err != nil {
		return nil, err
	}
	tr := &tracer{Footage: f, v: v, o: o, shapes: shapes}
	if err := tr.list(ctx); err != nil {
		return nil, err
	}
	return tr.all(ctx, shotdetect.Shots(v.boundaries, v.Frames()))
}

// tracer is the work of Trace.
type tracer struct {
	*Footage
	v        *Video
	o        TraceOptions
	shapes   []float64
	episodes map[int64]*catalog.Episode

	reels     reels
	mu        sync.Mutex
	done      int
	sequences map[int64]*catalog.Sequence
	right     map[int64]int // how much more often an episode was read right than off
}

func (t *tracer) list(ctx context.Context) error {
	all, err := t.lib.Episodes(ctx)
	t.episodes, t.sequences = map[int64]*catalog.Episode{}, map[int64]*catalog.Sequence{}
	for i := range all {
		t.episodes[all[i].ID] = &all[i]
	}
	return err
}

func (t *tracer) all(ctx context.Context, shots []shotdetect.Shot) ([]Traced, error) {
	found := make([][]Traced, len(shots))
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range shots {
		g.Go(func() (err error) {
			found[i], err = t.span(within, s.Clean, 0)
			t.tell(len(shots))
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	all := slices.Concat(found...)
	if err := t.continued(ctx, all); err != nil {
		return nil, err
	}
	all, err := t.missed(ctx, all)
	return joined(all), err
}

func (t *tracer) tell(of int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done++
	if t.o.Done != nil {
		t.o.Done(t.done, of)
	}
}

// blank is a stretch of the video of which nothing is known yet.
func (t *tracer) blank(s timecode.Span) Traced {
	looks := t.v.reel.Looks[s.In:s.Out]
	return Traced{Clean: s, Range: timecode.Range{Start: looks[0].Time, End: looks[len(looks)-1].Time},
		Plain: !slices.ContainsFunc(looks, func(l Look) bool { return !l.Flat })}
}

// span traces a stretch of the video that may be one shot, and what is left of it where a part of it alone was found.
func (t *tracer) span(ctx context.Context, s timecode.Span, depth int) ([]Traced, error) {
	if s.Len() <= 0 {
		return nil, nil
	}
	one := t.blank(s)
	if one.Plain {
		return []Traced{one}, nil
	}
	shot := t.v.within(s)
	if len(shot) == 0 { // of a long one not every picture is kept
		return []Traced{one}, nil
	}
	one.Picture = shot[len(shot)/2].jpeg
	missing := t.o.Frames == nil
	var err error
	for _, zoomed := range []bool{false, true} {
		if one.Found || missing {
			break
		}
		if missing, err = t.seek(ctx, &one, shot, zoomed); err != nil {
			return nil, err
		}
	}
	if !one.Found && missing {
		shown := one.Picture
		if one, err = t.trace(ctx, t.v, s); err != nil {
			return nil, err
		}
		one.Picture = shown
	}
	if !one.Found || !one.Exact || depth == mostDepth {
		return []Traced{one}, nil
	}
	return t.rest(ctx, one, shot, depth)
}

// cut is a part of what was traced.
func (t *tracer) cut(one Traced, s timecode.Span) Traced {
	old := one.Range.Start
	one.Clean = s
	one.Range = timecode.Range{Start: t.v.reel.Looks[s.In].Time, End: t.v.reel.Looks[s.Out-1].Time}
	one.path = one.path.from(one.Range.Start - old)
	t.settle(&one)
	return one
}

// continues tells whether what was traced goes on as o does.
func (t Traced) continues(o Traced) bool {
	if !t.Found || !o.Found || !t.Exact || !o.Exact || t.Run.Episode != o.Run.Episode || t.Mirrored != o.Mirrored {
		return false
	}
	at := o.path.time(t.Range.Start - o.Range.Start)
	end := o.path.time(t.Range.End - o.Range.Start)
	return away(at, t.path.time(0)) <= sameLine && away(end, t.path.time(t.Range.End-t.Range.Start)) <= sameLine
}

const sameLine = timecode.Second / 16

// joined puts together what is one stretch of an episode: the boundary there was none.
func joined(all []Traced) (out []Traced) {
	for _, t := range all {
		if n := len(out); n > 0 && t.continues(out[n-1]) && t.Clean.In-out[n-1].Clean.Out <= 2 {
			l := &out[n-1]
			l.Clean.Out, l.Range.End, l.Last, l.Seen = t.Clean.Out, t.Range.End, t.Last, max(l.Seen, t.Seen)
			continue
		}
		out = append(out, t)
	}
	return out
}
