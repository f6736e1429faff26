package storyboard

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// bilingual is what readers make of an LRC file in which each line stands with its translation under one stamp.
func bilingual() []subtitles.Line {
	return []subtitles.Line{
		{Start: 0, Text: "夜の 雨"}, {Start: 0, Text: "The rain tonight"},
		{Start: 4 * second, Text: "海"}, {Start: 4*second + 1, Text: "The endless sea"},
	}
}

func TestBilingualLyricsMatch(t *testing.T) {
	for name, rate := range map[string]timecode.Rate{"one rate": timecode.Film, "planned again at another rate": timecode.PAL} {
		f := newFake(2)
		film := f.episode("A", timecode.Film, false, slices.Repeat([]int64{60}, 20)...)
		f.say(film, 1, 0, "the rain")
		e := f.episode("B", rate, false, slices.Repeat([]int64{150}, 20)...)
		f.say(e, 5, 0, "look at the rain")
		f.say(e, 9, 0, "over the sea")
		f.say(e, 13, 0, "夜の")
		b := mustPlan(t, f, 8*second, bilingual(), Options{})
		if b.Rate != rate {
			t.Fatalf("%s: the rate is %v", name, b.Rate)
		}
		for _, s := range b.Sections {
			if s.Line == nil || !strings.Contains(s.Line.Text, "\n") || s.Scenes[0].Origin != Words {
				t.Errorf("%s: %+v shows %q first", name, s.Line, s.Scenes[0].Why)
			}
		}
		for _, q := range f.queries {
			if strings.Contains(q.Text, "雨") && strings.Contains(q.Text, "rain") {
				t.Errorf("%s: two languages are asked for at once: %q", name, q.Text)
			}
		}
	}
}

func TestVoices(t *testing.T) {
	for text, want := range map[string][]string{
		"rain":                   {"rain"},
		"夜の雨\nrain at night":     {"夜の雨", "rain at night"},
		"rain\n♪\nrain":          {"rain"},
		"one\ntwo\n3\nfour\n五\n": {"one", "two", "3", "four 五"},
		"":                       nil,
	} {
		if got := voices(text); !slices.Equal(got, want) {
			t.Errorf("voices of %q are %q", text, got)
		}
	}
}

// TestQuotesGoToTheirOwnLine holds that an earlier line which shares one word with a scene leaves it to the line that the scene says.
func TestQuotesGoToTheirOwnLine(t *testing.T) {
	const quote = "If it rains keep the lamp burning for me"
	for _, first := range []string{"keep", "Oh keep on, keep on", "burning", "Keep the lamp"} {
		f := newFake(1)
		e := f.episode("A", timecode.Film, false, slices.Repeat([]int64{96}, 30)...)
		f.say(e, 9, 0, quote)
		f.say(e, 20, 0, "the lamp")
		f.episode("B", timecode.Film, false, slices.Repeat([]int64{96}, 30)...)
		lyrics := []subtitles.Line{{Text: first}, {Start: 3 * second, Text: quote}}
		b := mustPlan(t, f, 6*second, lyrics, Options{Spread: true})
		if got := b.Sections[1].Scenes[0]; got.Hit.Shot.Number != 9 || got.Origin != Words {
			t.Errorf("after %q the quote is %s, shot %d", first, got.Origin, got.Hit.Shot.Number)
		}
	}
}

// TestTheLineWithoutAChoiceComesFirst holds that of two lines to which a scene is worth the same the one that has no other takes it.
func TestTheLineWithoutAChoiceComesFirst(t *testing.T) {
	f := newFake(1)
	e := f.episode("A", timecode.Film, false, slices.Repeat([]int64{96}, 30)...)
	f.say(e, 9, 0, "stars and fire")
	f.say(e, 20, 0, "stars")
	b := mustPlan(t, f, 4*second, []subtitles.Line{{Text: "stars"}, {Start: 2 * second, Text: "fire"}}, Options{})
	if n := countOrigin(b, Words); n != 2 || b.Sections[1].Scenes[0].Hit.Shot.Number != 9 {
		t.Errorf("%d of two lines have a scene of their own", n)
	}
}

// TestPausesLeaveLinesTheirScenes holds that a stretch in which nobody sings shows nothing that a line could have had.
func TestPausesLeaveLinesTheirScenes(t *testing.T) {
	f := newFake(1)
	e := f.episode("A", timecode.Film, false, slices.Repeat([]int64{60}, 40)...)
	for i := range 3 {
		f.say(e, 10+4*i, 0, "the rain")
	}
	lyrics := []subtitles.Line{{Start: 10 * second, End: 12 * second, Text: "rain"}, {Start: 20 * second, End: 24 * second, Text: "more rain"}}
	b := mustPlan(t, f, 40*second, lyrics, Options{Spread: true})
	if n := countOrigin(b, Echo); n > 0 || countOrigin(b, Words) != 3 {
		t.Errorf("%d scenes of pauses and %d of lines show the rain", n, countOrigin(b, Words))
	}
}

func TestSecondScenesSayOtherWords(t *testing.T) {
	f := newFake(1)
	e := f.episode("A", timecode.Film, false, slices.Repeat([]int64{60}, 40)...)
	f.say(e, 10, 0, "night")
	f.say(e, 14, 0, "night")
	f.say(e, 20, 0, "in the morning sun")
	b := mustPlan(t, f, 4*second, []subtitles.Line{{Text: "night and morning"}}, Options{})
	if got := b.scenes(); len(got) != 2 || got[0].Hit.Line.Text == got[1].Hit.Line.Text {
		t.Errorf("both scenes say %q", got[0].Hit.Line.Text)
	}
}

