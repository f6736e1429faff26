package subtitles

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// drifted is what a sidecar says of lines of a film at rate to, when it was made for one at rate from and by is to be added: the way
// back of a Clock, with a fifth of the lines left out and a translator's jitter.
func drifted(inside []Line, c Clock) (beside []Line) {
	r := rand.New(rand.NewPCG(5, 5))
	for i, l := range inside {
		if i%5 == 0 {
			continue
		}
		at := float64(l.Start - c.By)
		if c.Drifts() {
			at *= c.To.Float() / c.From.Float()
		}
		l.Start = timecode.Time(at) + timecode.Time(r.Int64N(int64(60*ms))) - 30*ms
		l.End = l.Start + timecode.Second
		beside = append(beside, l)
	}
	return beside
}

func TestFit(t *testing.T) {
	inside := talk(1, 380)
	for _, s := range append(speeds, [2]timecode.Rate{}) {
		for _, by := range []timecode.Time{0, -12340 * ms, 300 * timecode.Second} {
			want := Clock{From: s[0], To: s[1], By: by}
			beside := drifted(inside, want)
			got, ok := Fit(inside, beside)
			if off := got.By - by; !ok || got.From != want.From || got.To != want.To || off < -20*ms || off > 20*ms {
				t.Errorf("%v found as %v, %v", want, got, ok)
				continue
			}
			near(t, inside, got.Move(beside))
		}
	}
}

// near holds lines that were moved to those of the film.
func near(t *testing.T, inside, moved []Line) {
	t.Helper()
	i := 0
	for _, l := range moved {
		for i < len(inside) && inside[i].Start < l.Start-60*ms {
			i++
		}
		if i == len(inside) || inside[i].Start > l.Start+60*ms {
			t.Fatalf("a line at %v fits nothing", l.Start)
		}
	}
}

// A constant offset is no drift, however short the film: over a few minutes 24 and 23.976 differ by less than translators do.
func TestFitOfOffsetIsNoDrift(t *testing.T) {
	for seed := uint64(40); seed < 46; seed++ {
		for _, n := range []int{12, 40, 120, 380} {
			want := Clock{By: timecode.Time(seed) * 700 * ms}
			inside := talk(seed, n)
			got, ok := Fit(inside, drifted(inside, want))
			if off := got.By - want.By; !ok || got.Drifts() || off < -30*ms || off > 30*ms {
				t.Errorf("seed %d, %d lines: %v, %v", seed, n, got, ok)
			}
		}
	}
}

// A drift is no offset, also over half an episode.
func TestFitOfDriftIsNoOffset(t *testing.T) {
	for seed := uint64(60); seed < 62; seed++ {
		for _, s := range speeds {
			inside := talk(seed, 250)
			want := Clock{From: s[0], To: s[1], By: 2 * timecode.Second}
			if got, ok := Fit(inside, drifted(inside, want)); !ok || got.From != s[0] || got.To != s[1] {
				t.Errorf("seed %d, %v: %v, %v", seed, want, got, ok)
			}
		}
	}
}

func TestFitOfStrangers(t *testing.T) {
	for seed := uint64(10); seed < 18; seed++ {
		if got, ok := Fit(talk(seed, 350), talk(seed+100, 340)); ok {
			t.Errorf("two episodes fit by %v", got)
		}
	}
	if _, ok := Fit(nil, talk(1, 300)); ok {
		t.Error("nothing decides")
	}
}

func TestClockMoves(t *testing.T) {
	c := Clock{From: timecode.PAL, To: timecode.Film, By: -timecode.Second}
	lines := []Line{{Start: 0, End: 900 * ms}, {Start: 900 * ms, End: 24 * timecode.Second}, {Start: 99 * 3600 * timecode.Second, End: maxTime}}
	got := fmt.Sprint(c.Move(lines))
	want := fmt.Sprint([]Line{{Start: 0, End: 24025 * ms}, {Start: 371620250 * ms, End: 375374 * timecode.Second}})
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, c := range []Clock{{}, {From: timecode.PAL}, {From: timecode.PAL, To: timecode.Rate{Num: 50, Den: 2}}} {
		if c.Drifts() {
			t.Errorf("%v drifts", c)
		}
	}
}

// Over a few minutes 24 and 23.976 are one, and by chance some lines more fit the wrong one: that is no drift.
func TestFitOfCarelessTimingIsNoDrift(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		inside := talk(seed, 60)
		beside := slices.Clone(inside)
		for i := range beside {
			beside[i].Start += timecode.Second + timecode.Time(r.Int64N(int64(240*ms)))
		}
		if c, ok := Fit(inside, beside); !ok || c.Drifts() {
			t.Errorf("%d: %+v, %v", seed, c, ok)
		}
	}
}
