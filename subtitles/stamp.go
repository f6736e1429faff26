package subtitles

import (
	"strings"

	"github.com/asticode/go-astisub"

	"github.com/amvlib/amvlib/timecode"
)

// clock reads one time as people and programs write it: "1:02:03,456", "02:03.4", "00:01:02:500", "1.02.03,5". Hours may be missing;
// the fraction may have any number of digits.
func clock(s string) (timecode.Time, bool) {
	var num [4]int64
	var digits [4]int
	var sep [4]byte
	n, last := 0, byte(' ')
	for i := 0; i < len(s); i++ {
		switch c := asDigit(s[i]); {
		case c >= '0' && c <= '9':
			if n == 0 || digits[n-1] == 0 || last != c && !isDigit(last) {
				if n == 4 {
					return 0, false
				}
				sep[n], n = last, n+1
			}
			if digits[n-1]++; digits[n-1] <= 9 {
				num[n-1] = num[n-1]*10 + int64(c-'0')
			}
			last = '0'
		case c == ' ' || c == '\t':
			// "00 : 01 : 02" keeps its last real separator
			if isDigit(last) {
				last = ' '
			}
		case strings.IndexByte(":;.,", c) >= 0:
			last = c
		default:
			return 0, false
		}
	}
	return assemble(num, digits, sep, n)
}

// asDigit mends what text recognition confuses.
func asDigit(c byte) byte {
	switch c {
	case 'O', 'o':
		return '0'
	case 'l', 'I':
		return '1'
	}
	return c
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// assemble makes a time of the numbers: three are h:m:s, or m:s.fraction where only the last is set off by a comma or full stop.
func assemble(num [4]int64, digits [4]int, sep [4]byte, n int) (timecode.Time, bool) {
	var h, m, s, frac int64
	places := 0
	switch point := n > 0 && (sep[n-1] == '.' || sep[n-1] == ','); {
	case n == 4:
		h, m, s, frac, places = num[0], num[1], num[2], num[3], digits[3]
	case n == 3 && point && sep[1] == ':':
		m, s, frac, places = num[0], num[1], num[2], digits[2]
	case n == 3:
		h, m, s = num[0], num[1], num[2]
	case n == 2 && sep[1] == ':':
		m, s = num[0], num[1]
	default:
		return 0, false
	}
	if h > 99 || m > 9999 || s > 9999 {
		return 0, false
	}
	return timecode.Time((h*60+m)*60+s)*timecode.Second + fraction(frac, places), true
}

// fraction is digits after the point as microseconds, cut after the sixth.
func fraction(v int64, places int) timecode.Time {
	for places = min(places, 9); places > 6; places-- {
		v /= 10
	}
	for ; places < 6; places++ {
		v *= 10
	}
	return timecode.Time(v)
}

// arrow finds the mark between a cue's two times, also as word processors and text recognition leave it.
func arrow(line string) (before, after string, ok bool) {
	for _, mark := range []string{"-->", "–>", "—>", "->", "- ->", "-- >"} {
		if before, after, ok = strings.Cut(line, mark); ok {
			return before, after, true
		}
	}
	return "", "", false
}

// isCueTime tells whether line is a time line, be its times right or wrong.
func isCueTime(line string) bool {
	before, after, ok := arrow(line)
	return ok && len(before) < 40 && strings.ContainsAny(before, "0123456789") && strings.ContainsAny(before, ":.,") &&
		(strings.TrimSpace(after) == "" || strings.ContainsAny(after[:min(len(after), 16)], "0123456789"))
}

// cueTimes reads a time line. go-astisub has the first word; what it refuses is read leniently, and an end that cannot be read at
// all leaves the cue its start.
func cueTimes(line string) (start, end timecode.Time, ok bool) {
	if start, end, ok = strictTimes(line); ok {
		return start, end, true
	}
	before, after, _ := arrow(line)
	if start, ok = clock(strings.TrimSpace(before)); !ok {
		return 0, 0, false
	}
	if end, ok = clock(strings.TrimSpace(after)); !ok {
		word, _, _ := strings.Cut(strings.TrimSpace(after), " ")
		end, _ = clock(word)
	}
	return start, end, start <= maxTime
}

// strictTimes has go-astisub read a time line. Its numbers wrap around and may be negative, so they are held against the longest film.
func strictTimes(line string) (start, end timecode.Time, ok bool) {
	if len(line) > 200 {
		return 0, 0, false
	}
	subs, err := astisub.ReadFromSRT(strings.NewReader(line))
	if err != nil || len(subs.Items) != 1 {
		return 0, 0, false
	}
	start, end = timecode.FromDuration(subs.Items[0].StartAt), timecode.FromDuration(subs.Items[0].EndAt)
	return start, end, 0 <= start && start < end && end <= maxTime
}
