package subtitles

import (
	"math/rand/v2"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// talk is an episode's dialogue from a seed.
func talk(seed uint64, n int) (lines []Line) {
	r, at := rand.New(rand.NewPCG(seed, 1)), timecode.Time(0)
	for range n {
		at += timecode.Second + timecode.Time(r.Int64N(int64(4*timecode.Second)))
		lines = append(lines, Line{Start: at, End: at + timecode.Second, Text: "x", Kind: Dialogue})
	}
	return lines
}

func TestOffset(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, by := range []timecode.Time{0, 40 * ms, -12340 * ms, 95 * timecode.Second, -599 * timecode.Second} {
		inside := talk(1, 380)
		var beside []Line
		for i, l := range inside {
			if i%5 == 0 {
				continue // a translation leaves some out, and joins others
			}
			l.Start += timecode.Time(r.Int64N(int64(60*ms))) - 30*ms - by
			beside = append(beside, l)
		}
		got, ok := Offset(inside, beside)
		if off := got - by; !ok || off < -15*ms || off > 15*ms {
			t.Errorf("%v found as %v, %v", by, got, ok)
		}
	}
}

func TestOffsetOfStrangers(t *testing.T) {
	for seed := uint64(10); seed < 30; seed++ {
		if got, ok := Offset(talk(seed, 350), talk(seed+100, 340)); ok {
			t.Errorf("two episodes are %v apart", got)
		}
	}
	for _, c := range [][2][]Line{{nil, nil}, {talk(1, 300), nil}, {talk(1, 3), talk(1, 3)}} {
		if _, ok := Offset(c[0], c[1]); ok {
			t.Error("too little decides")
		}
	}
	same := make([]Line, 5000)
	if _, ok := Offset(same, same); ok {
		t.Error("lines without times decide")
	}
}

// Lines that come as a clock ticks fit at every tick nearly as well.
func TestOffsetThatCouldBeAnother(t *testing.T) {
	var inside, beside []Line
	for i := range timecode.Time(60) {
		inside = append(inside, Line{Start: 2 * i * timecode.Second, Kind: Dialogue})
		beside = append(beside, Line{Start: (2*i + 7) * timecode.Second, Kind: Dialogue})
	}
	if by, ok := Offset(inside, beside); ok {
		t.Errorf("one of many offsets is taken: %v", by)
	}
}

func TestOffsetOfDrift(t *testing.T) {
	inside := talk(1, 380)
	beside := talk(1, 380)
	for i := range beside {
		beside[i].Start = beside[i].Start * 24 / 25
	}
	if got, ok := Offset(inside, beside); ok {
		t.Errorf("a sidecar that drifts is %v off", got)
	}
}

func TestOffsetAcrossLanguages(t *testing.T) {
	root := shared(t)
	eng, pol := readShared(t, root, "subs/pepper-and-carrot/pepper-and-carrot-ep6-eng.srt"), readShared(t, root, "subs/pepper-and-carrot/pepper-and-carrot-ep6-jpn.srt")
	for i := range pol {
		pol[i].Start += 7 * timecode.Second
	}
	if got, ok := Offset(eng, pol); !ok || got < -7100*ms || got > -6900*ms {
		t.Errorf("%v, %v", got, ok)
	}
}
