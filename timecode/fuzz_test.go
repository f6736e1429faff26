package timecode

import (
	"math/big"
	"testing"
)

func FuzzParseTimecode(f *testing.F) {
	for _, s := range []string{"01:00:00:00", "01:00:00;00", "00:01:00;00", "23:59:59.23", "99999:00:00:00", "::::", "00:00:00:-1", "１:00:00:00"} {
		f.Add(s, int64(30000), int64(1001))
	}
	f.Fuzz(func(t *testing.T, s string, num, den int64) {
		rate := Rate{num & 0xfffff, den & 0xfff}
		frame, err := rate.ParseTimecode(s)
		if err != nil {
			return
		}
		if back, err := rate.ParseTimecode(rate.Timecode(frame)); frame >= 0 && (err != nil || back != frame) {
			t.Errorf("%q at %v is frame %d, which reads back as %d, %v", s, rate, frame, back, err)
		}
	})
}

func FuzzParseRate(f *testing.F) {
	for _, s := range []string{"24000/1001", "23.976", "25", "1/0", "NaN", "1e999", "-1", "0x10", "4294967296/1", "0.0000001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseRate(s)
		if err != nil {
			return
		}
		if !r.Valid() {
			t.Fatalf("%q passes as %v", s, r)
		}
		if back, err := ParseRate(r.String()); err != nil || !back.Equal(r) && r.Num < 1<<31 && r.Den < 1<<31 {
			t.Errorf("%q is %v, which reads back as %v, %v", s, r, back, err)
		}
	})
}

// Convert must be the exact fraction rounded the asked way, far beyond what a float holds.
func FuzzConvert(f *testing.F) {
	f.Add(int64(86399), uint8(0), uint8(3))
	f.Add(int64(1<<40), uint8(4), uint8(1))
	f.Add(int64(-7), uint8(2), uint8(0))
	f.Fuzz(func(t *testing.T, frames int64, a, b uint8) {
		frames %= 1 << 41
		from, to := common[int(a)%len(common)], common[int(b)%len(common)]
		exact := new(big.Rat).Mul(big.NewRat(frames, 1), new(big.Rat).Mul(big.NewRat(to.Num, to.Den), big.NewRat(from.Den, from.Num)))
		down, up := big.NewRat(from.Convert(frames, to, false), 1), big.NewRat(from.Convert(frames, to, true), 1)
		one := big.NewRat(1, 1)
		if down.Cmp(exact) > 0 || up.Cmp(exact) < 0 || new(big.Rat).Sub(exact, down).Cmp(one) >= 0 || new(big.Rat).Sub(up, exact).Cmp(one) >= 0 {
			t.Errorf("%d of %v lies between %v and %v of %v; exactly it is %v", frames, from, down, up, to, exact)
		}
	})
}

func TestEveryDropFrameOf5994ReadsBack(t *testing.T) {
	seen := map[string]int64{}
	for frame := range int64(80_000) {
		text := NTSC60.DropTimecode(frame)
		if other, twice := seen[text]; twice {
			t.Fatalf("frames %d and %d are both %s", other, frame, text)
		}
		seen[text] = frame
		if back, err := NTSC60.ParseTimecode(text); err != nil || back != frame {
			t.Fatalf("frame %d is %s, which reads back as %d, %v", frame, text, back, err)
		}
	}
}

func TestAtAndFrameAreEachOthersReverse(t *testing.T) {
	for _, rate := range common {
		for _, frame := range []int64{0, 1, 2, 1001, 86400, 1 << 31, 1 << 40} {
			if got := rate.Frame(rate.At(frame)); got != frame {
				t.Errorf("frame %d at %v stands at %d µs, which is frame %d", frame, rate, rate.At(frame), got)
			}
		}
	}
	if (Rate{}).At(5) != 0 || (Rate{}).Frame(Second) != 0 {
		t.Error("an unknown rate knows a time")
	}
}
