package storyboard

import (
	"context"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/page"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

func TestTimelineOfAPlan(t *testing.T) {
	lyrics := []subtitles.Line{{Start: second / 2, Text: "rain\nand rain"}, {Start: 5 * second, Text: "more rain"}}
	b := mustPlan(t, rainy(2), 10*second, lyrics, Options{Spread: true})
	tl := b.Timeline("edit")
	if tl.Name != "edit" || tl.Rate != timecode.Film || tl.Start != 86400 || tl.Width != 1920 || tl.Height != 1080 || len(tl.Tracks) != 2 {
		t.Errorf("%+v", tl)
	}
	if n := len(tl.Media()); n != 3 {
		t.Errorf("%d media for two episodes and a song", n)
	}
	song, ok := tl.Tracks[1].Items[0].(*timeline.Clip)
	if !ok || song.Length != b.Frames || song.Media.Path != "/music/song.flac" || song.Media.HasVideo || song.Media.Channels != 2 {
		t.Errorf("song %+v", song)
	}
	if m := tl.Markers[0]; len(tl.Markers) != 2 || m.At != 12 || m.Name != "rain and rain" || m.At+m.Length != tl.Markers[1].At {
		t.Errorf("markers %+v", tl.Markers)
	}
	clip, _ := tl.Tracks[0].Items[0].(*timeline.Clip)
	if first := b.scenes()[0]; clip.In != first.Source.In || !strings.Contains(clip.Note, "Anime A S1 1, shot") {
		t.Errorf("clip %+v of %+v", clip, first)
	}
	b.Song.Path = ""
	if n := len(b.Timeline("x").Tracks); n != 1 {
		t.Errorf("%d tracks without a song", n)
	}
}

// TestVariableRate lays each frame to the nearest place of the nominal rate, as many editing programs and converters do, and to
// the next, as others do, and holds that what a clip shows there belongs to the clean range.
func TestVariableRate(t *testing.T) {
	for seed := range uint64(20) {
		f := newFake(seed)
		lengths := make([]int64, 60)
		for i := range lengths {
			lengths[i] = 20 + f.rng.Int64N(90)
		}
		f.talk(f.episode("A", timecode.NTSC, true, lengths...))
		b := mustPlan(t, f, 30*second, f.sing(6, 28*second), Options{Rate: timecode.Film})
		for _, c := range b.scenes() {
			e := c.Hit.Episode
			for _, at := range []int64{c.Source.In, c.Source.Out - 1} {
				if shown := shownAt(e, f.frames[e.ID], at); !c.Hit.Shot.Clean.Contains(shown) {
					t.Fatalf("seed %d: place %d shows frame %d, clean is %+v", seed, at, shown, c.Hit.Shot.Clean)
				}
			}
			in, out := e.FirstPTS+e.Rate.At(c.Source.In), e.FirstPTS+e.Rate.At(c.Source.Out)
			if in < c.Hit.Shot.Range.Start || out > c.Hit.Shot.Range.End {
				t.Fatalf("seed %d: %v to %v is shown, clean is %+v", seed, in, out, c.Hit.Shot.Range)
			}
		}
		ref := b.Timeline("x").Media()[0]
		if !ref.Variable || ref.Frames != timecode.NTSC.Frame(f.episodes[0].Duration) {
			t.Errorf("medium %+v", ref)
		}
	}
}

// TestVariableRateTakesTheWholeShot holds that the clean span could be no longer at either end.
func TestVariableRateTakesTheWholeShot(t *testing.T) {
	f := newFake(3)
	e := f.episode("A", timecode.Film, true, slices.Repeat([]int64{40}, 50)...)
	for _, s := range f.shots[e.ID] {
		span := cleanSpan(e, &s)
		before, after := e.FirstPTS+e.Rate.At(span.In-1), e.FirstPTS+e.Rate.At(span.Out+1)
		if before >= s.Range.Start || after <= s.Range.End && s.Clean.Out < e.Frames {
			t.Errorf("%+v could be longer: %v to %v, clean is %+v", span, before, after, s.Range)
		}
	}
}

func shownAt(e *catalog.Episode, times []timecode.Time, at int64) int64 {
	after := sort.Search(len(times)-1, func(i int) bool { return e.Rate.Frame(times[i]-e.FirstPTS) > at })
	return int64(after) - 1
}

func TestFromHits(t *testing.T) {
	f := newFake(1)
	film := f.episode("A", timecode.Film, false, 48, 24, 48)
	pal := f.episode("B", timecode.PAL, false, 25, 1, 50)
	f.say(film, 2, 0, "the rain")
	hit := func(e int, shot int) search.Hit {
		return search.Hit{Episode: &f.episodes[e], Shot: f.shots[int64(e)+1][shot-1]}
	}
	spoken := hit(0, 2)
	spoken.Line = &f.lines[1][0]
	tl := FromHits([]search.Hit{spoken, hit(1, 1), spoken, hit(1, 2), hit(0, 3), {}}, timecode.Rate{})
	if tl.Rate != timecode.Film || film.ID == pal.ID {
		t.Errorf("rate %v", tl.Rate)
	}
	var got [][2]int64
	for _, it := range tl.Tracks[0].Items {
		c, _ := it.(*timeline.Clip)
		got = append(got, [2]int64{c.In, c.Length})
	}
	clean := f.shots[1][2].Clean
	want := [][2]int64{{f.shots[1][1].Clean.In, f.shots[1][1].Clean.Len()}, {0, timeline.Fit(f.shots[2][0].Clean, timecode.PAL, timecode.Film)}, {clean.In, clean.Len()}}
	if !slices.Equal(got, want) {
		t.Errorf("clips %v, want %v", got, want)
	}
	if len(tl.Markers) != 1 || tl.Markers[0].Name != "the rain" {
		t.Errorf("markers %+v", tl.Markers)
	}
	if empty := FromHits(nil, timecode.Rate{}); empty.Frames() != 0 || !empty.Rate.Valid() || empty.Width != 1920 {
		t.Errorf("no hits give %+v", empty)
	}
}

func TestDisplaySize(t *testing.T) {
	for _, c := range []struct {
		video media.Video
		want  [2]int
	}{
		{media.Video{Width: 1440, Height: 1080, SAR: media.Ratio{Num: 4, Den: 3}}, [2]int{1920, 1080}},
		{media.Video{Width: 720, Height: 576, SAR: media.Ratio{Num: 16, Den: 15}}, [2]int{768, 576}},
		{media.Video{Width: 1920, Height: 1080, Rotation: 90}, [2]int{1080, 1920}},
		{media.Video{Width: 853, Height: 479}, [2]int{854, 480}},
	} {
		if got, ok := displaySize(&c.video); !ok || got != c.want {
			t.Errorf("%+v: %v", c.video, got)
		}
	}
	if _, ok := displaySize(nil); ok {
		t.Error("a film without pictures has a size")
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("the rain", 4, 8)
	f.Add("\xff\u202Ezażółć", -1, 3)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		var joined strings.Builder
		for _, p := range quote(text, []search.Mark{{Start: start, End: end}}) {
			joined.WriteString(p.Text)
		}
		if whole := page.Plain(text); len(whole) < page.Longest && strings.ToValidUTF8(text, "") == text && joined.String() != whole {
			t.Errorf("%q became %q", whole, joined.String())
		}
		if strings.ContainsAny(joined.String()+query(text), "\u202E\x00") || strings.ContainsAny(query(text), `"-+*:()`) {
			t.Errorf("%q lets signs through", text)
		}
	})
}

// memo answers each query once, so that the benchmark measures the plan and not the fake library.
type memo struct {
	Finder
	answers map[string][]search.Hit
}

func (m *memo) Search(ctx context.Context, q search.Query) (hits []search.Hit, err error) {
	if m.answers[q.Text] == nil {
		m.answers[q.Text], err = m.Finder.Search(ctx, q)
	}
	return m.answers[q.Text], err
}

func BenchmarkPlan(b *testing.B) {
	f := newFake(1)
	f.fill(20, 12, 300)
	lyrics := f.sing(50, 200*second)
	known := &memo{Finder: f, answers: map[string][]search.Hit{}}
	plan := func() {
		if _, err := (Planner{known, f}).Plan(b.Context(), Song{Duration: 210 * second}, lyrics, Options{Spread: true}); err != nil {
			b.Fatal(err)
		}
	}
	plan()
	for b.Loop() {
		plan()
	}
}
