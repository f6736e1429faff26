package shotdetect

import (
	"image"
	"math/rand/v2"
	"testing"
)

type want struct {
	kind       Type
	start, end int64
}

// check wants exactly these boundaries; the ends of gradual ones may be off by slack frames.
func check(t *testing.T, got []Boundary, slack int64, wants ...want) {
	t.Helper()
	if len(got) != len(wants) {
		t.Fatalf("found %+v, want %+v", got, wants)
	}
	for i, w := range wants {
		b, off := got[i], slack
		if w.kind == Cut {
			off = 0
		}
		if b.Type != w.kind || max(b.Start-w.start, w.start-b.Start) > off || max(b.End-w.end, w.end-b.End) > off {
			t.Errorf("found %+v, want %+v", b, w)
		}
		if b.Score <= 0 || b.Score > 1 {
			t.Errorf("score %v of %+v", b.Score, b)
		}
	}
}

var (
	black = blank(16, 128, 128)
	white = blank(235, 128, 128)
	red   = blank(80, 90, 210)
)

func TestCutsAreExact(t *testing.T) {
	f := join(shot(1, 30), shot(2, 12), shot(3, 40), shot(4, 7), shot(5, 5), shot(6, 9), shot(7, 3), shot(8, 30))
	cuts := []want{{Cut, 29, 30}, {Cut, 41, 42}, {Cut, 81, 82}, {Cut, 88, 89}, {Cut, 93, 94}, {Cut, 102, 103}, {Cut, 105, 106}}
	check(t, run(New(Options{}), f), 0, cuts...)
	t.Run("letterbox", func(t *testing.T) { check(t, run(New(Options{}), f.boxed()), 0, cuts...) })
}

func TestCutsOfHeldFrames(t *testing.T) {
	for _, n := range []int{2, 3} {
		f := join(shot(1, 12).held(n), shot(2, 10).held(n), shot(3, 12).held(n))
		first, second := int64(12*n), int64(22*n)
		check(t, run(New(Options{}), f), 0, want{Cut, first - 1, first}, want{Cut, second - 1, second})
	}
}

// What happens within a shot is no boundary.
func TestNoBoundaryWithinAShot(t *testing.T) {
	long(t)
	walk := shot(1, 40)
	negative := join(walk)
	strobe, shake, flash, pan, light := join(walk), film{}, join(walk), film{}, film{}
	for k := range 3 {
		negative[20+k] = inverted(walk[20+k])
	}
	for k := 15; k < 25; k += 2 {
		strobe[k] = []*image.YCbCr{white, black}[k/2%2]
	}
	for k, part := range []float64{1, .8, .45, .2} {
		flash[20+k] = blended(walk[20+k], white, part)
	}
	for k := range 40 {
		shake = append(shake, stage(1).at(k, (k*k*7)%41-20))
		pan = append(pan, stage(1).at(k, 9*k))
		light = append(light, blended(walk[k], black, float64(k)/80))
	}
	glow := join(walk[:20], film{white, white}, toward(white, walk[20], 14), walk[20:])
	blink := join(walk[:20], toward(walk[19], black, 4), film{black}, toward(black, walk[20], 4), walk[20:])
	for name, f := range map[string]film{
		"walk": walk, "impact": negative, "strobe": strobe, "shake": shake, "flash": flash, "pan": pan, "light": light,
		"still": shot(1, 1).held(60), "glow": glow, "blink": blink,
	} {
		t.Run(name, func(t *testing.T) { check(t, run(New(Options{}), f), 0) })
	}
}

func inverted(img *image.YCbCr) *image.YCbCr {
	out := blended(img, img, 0)
	for _, p := range [][]byte{out.Y, out.Cb, out.Cr} {
		for i := range p {
			p[i] = 255 - p[i]
		}
	}
	return out
}

