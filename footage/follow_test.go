package footage

import (
	"context"
	"image"
	"iter"
	"math"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// drawn is a film that can be drawn at any moment: blobs of its own that wander.
type drawn struct{ seed float64 }

func (d drawn) at(t timecode.Time) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
	s := t.Seconds()
	type blob struct{ x, y, size, level float64 }
	var blobs []blob
	for i := range 7 {
		k := d.seed*3.7 + float64(i)*2.3
		blobs = append(blobs, blob{160 + 120*math.Sin(k+s*(.3+.1*float64(i))), 90 + 70*math.Cos(1.7*k+s*(.2+.07*float64(i))), 25 + 12*math.Sin(3*k), 60 * math.Cos(5*k)})
	}
	for y := range media.Height {
		for x := range media.Width {
			v := 120.0
			for _, b := range blobs {
				if dx, dy := float64(x)-b.x, float64(y)-b.y; dx*dx+dy*dy < b.size*b.size {
					v += b.level
				}
			}
			img.Y[y*img.YStride+x] = byte(max(16, min(235, v)))
		}
	}
	return img
}

// learnt is a film as a library knows it, of so many seconds.
func learnt(t *testing.T, id int64, d drawn, seconds int) *Reel {
	t.Helper()
	r := &Reel{Episode: id}
	for n := 0; n < 24*seconds; n += 6 {
		l, err := LookAt(d.at(timecode.Time(n)*frame), int64(n), timecode.Time(n)*frame)
		if err != nil {
			t.Fatal(err)
		}
		r.Looks = append(r.Looks, l)
	}
	for n := r.Looks[len(r.Looks)-1].Frame + 1; n < int64(24*seconds); n++ { // so that the library has a time for each frame
		r.Looks = append(r.Looks, Look{Frame: n, Time: timecode.Time(n) * frame, Flat: true})
	}
	return r
}

// evenly lays the times of every frame, where a shelf has them at its looks alone.
type evenly struct{ *shelf }

func (e evenly) Sequence(ctx context.Context, episode int64) (*catalog.Sequence, error) {
	q, err := e.shelf.Sequence(ctx, episode)
	for i := range q.Times {
		q.Times[i] = timecode.Time(i) * frame
	}
	return q, err
}

// TestTraceToTheFrame: shots of a video, changed as editors change them, are found at the very frame of the footage, and foreign ones are not.
func TestTraceToTheFrame(t *testing.T) {
	film, foreign := drawn{1}, drawn{5}
	lib := evenly{&shelf{reels: []*Reel{learnt(t, 4, film, 30)}}}
	shots := []struct {
		of     drawn
		from   int
		rate   float64
		mirror bool
	}{{film, 97, 1, false}, {foreign, 40, 1, false}, {film, 330, 1, true}, {film, 201, -1, false}, {film, 420, 2, false}}
	const long = 24
	v := NewVideo(nil, &givenCuts{every: long, last: long * len(shots)}, true)
	for i, s := range shots {
		for n := range long {
			img := s.of.at(timecode.Time(float64(s.from)+s.rate*float64(n)) * frame)
			if s.mirror {
				img = exchanged(img)
			}
			at := i*long + n
			if err := v.Add(&media.Frame{Index: int64(at), PTS: timecode.Time(at) * frame, Image: img}); err != nil {
				t.Fatal(err)
			}
		}
	}
	decoded := func(_ context.Context, _ *catalog.Episode, s timecode.Range) iter.Seq2[*media.Frame, error] {
		return func(yield func(*media.Frame, error) bool) {
			for n := range 720 {
				if at := timecode.Time(n) * frame; at >= s.Start && at < s.End && !yield(&media.Frame{PTS: at, Image: film.at(at)}, nil) {
					return
				}
			}
		}
	}
	all, err := New(lib, lib).Trace(t.Context(), v, TraceOptions{Frames: decoded})
	if err != nil || len(all) != len(shots) {
		t.Fatalf("%d shots, want %d: %v", len(all), len(shots), err)
	}
	for i, got := range all {
		s := shots[i]
		if s.of == foreign {
			if got.Found {
				t.Errorf("shot %d, foreign, is taken for frame %d", i, got.First)
			}
			continue
		}
		if !got.Found || !got.Exact || got.Mirrored != s.mirror || got.First < int64(s.from)-1 || got.First > int64(s.from)+1 || math.Abs(got.Run.Rate-s.rate) > .05 {
			t.Errorf("shot %d: found %v, frame %d at %v, mirrored %v; want %+v", i, got.Found, got.First, got.Run.Rate, got.Mirrored, s)
		}
		if len(got.Picture) == 0 || len(got.Footage) == 0 {
			t.Errorf("shot %d has no pictures", i)
		}
	}
}

// givenCuts is a detector that is told where the cuts are.
type givenCuts struct{ at, every, last int }

func (g *givenCuts) Push(*media.Frame) (s shotdetect.Settled) {
	if g.at++; g.at%g.every == 1 && g.at > 1 {
		s.Boundaries = []shotdetect.Boundary{{Type: shotdetect.Cut, Start: int64(g.at - 2), End: int64(g.at - 1), Score: 1}}
	}
	return s
}

func (g *givenCuts) Flush() shotdetect.Settled { return shotdetect.Settled{} }

// TestThin leaves of a long shot what is needed and of a short one all.
func TestThin(t *testing.T) {
	v := &Video{}
	for i := range 500 {
		v.snaps = append(v.snaps, snap{frame: int64(i)})
	}
	v.thin(40)
	v.thin(500)
	if short := v.within(timecode.Span{In: 0, Out: 40}); len(short) != 40 {
		t.Errorf("%d of a short shot", len(short))
	}
	long := v.within(timecode.Span{In: 40, Out: 500})
	if len(long) < mostSnaps || len(long) > mostSnaps+1 || long[5].frame != 45 || long[len(long)-1].frame < 485 {
		t.Errorf("%d of a long shot, the last is %d", len(long), long[len(long)-1].frame)
	}
}
