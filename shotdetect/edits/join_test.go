package edits

import (
	"bytes"
	"testing"

	"github.com/amvlib/amvlib/shotdetect"
)

// inks are shots of one channel alone, so that a frame tells what is in it: k is seen in the level.
func inks(channel, n int) []Picture {
	frames := make([]Picture, n)
	for k := range frames {
		p := make(Picture, size)
		for i := channel; i < size; i += 3 {
			p[i] = byte(100 + (i/3+5*k)%120)
		}
		frames[k] = p
	}
	return frames
}

// TestGradualsAreExact joins a red shot to a blue one in every gradual way: up to the start there is nothing of the new shot nor of a
// colour in between, from the end on nothing of the old, and each frame between is neither.
func TestGradualsAreExact(t *testing.T) {
	types := map[string]shotdetect.Type{"dissolve": shotdetect.Dissolve, "wipe": shotdetect.Wipe, "fade": shotdetect.Fade, "irisfade": shotdetect.Fade,
		"black": shotdetect.Fade, "white": shotdetect.Fade}
	for _, j := range append(joins[5:9:9], plainJoins[1:]...) {
		for seed := range uint64(24) {
			c := newCutter(throw(seed, 5), drawnPool.groups, true) // plain: nothing happens on top
			length := j.length(c.dice)
			old, fresh := inks(0, 90), inks(2, 90)
			c.attach(plan{}, old[:20:20], old[20:20+int(seed%3)*20])
			c.attach(plan{j, length}, fresh[:70:70], nil)
			if len(c.truth.Rows) != 1 {
				t.Fatalf("%s %d: rows %v", j.name, seed, c.truth.Rows)
			}
			checkGradual(t, j.name, types[j.name], c.truth.Rows[0], c.frames, old, inks(2, 90))
		}
	}
}

func checkGradual(t *testing.T, name string, kind shotdetect.Type, r Row, frames, old, fresh []Picture) {
	t.Helper()
	if r.Type != kind && r.End-r.Start > 1 {
		t.Errorf("%s: type %s", name, r.Type)
	}
	offset := len(frames) - 70 // of the new shot's frames in the edit
	for k, p := range frames {
		isOld := false
		for _, o := range old {
			isOld = isOld || bytes.Equal(p, o)
		}
		isFresh := k >= offset && bytes.Equal(p, fresh[k-offset])
		switch {
		case k <= r.Start && !isOld, k >= r.End && !isFresh, k > r.Start && k < r.End && (isOld && k < offset || isFresh):
			t.Fatalf("%s: %+v, frame %d of %d: old %v, new %v", name, r, k, len(frames), isOld, isFresh)
		}
	}
}

// TestCutsAreExact holds that a disguised cut is told where the picture changes.
func TestCutsAreExact(t *testing.T) {
	for _, j := range joins[:5] {
		for seed := range uint64(30) {
			c := newCutter(throw(seed, 5), drawnPool.groups, false)
			c.attach(plan{}, inks(0, 12), nil)
			c.attach(plan{j, 0}, inks(2, 12), nil)
			if len(c.frames) != 24 || len(c.truth.Rows) != 1 || c.truth.Rows[0] != (Row{shotdetect.Cut, 11, 12}) {
				t.Errorf("%s: %d frames, %+v", j.name, len(c.frames), c.truth.Rows)
			}
			if j.name == "whip" || j.name == "zoomcut" {
				for k, p := range c.frames {
					if old, fresh := p[0] > 0, p[2] > 0; old != (k < 12) || fresh == old {
						t.Fatalf("%s: frame %d shows old %v, new %v", j.name, k, old, fresh)
					}
				}
			}
		}
	}
}

// TestFadesBesideCuts holds that a fade on one side of a flat hold is a cut beside frames that nothing is said of.
func TestFadesBesideCuts(t *testing.T) {
	for _, j := range joins[9:] {
		for seed := range uint64(30) {
			c := newCutter(throw(seed, 5), drawnPool.groups, false)
			c.attach(plan{}, inks(0, 20), nil)
			c.attach(plan{j, 10}, inks(2, 40), nil)
			r, ignored := c.truth.Rows, c.truth.Ignore
			if len(r) != 1 || r[0].Type != shotdetect.Cut || len(ignored) != 1 {
				t.Fatalf("%s: %+v %+v", j.name, r, ignored)
			}
			if j.name == "cut to fade" && (r[0].End != 20 || ignored[0].First != 21 || ignored[0].Last != len(c.frames)-31) {
				t.Errorf("%s: %+v %+v of %d frames", j.name, r, ignored, len(c.frames))
			}
			if j.name == "fade to cut" && (r[0].End != len(c.frames)-40 || ignored[0] != Span{19, r[0].Start}) {
				t.Errorf("%s: %+v %+v of %d frames", j.name, r, ignored, len(c.frames))
			}
		}
	}
}

// TestPulldownMovesTheTruth looks at the frames themselves: at a cut, the last old and the first new frame are pure.
func TestPulldownMovesTheTruth(t *testing.T) {
	for seed := range uint64(40) {
		frames := append(inks(0, 21), inks(2, 30)...)
		e := &Edit{}
		e.show(frames, Truth{Rows: []Row{{shotdetect.Cut, 20, 21}}}, nil)
		e.pulldown(throw(seed, 1))
		if len(e.Rows) != 1 || e.Rows[0].Type != shotdetect.Cut {
			t.Fatalf("seed %d: %+v", seed, e.Rows)
		}
		targets := e.Targets(e.Length)
		for k := range e.Length {
			p := e.draw(k)
			old, fresh := p[0]|p[stride] > 0, p[2]|p[stride+2] > 0
			if targets[k].Weight == 0 {
				if !old || !fresh {
					t.Errorf("seed %d: frame %d is ignored, and shows old %v, new %v", seed, k, old, fresh)
				}
				continue
			}
			if old != (k < e.Rows[0].End) || fresh == old {
				t.Errorf("seed %d: frame %d shows old %v, new %v, cut %+v", seed, k, old, fresh, e.Rows[0])
			}
		}
	}
}
