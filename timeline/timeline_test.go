package timeline

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

func film() *MediaRef {
	return &MediaRef{Path: "/anime/01.mkv", Rate: timecode.Film, Frames: 1000, HasVideo: true, Channels: 2}
}

func one(items ...Item) *Timeline {
	return &Timeline{Rate: timecode.Film, Tracks: []Track{{Kind: Video, Items: items}}}
}

var rates = []timecode.Rate{timecode.Film, timecode.Cinema, timecode.PAL, timecode.NTSC, timecode.NTSC60, {Num: 12, Den: 1}, {Num: 1506, Den: 125}, {Num: 4, Den: 1}}

// A clip as long as Fit allows uses no frame outside the span, and one frame more would.
func TestFitAndUsedKeepNeighboursOut(t *testing.T) {
	for _, own := range rates {
		for _, rate := range rates {
			for length := int64(1); length < 300; length++ {
				span := timecode.Span{In: 1000 + length*7, Out: 1000 + length*8}
				fit := Fit(span, own, rate)
				c := &Clip{Media: &MediaRef{Rate: own}, In: span.In, Length: fit}
				if used := c.Used(rate); used.In != span.In || used.Out > span.Out {
					t.Fatalf("%v in %v: %d frames of %+v use %+v", own, rate, fit, span, used)
				}
				c.Length++
				if used := c.Used(rate); used.Out <= span.Out {
					t.Fatalf("%v in %v: %d frames fit in %+v, Fit says %d", own, rate, c.Length, span, fit)
				}
			}
		}
	}
}

func TestEqualRatesUseExactlyTheirFrames(t *testing.T) {
	c := &Clip{Media: film(), In: 24, Length: 48}
	if got := c.Used(timecode.Film); got != (timecode.Span{In: 24, Out: 72}) {
		t.Errorf("used %+v", got)
	}
	if got := Fit(timecode.Span{In: 24, Out: 72}, timecode.Film, timecode.Rate{Num: 48000, Den: 2002}); got != 48 {
		t.Errorf("fits %d", got)
	}
}

func TestPlacedAndFrames(t *testing.T) {
	a, cut, gap, b := &Clip{Media: film(), Length: 10}, &Transition{Before: 2}, &Gap{Length: 5}, &Clip{Media: film(), Length: 7}
	edit := one(a, cut, gap, b)
	var at []int64
	var seen []Item
	for start, it := range edit.Tracks[0].Placed() {
		at, seen = append(at, start), append(seen, it)
	}
	if !slices.Equal(at, []int64{0, 10, 10, 15}) || !slices.Equal(seen, []Item{a, cut, gap, b}) {
		t.Errorf("placed at %v", at)
	}
	for range edit.Tracks[0].Placed() {
		break // must not go on after the caller stopped
	}
	edit.Tracks = append(edit.Tracks, Track{Kind: Audio, Items: []Item{&Gap{Length: 9}}})
	if edit.Tracks[0].Frames() != 22 || edit.Frames() != 22 {
		t.Errorf("%d and %d frames", edit.Tracks[0].Frames(), edit.Frames())
	}
}

func TestMediaComeOnceInOrderOfUse(t *testing.T) {
	x, y := film(), film()
	edit := one(&Clip{Media: y}, &Gap{Length: 3}, &Clip{Media: x}, &Clip{Media: y})
	edit.Tracks = append(edit.Tracks, Track{Kind: Audio, Items: []Item{&Clip{Media: x}}})
	if got := edit.Media(); !slices.Equal(got, []*MediaRef{y, x}) {
		t.Errorf("media %v", got)
	}
}

func TestHour(t *testing.T) {
	for rate, want := range map[timecode.Rate]int64{
		timecode.Film: 86400, timecode.Cinema: 86400, timecode.PAL: 90000, timecode.NTSC: 107892, timecode.NTSC60: 215784, timecode.Thirty: 108000, {}: 0,
	} {
		if got := Hour(rate); got != want {
			t.Errorf("an hour of %v begins at frame %d, want %d", rate, got, want)
		}
	}
}

func TestValid(t *testing.T) {
	song := &MediaRef{Path: "/song.flac", Channels: 2} // no rate: counted at the timeline's
	edit := one(&Clip{Media: film(), In: 12, Length: 48}, &Transition{Before: 12, After: 12}, &Clip{Media: film(), In: 12, Length: 24},
		&Transition{Before: 12}, &Gap{Length: 0}, &Clip{Media: film(), In: 990, Length: 48}, &Transition{After: 100})
	edit.Tracks = append(edit.Tracks, Track{Kind: Audio, Items: []Item{&Clip{Media: song, Length: 120}}})
	edit.Markers = []Marker{{At: 5}, {At: 200, Length: 10}}
	if err := edit.Validate(); err != nil {
		t.Error(err)
	}
}

