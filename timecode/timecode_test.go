package timecode

import "testing"

func TestDropFrame(t *testing.T) {
	for _, c := range []struct {
		rate  Rate
		frame int64
		text  string
	}{
		{NTSC, 0, "00:00:00;00"}, {NTSC, 1799, "00:00:59;29"}, {NTSC, 1800, "00:01:00;02"}, {NTSC, 17981, "00:09:59;29"},
		{NTSC, 17982, "00:10:00;00"}, {NTSC, 107892, "01:00:00;00"}, {NTSC, 2589407, "23:59:59;29"},
		{NTSC60, 3600, "00:01:00;04"}, {NTSC60, 35964, "00:10:00;00"},
	} {
		if got := c.rate.DropTimecode(c.frame); got != c.text {
			t.Errorf("frame %d at %v is %s, want %s", c.frame, c.rate, got, c.text)
		}
		if back, err := c.rate.ParseTimecode(c.text); err != nil || back != c.frame {
			t.Errorf("%s at %v reads back as %d, %v; want %d", c.text, c.rate, back, err, c.frame)
		}
	}
}

func TestEveryDropFrameReadsBack(t *testing.T) {
	for frame := range int64(40000) {
		if back, err := NTSC.ParseTimecode(NTSC.DropTimecode(frame)); err != nil || back != frame {
			t.Fatalf("frame %d reads back as %d, %v", frame, back, err)
		}
	}
}

func TestFilmIsNeverDropped(t *testing.T) {
	if got := Film.DropTimecode(86400); got != "01:00:00:00" {
		t.Errorf("frame 86400 of 23.976 is %s", got)
	}
}

func TestFramesSurviveMillisecondStamps(t *testing.T) {
	for _, rate := range []Rate{Film, PAL, NTSC, NTSC60, {12048, 1000}} {
		for frame := int64(0); frame < 200_000; frame += 7 {
			ms := (rate.At(frame) + 500) / 1000 * 1000
			if got := rate.Frame(ms); got != frame {
				t.Fatalf("frame %d at %v, stored as %d µs, comes back as %d", frame, rate, ms, got)
			}
		}
	}
}

func TestConvertKeepsNeighboursOut(t *testing.T) {
	for in := range int64(500) {
		up, down := Thirty.Convert(in, Cinema, true), Thirty.Convert(in, Cinema, false)
		if Cinema.At(up) < Thirty.At(in)-1 || Cinema.At(down) > Thirty.At(in)+1 || up-down > 1 {
			t.Fatalf("frame %d of 30 lies between %d and %d of 24", in, down, up)
		}
	}
	if got := Film.Convert(1234, Film, true); got != 1234 {
		t.Errorf("same rate gives %d", got)
	}
}

func TestNearest(t *testing.T) {
	for fps, want := range map[float64]Rate{23.98: Film, 23.976: Film, 24: Cinema, 29.97: NTSC, 25: PAL, 59.94: NTSC60, 12.048: {1506, 125}, 18: {18, 1}, 0: {}} {
		if got := Nearest(fps); got != want {
			t.Errorf("%v is %v, want %v", fps, got, want)
		}
	}
}

func TestParseRate(t *testing.T) {
	for s, want := range map[string]Rate{"24000/1001": Film, "48/2": Cinema, "23.976": Film, "25": PAL} {
		if got, err := ParseRate(s); err != nil || got != want {
			t.Errorf("%s is %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "0", "-24", "24/0", "x", "1/x", "1e99"} {
		if r, err := ParseRate(s); err == nil {
			t.Errorf("%q passes as %v", s, r)
		}
	}
}

func TestTimebaseAndPulled(t *testing.T) {
	for _, c := range []struct {
		r      Rate
		base   int64
		pulled bool
	}{{Film, 24, true}, {Cinema, 24, false}, {NTSC, 30, true}, {NTSC60, 60, true}, {PAL, 25, false}, {Rate{1506, 125}, 13, false}, {Rate{}, 0, false}} {
		if c.r.Timebase() != c.base || c.r.Pulled() != c.pulled {
			t.Errorf("%v: base %d pulled %v", c.r, c.r.Timebase(), c.r.Pulled())
		}
	}
}

func TestTimecodeRefuses(t *testing.T) {
	for _, s := range []string{"", "1:2:3", "00:60:00:00", "00:00:61:00", "00:00:00:24", "aa:00:00:00", "00:00:00:-1"} {
		if n, err := Film.ParseTimecode(s); err == nil {
			t.Errorf("%q passes as %d", s, n)
		}
	}
}

func TestTimeReadsWell(t *testing.T) {
	for v, want := range map[Time]string{0: "0:00.000", 62_345_000: "1:02.345", 3_602_345_499: "1:00:02.345", -500_000: "-0:00.500"} {
		if got := v.String(); got != want {
			t.Errorf("%d is %s, want %s", int64(v), got, want)
		}
	}
}

func TestRangesAndSpans(t *testing.T) {
	a, b := Range{10, 20}, Range{15, 40}
	if a.Overlap(b) != 5 || b.Overlap(Range{0, 3}) != 0 || !a.Contains(10) || a.Contains(20) || (Range{5, 1}).Length() != 0 {
		t.Error("ranges are not half-open")
	}
	s := Span{3, 9}
	if s.Len() != 6 || !s.Contains(8) || s.Contains(9) || s.Overlap(Span{8, 20}) != 1 {
		t.Error("spans are not half-open")
	}
}
