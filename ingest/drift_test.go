package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// TestSidecarsThatDriftAreFitted reads files made for a film of 25 frames a second beside one of 23.976, and one that is only late.
func TestSidecarsThatDriftAreFitted(t *testing.T) {
	film := &analysis.Analysis{Rate: timecode.Film, Tracks: []analysis.Track{{}}}
	at := timecode.Time(0)
	for i := range timecode.Time(80) {
		at += (2*timecode.Second + i*i*i*7919%5_000_000) / 1000 * 1000
		film.Tracks[0].Lines = append(film.Tracks[0].Lines, subtitles.Line{Start: at, End: at + timecode.Second, Text: "x", Kind: subtitles.Dialogue})
	}
	for name, c := range map[string]struct {
		speed float64
		by    timecode.Time
		note  string
	}{
		"fast.srt":  {24000.0 / 1001 / 25, 2 * timecode.Second, "fast.srt: made for a film of 25 frames a second, fitted to 23.976 and moved by -2.08 s"},
		"late.srt":  {1, 2 * timecode.Second, "late.srt: moved by -2.00 s"},
		"sound.srt": {1, 0, ""},
	} {
		tracks, notes := (&run{}).readSidecars([]sidecar{written(t, name, film.Tracks[0].Lines, c.speed, c.by)}, film)
		if got := strings.Join(notes, "|"); got != c.note {
			t.Errorf("said %q, want %q", got, c.note)
		}
		for i, l := range tracks[0].Lines {
			if off := l.Start - film.Tracks[0].Lines[i].Start; off < -20_000 || off > 20_000 {
				t.Fatalf("%s: line %d is %v off", name, i, off)
			}
		}
	}
	s := written(t, "own.srt", film.Tracks[0].Lines, 24000.0/1001/25, 0)
	tracks, notes := (&run{opt: Options{SubsOffset: timecode.Second}}).readSidecars([]sidecar{s}, film)
	if len(notes) != 1 || notes[0] != "own.srt: moved by +1.00 s" || len(tracks) != 1 {
		t.Errorf("what the user says goes before what was found: %q", notes)
	}
}

// written writes lines as SubRip, their times at a speed and later by so much.
func written(t *testing.T, name string, lines []subtitles.Line, speed float64, by timecode.Time) sidecar {
	t.Helper()
	var b strings.Builder
	for i, l := range lines {
		at := func(v timecode.Time) string {
			n := int64(float64(v)*speed+float64(by)) / 1000
			return fmt.Sprintf("%02d:%02d:%02d,%03d", n/3_600_000, n/60_000%60, n/1000%60, n%1000)
		}
		fmt.Fprintf(&b, "%d\n%s --> %s\ny\n\n", i+1, at(l.Start), at(l.End))
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return sidecar{path: path, info: info, track: media.TextTrack{Stream: -1, Format: "srt", File: name}}
}
