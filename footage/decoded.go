package footage

import (
	"context"
	"image"
	"math"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// footageReel is a decoded stretch of an episode.
type footageReel struct {
	episode  int64
	within   timecode.Range
	frames   []int64
	times    []timecode.Time
	pictures []*Picture
	images   []*image.YCbCr // where pictures are kept
	step     timecode.Time
}

// as is the stretch seen from an angle.
func (r *footageReel) as(a angle) *strip {
	s := &strip{frames: r.frames, times: r.times, step: r.step}
	for _, p := range r.pictures {
		s.fines = append(s.fines, a.footage(p))
	}
	s.prepare()
	return s
}

// beside are so near each other that what lies between is read with them.
const beside = 4 * timecode.Second

// read is the footage around a hunch, and around others that are near it; nil where its file is not there, or has no pictures there.
func (t *tracer) read(ctx context.Context, h hunch, all []hunch, length timecode.Time) (*footageReel, error) {
	side := min(length, mostStrip/2) + aroundHunch
	around := func(h hunch) timecode.Range {
		return timecode.Range{Start: h.there.Start - side, End: h.there.End + side}
	}
	wanted := around(h)
	for range all {
		for _, o := range all {
			if r := around(o); o.episode == h.episode && r.Start <= wanted.End+beside && r.End >= wanted.Start-beside && wanted.Length() < mostStrip {
				wanted = timecode.Range{Start: min(wanted.Start, r.Start), End: max(wanted.End, r.End)}
			}
		}
	}
	r, err := t.stretch(ctx, h.episode, wanted)
	if err != nil || r == nil || len(r.times) == 0 {
		return nil, err
	}
	return r, nil
}

// stretch decodes a stretch of an episode. Where what comes is not what the library knows to be there, its container seeks wrongly, and
// the episode is read from its beginning.
func (t *tracer) stretch(ctx context.Context, episode int64, wanted timecode.Range) (*footageReel, error) {
	if r := t.reels.around(episode, wanted); r != nil {
		return r, nil
	}
	q, err := t.sequence(ctx, episode)
	if err != nil || len(q.Times) < 2 {
		return nil, err
	}
	r, off, err := t.decode(ctx, q, wanted, wanted.Start)
	if err == nil && r != nil && t.astray(episode, off) {
		r, _, err = t.decode(ctx, q, wanted, 0)
	}
	if err == nil && r != nil {
		t.reels.keep(r)
	}
	return r, err
}

// astray tells whether an episode is to be read from its beginning, because what came was off. Where it has mostly been right, it is no
// wonder: pictures that show next to nothing have hashes of noise.
func (t *tracer) astray(episode int64, off bool) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.right == nil {
		t.right = map[int64]int{}
	}
	if !off {
		t.right[episode]++
		return false
	}
	t.right[episode]--
	return t.right[episode] < oftenRight
}

// oftenRight is how much more often an episode was right than off to be believed.
const oftenRight = 4

func (t *tracer) sequence(ctx context.Context, episode int64) (*catalog.Sequence, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if q := t.sequences[episode]; q != nil {
		return q, nil
	}
	q, err := t.lib.Sequence(ctx, episode)
	if err == nil {
		t.sequences[episode] = q
	}
	return q, err
}

// known is an episode's sequence, if it was needed before.
func (t *tracer) known(episode int64) *catalog.Sequence {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sequences[episode]
}

// decode gives the pictures of a stretch, read from a time on. off tells that they are not those that the library has seen there.
func (t *tracer) decode(ctx context.Context, q *catalog.Sequence, wanted timecode.Range, from timecode.Time) (r *footageReel, off bool, err error) {
	packets := t.o.Frames(ctx, t.episodes[q.Episode], timecode.Range{Start: from, End: wanted.End})
	if packets == nil {
		return nil, false, nil
	}
	r = &footageReel{episode: q.Episode, within: wanted, step: q.Rate.At(1)}
	if n := len(q.Times); n > 1 && !q.Rate.Valid() {
		r.step = (q.Times[n-1] - q.Times[0]) / timecode.Time(n-1)
	}
	reel, err := t.Reel(ctx, q.Episode)
	if err != nil {
		return nil, false, err
	}
	checked, wrong := 0, 0
	for f, err := range packets {
		if err != nil {
			return nil, false, err
		}
		if f.PTS < wanted.Start {
			continue
		}
		n := frameAt(q, f.PTS)
		if k := len(r.frames); k > 0 && r.frames[k-1] >= n || away(q.Time(n), f.PTS) > r.step {
			continue
		}
		if i, ok := reel.AtFrame(n); ok && !reel.Looks[i].Flat {
			l, err := LookAt(f.Image, n, f.PTS)
			if err != nil {
				return nil, false, err
			}
			checked++
			if !l.Flat && l.Distance(reel.Looks[i]) > 4 {
				wrong++
			}
		}
		r.frames, r.times, r.pictures = append(r.frames, n), append(r.times, q.Time(n)), append(r.pictures, halved(f.Image, 0))
		if t.v.keeps {
			r.images = append(r.images, f.Image)
		}
	}
	return r, checked > 0 && float64(wrong) > math.Max(1, .5*float64(checked)), nil
}
