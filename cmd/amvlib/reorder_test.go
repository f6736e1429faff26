package main

import (
	"io"
	"slices"
	"strings"
	"testing"
)

func TestReorderPutsFlagsFirst(t *testing.T) {
	app := newApp(strings.NewReader(""), io.Discard, io.Discard)
	for in, want := range map[string]string{
		"amvlib search rain --json":                    "amvlib search --json -- rain",
		"amvlib search rain -n 5 sun --library=/l":     "amvlib search -n 5 --library=/l -- rain sun",
		"amvlib --library /l search rain":              "amvlib --library /l search -- rain",
		"amvlib --library search search rain":          "amvlib --library search search -- rain",
		"amvlib search -- -sun --json":                 "amvlib search -- -sun --json",
		"amvlib match s.flac --lyrics s.lrc -o x -o y": "amvlib match --lyrics s.lrc -o x -o y -- s.flac",
		"amvlib":               "amvlib",
		"amvlib --version":     "amvlib --version",
		"amvlib nosuch --json": "amvlib nosuch --json",
		"amvlib search -":      "amvlib search -- -",
	} {
		got, err := reorder(app, strings.Fields(in))
		if err != nil || !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s\n got %s (%v)\nwant %s", in, strings.Join(got, " "), err, want)
		}
	}
	got, err := reorder(app, []string{"amvlib", "search", "-rain sun", "--json", "--source=a b"})
	if want := []string{"amvlib", "search", "--json", "--source=a b", "--", "-rain sun"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("an excluded word in quotes: %q, %v", got, err)
	}
	if _, err := reorder(app, strings.Fields("amvlib search rain -n")); codeOf(err) != exitUsage {
		t.Errorf("a flag without its value: %v", err)
	}
}

func TestSecondsAreExact(t *testing.T) {
	for us, want := range map[seconds]string{0: "0.000", 1001000: "1.001", 41708: "0.041708", 1500000: "1.500", 83333: "0.083333", 10: "0.00001", -1500000: "-1.500"} {
		if got := us.String(); got != want {
			t.Errorf("%d µs are %s, want %s", int64(us), got, want)
		}
	}
}

func TestShotIDsReadBack(t *testing.T) {
	if e, n, ok := parseShotID("3:17"); !ok || e != 3 || n != 17 {
		t.Error("3:17 does not read back")
	}
	for _, s := range []string{"", "3", "3:", ":1", "0:1", "3:0", "a:1", "3:17:2", "-1:2"} {
		if _, _, ok := parseShotID(s); ok {
			t.Errorf("%q passes for a shot", s)
		}
	}
}

func TestCleanTakesTheSting(t *testing.T) {
	if got := clean("a\x1b[31mb\nc\u202Ed\te\x00"); got != "a[31mb cd e" {
		t.Errorf("%q", got)
	}
}
