package edits

import (
	"bytes"
	"testing"

	"github.com/amvlib/amvlib/shotdetect"
)

// TestDrawnScenes holds what training relies on: about as many frames as said, no groups, cuts at which the picture is plainly another,
// and frames inside of scenes that mostly count.
func TestDrawnScenes(t *testing.T) {
	kinds := map[shotdetect.Type]int{}
	for seed := range uint64(10) {
		e := Drawn(seed)
		if e.Length < drawnFrames*3/4 || e.Length > drawnFrames*3 || len(e.Groups) > 0 || e.Groups == nil {
			t.Errorf("seed %d: %d frames, groups %v", seed, e.Length, e.Groups)
		}
		counts := 0
		for _, target := range e.Targets(e.Length) {
			counts += int(target.Weight)
		}
		if counts < e.Length*7/10 {
			t.Errorf("seed %d: %d of %d frames count", seed, counts, e.Length)
		}
		for _, r := range e.Rows {
			kinds[r.Type]++
			if r.Type == shotdetect.Cut && bytes.Equal(e.draw(r.Start), e.draw(r.End)) {
				t.Errorf("seed %d: nothing changes at %+v", seed, r)
			}
		}
	}
	if n := kinds[shotdetect.Cut]; n < 60 || kinds[shotdetect.Dissolve] == 0 || kinds[shotdetect.Fade] == 0 || kinds[shotdetect.Wipe] == 0 {
		t.Errorf("boundaries %v", kinds)
	}
}

// TestHappeningsAreShown holds that each changes the picture at some time, from any manner and in scenes of every length.
func TestHappeningsAreShown(t *testing.T) {
	for i, h := range happenings {
		if h.name == "nothing" {
			continue
		}
		seen := false
		for seed := range uint64(6) {
			r := &reel{cutter: newCutter(throw(seed, uint64(i)), nil, false), manner: manners[int(seed)%len(manners)]}
			n := []int{5, 12, 40}[seed%3]
			st := r.stage(n)
			st.actors, st.shots, st.over = nil, nil, nil
			before, _ := st.play(n-1, 1)
			h.apply(st)
			for k := range n {
				seen = seen || !bytes.Equal(st.first(k), before[0])
			}
		}
		if !seen {
			t.Errorf("%s is never seen", h.name)
		}
	}
}

// TestWhatFillsTheView holds that a thing which comes to stay and fills the view is ignored, and one that only passes is not.
func TestWhatFillsTheView(t *testing.T) {
	for name, c := range map[string]struct {
		covers []float64
		want   bool
	}{
		"passes": {[]float64{0.4, 0.9, 1, 1, 0.5}, false}, "stays": {[]float64{0.4, 0.9, 1, 1}, true}, "was there": {[]float64{1, 0.9, 0.5}, true},
		"stays long": {append(append([]float64{0.5}, ones(20)...), 0.5), true}, "is large": {[]float64{0.8, 0.8, 0.8}, false},
	} {
		if got := filled(c.covers); got != c.want {
			t.Errorf("%s: ignored %v", name, got)
		}
	}
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// TestFill holds polygons to their areas, whole and cut off by the edges.
func TestFill(t *testing.T) {
	for name, c := range map[string]struct {
		pts  []point
		want int
	}{
		"inside": {rectangle(2, 2, 10, 6), 32}, "half pixels": {rectangle(2.5, 2, 4.5, 4), 4}, "over the edges": {rectangle(-50, -50, 50, 50), 24 * 16},
		"outside": {rectangle(100, 0, 120, 9), 0}, "triangle": {[]point{{0, 0}, {16, 0}, {0, 16}}, 128}, "line": {[]point{{0, 0}, {9, 9}}, 0},
	} {
		v := newCanvas(24, 16)
		v.fill(c.pts, colour{255, 255, 255}, 256)
		sum := 0
		for i := 0; i < len(v.pix); i += 3 {
			sum += int(v.pix[i])
		}
		if got := (sum + 127) / 255; abs(got-c.want) > 1 {
			t.Errorf("%s: %d pixels, want %d", name, got, c.want)
		}
		for _, x := range v.cover {
			if x != 0 {
				t.Errorf("%s: cover is left over", name)
			}
		}
	}
}
