package interchange

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

var editRates = []timecode.Rate{timecode.Film, timecode.Cinema, timecode.PAL, timecode.NTSC, timecode.Thirty, timecode.PALFull, timecode.NTSC60, timecode.Sixty}

// random draws an edit that is valid: films at any rate, gaps, and transitions wherever there is room for them.
func random(rnd *rand.Rand) *timeline.Timeline {
	rate := editRates[rnd.IntN(len(editRates))]
	t := &timeline.Timeline{Name: "random", Rate: rate, Start: timeline.Hour(rate), Width: 640, Height: 360}
	var media []*timeline.MediaRef
	for i := range 1 + rnd.IntN(4) {
		m := &timeline.MediaRef{Path: fmt.Sprintf("/films/%d.mkv", i), Rate: rate, HasVideo: true, Channels: 1 + rnd.IntN(2), SampleRate: 48000}
		if rnd.IntN(2) == 0 {
			m.Rate = append(editRates, timecode.Rate{Num: 12, Den: 1}, timecode.Rate{Num: 1506, Den: 125})[rnd.IntN(10)]
		}
		if rnd.IntN(3) == 0 {
			m.Start = rnd.Int64N(timeline.Hour(rate))
		}
		m.Frames = 200 + rnd.Int64N(40_000)
		media = append(media, m)
	}
	for _, kind := range []timeline.Kind{timeline.Video, timeline.Audio} {
		t.Tracks = append(t.Tracks, timeline.Track{Kind: kind, Items: randomItems(rnd, t, kind, media)})
	}
	return t
}

func randomItems(rnd *rand.Rand, t *timeline.Timeline, kind timeline.Kind, media []*timeline.MediaRef) []timeline.Item {
	try := timeline.Timeline{Rate: t.Rate, Tracks: []timeline.Track{{Kind: kind}}}
	items := &try.Tracks[0].Items
	for range 1 + rnd.IntN(12) {
		kept := slices.Clone(*items)
		if rnd.IntN(3) == 0 && len(kept) > 0 {
			*items = append(*items, &timeline.Transition{Type: []string{"dissolve", "wipe"}[rnd.IntN(2)], Before: rnd.Int64N(8), After: rnd.Int64N(8)})
		}
		if rnd.IntN(4) == 0 {
			*items = append(*items, &timeline.Gap{Length: 1 + rnd.Int64N(30)})
		} else {
			*items = append(*items, randomClip(rnd, t.Rate, media))
		}
		if try.Validate() != nil {
			*items = kept
		}
	}
	return *items
}

func randomClip(rnd *rand.Rand, rate timecode.Rate, media []*timeline.MediaRef) *timeline.Clip {
	m := media[rnd.IntN(len(media))]
	span := timecode.Span{In: rnd.Int64N(m.Frames - 100)}
	span.Out = span.In + 20 + rnd.Int64N(60)
	return &timeline.Clip{Media: m, In: span.In, Length: max(1, timeline.Fit(span, m.Rate, rate))}
}

// Every format must show the same frames of the same files at the same places, whatever the rates.
func TestFormatsAgree(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 1))
	for n := range 400 {
		edit := random(rnd)
		if err := edit.Validate(); err != nil {
			t.Fatal(err)
		}
		checkAgreement(t, n, edit)
	}
}

func checkAgreement(t *testing.T, n int, edit *timeline.Timeline) {
	t.Helper()
	doc, list := readXMEML(t, write(t, "xmeml", edit)), write(t, "edl", edit)
	table := write(t, "otio", edit)
	for i, kind := range []timeline.Kind{timeline.Video, timeline.Audio} {
		want := expected(edit, &edit.Tracks[i])
		checkInside(t, edit, &edit.Tracks[i])
		channels, sounds := "V", doc.Video
		if kind == timeline.Audio {
			channels, sounds = "A AA", doc.Audio
		}
		for name, got := range map[string][]shown{
			"otio":  alone(readOTIO(t, table, kind)[0], 0, otioPlace(edit)),
			"xmeml": xmemlShown(t, sounds[0]),
			"edl":   edlShown(t, list, edit, channels, edlStart(edit)),
		} {
			if !slices.Equal(got, want) {
				t.Fatalf("timeline %d at %v, %s, %s shows\n%v, want\n%v", n, edit.Rate, kind, name, got, want)
			}
		}
	}
}

