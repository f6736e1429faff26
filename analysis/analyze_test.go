package analysis

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"iter"
	"math"
	"testing"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// drawn is a film of n frames; frame draws one.
type drawn struct {
	info  media.Info
	n     int64
	at    func(i int64) timecode.Time
	frame func(i int64) *image.YCbCr
	fail  error
}

func (d drawn) Info() media.Info { return d.info }

func (d drawn) Packets(context.Context) iter.Seq2[media.Packet, error] {
	return func(yield func(media.Packet, error) bool) {
		for i := range d.n {
			if !yield(media.Packet{Frame: &media.Frame{Index: i, PTS: d.at(i), Image: d.frame(i)}}, nil) {
				return
			}
			if i == d.n/2 && d.fail != nil {
				yield(media.Packet{}, d.fail)
				return
			}
		}
		yield(media.Packet{Audio: tone(timecode.Second, 3*media.SampleRate, 16384)}, nil)
		yield(media.Packet{Text: &media.Text{
			Track: media.TextTrack{Stream: 3, Codec: "subrip", Format: "srt", Language: "pol"},
			Data:  []byte("1\n00:00:01,000 --> 00:00:02,000\nDo widzenia\n"),
		}}, nil)
	}
}

// tone is a square wave, whose level is its height.
func tone(at timecode.Time, samples int, height int16) *media.Audio {
	a := &media.Audio{PTS: at, Samples: make([]int16, samples)}
	for i := range a.Samples {
		a.Samples[i] = height
		if i/20%2 == 1 {
			a.Samples[i] = -height
		}
	}
	return a
}

// pattern draws moving blocks whose size, tint, brightness and way depend on the shot.
func pattern(i, shot int64) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
	size := int(9 + 14*shot)
	for y := range media.Height {
		for x := range media.Width {
			across, down := x, y
			if shot%2 == 1 {
				across, down = 2*y, x
			}
			img.Y[y*img.YStride+x] = byte(50 + 30*(shot%3) + int64(((across+int(i))/size+down/size*2)%5*25))
		}
	}
	for k := range img.Cb {
		img.Cb[k], img.Cr[k] = byte(100+40*(shot%2)), byte(150-40*(shot%3))
	}
	return img
}

func film(n int64, cuts ...int64) drawn {
	return drawn{
		info: media.Info{Video: &media.Video{Width: 720, Height: 480, SAR: media.Ratio{Num: 8, Den: 9}, Rate: timecode.Film}},
		n:    n, at: timecode.Film.At,
		frame: func(i int64) *image.YCbCr {
			shot := int64(0)
			for _, c := range cuts {
				if i >= c {
					shot++
				}
			}
			return pattern(i, shot)
		},
	}
}

