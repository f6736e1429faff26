package main

import (
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

func TestParseLineName(t *testing.T) {
	for name, want := range map[string]struct {
		episode string
		at      timecode.Time
	}{
		"3@12:34.5": {"3", 754_500_000}, "3@754.5": {"3", 754_500_000}, "3@754,5": {"3", 754_500_000}, "3@754": {"3", 754_000_000},
		"3@0:12:34.500": {"3", 754_500_000}, "3@00:12:34,500": {"3", 754_500_000}, "3@1:02:03.4567899": {"3", 3_723_456_789},
		"me@home@1.5": {"me@home", 1_500_000}, "Kite 07@0": {"Kite 07", 0}, "3@1.": {"3", 1_000_000}, "3@ 5": {"3", 5_000_000}, "3@90:00": {"3", 5400_000_000},
	} {
		if episode, at, ok := parseLineName(name); !ok || episode != want.episode || at != want.at {
			t.Errorf("%s: %q at %d, %v", name, episode, at, ok)
		}
	}
	for _, name := range []string{"", "3", "3:17", "@1", "@list", "3@", "3@x", "3@1:60", "3@1:60:00", "3@-1", "3@1:2:3:4", "3@1e3", "3@.", "3@1.5.5", "3@9999999", "3@٣"} {
		if episode, at, ok := parseLineName(name); ok {
			t.Errorf("%s: %q at %d", name, episode, at)
		}
	}
}

// FuzzParseTime: what is shown of a time is read as that time, to the millisecond.
func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"754.5", "12:34.5", "1:02:03,456", "", "::", "99999:59"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, ok := parseTime(s)
		if !ok {
			return
		}
		if back, ok := parseTime(at.String()); at < 0 || ok && (back-at > 500 || at-back > 500) || !ok && at < 1000*3600*timecode.Second {
			t.Errorf("%q is %d, shown as %s, which is %d, %v", s, at, at, back, ok)
		}
		if back, ok := parseTime(seconds(at).String()); at < 1_000_000*timecode.Second && (!ok || back != at) {
			t.Errorf("%q is %d, printed as %s, which is %d, %v", s, at, seconds(at), back, ok)
		}
	})
}

func TestNamesShots(t *testing.T) {
	for _, c := range []struct {
		args []string
		want bool
	}{{nil, false}, {[]string{"3:17"}, true}, {[]string{"3:17", "@a", "3@1.5"}, true}, {[]string{"3:17", "rain"}, false}, {[]string{"@"}, false}, {[]string{"7"}, false}} {
		if got := namesShots(c.args); got != c.want {
			t.Errorf("%q: %v", c.args, got)
		}
	}
}
