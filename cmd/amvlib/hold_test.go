package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/ingest"
)

// deed is a command that writes: into the library, or to a file of its own.
type deed struct {
	name   string
	args   []string // LIB, OUT, WORK stand for folders
	spoil  string   // SQL that gives it something to do
	out    string   // the file that it writes, in OUT; empty where it writes into the library
	ffmpeg bool
	reads  bool // it only catches up with the index, which has other places to be
	makes  bool // it makes a library where there is none
}

var deeds = []deed{
	{name: "tag", args: []string{"tag", "1:2", "rain"}},
	{name: "tag many", args: []string{"tag", "1", "rain"}},
	{name: "note", args: []string{"note", "1:2", strings.Repeat("long ", 2000)}},
	{name: "rate", args: []string{"rate", "1:2", "4"}},
	{name: "clips new", args: []string{"clips", "new", "chorus"}},
	{name: "clips add", args: []string{"clips", "add", "verse", "1:1", "2:3"}},
	{name: "fix source", args: []string{"fix", "source", "1", "--title", "Kites"}},
	{name: "fix undo", args: []string{"fix", "undo"}},
	{name: "check --repair", args: []string{"check", "--repair"}, spoil: "UPDATE line SET shot = 999; UPDATE episode SET lines = 1"},
	{name: "restore", args: []string{"restore", "WORK/backup.db", "--yes"}, makes: true},
	{name: "ingest a moved film", args: []string{"ingest", "WORK/moved"}, ffmpeg: true, makes: true},
	{name: "reindex", args: []string{"reindex"}, reads: true},
	{name: "search what is new", args: []string{"search", "know"}, spoil: "DELETE FROM history; UPDATE library SET generation = generation + 1", reads: true},
	{name: "backup", args: []string{"backup", "OUT/b.db"}, out: "b.db"},
	{name: "export", args: []string{"export", "1:1", "1:2", "-o", "OUT/cut.otio"}, out: "cut.otio"},
	{name: "match", args: []string{"match", "WORK/song.wav", "--lyrics", "WORK/song.lrc", "-o", "OUT/amv.xml"}, out: "amv.xml", ffmpeg: true},
	{name: "match --html", args: []string{"match", "WORK/song.wav", "--lyrics", "WORK/song.lrc", "--html", "OUT/amv.html"}, out: "amv.html", ffmpeg: true},
}

// house is a sound library with what deeds need, kept aside to begin each time anew.
type house struct {
	t    *testing.T
	work string // what is only read
	lib  string
	out  string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	for _, name := range []string{"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	h := &house{t: t, work: t.TempDir()}
	h.lib = filepath.Join(h.work, "library")
	h.films()
	h.song()
	h.do("clips", "new", "verse")
	h.do("search", "know")
	h.do("backup", filepath.Join(h.work, "backup.db"))
	h.out = t.TempDir()
	return h
}

// films are two episodes, and a copy of the first that was not ingested yet.
func (h *house) films() {
	cat, err := catalog.Open(h.t.Context(), h.lib, catalog.Options{})
	h.must(err)
	defer cat.Close()
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.15, 4, 30000)
	for i, name := range []string{"Kite - 01.mkv", "Kite - 02.mkv"} {
		path := filepath.Join(h.work, name)
		h.must(os.WriteFile(path, []byte(name), 0o600))
		key, err := ingest.KeyOf(path)
		h.must(err)
		info, err := os.Stat(path)
		h.must(err)
		a := spoken(r, zipf, 40)
		a.Versions = analysis.Current
		for k := range a.Shots {
			a.Shots[k].Thumb = []byte("a picture")
		}
		_, err = cat.Commit(h.t.Context(), catalog.Ingested{Key: key, Path: path, Size: info.Size(), Modified: info.ModTime().Truncate(time.Microsecond),
			Name: catalog.Name{Source: "Kite", Number: fmt.Sprint(i + 1)}, Analysis: a})
		h.must(err)
	}
	h.must(os.Mkdir(filepath.Join(h.work, "moved"), 0o700))
	h.must(os.WriteFile(filepath.Join(h.work, "moved", "Kite - 1.mkv"), []byte("Kite - 01.mkv"), 0o600))
}

