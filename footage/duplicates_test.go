package footage

import (
	"fmt"
	"image"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// cutEvery gives a reel shots of a length, the first of which begins at a time.
func (s *shelf) cutEvery(episode int64, first, each, end timecode.Time, width int) {
	if s.shots == nil {
		s.shots, s.notes = map[int64][]catalog.Shot{}, map[int64]catalog.Episode{}
	}
	s.notes[episode] = catalog.Episode{Duration: end, Info: media.Info{Video: &media.Video{Width: width, Height: width * 9 / 16}, BitRate: 2_500_000}}
	for from := timecode.Time(0); from < end; {
		to := min(end, from+each)
		if from == 0 && first > 0 {
			to = first
		}
		shot := catalog.Shot{Episode: episode, Number: len(s.shots[episode]) + 1}
		shot.Range = timecode.Range{Start: from, End: to}
		span := timecode.Span{In: int64((from + frame/2) / frame), Out: int64((to + frame/2) / frame)}
		shot.Shot.Shot = shotdetect.Shot{Span: span, Clean: span}
		s.shots[episode] = append(s.shots[episode], shot)
		from = to
	}
}

func duplicatesOf(t *testing.T, s *shelf, only ...int64) *Duplicates {
	t.Helper()
	all, err := s.Episodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var asked []catalog.Episode
	for _, e := range all {
		if len(only) == 0 || e.ID == only[0] {
			asked = append(asked, e)
		}
	}
	d, err := New(s, s).Duplicates(t.Context(), asked)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (g Group) String() string {
	var text strings.Builder
	for _, c := range g.Copies {
		best := ""
		if c.Best {
			best = "*"
		}
		fmt.Fprintf(&text, "%d:%d%s ", c.Episode.ID, c.Shot.Number, best)
	}
	return text.String()
}

// twoReleases are a film of 30 s, the same a second later and encoded anew, and another film.
func twoReleases() *shelf {
	noise := func(t timecode.Time) Look {
		if t < second {
			return Look{Flat: true}
		}
		return noisy(movie.at(t-second), 6)
	}
	s := &shelf{reels: []*Reel{reel(1, 30*second, second/4, movie.at), reel(2, 31*second, second/4, noise),
		reel(3, 30*second, second/4, world{seed: 77, shots: 3 * second, pace: 90 * ms}.at)}}
	s.cutEvery(1, 0, 3*second, 30*second, 640)
	s.cutEvery(2, 4*second, 3*second, 31*second, 1280)
	s.cutEvery(3, 0, 3*second, 30*second, 640)
	return s
}

// TestDuplicates pairs every shot of two releases, to the frame, and nothing else.
func TestDuplicates(t *testing.T) {
	d := duplicatesOf(t, twoReleases())
	if len(d.Groups) != 10 || len(d.Overlaps) != 1 || !d.Overlaps[0].Whole() {
		t.Fatalf("%d groups %v, overlaps %+v", len(d.Groups), d.Groups, d.Overlaps)
	}
	for i, g := range d.Groups {
		if want := fmt.Sprintf("1:%d 2:%d* ", i+1, i+1); g.String() != want {
			t.Errorf("group %s, want %s", g, want)
		}
		shared, whole := g.Copies[1].Shared, g.Copies[1].Shot.Clean
		if i > 0 && shared != whole || i == 0 && (shared.In < 23 || shared.In > 25 || shared.Out != whole.Out) {
			t.Errorf("group %d shares %v of %v", i, shared, whole)
		}
	}
}

// TestDuplicatesOfAnotherCrop: hardly any picture of another crop is recognised by itself, but all of them in a row are. A film that
// shares a few shots with it and goes on otherwise shares no more.
func TestDuplicatesOfAnotherCrop(t *testing.T) {
	cropped := func(at timecode.Time) Look {
		if at >= 30*second && at < 33*second {
			return noisy(movie.at(at), 5)
		}
		return noisy(movie.at(at), 16)
	}
	remix := func(at timecode.Time) Look {
		if at >= 30*second && at < 36*second {
			return movie.at(at)
		}
		return world{seed: 77, shots: 3 * second, pace: 90 * ms}.at(at)
	}
	s := &shelf{reels: []*Reel{reel(1, 60*second, second/4, movie.at), reel(2, 60*second, second/4, cropped), reel(3, 60*second, second/4, remix)}}
	for _, r := range s.reels {
		s.cutEvery(r.Episode, 0, 3*second, 60*second, 640)
	}
	d := duplicatesOf(t, s)
	if len(d.Groups) != 20 {
		t.Errorf("%d groups of 20: %v", len(d.Groups), d.Groups)
	}
	for _, g := range d.Groups {
		n := g.Copies[0].Shot.Number
		want := fmt.Sprintf("1:%d* 2:%d ", n, n)
		if n == 11 || n == 12 {
			want += fmt.Sprintf("3:%d ", n)
		}
		if g.String() != want {
			t.Errorf("group %s, want %s", g, want)
		}
	}
}

// TestDuplicatesSaid: what the user says of two shots counts, the last word most.
func TestDuplicatesSaid(t *testing.T) {
	s := twoReleases()
	say := func(verb catalog.Verb, a, b catalog.Shot) {
		key := func(e int64) catalog.Key { return catalog.Key(rune('a' + e)) }
		s.words = append(s.words, catalog.Word{Verb: verb, Key: key(a.Episode), Subject: catalog.OnShot, Range: a.Range,
			Value: catalog.OtherShot{Key: key(b.Episode), Range: b.Range}.Value()})
	}
	say(catalog.NotDuplicate, s.shots[2][1], s.shots[1][1])
	say(catalog.Duplicate, s.shots[3][4], s.shots[1][4])
	d := duplicatesOf(t, s)
	if len(d.Groups) != 9 || d.Groups[3].String() != "1:5 2:5* 3:5 " || !d.Groups[3].Said {
		t.Errorf("%v", d.Groups)
	}
	say(catalog.Duplicate, s.shots[1][1], s.shots[2][1])
	if d := duplicatesOf(t, s); len(d.Groups) != 10 {
		t.Errorf("taken back: %v", d.Groups)
	}
}

// TestDuplicatesWithinOne finds what an episode shows twice.
func TestDuplicatesWithinOne(t *testing.T) {
	again := func(t timecode.Time) Look { return movie.at(t % (30 * second)) }
	s := &shelf{reels: []*Reel{reel(1, 36*second, second/4, again)}}
	s.cutEvery(1, 0, 3*second, 36*second, 640)
	if d := duplicatesOf(t, s, 1); len(d.Groups) != 2 || d.Groups[0].String() != "1:1* 1:11 " {
		t.Errorf("%v", d.Groups)
	}
}

// TestBlackIsNoDuplicate, nor is white, nor a fade between them: real frames, looked at as analysis looks at them.
func TestBlackIsNoDuplicate(t *testing.T) {
	fade := func(from, to int) func(timecode.Time) Look {
		return func(at timecode.Time) Look {
			img := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
			r := rand.New(rand.NewPCG(uint64(at), uint64(from)))
			for i := range img.Y {
				img.Y[i] = byte(from + int(int64(to-from)*int64(at)/int64(9*second)) + r.IntN(3)) // what an encoder makes of it
			}
			l, err := LookAt(img, 0, at)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
	}
	for name, of := range map[string]func(timecode.Time) Look{"black": fade(16, 16), "white": fade(233, 233), "a fade": fade(16, 220)} {
		s := &shelf{reels: []*Reel{reel(1, 9*second, second/4, of), reel(2, 9*second, second/4, of)}}
		s.cutEvery(1, 0, 3*second, 9*second, 640)
		s.cutEvery(2, 0, 3*second, 9*second, 640)
		if d := duplicatesOf(t, s); len(d.Groups) != 0 || len(d.Overlaps) != 0 {
			t.Errorf("%s: %v", name, d.Groups)
		}
	}
}

// TestBest weighs size against what is in the picture.
func TestBest(t *testing.T) {
	of := func(width int, rate int64, worn flags.Set) Copy {
		c := Copy{Episode: &catalog.Episode{Info: media.Info{Video: &media.Video{Width: width, Height: width * 9 / 16}, BitRate: rate}}}
		c.Shot.Flags = worn
		return c
	}
	for name, c := range map[string]struct {
		copies []Copy
		best   int
		why    string
	}{
		"the larger":                     {[]Copy{of(640, 9e6, 0), of(1280, 1e6, 0)}, 1, "1280x720, 1.0 Mbit/s"},
		"more bits":                      {[]Copy{of(640, 1e6, 0), of(640, 2e6, 0)}, 1, "640x360, 2.0 Mbit/s"},
		"subtitles are worse than 720p":  {[]Copy{of(1920, 9e6, flags.Text|flags.Subtitles), of(1280, 1e6, 0)}, 1, "1280x720, 1.0 Mbit/s"},
		"but not than a small picture":   {[]Copy{of(1920, 9e6, flags.Text|flags.Subtitles), of(640, 1e6, 0)}, 0, "1920x1080, 9.0 Mbit/s, text, subtitles"},
		"a title that all have":          {[]Copy{of(1280, 1e6, flags.Text), of(1920, 1e6, flags.Text)}, 1, "1920x1080, 1.0 Mbit/s"},
		"bars":                           {[]Copy{of(1280, 2e6, flags.Letterbox), of(1270, 1e6, 0)}, 1, "1270x714, 1.0 Mbit/s"},
		"bars are better than a logo":    {[]Copy{of(1280, 2e6, flags.Letterbox), of(1280, 2e6, flags.Logo)}, 0, "1280x720, 2.0 Mbit/s, letterbox"},
		"stillness says nothing of them": {[]Copy{of(1280, 2e6, flags.Still), of(1280, 1e6, 0)}, 0, "1280x720, 2.0 Mbit/s"},
	} {
		g := Group{Copies: c.copies}
		g.choose()
		if !g.Copies[c.best].Best || g.Copies[1-c.best].Best || g.Copies[c.best].Why != c.why {
			t.Errorf("%s: %+v", name, g.Copies)
		}
	}
}
