package timecode

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Rate is a number of frames a second as a fraction. The zero Rate means "unknown".
type Rate struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// The rates that cameras, broadcasters and editing programs use.
var (
	Film    = Rate{24000, 1001}
	Cinema  = Rate{24, 1}
	PAL     = Rate{25, 1}
	NTSC    = Rate{30000, 1001}
	Thirty  = Rate{30, 1}
	PALFull = Rate{50, 1}
	NTSC60  = Rate{60000, 1001}
	Sixty   = Rate{60, 1}
	Film48  = Rate{48000, 1001}
)

var common = []Rate{Film, Cinema, PAL, NTSC, Thirty, PALFull, NTSC60, Sixty, Film48, {48, 1}, {120000, 1001}, {120, 1}, {12000, 1001}, {12, 1}, {15000, 1001}, {15, 1}}

// Valid tells whether r can be divided by.
func (r Rate) Valid() bool { return r.Num > 0 && r.Den > 0 }

// Float is r for formats that know no fractions.
func (r Rate) Float() float64 {
	if !r.Valid() {
		return 0
	}
	return float64(r.Num) / float64(r.Den)
}

// String is the exact fraction, as ffmpeg takes it: 24000/1001, or 25 where it is whole.
func (r Rate) String() string {
	if r.Den == 1 {
		return strconv.FormatInt(r.Num, 10)
	}
	return fmt.Sprintf("%d/%d", r.Num, r.Den)
}

// Equal compares as fractions, so that 48/2 is 24/1.
func (r Rate) Equal(o Rate) bool { return r.Valid() && o.Valid() && r.Num*o.Den == o.Num*r.Den }

// At is the instant at which frame begins, to the nearest microsecond.
func (r Rate) At(frame int64) Time { return Time(scale(frame, int64(Second)*r.Den, r.Num)) }

// Frame is the frame nearest to t. It rounds, for containers that store milliseconds put frame 2 of a 23.976 film at 0.083 s,
// which is frame 1.99.
func (r Rate) Frame(t Time) int64 { return scale(int64(t), r.Num, int64(Second)*r.Den) }

// scale is v*mul/div to the nearest integer, halves away from zero, without overflow on the way.
func scale(v, mul, div int64) int64 {
	if div == 0 {
		return 0
	}
	n := new(big.Int).Mul(big.NewInt(v), big.NewInt(mul))
	half := new(big.Int).Quo(big.NewInt(div), big.NewInt(2))
	if n.Sign() < 0 {
		half.Neg(half)
	}
	return n.Add(n, half).Quo(n, big.NewInt(div)).Int64()
}

// Convert counts frames of r in frames of to, rounding down or up; with equal rates it changes nothing. Rounding a clip's start
// up and its end down keeps its neighbours' frames out of it.
func (r Rate) Convert(frames int64, to Rate, up bool) int64 {
	if r.Equal(to) || !r.Valid() || !to.Valid() {
		return frames
	}
	n := new(big.Int).Mul(big.NewInt(frames), big.NewInt(to.Num*r.Den))
	d := big.NewInt(to.Den * r.Num)
	q, m := new(big.Int).DivMod(n, d, new(big.Int))
	if up && m.Sign() != 0 {
		q.Add(q, big.NewInt(1))
	}
	return q.Int64()
}

// Timebase is the whole number that timecode counts by: 24 for 23.976, 30 for 29.97.
func (r Rate) Timebase() int64 {
	if !r.Valid() {
		return 0
	}
	return (r.Num + r.Den - 1) / r.Den
}

// Pulled tells whether r is one of the rates slowed by 1000/1001, which xmeml calls "ntsc".
func (r Rate) Pulled() bool { return r.Valid() && r.Num*1001 == r.Timebase()*1000*r.Den }

// Nearest is the common rate within a part in 5,000 of fps, or fps in thousandths where there is none. It turns the "23.98" that
// programs print, and the average that a container's rounded stamps give, back into the rate that was meant.
func Nearest(fps float64) Rate {
	if math.IsNaN(fps) || fps <= 0 || fps > 1e6 {
		return Rate{}
	}
	best, off := Rate{}, 2e-4*fps
	for _, c := range common {
		if d := math.Abs(c.Float() - fps); d < off {
			best, off = c, d
		}
	}
	if best.Valid() {
		return best
	}
	return reduce(Rate{int64(math.Round(fps * 1000)), 1000})
}

func reduce(r Rate) Rate {
	g := new(big.Int).GCD(nil, nil, big.NewInt(r.Num), big.NewInt(r.Den)).Int64()
	if g == 0 {
		return Rate{}
	}
	return Rate{r.Num / g, r.Den / g}
}

// ParseRate reads 24000/1001, 25 or 23.976.
func ParseRate(s string) (Rate, error) {
	if n, d, ok := strings.Cut(s, "/"); ok {
		num, err1 := strconv.ParseInt(n, 10, 32)
		den, err2 := strconv.ParseInt(d, 10, 32)
		if r := (Rate{num, den}); err1 == nil && err2 == nil && r.Valid() {
			return reduce(r), nil
		}
		return Rate{}, fmt.Errorf("%q is no frame rate: give one like 24000/1001 or 25", s)
	}
	fps, err := strconv.ParseFloat(s, 64)
	if r := Nearest(fps); err == nil && r.Valid() {
		return r, nil
	}
	return Rate{}, fmt.Errorf("%q is no frame rate: give one like 24000/1001 or 25", s)
}
