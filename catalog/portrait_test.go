package catalog

import (
	"bytes"
	"errors"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// TestWhatStandsForAShotCutByHand comes from what analysis kept.
func TestWhatStandsForAShotCutByHand(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	a := in.Analysis
	a.Shots, a.Loudness = a.Shots[:0], nil
	for i, tile := range shotdetect.Shots([]shotdetect.Boundary{{Type: shotdetect.Cut, Start: 99, End: 100}}, 240) {
		s := analysis.Shot{Shot: tile, Keyframe: tile.Clean.In + 10, Hash: 7, Variance: 8, Thumb: []byte{byte(i), 1}, Features: picture.Features{Brightness: .9, Motion: .5}}
		s.Range, s.KeyTime = timecode.Range{Start: a.Time(tile.Clean.In), End: a.Time(tile.Clean.Out)}, a.Time(s.Keyframe)
		a.Shots = append(a.Shots, s)
	}
	for i := range a.Samples { // at 0, 6, 12, ...
		a.Samples[i].Features = picture.Features{Brightness: float32(i), Motion: float32(i)}
	}
	for i := range 100 {
		a.Loudness = append(a.Loudness, int8(-10-i/21)) // louder in the first 2.1 seconds
	}
	e := commit(t, c, in)
	at := func(frame int64) timecode.Time { return a.Times[frame] }

	parts := split(t, c, e.ID, at(151)) // shot 2: 100 to 150 with the keyframe 110, and 151 to 239
	if s := parts[0]; s.Keyframe != 110 || s.Hash != 7 || s.Variance != 8 || s.KeyTime != at(110) {
		t.Errorf("the part with the keyframe has %+v", s)
	}
	if s := parts[1]; s.Keyframe != 192 || s.Hash != a.Samples[32].Hash || s.Variance != a.Samples[32].Variance { // the still nearest to its middle, 195
		t.Errorf("the part without has %+v, want that of frame 192", s)
	}
	if got, want := parts[1].Features.Brightness, float32(27+39)/2; got != want { // samples of frames 157 to 234
		t.Errorf("it is %v bright, want %v", got, want)
	}
	if got, want := parts[1].Loudness, a.Level(parts[1].Range); got != want || got == parts[0].Loudness {
		t.Errorf("it is %d dB loud, want %d, and not %d", got, want, parts[0].Loudness)
	}
	thumbs := func(want ...[]byte) {
		t.Helper()
		for i, w := range want {
			got, err := c.Thumb(t.Context(), e.ID, i+1)
			if !bytes.Equal(got, w) || (err == nil) != (w != nil) || w == nil && !errors.Is(err, ErrNotFound) {
				t.Errorf("the picture of shot %d is %v, %v, want %v", i+1, got, err, w)
			}
		}
	}
	thumbs([]byte{0, 1}, []byte{1, 1}, a.Stills[8].JPEG)

	tiny := split(t, c, e.ID, at(153)) // 151 and 152 have no sample, no still, nothing
	if s := tiny[0]; !s.Clean.Contains(s.Keyframe) || s.Hash != 0 || s.Variance != 0 || s.Features.Brightness != 26 || s.Features.Motion != .5 {
		t.Errorf("two frames have %+v", s)
	}
	brief := split(t, c, e.ID, at(164)) // 153 to 163 have the samples of 156 and 162
	if s := brief[0]; s.Keyframe != 156 || s.Hash != a.Samples[26].Hash || s.Features.Brightness != 27 || s.Features.Motion != 27 {
		t.Errorf("eleven frames have %+v", s)
	}
	thumbs([]byte{0, 1}, []byte{1, 1}, nil, nil, a.Stills[8].JPEG)

	all := merge(t, c, e.ID, 1, 5)
	if all.Keyframe != 110 || all.Hash != 7 || all.Range.End != e.Duration { // of the longer of the two that were found
		t.Errorf("all together have %+v", all)
	}
	thumbs([]byte{1, 1}, nil)
}

// TestOfAnOldAnalysisLittleIsKnown: one without samples, stills and sound.
func TestOfAnOldAnalysisLittleIsKnown(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	in.Analysis.Samples, in.Analysis.Stills, in.Analysis.Loudness = nil, nil, nil
	e := commit(t, c, in)
	was := effective(t, c, e.ID)[1]
	part := split(t, c, e.ID, in.Analysis.Times[middleFrame(was)])[1]
	if part.Features != was.Features || part.Variance != 0 || part.Loudness != analysis.Silent || !part.Clean.Contains(part.Keyframe) {
		t.Errorf("the part has %+v of %+v", part, was)
	}
	if _, err := c.Thumb(t.Context(), e.ID, part.Number); !errors.Is(err, ErrNotFound) {
		t.Errorf("its picture: %v", err)
	}
}

// TestFlagsOfAShotCutByHand: what is unwanted in a part may be in either half; what is said of a whole holds where all of it was so.
func TestFlagsOfAShotCutByHand(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(1, small)
	in.Analysis.Shots[0].Flags = flags.Text | flags.Still
	in.Analysis.Shots[1].Flags = flags.Logo
	e := commit(t, c, in)
	joined, err := c.Merge(t.Context(), e.ID, 1, 2)
	if err != nil || joined.Flags != flags.Text|flags.Logo {
		t.Errorf("joined: %s %v", joined.Flags, err)
	}
	if _, err := c.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	clean := in.Analysis.Shots[0].Clean
	halves, err := c.Split(t.Context(), e.ID, in.Analysis.Times[clean.In+clean.Len()/2])
	if err != nil || len(halves) != 2 || halves[0].Flags != flags.Text|flags.Still || halves[1].Flags != halves[0].Flags {
		t.Errorf("cut: %v %v", halves, err)
	}
}
