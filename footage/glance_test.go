package footage

import (
	"image"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// dark is a picture in which so little is left to see that it has no hash.
func dark(img *image.YCbCr) *image.YCbCr {
	for i, v := range img.Y {
		img.Y[i] = byte(float64(v)*.16 + 14)
	}
	for i := range img.Cb { // gray, or what is dark has no such colour
		img.Cb[i], img.Cr[i] = 128, 128
	}
	return img
}

// TestTraceDark finds a shot that is too dark to be looked up, and claims none that is from elsewhere.
func TestTraceDark(t *testing.T) {
	film := func(n int) *image.YCbCr { return dark((drawn{1}).at(timecode.Time(n) * frame)) }
	var own, foreign []*image.YCbCr
	for n := 130; n < 154; n++ {
		own = append(own, film(n))
		foreign = append(foreign, dark((drawn{5}).at(timecode.Time(n)*frame)))
	}
	l, err := LookAt(own[0], 0, 0)
	if err != nil || !l.Flat {
		t.Fatalf("has a hash: %+v %v", l, err)
	}
	all := traced(t, steady(240), film, own)
	if len(all) != 1 || !all[0].Found || all[0].Plain || all[0].First != 130 || all[0].Last != 153 || len(all[0].Footage) == 0 {
		wrongly(t, all)
	}
	all = traced(t, steady(240), film, foreign)
	if len(all) != 1 || all[0].Found {
		wrongly(t, all)
	}
}
