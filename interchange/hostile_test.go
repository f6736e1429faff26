package interchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// nasty is a name that breaks out of every format that lets it.
const nasty = "=x\r\n002  AX       V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\u2028003 AX\u0085\x00\x1b[2J]]></name>\ufffe\xff\"',;進撃🎬\v"

// hostile is an edit whose every text is s.
func hostile(s string) *timeline.Timeline {
	film := &timeline.MediaRef{Path: "/" + s, Rate: timecode.Film, Frames: 100, HasVideo: true, Channels: 2, SampleRate: 48000}
	mark := []timeline.Marker{{At: 1, Name: s, Note: s, Colour: s}}
	return &timeline.Timeline{
		Name: s, Rate: timecode.Film, Start: 86400, Width: 640, Height: 360, Markers: mark,
		Tracks: []timeline.Track{
			{Kind: timeline.Video, Name: s, Items: []timeline.Item{
				&timeline.Clip{Name: s, Note: s, Media: film, In: 10, Length: 20, Markers: mark},
				&timeline.Transition{Type: s, Before: 2, After: 2},
				&timeline.Clip{Name: s, Note: s, Media: film, In: 50, Length: 20},
			}},
			{Kind: timeline.Audio, Name: s, Items: []timeline.Item{&timeline.Clip{Media: film, Length: 40}}},
		},
	}
}

func TestHostileNames(t *testing.T) { checkHostile(t, nasty) }

func FuzzNames(f *testing.F) {
	for _, s := range []string{nasty, "", " ", "-i.mkv", "a%03d.mkv", "concat:x", "../..", `D:\a`, `\\?\C:\x`, "* LOC: 1", "\ufeff", "\u202e", strings.Repeat("あ", 300)} {
		f.Add(s)
	}
	f.Fuzz(checkHostile)
}

// checkHostile writes the edit everywhere, and reads that it says what a tame one says.
func checkHostile(t *testing.T, s string) {
	edit := hostile(s)
	checkXML(t, write(t, "xmeml", edit))
	checkEDL(t, write(t, "edl", edit))
	checkCSV(t, write(t, "csv", edit))
	if tracks := readOTIO(t, write(t, "otio", edit), timeline.Video); len(tracks) != 1 || len(tracks[0]) != 3 {
		t.Errorf("OTIO has %+v", tracks)
	}
	for _, name := range []string{"otio", "json"} {
		if data := write(t, name, edit); !json.Valid(data) || !utf8.Valid(data) {
			t.Errorf("%s is no JSON:\n%q", name, data)
		}
	}
	for _, f := range Formats() {
		f.Warnings(edit)
	}
}

func checkXML(t *testing.T, data []byte) {
	t.Helper()
	doc := readXMEML(t, data)
	if len(doc.Video) != 1 || len(doc.Audio) != 2 || len(xmemlShown(t, doc.Video[0])) != 2 {
		t.Errorf("the XML has %d and %d tracks", len(doc.Video), len(doc.Audio))
	}
	if bytes.Contains(data, []byte("\uFFFE")) || !utf8.Valid(data) {
		t.Errorf("letters that XML forbids:\n%q", data)
	}
}

// checkEDL counts lines as the most eager reader splits them.
func checkEDL(t *testing.T, data []byte) {
	t.Helper()
	lines := strings.FieldsFunc(string(data), func(r rune) bool {
		return strings.ContainsRune("\r\n\v\f\x1c\x1d\x1e\u0085\u2028\u2029", r)
	})
	events := 0
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "0"):
			events++
		case i > 1 && !strings.HasPrefix(line, "* "):
			t.Errorf("line %d is neither event nor comment: %q", i+1, line)
		}
	}
	if events != 4 {
		t.Errorf("%d event lines, want 4:\n%s", events, data)
	}
}

func checkCSV(t *testing.T, data []byte) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) != 7 {
		t.Fatalf("%d rows, %v:\n%q", len(rows), err, data)
	}
	for _, row := range rows[1:] {
		for _, i := range []int{2, len(row) - 2, len(row) - 1} {
			if cell := row[i]; cell != "" && strings.Contains("=+-@\t\r", cell[:1]) {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
}

func TestOneLine(t *testing.T) {
	for s, want := range map[string]string{
		"a\r\nb\tc":           "a  b c",
		" \u2028x\u2029":      "x",
		"\x00a\x1b\x7f\ufffe": "a",
		"進撃 🎬":                "進撃 🎬",
		"bad\xff":             "bad\uFFFD",
		"\uFFFD":              "\uFFFD",
		"\U0001FFFF\ufdd0z":   "z",
		"e\u0301":             "e\u0301",
	} {
		if got := oneLine(s); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
	}
}