func TestDissolveRange(t *testing.T) {
	long(t)
	for _, n := range []int{6, 11, 24, 48} {
		a, b := shot(1, 40), shot(2, 40)
		check(t, run(New(Options{}), join(a, toward(a.last(), b[0], n), b)), 1, want{Dissolve, 39, int64(40 + n)})
	}
}

// Both shots move under the change.
func TestDissolveOfMovingShots(t *testing.T) {
	a, b := shot(1, 60), shot(2, 60)
	f := join(a[:40])
	for k := range 15 {
		f = append(f, blended(a[40+k], b[k], float64(k+1)/16))
	}
	check(t, run(New(Options{}), join(f, b[15:])), 1, want{Dissolve, 39, 55})
}

func TestWipeRange(t *testing.T) {
	long(t)
	for _, n := range []int{7, 15, 31} {
		a, b := shot(1, 40), shot(2, 40)
		f := join(a)
		for k := 1; k <= n; k++ {
			f = append(f, patchedAt(a.last(), b[0], 320*k/(n+1)))
		}
		check(t, run(New(Options{}), join(f, b)), 2, want{Wipe, 39, int64(40 + n)})
	}
}

func TestFadeRange(t *testing.T) {
	long(t)
	for name, flat := range map[string]*image.YCbCr{"black": black, "white": white, "red": red} {
		a, b := shot(1, 30), shot(2, 40)
		out, in := toward(a.last(), flat, 9), toward(flat, b[0], 7)
		t.Run(name, func(t *testing.T) {
			check(t, run(New(Options{}), join(a, out, film{flat}.held(10), in, b)), 1, want{Fade, 29, 56})
		})
		t.Run(name+" letterbox", func(t *testing.T) {
			check(t, run(New(Options{}), join(a, out, film{flat}.held(10), in, b).boxed()), 1, want{Fade, 29, 56})
		})
		t.Run(name+" then cut", func(t *testing.T) {
			check(t, run(New(Options{}), join(a, out, film{flat}.held(10), b)), 1, want{Fade, 29, 39}, want{Cut, 48, 49})
		})
		t.Run("cut to "+name, func(t *testing.T) {
			check(t, run(New(Options{}), join(a, film{flat}.held(10), in, b)), 1, want{Cut, 29, 30}, want{Fade, 39, 47})
		})
	}
}

// A hold longer than a fade lasts is a shot of its own.
func TestLongBlackPartsFades(t *testing.T) {
	long(t)
	a, b := shot(1, 30), shot(2, 40)
	f := join(a, toward(a.last(), black, 9), film{black}.held(150), toward(black, b[0], 9), b)
	check(t, run(New(Options{}), f), 1, want{Fade, 29, 39}, want{Fade, 188, 198})
}

func TestFilmThatBeginsAndEndsInBlack(t *testing.T) {
	a := shot(1, 60)
	f := join(film{black}.held(12), toward(black, a[0], 9), a, toward(a.last(), black, 9), film{black}.held(12))
	check(t, run(New(Options{}), f), 1, want{Fade, 11, 21}, want{Fade, 80, 90})
}

// More sensitive means never fewer cuts, and the least finds the plainest still.
func TestSensitivity(t *testing.T) {
	f := join(shot(1, 20), shot(2, 20), shot(3, 20))
	last := 0
	for _, s := range []float64{.1, .5, .9} {
		n := len(run(New(Options{Sensitivity: s}), f))
		if n < last {
			t.Errorf("sensitivity %v finds %d, less than before", s, n)
		}
		last = n
	}
	if last < 2 {
		t.Errorf("the highest sensitivity finds %d of 2", last)
	}
}

func TestNoiseHasFewCuts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var f film
	for range 60 {
		img := blank(0, 128, 128)
		for i := range img.Y {
			img.Y[i] = byte(r.Uint32())
		}
		f = append(f, img)
	}
	if got := run(New(Options{}), f); len(got) > 0 {
		t.Errorf("found %+v in noise", got)
	}
}
