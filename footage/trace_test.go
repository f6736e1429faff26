package footage

import (
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// TestTraceTellsSpeedAndSide: shots of a made-up video, each from elsewhere.
func TestTraceTellsSpeedAndSide(t *testing.T) {
	film, foreign := world{seed: 3, shots: 9 * second, pace: 70 * ms}, world{seed: 99, shots: 9 * second, pace: 70 * ms}
	lib := &shelf{reels: []*Reel{reel(4, 90*second, second/4, film.at)}}
	f := New(lib, lib)
	for _, c := range []struct {
		name  string
		from  timecode.Time
		rate  float64
		other bool
	}{
		{"as it is", 20 * second, 1, false}, {"twice as fast", 30 * second, 2, false}, {"half as fast", 40 * second, .5, false},
		{"backwards", 53 * second, -1, false}, {"from elsewhere", 20 * second, 1, true},
	} {
		w := film
		if c.other {
			w = foreign
		}
		v := &Video{reel: *reel(0, 2*second, frame, func(at timecode.Time) Look { return noisy(w.at(c.from+timecode.Time(c.rate*float64(at))), 2) })}
		v.mirror = *reel(0, 2*second, frame, foreign.at)
		got, err := f.trace(t.Context(), v, timecode.Span{In: 0, Out: int64(len(v.reel.Looks))})
		if err != nil {
			t.Fatal(err)
		}
		if got.Found == c.other || got.Found && (got.Run.Rate != c.rate || got.Mirrored || !within(got.Run.At(0), c.from, 2*frame)) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// TestTracePlain: black is from nowhere.
func TestTracePlain(t *testing.T) {
	black := func(timecode.Time) Look { return Look{Flat: true} }
	lib := &shelf{reels: []*Reel{reel(4, 9*second, second/4, black)}}
	v := &Video{reel: *reel(0, second, frame, black), mirror: *reel(0, second, frame, black)}
	got, err := New(lib, lib).trace(t.Context(), v, timecode.Span{In: 0, Out: 20})
	if err != nil || !got.Plain || got.Found {
		t.Errorf("%+v %v", got, err)
	}
}

// TestTracePrefersTheBetterCopy: where about as much speaks for two copies, the one with more pixels is told.
func TestTracePrefersTheBetterCopy(t *testing.T) {
	film := func(wide int) *catalog.Episode {
		return &catalog.Episode{Info: media.Info{Video: &media.Video{Width: wide, Height: wide}}}
	}
	tr := &tracer{episodes: map[int64]*catalog.Episode{1: film(100), 2: film(200), 3: film(100)}}
	of := func(episode int64, gain float64) Traced {
		return Traced{Run: Run{Episode: episode}, path: path{gain: gain}}
	}
	for _, c := range []struct {
		a, b Traced
		want bool
	}{
		{of(2, 1.95), of(1, 2), true}, {of(2, 1.5), of(1, 2), false}, {of(1, 2.05), of(2, 2), false}, {of(1, 2.5), of(2, 2), true},
		{of(3, 2.1), of(1, 2), true}, {of(3, 2), of(1, 2), false},
	} {
		if got := tr.preferred(c.a, c.b); got != c.want {
			t.Errorf("%d with %v before %d with %v: %v", c.a.Run.Episode, c.a.path.gain, c.b.Run.Episode, c.b.path.gain, got)
		}
	}
}
