package ingest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

func TestIngestReadsSidecarsWithoutDecoding(t *testing.T) {
	l := newLibrary(t, "Kite - 01.mkv")
	l.run(Options{})
	l.put("Kite - 01.pl.srt", "1\n00:00:01,100 --> 00:00:01,900\nWracamy do domu\n")
	l.put("Other - 01.srt", "1\n00:00:01,100 --> 00:00:01,900\nNot of this film\n")
	l.expect(l.run(Options{}), 0, 1, 0, 0, 0)
	if n := l.lines(); n != 2 {
		t.Errorf("%d lines", n)
	}
	l.expect(l.run(Options{}), 0, 0, 0, 1, 0)
	text := filepath.Join(l.dir, "Kite - 01.pl.srt")
	was, err := os.Stat(text)
	if err != nil {
		t.Fatal(err)
	}
	l.put("Kite - 01.pl.srt", "1\n00:00:01,100 --> 00:00:01,900\nWracamy do domu, nareszcie\n")
	if err := os.Chtimes(text, was.ModTime(), was.ModTime()); err != nil { // another subtitle of the very same date
		t.Fatal(err)
	}
	l.expect(l.run(Options{}), 0, 1, 0, 0, 0)
	if err := os.Remove(text); err != nil {
		t.Fatal(err)
	}
	l.expect(l.run(Options{}), 0, 1, 0, 0, 0)
	if n := l.lines(); n != 1 {
		t.Errorf("%d lines after the sidecar was taken away", n)
	}
	if n := l.opened.Load(); n != 1 {
		t.Errorf("opened %d times", n)
	}
}

func TestIngestKeepsTheSubtitlesOfAllCopies(t *testing.T) {
	l := newLibrary(t)
	l.put("a.mkv", "same")
	l.put("a.en.srt", "1\n00:00:01,100 --> 00:00:01,900\nA cow\n")
	l.put("b.mkv", "same")
	l.put("b.pl.srt", "1\n00:00:01,100 --> 00:00:01,900\nKrowa\n")
	l.run(Options{})
	if n := l.lines(); n != 3 {
		t.Errorf("%d lines of the film, a.en.srt and b.pl.srt", n)
	}
	l.expect(l.run(Options{}), 0, 0, 0, 2, 0)
	l.run(Options{Force: true})
	if n := l.lines(); n != 3 {
		t.Errorf("%d lines after both were learnt again", n)
	}
}

// A film that is moved on without its subtitles keeps what was read of them.
func TestIngestKeepsTheSubtitlesThatStayBehind(t *testing.T) {
	l := newLibrary(t, "Kite - 01.mkv")
	l.put("Kite - 01.pl.srt", "1\n00:00:01,100 --> 00:00:01,900\nWracamy do domu\n")
	l.run(Options{})
	if err := os.Rename(filepath.Join(l.dir, "Kite - 01.mkv"), filepath.Join(l.dir, "Moved - 01.mkv")); err != nil {
		t.Fatal(err)
	}
	l.expect(l.run(Options{}), 0, 0, 1, 0, 0)
	l.expect(l.run(Options{}), 0, 0, 0, 1, 0)
	if n := l.lines(); n != 2 {
		t.Errorf("%d lines of the film and of the file that stayed behind", n)
	}
}

func TestIngestFindsSubtitlesElsewhere(t *testing.T) {
	l := newLibrary(t, "Kite - 01.mkv", "Kite - 02.mkv")
	line := "1\n00:00:01,100 --> 00:00:01,900\nWracamy do domu\n"
	if err := os.MkdirAll(filepath.Join(l.dir, "Subs", "Kite - 01"), 0o755); err != nil {
		t.Fatal(err)
	}
	l.put("Subs/Kite - 01/2_Polish.srt", line)
	elsewhere := t.TempDir()
	if err := os.WriteFile(filepath.Join(elsewhere, "Kite - 02.pl.srt"), []byte(line), 0o644); err != nil {
		t.Fatal(err)
	}
	l.run(Options{Subs: []string{elsewhere}, SubsOffset: -timecode.Second / 2})
	for _, e := range l.episodes() {
		lines, err := l.cat.Lines(t.Context(), e.ID)
		if err != nil || len(lines) != 2 || lines[1].Lang != "pl" || lines[1].Start != 600_000 {
			t.Errorf("%s: %v, %+v", e.Path, err, lines)
		}
	}
}

func TestSidecarsAreMovedToFitTheFilm(t *testing.T) {
	var inside, beside []subtitles.Line
	at := timecode.Time(0)
	for i := range timecode.Time(60) {
		at += 2*timecode.Second + i*i*i*7919%5_000_000
		inside = append(inside, subtitles.Line{Start: at, End: at + timecode.Second, Text: "x", Kind: subtitles.Dialogue})
		beside = append(beside, subtitles.Line{Start: at + 5*timecode.Second, End: at + 6*timecode.Second, Text: "y", Kind: subtitles.Dialogue})
	}
	film := &analysis.Analysis{Tracks: []analysis.Track{{}, {Lines: inside}}}
	r := &run{}
	if c := r.clock(analysis.Track{Lines: beside}, film); c != (subtitles.Clock{By: -5 * timecode.Second}) {
		t.Errorf("moved by %v", c)
	}
	if c := r.clock(analysis.Track{Lines: inside}, film); c != (subtitles.Clock{}) {
		t.Errorf("what fits was moved by %v", c)
	}
	if c := r.clock(analysis.Track{Lines: beside}, &analysis.Analysis{}); c != (subtitles.Clock{}) {
		t.Errorf("moved by %v to fit nothing", c)
	}
	if got := subtitles.Shift([]subtitles.Line{{Start: 0, End: 5}, {Start: 3, End: 20}}, -10); len(got) != 1 || got[0].Start != 0 || got[0].End != 10 {
		t.Errorf("%+v", got)
	}
}
