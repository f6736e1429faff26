package storyboard

import (
	"strings"
	"testing"

	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

func TestQueryHoldsNoOperators(t *testing.T) {
	for text, want := range map[string]string{
		`-baby "don't" go`:              "baby don't go",
		"well-known, it’s 'me'":         "well known it's me",
		"(ooh) +rain field:x*?~2":       "ooh rain field x 2",
		"夜の雨、朝":                         "夜の雨 朝",
		"żółć\nsecond line":             "żółć second line",
		"♪ ... !":                       "",
		"\u0301 \u0301":                 "",
		"oh " + strings.Repeat("夜", 40): "oh " + strings.Repeat("夜", 30) + " " + strings.Repeat("夜", 10),
		strings.Repeat("rain ", 100):    strings.TrimSpace(strings.Repeat("rain ", wordsMost)),
	} {
		if got := query(text); got != want {
			t.Errorf("query(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestPrepare(t *testing.T) {
	line := func(start, end timecode.Time, text string) subtitles.Line {
		return subtitles.Line{Start: start, End: end, Text: text}
	}
	for name, c := range map[string]struct {
		length timecode.Time
		lyrics []subtitles.Line
		starts []timecode.Time
		note   string
	}{
		"as they are": {60 * second, []subtitles.Line{line(0, 0, "a"), line(5*second, 0, "b")}, []timecode.Time{0, 5 * second}, ""},
		"unsorted":    {60 * second, []subtitles.Line{line(9*second, 0, "b"), line(second, 0, "a")}, []timecode.Time{second, 9 * second}, "sorted"},
		"untimed": {60 * second, []subtitles.Line{line(0, 0, "abc"), line(0, 0, "abcdef"), line(0, 0, "abc")},
			[]timecode.Time{0, 15 * second, 45 * second}, "no times"},
		"one line from the start": {60 * second, []subtitles.Line{line(0, 4*second, "a")}, []timecode.Time{0}, ""},
		"beyond the end":          {60 * second, []subtitles.Line{line(second, 0, "a"), line(60*second, 0, "b")}, []timecode.Time{second}, "after the song's end"},
		"before the start":        {60 * second, []subtitles.Line{line(-second, 0, "a"), line(second, 0, "b")}, []timecode.Time{0, second}, ""},
		"unknown length":          {0, []subtitles.Line{line(second, 0, "a"), line(9*second, 0, "b")}, []timecode.Time{second, 9 * second}, "0:14.000"},
	} {
		s, err := prepare(Song{Duration: c.length}, c.lyrics)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var starts []timecode.Time
		for _, l := range s.lines {
			starts = append(starts, l.Start)
		}
		if !equal(starts, c.starts) {
			t.Errorf("%s: starts %v, want %v", name, starts, c.starts)
		}
		if notes := strings.Join(s.notes, ";"); !strings.Contains(notes, c.note) || (c.note == "" && notes != "") {
			t.Errorf("%s: notes %q, want %q", name, notes, c.note)
		}
	}
}

func equal(a, b []timecode.Time) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestSections(t *testing.T) {
	pal := timecode.PAL
	s := &sheet{duration: 60 * second, lines: []subtitles.Line{
		{Start: second / 5, End: 3 * second, Text: "lead-in too short to be seen"},
		{Start: 4 * second, End: 30 * second, Text: "overlaps the next"},
		{Start: 10 * second, End: 12 * second, Text: "then a pause"},
		{Start: 20 * second, Text: "said together"},
		{Start: 20*second + 1, Text: "with its translation"},
		{Start: 24 * second, End: 60 * second, Text: "an end nobody believes"},
	}}
	want := []struct {
		in, out int64
		text    string
	}{
		{0, 100, "lead-in too short to be seen"}, {100, 250, "overlaps the next"}, {250, 300, "then a pause"}, {300, 500, ""},
		{500, 600, "said together\nwith its translation"}, {600, 700, "an end nobody believes"}, {700, 1500, ""},
	}
	got := s.sections(pal, 20)
	if len(got) != len(want) {
		t.Fatalf("%d sections, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		text := ""
		if got[i].Line != nil {
			text = got[i].Line.Text
		}
		if got[i].Record != (timecode.Span{In: w.in, Out: w.out}) || text != w.text {
			t.Errorf("section %d is %+v %q, want %+v", i, got[i].Record, text, w)
		}
	}
}
