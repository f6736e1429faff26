package footage

import (
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

const second = timecode.Second

var movie = world{seed: 1, shots: 3 * second, pace: 90 * ms}

// near tells whether two times are at most so far apart.
func within(a, b, most timecode.Time) bool { return away(a, b) <= most }

// TestRunOfTwoEpisodes that were sampled at other moments, and one of them was encoded anew.
func TestRunOfTwoEpisodes(t *testing.T) {
	for _, offset := range []timecode.Time{0, 40 * ms, 125 * ms, -90 * ms, 700 * ms} {
		a := reel(1, 40*second, second/4, func(t timecode.Time) Look { return movie.at(t + 20*second) })
		b := reel(2, 60*second, second/4, func(t timecode.Time) Look { return noisy(movie.at(t+10*second+offset), 2) })
		runs := runsOf(t, a, RunOptions{}, b)
		if len(runs) != 1 || runs[0].Episode != 2 || !within(runs[0].Offset(), 10*second-offset, 30*ms) || runs[0].Matches < 120 {
			t.Errorf("offset %v: %+v", offset, runs)
		}
	}
}

// TestRunOfAClip that was looked at frame by frame is right to the frame, however short it is.
func TestRunOfAClip(t *testing.T) {
	b := reel(2, 60*second, second/4, movie.at)
	for i := range timecode.Time(20) {
		start := 7*second + i*2*second + i*13*ms
		clip := reel(0, 1500*ms, frame, func(t timecode.Time) Look { return noisy(movie.at(start+t), 2) })
		runs := runsOf(t, clip, RunOptions{}, b)
		if len(runs) == 0 || !within(runs[0].At(0), start, frame*3/2) {
			t.Errorf("from %v: %+v", start, runs)
		}
	}
}

// TestSpeeds are told, and what runs backwards.
func TestSpeeds(t *testing.T) {
	b := reel(2, 60*second, second/4, movie.at)
	for _, rate := range []float64{2, 0.5, -1, 1} {
		clip := reel(0, 6*second, frame, func(t timecode.Time) Look { return movie.at(30*second + timecode.Time(rate*float64(t))) })
		runs := runsOf(t, clip, RunOptions{Rates: []float64{1, 0.5, 2, -1}}, b)
		if len(runs) == 0 {
			t.Errorf("%v is not found", rate)
			continue
		}
		r := runs[0]
		if r.Rate != rate || !within(r.At(second), 30*second+timecode.Time(rate*float64(second)), 2*frame) || r.B.Length() < 2*second || !within(r.Back(r.At(second)), second, 1) {
			t.Errorf("%v: %+v", rate, r)
		}
	}
}

// TestFlatAndCommonMakeNoRun: black, white, and what is everywhere.
func TestFlatAndCommonMakeNoRun(t *testing.T) {
	black := func(t timecode.Time) Look { return Look{Whole: 7, Flat: true} }
	if runs := runsOf(t, reel(0, 10*second, second/4, black), RunOptions{}, reel(2, 10*second, second/4, black)); len(runs) != 0 {
		t.Errorf("black makes %+v", runs)
	}
	title := func(timecode.Time) Look { return movie.at(0) }
	if runs := runsOf(t, reel(0, 10*second, second/4, title), RunOptions{Most: 30}, reel(2, 10*second, second/4, title), reel(3, second, second, black)); len(runs) != 0 {
		t.Errorf("what is everywhere makes %+v", runs)
	}
}

// TestOthersMakeNoRun: of 300 films that have nothing in common none is found.
func TestOthersMakeNoRun(t *testing.T) {
	a := reel(1, 60*second, second/4, movie.at)
	for i := range uint64(300) {
		b := reel(2, 60*second, second/4, world{seed: 100 + i, shots: 2 * second, pace: 50 * ms}.at)
		if runs := Align(a, b, RunOptions{}); len(runs) != 0 {
			t.Fatalf("film %d: %+v", i, runs)
		}
	}
}

// TestStillRun: what stands still has one run, not one for each moment.
func TestStillRun(t *testing.T) {
	still := world{seed: 3, shots: 4 * second}
	a, b := reel(1, 24*second, second/4, still.at), reel(2, 24*second, second/4, func(t timecode.Time) Look { return still.at(t + second) })
	if runs := runsOf(t, a, RunOptions{}, b); len(runs) != 1 || !within(runs[0].Offset(), -second, 130*ms) {
		t.Errorf("%+v", runs)
	}
}

// TestRunInItself finds what an episode shows twice, and leaves it out unless it is asked for.
func TestRunInItself(t *testing.T) {
	twice := reel(1, 60*second, second/4, func(t timecode.Time) Look { return movie.at(t % (30 * second)) })
	if runs := runsOf(t, twice, RunOptions{}, twice, reel(2, 9*second, second/4, world{seed: 8, shots: second, pace: second}.at)); len(runs) != 0 {
		t.Errorf("%+v", runs)
	}
	runs := runsOf(t, twice, RunOptions{Self: 5 * second}, twice)
	if len(runs) != 2 || !within(away(runs[0].Offset(), 0), 30*second, 10*ms) {
		t.Errorf("%+v", runs)
	}
}

// TestSnap takes the boundaries that both have for the same, as most of them say.
func TestSnap(t *testing.T) {
	r := span(0, 10*second, 1, 0, 20*second)
	a := []timecode.Time{3 * second, 6 * second, 9 * second, 15 * second}
	b := []timecode.Time{13*second + 83*ms, 16*second + 84*ms, 19*second - 60*ms, 25*second + 83*ms, 40 * second}
	if got, n := Snap(r, a, b, 200*ms, frame/2); n != 3 || got.At(0) != 10*second+83*ms || got.B.Start != 10*second+83*ms {
		t.Errorf("%d agree: %+v", n, got)
	}
	if got, n := Snap(r, a, nil, 200*ms, frame/2); n != 0 || got != r {
		t.Errorf("without boundaries %d agree: %+v", n, got)
	}
}