// otioPlace conforms a clip's start, exact in its own rate, as the other formats must.
func otioPlace(edit *timeline.Timeline) func(item) float64 {
	return func(it item) float64 {
		for _, m := range edit.Media() {
			if fileName(m.Path) == it.Name {
				c := &timeline.Clip{Media: m, In: int64(it.SourceStart) - m.Start}
				return float64(inward(c, edit.Rate))
			}
		}
		return math.NaN()
	}
}

// edlStart is a file's embedded timecode as the same digits at the edit's rate.
func edlStart(edit *timeline.Timeline) func(string) int64 {
	return func(name string) int64 {
		for _, m := range edit.Media() {
			if fileName(m.Path) != name {
				continue
			}
			if !m.Rate.Valid() || m.Rate.Equal(edit.Rate) {
				return m.Start
			}
			digits := m.Rate.DropTimecode(m.Start)
			second, err1 := edit.Rate.ParseTimecode(digits[:8] + ";00")
			frame, err2 := strconv.ParseInt(digits[9:], 10, 64)
			if err := errors.Join(err1, err2); err != nil {
				panic(err)
			}
			own, base := m.Rate.Timebase(), edit.Rate.Timebase()
			return second + (frame*base+own-1)/own
		}
		return 0
	}
}

// checkInside plays the conformed clips: at every frame of the timeline the picture that stands there in the file must be one that
// the clip uses.
func checkInside(t *testing.T, edit *timeline.Timeline, track *timeline.Track) {
	t.Helper()
	e, err := prepare(edit)
	if err != nil {
		t.Fatal(err)
	}
	for _, ev := range e.events(track) {
		used, own := ev.clip.Used(edit.Rate), ev.clip.Media.Rate
		if used.Out > ev.clip.Media.Frames || ev.out-ev.in != ev.end-ev.start {
			t.Fatalf("clip %+v uses %+v of %d frames", ev, used, ev.clip.Media.Frames)
		}
		for at := ev.in; at < ev.out; at++ {
			if picture := edit.Rate.Convert(at, own, false); !used.Contains(picture) {
				t.Fatalf("%v in %v: %d shows picture %d, not in %+v", own, edit.Rate, at, picture, used)
			}
		}
	}
}

// A file said to end before the last clip that uses it is described as long as that clip and its dissolve need, for readers drop
// clips that reach beyond their file.
func TestFilesAreAsLongAsTheirClips(t *testing.T) {
	film := &timeline.MediaRef{Path: "/short.mkv", Rate: timecode.PAL, Frames: 40, Start: 100, HasVideo: true}
	edit := &timeline.Timeline{Rate: timecode.Cinema, Tracks: []timeline.Track{{Kind: timeline.Video, Items: []timeline.Item{
		&timeline.Clip{Media: film, In: 20, Length: 24}, &timeline.Transition{Before: 2, After: 6}, &timeline.Clip{Media: film, In: 5, Length: 24},
	}}}}
	const need = 20 + 32 // 30 frames of 24 begin in 32 of 25
	doc := readXMEML(t, write(t, "xmeml", edit))
	xmemlShown(t, doc.Video[0])
	if got := doc.Video[0].Items[0]; got.File.Duration != need || got.Duration != 50 {
		t.Errorf("the file lasts %d, the clip's %d", got.File.Duration, got.Duration)
	}
	if got := readOTIO(t, write(t, "otio", edit), timeline.Video)[0][0]; !slices.Equal(got.Available, []float64{100, 100 + need}) {
		t.Errorf("available %v", got.Available)
	}
}