func learn(t *testing.T, src media.Source) *Analysis {
	t.Helper()
	a, err := Analyze(t.Context(), src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAnalyzeTilesAFilm(t *testing.T) {
	a := learn(t, film(120, 40, 75))
	if len(a.Shots) != 3 || len(a.Times) != 120 || len(a.Scores) != 120 || !a.Rate.Equal(timecode.Film) || a.Variable {
		t.Fatalf("%d shots, %d times, %d scores, %v, variable %v", len(a.Shots), len(a.Times), len(a.Scores), a.Rate, a.Variable)
	}
	for i, want := range []timecode.Span{{In: 0, Out: 40}, {In: 40, Out: 75}, {In: 75, Out: 120}} {
		s := a.Shots[i]
		if s.Span != want || s.Clean != want {
			t.Errorf("shot %d is %v, clean %v; want %v", i, s.Span, s.Clean, want)
		}
		if s.Range != (timecode.Range{Start: timecode.Film.At(want.In), End: timecode.Film.At(want.Out)}) {
			t.Errorf("shot %d lasts %v", i, s.Range)
		}
		if !want.Contains(s.Keyframe) || s.KeyTime != timecode.Film.At(s.Keyframe) {
			t.Errorf("shot %d has keyframe %d at %v", i, s.Keyframe, s.KeyTime)
		}
	}
}

// TestShotsHaveTheirOwnHues: the drawn shots have different tints.
func TestShotsHaveTheirOwnHues(t *testing.T) {
	a := learn(t, film(120, 40, 75))
	for i, s := range a.Shots {
		if s.Palette.Unknown() || i > 0 && s.Palette == a.Shots[i-1].Palette {
			t.Errorf("shot %d: %v", i, s.Palette)
		}
	}
}

func TestKeyframeHashAndThumbnailAreOfThatFrame(t *testing.T) {
	f := film(120, 40, 75)
	for _, s := range learn(t, f).Shots {
		img := f.frame(s.Keyframe)
		want, variance, err := phash.Of(phash.Gray64(img.Y, img.YStride, media.Width, media.Height))
		if err != nil || s.Hash != want || s.Variance != variance {
			t.Errorf("hash %v variance %v, want %v %v (%v)", s.Hash, s.Variance, want, variance, err)
		}
		thumb, err := jpeg.DecodeConfig(bytes.NewReader(s.Thumb))
		if err != nil || math.Abs(float64(thumb.Width)/float64(thumb.Height)-4.0/3) > .01 {
			t.Errorf("thumbnail %dx%d of a 4:3 film, %v", thumb.Width, thumb.Height, err)
		}
	}
}

func TestSamplesAndStillsKeepTheirSteps(t *testing.T) {
	a := learn(t, film(240, 100))
	if n := len(a.Samples); n < 40 || n > 40+12 {
		t.Errorf("%d samples of ten seconds", n)
	}
	sampled, first := map[int64]bool{}, 0
	for _, s := range a.Samples {
		sampled[s.Frame] = true
	}
	for due := timecode.Time(0); due < 10*timecode.Second; due += SampleStep {
		for a.Times[first] < due {
			first++
		}
		if !sampled[int64(first)] {
			t.Errorf("frame %d, the first from %v on, is no sample", first, due)
		}
	}
	if n := len(a.Stills); n != 10 {
		t.Errorf("%d stills of ten seconds", n)
	}
}

func TestSoundAndText(t *testing.T) {
	a := learn(t, film(96))
	if n := len(a.Loudness); n != 40 {
		t.Fatalf("%d levels of a second of nothing and three of sound", n)
	}
	if a.Loudness[9] != Silent+1 || a.Loudness[10] != -6 {
		t.Errorf("levels %v", a.Loudness)
	}
	if l := a.Shots[0].Loudness; l != -7 {
		t.Errorf("three quarters of -6 dB are %d dB", l)
	}
	if len(a.Tracks) != 1 || len(a.Tracks[0].Lines) != 1 || a.Tracks[0].Lines[0].Lang != "pl" || a.Tracks[0].Lines[0].Text != "Do widzenia" {
		t.Errorf("%+v", a.Tracks)
	}
}

func TestLoudnessKeepsToTheClock(t *testing.T) {
	m := meter{}
	m.add(tone(0, media.SampleRate, 16384))
	m.add(tone(10*timecode.Second, media.SampleRate, 16384))
	m.add(tone(10*timecode.Second+timecode.Second/2, media.SampleRate, 16384)) // half of it was heard already
	m.close()
	if n := len(m.levels); n != 115 || m.levels[5] != -6 || m.levels[50] != Silent+1 || m.levels[105] != -6 || m.levels[114] != -6 {
		t.Errorf("%d levels, %v", n, m.levels)
	}
	m.add(&media.Audio{PTS: 1 << 60, Samples: []int16{1}})
	if len(m.levels) > most {
		t.Errorf("%d levels", len(m.levels))
	}
}

func TestAnalyzeIsDeterministic(t *testing.T) {
	a, b := learn(t, film(120, 40, 75)), learn(t, film(120, 40, 75))
	for i := range a.Shots {
		if a.Shots[i].Keyframe != b.Shots[i].Keyframe || a.Shots[i].Hash != b.Shots[i].Hash || !bytes.Equal(a.Shots[i].Thumb, b.Shots[i].Thumb) {
			t.Errorf("shot %d differs from run to run", i)
		}
	}
}

func TestAnalyzeFails(t *testing.T) {
	if _, err := Analyze(t.Context(), film(0), Options{}); !errors.Is(err, ErrNoFrames) {
		t.Errorf("a film without frames: %v", err)
	}
	f := film(30)
	f.fail = errors.New("broken")
	if _, err := Analyze(t.Context(), f, Options{}); !errors.Is(err, f.fail) {
		t.Errorf("a film that breaks off: %v", err)
	}
	f = film(1)
	if a := learn(t, f); len(a.Shots) != 1 || a.Shots[0].Range.Length() != timecode.Film.At(1) {
		t.Errorf("a film of one frame: %+v", a.Shots)
	}
}

func TestProgressGrows(t *testing.T) {
	var last int64
	_, err := Analyze(t.Context(), film(120), Options{Progress: func(n int64, at timecode.Time) {
		if n <= last || at != timecode.Film.At(n-1) {
			t.Errorf("frame %d at %v after %d", n, at, last)
		}
		last = n
	}})
	if err != nil || last < 72 {
		t.Errorf("last told of frame %d, %v", last, err)
	}
}

// scripted settles frames late and knows its boundaries.
type scripted struct {
	late int64
	all  []shotdetect.Boundary
	seen int64
	told int64
}

func (s *scripted) Push(*media.Frame) shotdetect.Settled {
	s.seen++
	return s.settle(s.seen - s.late)
}

func (s *scripted) Flush() shotdetect.Settled { return s.settle(s.seen) }

func (s *scripted) settle(until int64) (out shotdetect.Settled) {
	until = max(until, s.told)
	out.Until, out.Scores = until, make([]uint8, until-s.told)
	s.told = until
	for len(s.all) > 0 && s.all[0].Start < until {
		out.Boundaries, s.all = append(out.Boundaries, s.all[0]), s.all[1:]
	}
	return out
}

func TestKeyframesStayOutOfTransitions(t *testing.T) {
	for _, late := range []int64{0, 7, 60, 500} {
		det := &scripted{late: late, all: []shotdetect.Boundary{
			{Type: shotdetect.Dissolve, Start: 19, End: 40}, {Type: shotdetect.Cut, Start: 49, End: 50}, {Type: shotdetect.Fade, Start: 89, End: 110},
		}}
		a, err := Analyze(t.Context(), film(120, 30, 50, 100), Options{Detector: det})
		if err != nil || len(a.Shots) != 4 {
			t.Fatalf("late %d: %v, %d shots", late, err, len(a.Shots))
		}
		for i, s := range a.Shots {
			if !s.Clean.Contains(s.Keyframe) {
				t.Errorf("late %d: shot %d, clean %v, has keyframe %d", late, i, s.Clean, s.Keyframe)
			}
		}
		if a.Shots[1].Clean != (timecode.Span{In: 40, Out: 50}) || a.Shots[1].Span.In != 30 || a.Shots[3].In != shotdetect.Fade {
			t.Errorf("late %d: %+v", late, a.Shots[1].Shot)
		}
	}
}
