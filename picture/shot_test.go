package picture

import (
	"image"
	"testing"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// choose is the keyframe of a shot of these pictures; dirty ones belong to transitions.
func choose(t *testing.T, pictures []*image.YCbCr, dirty ...int) Keyframe {
	t.Helper()
	unclean := map[int]bool{}
	for _, i := range dirty {
		unclean[i] = true
	}
	s := NewShot(video)
	for i, img := range pictures {
		s.Add(&media.Frame{Index: int64(100 + i), PTS: timecode.Time(i) * 40000, Image: img}, !unclean[i])
	}
	k, _, ok := s.Result()
	if !ok {
		t.Fatal("no keyframe")
	}
	if i := k.Index - 100; k.Image != pictures[i] || k.PTS != timecode.Time(i)*40000 {
		t.Errorf("keyframe %d has the time %v or picture of another", k.Index, k.PTS)
	}
	return Keyframe{Index: k.Index - 100, Features: k.Features}
}

// same is n times one picture.
func same(img *image.YCbCr, n int) []*image.YCbCr {
	var all []*image.YCbCr
	for range n {
		all = append(all, img)
	}
	return all
}

// Focus is found for a moment and lost again.
func TestKeyframeIsTheSharpest(t *testing.T) {
	for _, at := range []int{5, 14, 23} {
		shot := same(stripes(3), 30)
		shot[at-1], shot[at], shot[at+1] = stripes(0), stripes(0), stripes(0)
		if k := choose(t, shot); k.Index != int64(at) {
			t.Errorf("sharp at %d: chose %d", at, k.Index)
		}
	}
}

func TestKeyframeIsNotInAFade(t *testing.T) {
	shot := same(stripes(1), 30)
	var dirty []int
	for k := range 8 {
		faded := stripes(0) // sharper than what is clean
		for i, v := range faded.Y {
			faded.Y[i] = byte((int(v)*(k+4) + 16*(8-k)) / 12)
		}
		shot[k], dirty = faded, append(dirty, k)
	}
	if k := choose(t, shot, dirty...); k.Index < 8 {
		t.Errorf("chose %d, in the fade", k.Index)
	}
}

func TestKeyframeOfATransitionAlone(t *testing.T) {
	if k := choose(t, same(stripes(1), 6), 0, 1, 2, 3, 4, 5); k.Index < 0 {
		t.Error("no keyframe")
	}
}

func TestKeyframeKeepsAwayFromEnds(t *testing.T) {
	for _, n := range []int{9, 10, 11, 12, 13, 40} {
		shot := same(stripes(1), n)
		if k := choose(t, shot); k.Index < edgeFrames || int64(n)-1-k.Index < edgeFrames {
			t.Errorf("of %d frames chose %d", n, k.Index)
		}
	}
}

// Black, flashes and flat pictures stand for a shot only where there is nothing else.
func TestKeyframeIsNotFlat(t *testing.T) {
	for name, img := range map[string]*image.YCbCr{"black": flat(16, 128, 128), "white": flat(235, 128, 128), "gray": flat(120, 128, 128)} {
		shot := append(same(img, 20), stripes(3))
		if k := choose(t, shot); k.Index != 20 {
			t.Errorf("%s: chose %d", name, k.Index)
		}
		if k := choose(t, same(img, 3)); k.Index < 0 || k.Index > 2 {
			t.Errorf("%s alone: chose %d", name, k.Index)
		}
	}
}

// Of equally sharp pictures the one that rests is better than one in the middle of a move.
func TestKeyframeIsStable(t *testing.T) {
	var shot []*image.YCbCr
	for i := range 30 {
		img := stripes(1)
		if i < 18 || i > 21 {
			for k := range img.Y {
				img.Y[k] += byte(i % 2 * 40)
			}
		}
		shot = append(shot, img)
	}
	if k := choose(t, shot); k.Index < 18 || k.Index > 21 {
		t.Errorf("chose %d", k.Index)
	}
}

func TestShotFeatures(t *testing.T) {
	s := NewShot(video)
	if _, _, ok := s.Result(); ok {
		t.Error("a shot without frames has a keyframe")
	}
	for i, img := range []*image.YCbCr{flat(235, 128, 128), half(16, 235), half(16, 235), half(16, 235)} {
		s.Add(&media.Frame{Index: int64(i), Image: img}, i > 0)
	}
	k, f, ok := s.Result()
	if !ok || k.Index == 0 {
		t.Errorf("keyframe %d %v", k.Index, ok)
	}
	about(t, "brightness without the transition", f.Brightness, .5, .01)
	about(t, "contrast", f.Contrast, 1, .01)
	about(t, "stillness", f.Stillness, 2./3, .01)
}

// However long a shot is, few pictures are held.
func TestShotHoldsFewPictures(t *testing.T) {
	s := NewShot(video)
	for i := range 1000 {
		s.Add(&media.Frame{Index: int64(i), Image: stripes(i % 4)}, true)
		held := 0
		for _, c := range []*candidate{s.waiting, s.recent, s.before, s.best} {
			if c != nil {
				held++
			}
		}
		if held > 5 {
			t.Fatalf("%d pictures held", held)
		}
	}
}
