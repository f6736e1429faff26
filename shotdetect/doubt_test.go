package shotdetect

import (
	"strings"
	"testing"
)

// What looks like a gradual boundary while the same stands on both sides of it is none.
func TestAGradualBoundaryNeedsTwoSides(t *testing.T) {
	v := verdicts("......................dddddddd......................")
	check(t, decide(v, stretch{}, usual), 0, want{Dissolve, 21, 30})
	for i := range v {
		v[i].sides = [reaches]float32{.1, .1, .1}
	}
	check(t, decide(v, stretch{}, usual), 0)
}

// The sides are looked at from beyond its ends: what stands closer is part of it.
func TestSidesAreBeyondTheEnds(t *testing.T) {
	for _, test := range []struct{ frames, reach int }{{4, 0}, {11, 0}, {13, 1}, {27, 1}, {29, 2}, {160, 2}} {
		v := verdicts("...." + strings.Repeat("d", test.frames) + "....")
		for i := range v {
			v[i].sides = [reaches]float32{0, 1, 2}
		}
		if got := (ramp{4, 3 + test.frames}).sides(v); got != float32(test.reach) {
			t.Errorf("%d frames are seen from reach %v, not %d", test.frames, got, test.reach)
		}
	}
}

func TestWhatCrossesForLongIsNoWipe(t *testing.T) {
	for _, kind := range []string{"d", "w"} {
		got := decide(verdicts("....."+strings.Repeat(kind, longestWipe+1)+"....."), stretch{}, usual)
		if lasts := len(got) == 1; lasts != (kind == "d") {
			t.Errorf("%d frames of %q: %+v", longestWipe+1, kind, got)
		}
	}
}

// A cut that is doubted by itself, within what is no gradual boundary, is told if it is likely enough.
func TestACutOutlivesADoubtedRamp(t *testing.T) {
	v := verdicts("......................ddddcddd......................")
	for i := range v {
		v[i].sides = [reaches]float32{}
	}
	check(t, decide(v, stretch{}, usual), 0, want{Cut, 25, 26})
}
