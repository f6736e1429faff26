package timecode

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrTimecode is returned for text that is no SMPTE timecode of the rate.
var ErrTimecode = errors.New("not a timecode")

// Timecode is frame as non-drop SMPTE text, HH:MM:SS:FF. 23.976 is always counted so, by 24.
func (r Rate) Timecode(frame int64) string { return r.smpte(frame, ":") }

// DropTimecode is frame as drop-frame SMPTE text, HH:MM:SS;FF, which skips numbers (never pictures) so that 29.97 and 59.94 keep
// to the wall clock: two (four) a minute, but for every tenth. Other rates have no drop frame and give [Rate.Timecode].
func (r Rate) DropTimecode(frame int64) string {
	drop := r.dropped()
	if drop == 0 {
		return r.Timecode(frame)
	}
	perMinute := r.Timebase()*60 - drop
	perTen := perMinute*10 + drop
	tens, rest := frame/perTen, frame%perTen
	skipped := tens * 9 * drop
	if rest >= perMinute+drop {
		skipped += (1 + (rest-perMinute-drop)/perMinute) * drop
	}
	return r.smpte(frame+skipped, ";")
}

// dropped is how many numbers drop frame leaves out in a minute; 0 where the rate has none.
func (r Rate) dropped() int64 {
	if base := r.Timebase(); r.Pulled() && base%30 == 0 {
		return base / 15
	}
	return 0
}

func (r Rate) smpte(frame int64, last string) string {
	base := max(1, r.Timebase())
	sec := frame / base
	return fmt.Sprintf("%02d:%02d:%02d%s%02d", sec/3600, sec/60%60, sec%60, last, frame%base)
}

// ParseTimecode reads HH:MM:SS:FF, or HH:MM:SS;FF as drop frame, to a frame number.
func (r Rate) ParseTimecode(s string) (int64, error) {
	f := strings.FieldsFunc(s, func(c rune) bool { return c == ':' || c == ';' || c == '.' || c == ',' })
	var n [4]int64
	if len(f) != 4 {
		return 0, fmt.Errorf("%w: %q", ErrTimecode, s)
	}
	for i := range f {
		v, err := strconv.ParseUint(f[i], 10, 16)
		if err != nil {
			return 0, fmt.Errorf("%w: %q", ErrTimecode, s)
		}
		n[i] = int64(v)
	}
	base, minutes := r.Timebase(), n[0]*60+n[1]
	if n[1] > 59 || n[2] > 59 || n[3] >= base {
		return 0, fmt.Errorf("%w: %q", ErrTimecode, s)
	}
	frame := (minutes*60+n[2])*base + n[3]
	if strings.Contains(s, ";") {
		frame -= r.dropped() * (minutes - minutes/10)
	}
	return frame, nil
}
