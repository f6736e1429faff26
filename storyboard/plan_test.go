package storyboard

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

func TestPlansOfRandomLibraries(t *testing.T) {
	for seed := range uint64(40) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			f := newFake(seed)
			f.fill(1+f.rng.IntN(5), 1+f.rng.IntN(3), 1+f.rng.IntN(120))
			length := second + timecode.Time(f.rng.Int64N(int64(180*second)))
			lyrics := f.sing(1+f.rng.IntN(40), length*9/8)
			lyrics[0].Start = length / 2
			o := Options{Spread: f.rng.IntN(2) == 0, PerLine: f.rng.IntN(4), Seed: seed}
			if f.rng.IntN(2) == 0 {
				o.Rate = []timecode.Rate{timecode.Film, timecode.PAL, timecode.Sixty}[f.rng.IntN(3)]
			}
			b := mustPlan(t, f, length, lyrics, o)
			again := mustPlan(t, f, length, lyrics, o)
			if !reflect.DeepEqual(b, again) {
				t.Error("the same input gives another plan")
			}
			if n := repeats(b); n != countOrigin(b, Repeat) {
				t.Errorf("%d shots are shown twice, %d scenes say so", n, countOrigin(b, Repeat))
			}
			if err := ends(b.Timeline("x"), b); err != nil {
				t.Error(err)
			}
		})
	}
}

// ends holds that the timeline can be played and each track of the timeline is as long as the song.
func ends(tl *timeline.Timeline, b *Storyboard) error {
	if err := tl.Validate(); err != nil {
		return err
	}
	for i := range tl.Tracks {
		if n := tl.Tracks[i].Frames(); n != b.Frames {
			return fmt.Errorf("track %d has %d frames, the song %d", i, n, b.Frames)
		}
		for _, it := range tl.Tracks[i].Items {
			if it.Frames() <= 0 {
				return fmt.Errorf("track %d has an item of %d frames", i, it.Frames())
			}
		}
	}
	for _, m := range tl.Markers {
		if m.At < 0 || m.Length <= 0 || m.At+m.Length > b.Frames {
			return fmt.Errorf("marker %+v lies outside the song", m)
		}
	}
	return nil
}

func countOrigin(b *Storyboard, o Origin) int {
	n := 0
	for _, c := range b.scenes() {
		if c.Origin == o {
			n++
		}
	}
	return n
}

func TestEnoughFootageShowsNothingTwiceAndNothingPoor(t *testing.T) {
	for seed := range uint64(5) {
		f := newFake(seed)
		f.fill(4, 3, 150)
		b := mustPlan(t, f, 180*second, f.sing(40, 170*second), Options{Spread: true})
		if n := repeats(b); n > 0 {
			t.Errorf("seed %d: %d shots are shown twice", seed, n)
		}
		for _, c := range b.scenes() {
			if f := c.Hit.Shot.Features; f.Contrast < flattest || f.Brightness < darkest {
				t.Errorf("seed %d: a black shot is shown", seed)
			}
			if b.Rate.At(c.Record.Len()) > 4*second+second/10 {
				t.Errorf("seed %d: a scene of %v", seed, b.Rate.At(c.Record.Len()))
			}
		}
		for _, s := range b.Sections {
			if hole := s.Hole(); hole.Len() > 0 {
				t.Errorf("seed %d: hole %+v", seed, hole)
			}
		}
	}
}

// rainy is a library in which every source says "rain", the first one more often and better.
func rainy(sources int) *fakeLibrary {
	f := newFake(7)
	for s := range sources {
		e := f.episode(fmt.Sprintf("Anime %c", 'A'+s), timecode.Film, false, slices.Repeat([]int64{60}, 30)...)
		for i := 1; i <= 30; i += 4 {
			f.say(e, i, 5, "the rain again")
			if s == 0 {
				f.say(e, i+1, 5, "rain and night")
			}
		}
	}
	return f
}

func TestSpreadUsesSeveralSources(t *testing.T) {
	lyrics := []subtitles.Line{{Start: 0, Text: "rain at night"}, {Start: 4 * second, Text: "more rain"}, {Start: 8 * second, Text: "rain, night"}}
	b := mustPlan(t, rainy(4), 12*second, lyrics, Options{Spread: true})
	if n := len(b.Shares()); n < 4 {
		t.Errorf("%d sources are used of the 4 that answer: %+v", n, b.Shares())
	}
	if n := countOrigin(b, Words); n != len(b.scenes()) {
		t.Errorf("%d of %d scenes come from words", n, len(b.scenes()))
	}
	b = mustPlan(t, rainy(4), 12*second, lyrics[:1], Options{})
	if got := b.scenes()[0].Hit.Episode.Name.Source; got != "Anime A" {
		t.Errorf("without spread the best hit comes from Anime A, got %s", got)
	}
}