// TestStrengthCompares holds the measure's order between the answers to different lines.
func TestStrengthCompares(t *testing.T) {
	hit := func(score float64, line, lang string, said ...string) search.Hit {
		h := search.Hit{Score: score, Line: &catalog.Line{Line: subtitles.Line{Text: line, Lang: lang}}}
		for _, w := range said {
			h.Why = append(h.Why, search.Reason{Kind: "word", Text: w, Score: score / float64(len(said))})
		}
		return h
	}
	quote, weak := hit(9, "keep the lamp burning", "en", "keep", "lamp", "burning"), hit(3, "keep off", "en", "keep")
	ran, rano := hit(3, "he ran", "en", "ran"), hit(3, "rano", "pl", "rano")
	runs := hit(3, "he runs", "en", "runs")
	g := newGauge(map[string][]search.Hit{
		"Keep the lamp burning": {quote, weak}, "keep": {weak}, "ran": {rano, rano, ran, runs}, "dream of keep": {weak, hit(math.NaN(), "", "en")},
	})
	order := []float64{
		g.strength("Keep the lamp burning", &quote), g.strength("keep", &weak), g.strength("dream of keep", &weak),
		g.strength("Keep the lamp burning", &weak), 0,
	}
	if !slices.IsSortedFunc(order, func(a, b float64) int { return -slices.Compare([]float64{a}, []float64{b}) }) || order[0] != 1 || order[1] == order[2] {
		t.Errorf("strengths %v", order)
	}
	if a, b, c := g.strength("ran", &ran), g.strength("ran", &runs), g.strength("ran", &rano); a <= b || b <= 0 || c != 0 {
		t.Errorf("the word %.2f, its other form %.2f, a foreign word %.2f", a, b, c)
	}
}

// TestRunsOfJapaneseMatchInPart holds that an English word in a Japanese line makes no stranger of its Japanese part.
func TestRunsOfJapaneseMatchInPart(t *testing.T) {
	oh := search.Hit{Score: 1, Line: &catalog.Line{Line: subtitles.Line{Text: "oh no", Lang: "en"}}, Why: []search.Reason{{Text: "oh", Score: 1}}}
	rain := search.Hit{Score: 4, Line: &catalog.Line{Line: subtitles.Line{Text: "夜の海", Lang: "ja"}}, Why: []search.Reason{{Text: "夜の", Score: 4}}}
	g := newGauge(map[string][]search.Hit{"oh 夜の雨": {rain, oh}})
	if a, b := g.strength("oh 夜の雨", &rain), g.strength("oh 夜の雨", &oh); a <= b || a >= 1 {
		t.Errorf("two of three characters %.2f, oh %.2f", a, b)
	}
}

// TestNoClipIsTooShort holds the shortest length wherever there is footage enough.
func TestNoClipIsTooShort(t *testing.T) {
	for seed := range uint64(12) {
		f := newFake(seed)
		f.fill(4, 3, 150)
		o := Options{Spread: seed%2 == 0, MinShot: []timecode.Time{0, 1500, 3000}[seed%3] * second / 1000}
		b := mustPlan(t, f, 180*second, f.sing(30, 170*second), o)
		least := b.Rate.Frame(o.settled().MinShot)
		for _, s := range b.Sections {
			for _, c := range s.Scenes {
				if n := c.Record.Len(); n < min(least, s.Record.Len()) {
					t.Errorf("seed %d: %s of %d frames, the shortest is %d, the section has %d", seed, c.Origin, n, least, s.Record.Len())
				}
			}
			if s.Hole().Len() > 0 {
				t.Errorf("seed %d: a hole of %d frames", seed, s.Hole().Len())
			}
		}
		if countOrigin(b, Words) == 0 || countOrigin(b, Repeat) > 0 {
			t.Errorf("seed %d: %d scenes of words, %d repeats", seed, countOrigin(b, Words), countOrigin(b, Repeat))
		}
	}
}

// TestShortShotsAreBetterThanNone holds that a library of short shots still fills a song.
func TestShortShotsAreBetterThanNone(t *testing.T) {
	f := newFake(4)
	e := f.episode("A", timecode.Film, false, slices.Repeat([]int64{12}, 90)...)
	f.say(e, 40, 0, "rain")
	b := mustPlan(t, f, 8*second, []subtitles.Line{{Text: "rain"}}, Options{MinShot: 2 * second})
	if b.scenes()[0].Hit.Shot.Number != 40 || b.Sections[0].Hole().Len() > 0 || repeats(b) > 0 {
		t.Errorf("%d scenes, the first of shot %d, hole %+v", len(b.scenes()), b.scenes()[0].Hit.Shot.Number, b.Sections[0].Hole())
	}
}

func TestRunnersUpAreInOrderOfTheirMeasure(t *testing.T) {
	f := newFake(4)
	for i := range 6 {
		e := f.episode(fmt.Sprint(i), timecode.Film, false, slices.Repeat([]int64{60}, 9)...)
		f.say(e, 5, 0, strings.Join([]string{"rain", "night", "fire", "snow"}[:1+i%4], " "))
	}
	s := mustPlan(t, f, 2*second, []subtitles.Line{{Text: "rain night fire snow"}}, Options{Spread: true}).Sections[0]
	last := s.Scenes[0].Hit.Score
	for _, h := range s.Runners {
		if h.Score > last || h.Score <= 0 || h.Score > 1 {
			t.Errorf("a runner-up of %.2f after %.2f", h.Score, last)
		}
		last = h.Score
	}
	if len(s.Runners) != 5 {
		t.Errorf("%d runners-up", len(s.Runners))
	}
}