// song is two seconds of silence with a line of text.
func (h *house) song() {
	const rate, bytes = 8000, 2 * 8000
	wav := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00")
	binary.LittleEndian.PutUint32(wav[4:], 36+bytes)
	for _, v := range []uint32{rate, rate, 1 | 8<<16} {
		wav = binary.LittleEndian.AppendUint32(wav, v)
	}
	wav = binary.LittleEndian.AppendUint32(append(wav, "data"...), bytes)
	h.must(os.WriteFile(filepath.Join(h.work, "song.wav"), append(wav, make([]byte, bytes)...), 0o600))
	h.must(os.WriteFile(filepath.Join(h.work, "song.lrc"), []byte("[00:00.10]you know w1\n[00:01.00]know you\n"), 0o600))
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// program runs amvlib in this process.
func (h *house) program(lib string, args ...string) (code int, out, errOut string) {
	var data, said bytes.Buffer
	args = append([]string{"amvlib", args[0], "--library", lib}, args[1:]...)
	code = run(h.t.Context(), args, strings.NewReader(""), &data, &said)
	return code, data.String(), said.String()
}

func (h *house) do(args ...string) {
	h.t.Helper()
	if code, out, said := h.program(h.lib, args...); code != 0 {
		h.t.Fatalf("%v ended with %d: %s%s", args, code, out, said)
	}
}

// copyTo lays a fresh copy of the library into dir, spoilt as d wants it.
func (h *house) copyTo(dir string, d deed) {
	h.t.Helper()
	h.must(os.RemoveAll(dir))
	h.must(os.CopyFS(dir, os.DirFS(h.lib)))
	if d.spoil != "" {
		h.must(execSQL(dir, d.spoil))
	}
}

func (h *house) args(d deed) []string {
	fill := strings.NewReplacer("OUT", h.out, "WORK", h.work)
	var args []string
	for _, a := range d.args {
		args = append(args, fill.Replace(a))
	}
	return args
}

// expectSound wants a library in which check finds nothing, or what d was there to mend.
func (h *house) expectSound(lib string, d deed, when string) {
	h.t.Helper()
	if code, out, said := h.program(lib, "check"); code != 0 && d.spoil == "" || code == 3 {
		h.t.Errorf("%s: check ended with %d: %s%s", when, code, out, said)
	}
}

// expectLine wants a failure to be one line of words with a hint, and the right code.
func (h *house) expectLine(d deed, when string, code int, said string, words ...string) {
	h.t.Helper()
	if want := map[bool]int{true: exitInput, false: exitLibrary}[d.out != "" && d.out != "b.db"]; code != want && (d.out != "b.db" || code != exitInput) {
		h.t.Errorf("%s: it ended with %d, not %d: %s", when, code, want, said)
	}
	lines := strings.Split(strings.TrimSuffix(said, "\n"), "\n")
	last := lines[len(lines)-1]
	if strings.Count("\n"+said, "\namvlib: ") != 1 || !strings.HasPrefix(last, "amvlib: ") || !strings.HasSuffix(last, ")") {
		h.t.Errorf("%s: not one line with a hint: %q", when, said)
	}
	for _, w := range words {
		if strings.Contains(last, w) {
			return
		}
	}
	h.t.Errorf("%s: it says none of %q: %s", when, words, last)
}

func (h *house) skipWithout(t *testing.T, d deed) {
	if _, err := ffmpeg.Find(t.Context(), "", ""); d.ffmpeg && err != nil {
		t.Skip("needs ffmpeg:", err)
	}
}

// TestALibraryThatVanishesAtAnyMoment takes the library away while a command is at work. Set AMVLIB_FAULTS for more moments than few.
func TestALibraryThatVanishesAtAnyMoment(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not let go of an open file")
	}
	h := newHouse(t)
	lib, away := filepath.Join(t.TempDir(), "lib"), filepath.Join(t.TempDir(), "away")
	rounds := 3
	if os.Getenv("AMVLIB_FAULTS") != "" {
		rounds = 60
	}
	for _, d := range deeds {
		t.Run(d.name, func(t *testing.T) {
			h.t = t
			h.skipWithout(t, d)
			h.copyTo(lib, d)
			began := time.Now()
			if code, out, said := h.program(lib, h.args(d)...); code != 0 {
				t.Fatalf("undisturbed it ended with %d: %s%s", code, out, said)
			}
			took := time.Since(began)
			vanished := 0
			for range rounds {
				h.must(errors.Join(os.RemoveAll(h.out), os.Mkdir(h.out, 0o700)))
				h.copyTo(lib, d)
				gone := make(chan error)
				after := rand.N(took)
				time.AfterFunc(after, func() { gone <- os.Rename(lib, away) })
				code, _, said := h.program(lib, h.args(d)...)
				h.must(<-gone)
				when := fmt.Sprintf("gone after %v of %v", after, took)
				_, err := os.Lstat(lib)
				begun := !errors.Is(err, os.ErrNotExist) // a library in its place, by who looked there after
				if code != 0 && !begun {
					vanished++
					h.expectGone(d, when, code, said)
				}
				if begun && !d.makes {
					t.Errorf("%s: something was made in its place: %v", when, made(lib))
				}
				h.must(os.RemoveAll(lib))
				h.must(os.Rename(away, lib))
				h.expectSound(lib, d, when)
				h.must(os.RemoveAll(lib))
			}
			t.Logf("%d of %d were stopped", vanished, rounds)
		})
	}
}

// made lists what lies in a folder that nobody should have made.
func made(dir string) (all []string) {
	_ = filepath.WalkDir(dir, func(path string, _ os.DirEntry, _ error) error {
		all = append(all, path)
		return nil
	})
	return all
}

// TestALibraryThatVanishesBeforeItIsUnderstood takes it away between opening it and learning from it: the failure is said once, at the end.
func TestALibraryThatVanishesBeforeItIsUnderstood(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not let go of an open file")
	}
	h := newHouse(t)
	lib := filepath.Join(t.TempDir(), "lib")
	h.must(os.CopyFS(lib, os.DirFS(h.lib)))
	h.must(os.RemoveAll(filepath.Join(lib, "vectors")))
	var said bytes.Buffer
	app := &cli.App{Writer: &said, ErrWriter: &said, Flags: []cli.Flag{&cli.StringFlag{Name: "library"}}, Action: func(c *cli.Context) error {
		cat, _, err := openCatalog(c, true)
		h.must(err)
		defer cat.Close()
		h.must(os.Rename(lib, lib+"-away"))
		return understand(c, cat)
	}}
	if err := app.RunContext(t.Context(), []string{"amvlib", "--library", lib}); !errors.Is(err, catalog.ErrGone) || said.Len() > 0 {
		t.Errorf("it ended with %v and said %q", err, said.String())
	}
}

// expectGone is expectLine for a library that is away: whoever only reads from it may end with what reading gave.
func (h *house) expectGone(d deed, when string, code int, said string) {
	h.t.Helper()
	d.out = ""
	h.expectLine(d, when, code, said, "gone from its place", "there is no library", "no such file")
}