func TestScenesAreCutFromTheSpokenWord(t *testing.T) {
	f := newFake(1)
	e := f.episode("A", timecode.Film, false, 50, 240, 50)
	f.say(e, 2, 100, "the rain")
	b := mustPlan(t, f, 2*second, []subtitles.Line{{Text: "rain"}}, Options{})
	clean := f.shots[1][1].Clean
	if got, want := b.scenes()[0].Source.In, e.Rate.Frame(f.lines[1][0].Start-e.FirstPTS); got != want || got == clean.In {
		t.Errorf("the scene begins at %d, the line at %d", got, want)
	}
	b = mustPlan(t, f, 8*second, []subtitles.Line{{Text: "rain"}}, Options{MaxShot: 9 * second})
	if got := b.scenes()[0].Source; got.Out != clean.Out {
		t.Errorf("a long scene moves back to fit: %+v of %+v", got, clean)
	}
}

func TestTimeIsFilledByWhatFollowsThenByOthers(t *testing.T) {
	f := newFake(2)
	a := f.episode("A", timecode.Film, false, slices.Repeat([]int64{40}, 9)...)
	f.say(a, 3, 2, "rain")
	f.episode("B", timecode.Film, false, slices.Repeat([]int64{40}, 30)...)
	b := mustPlan(t, f, 13*second, []subtitles.Line{{Text: "rain"}}, Options{Spread: true})
	var got []Origin
	for _, c := range b.scenes() {
		got = append(got, c.Origin)
	}
	if got[0] != Words || !slices.Equal(got[1:4], []Origin{Follows, Follows, Follows}) || got[4] != Filler {
		t.Errorf("origins %v", got)
	}
	for i, want := range []int{3, 4, 5, 6} {
		if n := b.scenes()[i].Hit.Shot.Number; n != want {
			t.Errorf("scene %d shows shot %d, want %d", i, n, want)
		}
	}
	if s := b.scenes()[4]; s.Hit.Episode.Name.Source != "B" || !strings.HasPrefix(s.Why, "filler: no other line shares a word") {
		t.Errorf("filler from %s: %s", s.Hit.Episode.Name.Source, s.Why)
	}
}

func TestNoWordInCommon(t *testing.T) {
	f := newFake(3)
	for _, source := range []string{"A", "B", "C"} {
		f.episode(source, timecode.Film, false, slices.Repeat([]int64{60}, 40)...)
	}
	b := mustPlan(t, f, 24*second, []subtitles.Line{{Start: 0, Text: "la la la"}, {Start: 9 * second, Text: "oh"}}, Options{})
	for _, share := range b.Shares() {
		if share.Scenes < 3 || share.Scenes > 5 {
			t.Errorf("fillers are drawn unevenly: %+v", b.Shares())
		}
	}
	if got := b.scenes()[0].Why; got != "filler: no line shares a word" {
		t.Error(got)
	}
	if want := "no word in common with the library: 2 of 2 lyric lines"; !slices.Contains(b.Notes, want) {
		t.Errorf("notes %q", b.Notes)
	}
	other := mustPlan(t, f, 24*second, []subtitles.Line{{Start: 0, Text: "la la la"}}, Options{Seed: 9})
	if other.scenes()[0].Hit.Shot.Number == b.scenes()[0].Hit.Shot.Number && other.scenes()[1].Hit.Shot.Number == b.scenes()[1].Hit.Shot.Number {
		t.Error("another seed draws the same fillers")
	}
}

func TestTooLittleFootage(t *testing.T) {
	f := newFake(4)
	f.episode("A", timecode.Film, false, 120)
	b := mustPlan(t, f, 20*second, []subtitles.Line{{Text: "rain"}}, Options{})
	if countOrigin(b, Repeat) == 0 || b.Sections[0].Hole().Len() > 0 {
		t.Errorf("a short film is repeated: %+v", b.scenes())
	}
	f = newFake(4)
	f.episode("A", timecode.Film, false, 3, 3)
	b = mustPlan(t, f, 20*second, []subtitles.Line{{Text: "rain"}}, Options{})
	hole := b.Sections[0].Hole().Len() + b.Sections[1].Hole().Len()
	if hole != b.Frames-6 || !strings.Contains(strings.Join(b.Notes, ";"), "stays black") {
		t.Errorf("what cannot be filled is a hole: %d, %q", hole, b.Notes)
	}
	items := b.Timeline("x").Tracks[0].Items
	if gap, ok := items[len(items)-1].(*timeline.Gap); !ok || gap.Length != b.Sections[1].Hole().Len() {
		t.Errorf("the hole is no gap: %+v", items)
	}
}

