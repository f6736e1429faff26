package interchange

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

func TestByName(t *testing.T) {
	for name, want := range map[string]string{"otio": "otio", ".otio": "otio", "OTIO": "otio", "xml": "xmeml", ".XML": "xmeml", "xmeml": "xmeml", "edl": "edl", "csv": "csv", ".json": "json"} {
		if f, err := ByName(name); err != nil || f.Name != want {
			t.Errorf("%s is %s, %v", name, f.Name, err)
		}
	}
	for _, name := range []string{"", ".", "mp4", "otioz"} {
		_, err := ByName(name)
		if !errors.Is(err, ErrUnknownFormat) || !strings.Contains(err.Error(), "otio (.otio), xmeml (.xml), edl (.edl), csv (.csv), json (.json)") {
			t.Errorf("%q gives %v", name, err)
		}
	}
}

func TestFormatsAreSound(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Formats() {
		for _, name := range append(f.Extensions, "."+f.Name)[:max(1, len(f.Extensions))] {
			if seen[name] || !regexp.MustCompile(`^\.[a-z0-9]+$`).MatchString(name) {
				t.Errorf("%s has the extension %q", f.Name, name)
			}
			seen[name] = true
		}
		if f.Description == "" || f.Write == nil || f.Warnings == nil {
			t.Errorf("%s lacks something", f.Name)
		}
	}
	Formats()[0].Name = "changed"
	if Formats()[0].Name != "otio" {
		t.Error("a caller can change the list")
	}
}

type broken struct{ wrote int }

func (b *broken) Write(p []byte) (int, error) {
	b.wrote += len(p)
	return 0, io.ErrShortWrite
}

func TestWritersRefuseBeforeTheyWrite(t *testing.T) {
	for _, f := range Formats() {
		out := &broken{}
		if err := f.Write(out, &timeline.Timeline{}); !errors.Is(err, timeline.ErrInvalid) || out.wrote > 0 {
			t.Errorf("%s writes %d bytes of nonsense, %v", f.Name, out.wrote, err)
		}
		if err := f.Write(out, amv(timecode.Film)); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s on a full disk: %v", f.Name, err)
		}
		if w := f.Warnings(&timeline.Timeline{}); len(w) != 1 || !strings.Contains(w[0], "cannot be played") {
			t.Errorf("%s warns %q of nonsense", f.Name, w)
		}
	}
	odd := amv(timecode.Film)
	odd.Rate = timecode.Rate{Num: 1506, Den: 125}
	if err := WriteXMEML(io.Discard, odd); !errors.Is(err, ErrCannotSay) {
		t.Errorf("12.048 in xmeml: %v", err)
	}
}

func TestAnEmptyTimelineIsWritten(t *testing.T) {
	for _, f := range Formats() {
		for _, tracks := range [][]timeline.Track{nil, {{Kind: timeline.Video}, {Kind: timeline.Audio}}} {
			write(t, f.Name, &timeline.Timeline{Rate: timecode.PAL, Tracks: tracks, Markers: []timeline.Marker{{At: 3}}})
		}
	}
}

func TestWarnings(t *testing.T) {
	film := func(change func(*timeline.Timeline, *timeline.MediaRef)) *timeline.Timeline {
		m := &timeline.MediaRef{Path: "/a/b.mkv", Rate: timecode.Film, Frames: 100, HasVideo: true, Channels: 2}
		edit := &timeline.Timeline{Name: "n", Rate: timecode.Film, Start: 86400, Tracks: []timeline.Track{
			{Kind: timeline.Video, Items: []timeline.Item{&timeline.Clip{Media: m, In: 50, Length: 50}}},
			{Kind: timeline.Audio, Items: []timeline.Item{&timeline.Clip{Media: m, In: 50, Length: 50}}},
		}}
		change(edit, m)
		return edit
	}
	for _, c := range []struct {
		formats, want string
		edit          *timeline.Timeline
	}{
		{"otio xmeml edl csv json", "b.mkv has a variable frame rate", film(func(_ *timeline.Timeline, m *timeline.MediaRef) { m.Variable = true })},
		{"otio xmeml edl csv json", "b.mkv ends 10 frames before", film(func(_ *timeline.Timeline, m *timeline.MediaRef) { m.Frames = 90 })},
		{"otio xmeml edl", "b.mkv is not an absolute path", film(func(_ *timeline.Timeline, m *timeline.MediaRef) { m.Path = "b.mkv" })},
		{"xmeml edl", "b.mkv runs at 25 frames a second, the timeline at 23.976", film(func(_ *timeline.Timeline, m *timeline.MediaRef) { m.Rate, m.Frames = timecode.PAL, 500 })},
		{"xmeml", "cannot be said in Final Cut Pro 7 XML", film(func(e *timeline.Timeline, m *timeline.MediaRef) {
			e.Rate = timecode.Rate{Num: 1506, Den: 125}
			m.Rate = e.Rate
		})},
		{"xmeml", "said to run at 12 frames", film(func(_ *timeline.Timeline, m *timeline.MediaRef) { m.Rate = timecode.Rate{Num: 1506, Den: 125} })},
		{"xmeml", "of the 6 channels", film(func(_ *timeline.Timeline, m *timeline.MediaRef) { m.Channels = 6 })},
		{"edl", "1 of 3 tracks are left out", film(func(e *timeline.Timeline, _ *timeline.MediaRef) { e.Tracks = append(e.Tracks, e.Tracks[0]) })},
		{"edl", "title is cut to 70", film(func(e *timeline.Timeline, _ *timeline.MediaRef) { e.Name = strings.Repeat("進", 71) })},
		{"edl", "runs past 24 hours", film(func(e *timeline.Timeline, _ *timeline.MediaRef) { e.Start = 24*86400 - 49 })},
		{"edl", "1001 events", film(func(e *timeline.Timeline, _ *timeline.MediaRef) {
			e.Tracks[0].Items = slices.Repeat(e.Tracks[0].Items, 1000)
		})},
		{"edl", "transition of 300 frames", film(func(e *timeline.Timeline, m *timeline.MediaRef) {
			m.Frames = 2000
			e.Tracks[0].Items = []timeline.Item{&timeline.Clip{Media: m, In: 500, Length: 500}, &timeline.Transition{Before: 300}, &timeline.Clip{Media: m, In: 500, Length: 500}}
		})},
	} {
		for _, f := range Formats() {
			got, want := strings.Join(f.Warnings(c.edit), "\n"), slices.Contains(strings.Fields(c.formats), f.Name)
			if strings.Contains(got, c.want) != want {
				t.Errorf("%s: %q should say %q: %v", f.Name, got, c.want, want)
			}
		}
	}
	for _, f := range Formats() {
		if w := f.Warnings(film(func(*timeline.Timeline, *timeline.MediaRef) {})); w != nil {
			t.Errorf("%s warns %q of an edit that it carries whole", f.Name, w)
		}
	}
}