func TestInvalid(t *testing.T) {
	clip := func(change func(*Clip)) *Timeline {
		c := &Clip{Media: film(), In: 100, Length: 10}
		change(c)
		return one(c)
	}
	long := func() *Clip { return &Clip{Media: film(), In: 100, Length: 10} }
	for want, edit := range map[string]*Timeline{
		"rate is unknown":        {},
		"start -1":               {Rate: timecode.Film, Start: -1},
		"kind \"Text\"":          {Rate: timecode.Film, Tracks: []Track{{Kind: "Text"}}},
		"no file":                clip(func(c *Clip) { c.Media = nil }),
		"no file ":               clip(func(c *Clip) { c.Media.Path = "" }),
		"takes 0 frames":         clip(func(c *Clip) { c.Length = 0 }),
		"from frame -1":          clip(func(c *Clip) { c.In = -1 }),
		"takes 4611686018427387": clip(func(c *Clip) { c.Length = 1 << 62 }),
		"frame rate -1":          clip(func(c *Clip) { c.Media.Rate.Num, c.Media.Rate.Den = -1, 1 }),
		"has -5 frames":          clip(func(c *Clip) { c.Media.Frames = -5 }),
		"pixels of shape NaN":    clip(func(c *Clip) { c.Media.SAR = math.NaN() }),
		"frame rate 1000000":     clip(func(c *Clip) { c.Media.Rate = timecode.Rate{Num: 1_000_000, Den: 1} }),
		"absurd: 4294967296/":    {Rate: timecode.Rate{Num: 1 << 32, Den: 1 << 32}},
		"no pictures":            clip(func(c *Clip) { c.Media.HasVideo = false }),
		"no sound":               {Rate: timecode.Film, Tracks: []Track{{Kind: Audio, Items: []Item{&Clip{Media: &MediaRef{Path: "/a"}, Length: 1}}}}},
		"marker \"x\"":           clip(func(c *Clip) { c.Markers = []Marker{{Name: "x", At: -1}} }),
		"marker \"y\"":           {Rate: timecode.Film, Markers: []Marker{{Name: "y", Length: -1}}},
		"no clip, gap":           one(nil),
		"*timeline.Clip of":      one((*Clip)(nil)),
		"&{Length:-3}":           one(&Gap{Length: -3}),
		"Before:0 After:0":       one(long(), &Transition{}, long()),
		"Before:-1":              one(long(), &Transition{Before: -1, After: 5}, long()),
		"touches no clip":        one(&Gap{Length: 9}, &Transition{After: 2}, &Gap{Length: 9}),
		"touches no clip ":       one(&Transition{After: 2}),
		"longer than":            one(long(), &Transition{Before: 11}, long()),
		"longer than ":           one(&Transition{Before: 1, After: 1}, long()),
		"longer than  ":          one(long(), &Transition{After: 6}, long(), &Transition{Before: 6}, long()),
		"longer than   ":         one(long(), &Transition{After: 1}, &Transition{After: 1}, long()),
		"before frame 3":         one(long(), &Transition{Before: 4}, &Clip{Media: film(), In: 3, Length: 9}),
		"too long":               one(&Gap{Length: longest}, &Gap{Length: longest}),
		"item 3: the clip has":   one(long(), &Transition{Before: 4}, &Clip{Length: 9}),
	} {
		err := edit.Validate()
		if !errors.Is(err, ErrInvalid) || !strings.Contains(fmt.Sprint(err), strings.TrimSpace(want)) {
			t.Errorf("want an error about %q, got %v", want, err)
		}
	}
}

// Nothing that a slip can put in a timeline may panic, for Validate is what stands between it and every writer.
func TestValidateNeverPanics(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	wild := func() int64 { return []int64{-1, 0, 1, 5, 40, 1 << 40, 1 << 62}[rnd.IntN(7)] }
	for range 20_000 {
		edit := one()
		for range rnd.IntN(6) {
			var it Item
			switch rnd.IntN(5) {
			case 0:
				it = &Gap{Length: wild()}
			case 1:
				it = &Transition{Before: wild(), After: wild()}
			case 2:
				it = &Clip{In: wild(), Length: wild()}
			default:
				it = &Clip{Media: &MediaRef{Path: "x", Rate: rates[rnd.IntN(len(rates))], Frames: wild(), HasVideo: rnd.IntN(9) > 0}, In: wild(), Length: wild()}
			}
			edit.Tracks[0].Items = append(edit.Tracks[0].Items, it)
		}
		if err := edit.Validate(); err == nil && edit.Frames() < 0 {
			t.Fatalf("%v passes with %d frames", edit, edit.Frames())
		}
	}
}