func TestDoublesCountAsOne(t *testing.T) {
	f := newFake(5)
	for _, source := range []string{"A", "B", "C"} {
		e := f.episode(source, timecode.Film, false, 60, 60, 60)
		f.say(e, 2, 3, "rain")
		f.shots[e.ID][1].Hash = 0xF0F0F0F0F0F0F0F0
	}
	lyrics := []subtitles.Line{{Text: "rain"}, {Start: 2 * second, Text: "rain"}}
	shown := func(o Options) int {
		n := 0
		for _, c := range mustPlan(t, f, 4*second, lyrics, o).scenes() {
			if c.Hit.Shot.Hash == 0xF0F0F0F0F0F0F0F0 {
				n++
			}
		}
		return n
	}
	if got := shown(Options{}); got != 1 {
		t.Errorf("a picture that three episodes share is shown %d times", got)
	}
	if got := shown(Options{AllLooks: true}); got != 2 {
		t.Errorf("asked to keep doubles, it is shown %d times", got)
	}
}

func TestRateIsThatOfTheFootage(t *testing.T) {
	f := newFake(6)
	f.episode("A", timecode.Film, false, slices.Repeat([]int64{60}, 20)...)
	p := f.episode("B", timecode.PAL, false, slices.Repeat([]int64{90}, 20)...)
	for i := 1; i < 20; i++ {
		f.say(p, i, 0, "rain")
	}
	lyrics := []subtitles.Line{{Text: "rain"}}
	if b := mustPlan(t, f, 10*second, lyrics, Options{}); b.Rate != timecode.PAL {
		t.Errorf("rate %v", b.Rate)
	}
	if b := mustPlan(t, f, 10*second, lyrics, Options{Rate: timecode.Sixty}); b.Rate != timecode.Sixty {
		t.Errorf("rate %v", b.Rate)
	}
	f = newFake(6)
	f.episode("A", timecode.Rate{Num: 14, Den: 1}, false, 60, 60)
	if b := mustPlan(t, f, 5*second, lyrics, Options{}); b.Rate != timecode.Film {
		t.Errorf("rate %v for footage of no usual rate", b.Rate)
	}
}

func TestRunnersUp(t *testing.T) {
	b := mustPlan(t, rainy(3), 4*second, []subtitles.Line{{Text: "rain"}}, Options{Runners: 3})
	if n := len(b.Sections[0].Runners); n != 3 {
		t.Fatalf("%d runners-up", n)
	}
	for _, h := range b.Sections[0].Runners {
		for _, c := range b.scenes() {
			if c.Hit.Episode.ID == h.Episode.ID && c.Hit.Shot.Number == h.Shot.Number {
				t.Error("a runner-up is in the plan")
			}
		}
	}
	if b := mustPlan(t, rainy(3), 4*second, []subtitles.Line{{Text: "rain"}}, Options{Runners: -1}); len(b.Sections[0].Runners) > 0 {
		t.Error("runners-up that were not wanted")
	}
}

func TestPausesEchoTheirNeighbours(t *testing.T) {
	lyrics := []subtitles.Line{{Start: 6 * second, End: 8 * second, Text: "rain"}, {Start: 20 * second, End: 22 * second, Text: "rain"}}
	b := mustPlan(t, rainy(3), 30*second, lyrics, Options{Spread: true})
	var sung []bool
	for _, s := range b.Sections {
		sung = append(sung, s.Line != nil)
	}
	if !slices.Equal(sung, []bool{false, true, false, true, false}) {
		t.Fatalf("sections %v", sung)
	}
	if got := b.Sections[0].Scenes[0]; got.Origin != Echo || !strings.Contains(got.Why, "rain") {
		t.Errorf("intro: %+v", got)
	}
}

func TestFillersComeFromTheMiddleOfEpisodes(t *testing.T) {
	f := newFake(9)
	f.episode("A", timecode.Film, false, slices.Repeat([]int64{60}, 40)...)
	for seed := range uint64(5) {
		for _, c := range mustPlan(t, f, 20*second, []subtitles.Line{{Text: "la"}}, Options{Seed: seed}).scenes() {
			if n := c.Hit.Shot.Number; n < 5 || n > 35 {
				t.Errorf("shot %d of 40 stands where openings and credits do", n)
			}
		}
	}
}

func TestDarkShotsAreTheLastResort(t *testing.T) {
	f := newFake(8)
	e := f.episode("A", timecode.Film, false, 60, 60, 60)
	f.say(e, 2, 0, "rain")
	f.shots[1][1].Features = picture.Features{Brightness: 0.02}
	b := mustPlan(t, f, 2*second, []subtitles.Line{{Text: "rain"}}, Options{})
	if got := b.scenes()[0].Hit.Shot.Number; got == 2 {
		t.Error("a black shot is preferred to a filler")
	}
}
