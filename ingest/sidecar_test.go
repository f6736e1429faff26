package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/timecode"
)

func TestSidecarsPassOverHiddenFilesAndFolders(t *testing.T) {
	dir := lay(t, "Kite - 01.mkv", "Kite - 01.pl.srt", "Kite - 01.en.srt/x", "Subs/Kite - 01/2_Polish.srt", "Subs/Kite - 01/._2_Polish.srt",
		"Subs/Kite - 01/cover.jpg", "Subs/Kite - 01.de.smi")
	var got []string
	for _, s := range (&run{}).beside(filepath.Join(dir, "Kite - 01.mkv")) {
		rel, _ := filepath.Rel(dir, s.path)
		got = append(got, filepath.ToSlash(rel)+" "+s.track.Language)
	}
	if want := "Kite - 01.pl.srt pl|Subs/Kite - 01.de.smi de|Subs/Kite - 01/2_Polish.srt pl"; strings.Join(got, "|") != want {
		t.Errorf("found %q, want %s", got, want)
	}
}

func TestSidecarsThatAreNoSubtitlesAreSaid(t *testing.T) {
	dir := lay(t, "Kite - 01.mkv", "Kite - 01.pl.srt", "Kite - 01.en.srt", "Kite - 01.de.srt")
	if err := os.Truncate(filepath.Join(dir, "Kite - 01.pl.srt"), largestText+1<<20); err != nil {
		t.Skip("no large files here:", err)
	}
	bad := "1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\n00:00:xx,000 --> 00:00:02,000\ny\n"
	for name, text := range map[string]string{"Kite - 01.en.srt": bad, "Kite - 01.de.srt": bad + "\n3\n00:xx --> 1\nz\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := &run{}
	tracks, notes := r.readSidecars(r.beside(filepath.Join(dir, "Kite - 01.mkv")), &analysis.Analysis{Rate: timecode.Film})
	said := strings.Join(notes, "\n")
	want := []string{"Kite - 01.pl.srt: 65 MB are too much", `Kite - 01.en.srt: line 6: bad time "00:00:xx,000 --> 00:00:02,000"`, "and 1 more"}
	for _, w := range want {
		if strings.Count(said, w) != 1 {
			t.Errorf("%q is not said once in\n%s", w, said)
		}
	}
	if len(tracks) != 2 || len(notes) != 3 {
		t.Errorf("%d tracks, %d notes:\n%s", len(tracks), len(notes), said)
	}
}
