package storyboard

import (
	"context"
	"errors"
	"testing"

	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

const second = timecode.Second

func mustPlan(t *testing.T, f *fakeLibrary, length timecode.Time, lyrics []subtitles.Line, o Options) *Storyboard {
	t.Helper()
	song := Song{Path: "/music/song.flac", Title: "Song", Duration: length, Channels: 2, SampleRate: 44100}
	b, err := Planner{f, f}.Plan(t.Context(), song, lyrics, o)
	if err != nil {
		t.Fatal(err)
	}
	checkTiles(t, b)
	checkSources(t, b)
	return b
}

// checkTiles holds that sections and scenes lie end to end from the song's first frame to its last.
func checkTiles(t *testing.T, b *Storyboard) {
	t.Helper()
	at := int64(0)
	for i := range b.Sections {
		s := &b.Sections[i]
		if s.Record.In != at || s.Record.Len() <= 0 {
			t.Fatalf("section %d is %+v, want it to begin at %d", i, s.Record, at)
		}
		for _, c := range s.Scenes {
			if c.Record.In != at || c.Record.Len() <= 0 {
				t.Fatalf("section %d: scene at %+v, want it to begin at %d", i, c.Record, at)
			}
			at = c.Record.Out
		}
		at += s.Hole().Len()
		if at != s.Record.Out {
			t.Fatalf("section %d ends at %d, its scenes at %d", i, s.Record.Out, at)
		}
		if first := i == 0; s.Line != nil && !first && s.Record.In != b.Rate.Frame(s.Line.Start) {
			t.Fatalf("line %d stands at %d, is sung at %d", i, s.Record.In, b.Rate.Frame(s.Line.Start))
		}
	}
	if want := b.Rate.Frame(b.Song.Duration); at != want || b.Frames != want {
		t.Fatalf("the plan ends at %d (%d), the song at %d", at, b.Frames, want)
	}
}

// checkSources holds that no scene shows a frame outside its shot's clean range.
func checkSources(t *testing.T, b *Storyboard) {
	t.Helper()
	for _, c := range b.scenes() {
		clean := cleanSpan(c.Hit.Episode, &c.Hit.Shot)
		if c.Source.In < clean.In || c.Source.Out > clean.Out {
			t.Fatalf("%s shows %+v of the clean %+v", c.Why, c.Source, clean)
		}
		used := (&timeline.Clip{In: c.Source.In, Length: c.Record.Len(), Media: mediaRef(c.Hit.Episode)}).Used(b.Rate)
		if used != c.Source {
			t.Fatalf("the clip uses %+v, the plan says %+v", used, c.Source)
		}
		if c.Why == "" || c.Origin == "" {
			t.Fatalf("a scene does not say why: %+v", c)
		}
		if c.Hit.Shot.Thumb != nil {
			t.Fatal("a plan holds pictures")
		}
	}
}

func repeats(b *Storyboard) int {
	seen, n := map[shotKey]bool{}, 0
	for _, c := range b.scenes() {
		k := shotKey{c.Hit.Episode.ID, c.Hit.Shot.Number}
		if seen[k] {
			n++
		}
		seen[k] = true
	}
	return n
}

func TestTroubleIsTold(t *testing.T) {
	full := rainy(1)
	line := []subtitles.Line{{Text: "rain"}}
	flawed := rainy(1)
	flawed.err = errors.New("disk on fire")
	for name, c := range map[string]struct {
		lib    *fakeLibrary
		length timecode.Time
		lyrics []subtitles.Line
		want   error
	}{
		"empty library":   {newFake(1), second, line, ErrNoFootage},
		"no lyrics":       {full, second, nil, ErrNoLyrics},
		"wordless lyrics": {full, second, []subtitles.Line{{Text: "♪ ..."}, {Text: "[Chorus]"}}, ErrNoLyrics},
		"all too late":    {full, second, []subtitles.Line{{Start: 2 * second, Text: "rain"}}, ErrNoLyrics},
		"no length":       {full, 0, line, ErrDuration},
		"negative length": {full, -5, line, ErrDuration},
		"half a frame":    {full, 10_000, line, ErrDuration},
		"a day":           {full, 24 * 3600 * second, line, ErrDuration},
		"broken library":  {flawed, second, line, flawed.err},
	} {
		_, err := Planner{c.lib, c.lib}.Plan(t.Context(), Song{Duration: c.length}, c.lyrics, Options{})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Planner{full, full}).Plan(ctx, Song{Duration: second}, line, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
