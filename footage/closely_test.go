package footage

import (
	"context"
	"image"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

func TestHold(t *testing.T) {
	h := hold{of: 3, phase: 1, frame: frame}
	for k, want := range []timecode.Time{1, 2, 0, 1, 2, 0} {
		if got := h.back(timecode.Time(k) * frame); got != want*frame {
			t.Errorf("picture %d repeats one %v before, want %d frames", k, got, want)
		}
	}
	if got := (hold{}).back(7 * frame); got != 0 {
		t.Errorf("without a hold: %v", got)
	}
}

// TestPace: even ticks are the frames' own times, between them in between, and beyond the ends it goes on.
func TestPace(t *testing.T) {
	p := &pace{times: []timecode.Time{0, 10, 40, 50}, step: 10}
	for even, want := range map[timecode.Time]timecode.Time{0: 0, 10: 10, 15: 25, 20: 40, 25: 45, 30: 50, 45: 65, -20: -20} {
		if got := p.real(even); got != want {
			t.Errorf("%d: %d, want %d", even, got, want)
		}
	}
}

// TestShade tells a picture from itself a pixel off, whatever was done to its light, and with a logo over it.
func TestShade(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	img := (drawn{2}).at(timecode.Second)
	p, moved := halved(img, 0), &Picture{}
	for i := range p.Y {
		p.Y[i] += byte(rng.IntN(3))
	}
	*moved = *p
	moved.Y = append(p.Y[1:len(p.Y):len(p.Y)], p.Y[len(p.Y)-1])
	changed := *p
	changed.Y = nil
	for i, v := range p.Y {
		v = byte(float64(v)*.7 + 30)
		if x, y := i%snapWide, i/snapWide; x > 120 && y < 18 {
			v = 235
		}
		changed.Y = append(changed.Y, v)
	}
	all := view{wide: 1, high: 1}
	s := shadeOf(&changed, changed.whole(), all, false)
	same, off := s.unlike(shadeOf(p, p.whole(), all, false)), s.unlike(shadeOf(moved, moved.whole(), all, false))
	if same >= off-.05 {
		t.Errorf("unlike itself by %.3f, unlike itself a pixel off by %.3f", same, off)
	}
	if m := shadeOf(&changed, changed.whole(), all, true).unlike(shadeOf(p, p.whole(), all, true)); m > same+.01 || m < same-.01 {
		t.Errorf("mirrored %.3f, not %.3f", m, same)
	}
}

// TestSamples: a view of all is the picture itself, one of the middle lies in the middle.
func TestSamples(t *testing.T) {
	for k, s := range samples(8, 0, 8, 1, 0) {
		if at := float32(s.at) + s.part; at < float32(k)-1e-5 || at > float32(k)+1e-5 {
			t.Errorf("sample %d lies at %v", k, at)
		}
	}
	half := samples(4, 0, 8, .5, 0)
	if first, last := float32(half[0].at)+half[0].part, float32(half[3].at)+half[3].part; first != 2 || last != 5 {
		t.Errorf("the middle half goes from %v to %v", first, last)
	}
}

// timed is a shelf whose films' frames are at given times.
type timed struct {
	*shelf
	times []timecode.Time
}

func (s timed) Sequence(ctx context.Context, episode int64) (*catalog.Sequence, error) {
	q, err := s.shelf.Sequence(ctx, episode)
	q.Times = s.times
	return q, err
}

// traced traces a video without known cuts against a film of which draw gives every frame.
func traced(t *testing.T, times []timecode.Time, draw func(n int) *image.YCbCr, video []*image.YCbCr) []Traced {
	t.Helper()
	r := &Reel{Episode: 4}
	var stills []analysis.Still
	for n, at := range times {
		if n%24 == 0 {
			small, err := stillFrom(draw(n), nil)
			if err != nil {
				t.Fatal(err)
			}
			stills = append(stills, analysis.Still{Frame: int64(n), JPEG: small})
		}
		l := Look{Frame: int64(n), Time: at, Flat: true}
		if n%2 == 0 {
			var err error
			if l, err = LookAt(draw(n), int64(n), at); err != nil {
				t.Fatal(err)
			}
		}
		r.Looks = append(r.Looks, l)
	}
	lib := timed{&shelf{reels: []*Reel{r}, still: map[int64][]analysis.Still{4: stills}, notes: map[int64]catalog.Episode{4: {Duration: times[len(times)-1]}}}, times}
	v := NewVideo(nil, &givenCuts{every: 1 << 30}, true)
	for i, img := range video {
		if err := v.Add(&media.Frame{Index: int64(i), PTS: timecode.Time(i) * frame, Image: img}); err != nil {
			t.Fatal(err)
		}
	}
	decoded := func(_ context.Context, _ *catalog.Episode, s timecode.Range) iter.Seq2[*media.Frame, error] {
		return func(yield func(*media.Frame, error) bool) {
			for n, at := range times {
				if at >= s.Start && at < s.End && !yield(&media.Frame{PTS: at, Image: draw(n)}, nil) {
					return
				}
			}
		}
	}
	all, err := New(lib, lib).Trace(t.Context(), v, TraceOptions{Frames: decoded})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// wrongly is an error that says what was found.
func wrongly(t *testing.T, all []Traced) {
	t.Helper()
	for _, s := range all {
		t.Errorf("frames %d to %d: found %v, from %d (%d to %d) to %d at %v", s.Clean.In, s.Clean.Out, s.Found, s.First, s.Earliest, s.Latest, s.Last, s.Run.Rate)
	}
}

// steady are the times of so many frames.
func steady(n int) (times []timecode.Time) {
	for i := range n {
		times = append(times, timecode.Time(i)*frame)
	}
	return times
}

// TestTraceUneven: a film whose frames come unevenly, of which the video shows one after the other.
func TestTraceUneven(t *testing.T) {
	var times []timecode.Time
	at := timecode.Time(0)
	for n := range 150 {
		times = append(times, at)
		at += frame * timecode.Time(1+2*(n%2)+n/40)
	}
	film := func(n int) *image.YCbCr { return (drawn{1}).at(timecode.Time(n) * frame) }
	var video []*image.YCbCr
	for n := 60; n < 84; n++ {
		video = append(video, film(n))
	}
	all := traced(t, times, film, video)
	if len(all) != 1 || !all[0].Found || all[0].First != 60 || all[0].Last != 83 {
		wrongly(t, all)
	}
}

// TestTraceStill says of a shot from where a film stands still that it may begin at any frame of that.
func TestTraceStill(t *testing.T) {
	film := func(n int) *image.YCbCr { return (drawn{3}).at(timecode.Time(max(0, n-60)) * frame) }
	var video []*image.YCbCr
	for range 20 {
		video = append(video, film(7))
	}
	all := traced(t, steady(120), film, video)
	if len(all) != 1 || !all[0].Found || all[0].Earliest > 2 || all[0].Latest < 38 || all[0].First < all[0].Earliest || all[0].First > all[0].Latest {
		wrongly(t, all)
	}
}

// TestTraceHeld: every picture of the video is held for three frames.
func TestTraceHeld(t *testing.T) {
	film := func(n int) *image.YCbCr { return (drawn{1}).at(timecode.Time(3*n) * frame) }
	var video []*image.YCbCr
	for k := range 24 {
		video = append(video, film(70+k-k%3))
	}
	all := traced(t, steady(150), film, video)
	if len(all) != 1 || !all[0].Found || all[0].First != 70 || all[0].Run.Rate != 1 {
		wrongly(t, all)
	}
}

// TestTraceMissedCut: what is before footage in one shot, and is nothing of the library, is told apart from it.
func TestTraceMissedCut(t *testing.T) {
	film := func(n int) *image.YCbCr { return (drawn{1}).at(timecode.Time(n) * frame) }
	var video []*image.YCbCr
	for n := range 36 {
		video = append(video, (drawn{5}).at(timecode.Time(n)*frame))
	}
	for n := 40; n < 80; n++ {
		video = append(video, film(n))
	}
	all := traced(t, steady(150), film, video)
	if len(all) != 2 || all[0].Found || len(all[0].Picture) == 0 || !all[1].Found || all[1].Clean.In != 36 || all[1].First != 40 {
		wrongly(t, all)
	}
}

// TestReels keeps what was used last, and gives parts of it as if they were all.
func TestReels(t *testing.T) {
	var k reels
	reel := func(from timecode.Time, n int) *footageReel {
		r := &footageReel{episode: 4, within: timecode.Range{Start: from, End: from + timecode.Time(n)*frame}}
		for i := range n {
			r.frames, r.times = append(r.frames, int64(i)), append(r.times, from+timecode.Time(i)*frame)
			r.pictures = append(r.pictures, &Picture{})
		}
		return r
	}
	k.keep(reel(0, mostKept/2))
	k.keep(reel(1000*timecode.Second, mostKept/2))
	wanted := timecode.Range{Start: 10 * frame, End: 20 * frame}
	got := k.around(4, wanted)
	if got == nil || len(got.pictures) != 10 || got.times[0] != wanted.Start || got.within != wanted {
		t.Fatalf("%+v", got)
	}
	if k.around(5, wanted) != nil || k.around(4, timecode.Range{Start: 500 * timecode.Second, End: 501 * timecode.Second}) != nil {
		t.Error("gave what it has not")
	}
	k.keep(reel(2000*timecode.Second, 10))
	if k.around(4, wanted) == nil || k.around(4, timecode.Range{Start: 1000 * timecode.Second, End: 1001 * timecode.Second}) != nil {
		t.Error("forgot the one that was used last")
	}
}

// TestTraceLoop tells all moments at which a loop shows the same.
func TestTraceLoop(t *testing.T) {
	film := func(n int) *image.YCbCr { return (drawn{1}).at(timecode.Time(2*(n%50)) * frame) }
	var video []*image.YCbCr
	for n := 60; n < 78; n++ {
		video = append(video, film(n))
	}
	all := traced(t, steady(150), film, video)
	if len(all) != 1 || !all[0].Found || all[0].First%50 != 10 {
		wrongly(t, all)
		return
	}
	at := append(slices.Clone(all[0].Also), all[0].First)
	if slices.Sort(at); !slices.Equal(at, []int64{10, 60, 110}) {
		t.Errorf("may begin at %v", at)
	}
}

// TestBestOf keeps the best of too many courses, and of equal ones the first.
func TestBestOf(t *testing.T) {
	found, worth := make([]course, mostCourses+10), make([]float64, mostCourses+10)
	for i := range found {
		found[i].cost, worth[i] = float64(i), 1
	}
	worth[mostCourses+9] = 2
	got, _ := bestOf(found, worth, .9)
	if len(got) != mostCourses || got[0].cost != 0 || got[mostCourses-2].cost != mostCourses-2 || got[mostCourses-1].cost != mostCourses+9 {
		t.Errorf("%d from %v to %v", len(got), got[0].cost, got[len(got)-1].cost)
	}
	got, _ = bestOf([]course{{cost: 1}, {cost: 2}, {cost: 3}}, []float64{1, .5, 2}, .9)
	if len(got) != 2 || got[0].cost != 1 || got[1].cost != 3 {
		t.Errorf("%+v", got)
	}
}

// TestTraceLong: of a long shot not every picture is kept, and what lies behind the last one is part of it.
func TestTraceLong(t *testing.T) {
	still := (drawn{1}).at(timecode.Second)
	video := make([]*image.YCbCr, 500)
	for i := range video {
		video[i] = still
	}
	all := traced(t, steady(700), func(int) *image.YCbCr { return still }, video)
	if len(all) != 1 || !all[0].Found || all[0].Clean.Len() != 500 {
		wrongly(t, all)
	}
}
