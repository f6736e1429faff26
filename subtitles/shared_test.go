package subtitles

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/asticode/go-astisub"

	"github.com/amvlib/amvlib/timecode"
)

// shared is the folder of real footage beside the repository; tests on it are skipped where it is absent.
func shared(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	dir = filepath.Join(dir, "..", "shared", "footage")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no shared footage beside the repository")
	}
	return dir
}

func mustParse(t testing.TB, data, format string) *Document {
	t.Helper()
	doc, err := Parse([]byte(data), format)
	if err != nil {
		t.Fatalf("%v in %.200q", err, data)
	}
	return doc
}

// texts is every line's text, for comparing in one go.
func texts(d *Document) string {
	var s []string
	for _, l := range d.Lines {
		s = append(s, l.Text)
	}
	return strings.Join(s, "|")
}

const ms = timecode.Second / 1000

var naive = map[string]*regexp.Regexp{
	".srt": regexp.MustCompile(`-->`), ".vtt": regexp.MustCompile(`-->`), ".ttml": regexp.MustCompile(`<p `),
	".lrc": regexp.MustCompile(`(?m)^\[\d\d:`), ".elrc": regexp.MustCompile(`(?m)^\[\d\d:`),
	".txt": regexp.MustCompile(`(?m)^(- \d|E\s*$)`),
}

func TestRealFilesAreReadWhole(t *testing.T) {
	root, read := shared(t), 0
	for _, pattern := range []string{"subs/*.*", "subs/*/*.srt", "video/*.srt", "lyrics/*"} {
		files, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			doc := mustParse(t, string(data), FormatOf(f))
			if want := len(naive[filepath.Ext(f)].FindAll(data, -1)); len(doc.Lines) != want || doc.Lost != 0 {
				t.Errorf("%s: %d lines, want %d; lost %v", f, len(doc.Lines), want, doc.Skipped)
			}
			read++
		}
	}
	if read < 19 {
		t.Errorf("only %d files found", read)
	}
}

func TestLanguagesOfRealFiles(t *testing.T) {
	root := shared(t)
	for name, want := range map[string]string{
		"subs/morevna/morevna-ep3-eng.srt": "en", "subs/morevna/morevna-ep3-pol.srt": "pl", "subs/morevna/morevna-ep3-rus.srt": "ru",
		"subs/morevna/morevna-ep3-spa.srt": "es", "subs/pepper-and-carrot/pepper-and-carrot-ep6-fra.srt": "fr",
		"subs/pepper-and-carrot/pepper-and-carrot-ep6-jpn.srt": "ja", "subs/sintel_short.de.vtt": "de", "subs/tears_of_steel.de.srt": "de",
		"lyrics/navidrome_auld-lang-syne.srt": "en", "video/popeye_sindbad_T00-1.pgs.eng.srt": "en",
	} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := Language(mustParse(t, string(data), FormatOf(name)).Lines); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// go-astisub, given a file without faults, is a second opinion on every time.
func TestTimesAgreeWithAstisub(t *testing.T) {
	root := shared(t)
	for _, pattern := range []string{"subs/*.*", "subs/*/*.srt", "lyrics/*.srt", "lyrics/*.ttml"} {
		files, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, f := range files {
			theirs, err := astisub.OpenFile(f)
			if err != nil {
				t.Fatal(err)
			}
			data, _ := os.ReadFile(f)
			ours := mustParse(t, string(data), FormatOf(f))
			if len(ours.Lines) != len(theirs.Items) {
				t.Errorf("%s: %d lines, astisub %d", f, len(ours.Lines), len(theirs.Items))
				continue
			}
			for i, l := range ours.Lines {
				if o := theirs.Items[i]; l.Start != timecode.FromDuration(o.StartAt) || l.End != timecode.FromDuration(o.EndAt) {
					t.Errorf("%s line %d: %v-%v, astisub %v-%v", f, i, l.Start, l.End, o.StartAt, o.EndAt)
				}
			}
		}
	}
}

func readShared(t testing.TB, root, name string) []Line {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return mustParse(t, string(data), FormatOf(name)).Lines
}
