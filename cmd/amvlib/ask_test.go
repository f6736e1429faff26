package main

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// toldEpisode is an episode of four-second shots with a picture and a line in each.
func toldEpisode(t *testing.T, number string, texts ...string) catalog.Ingested {
	t.Helper()
	a := &analysis.Analysis{Rate: timecode.Cinema, Info: media.Info{Container: "matroska,webm", Video: &media.Video{Width: 1920, Height: 1080}}}
	track := analysis.Track{TextTrack: media.TextTrack{Stream: 1, Codec: "ass", Format: "ass", Language: "eng"}}
	for i, text := range texts {
		span := timecode.Span{In: int64(96 * i), Out: int64(96 * (i + 1))}
		at := timecode.Range{Start: timecode.Cinema.At(span.In), End: timecode.Cinema.At(span.Out)}
		a.Shots = append(a.Shots, analysis.Shot{Shot: shotdetect.Shot{Span: span, Clean: span}, Range: at, Keyframe: span.In, KeyTime: at.Start, Thumb: thumb(t, i)})
		track.Lines = append(track.Lines, subtitles.Line{Start: at.Start, End: at.End, Text: text, Lang: "en", Kind: subtitles.Dialogue})
		for f := span.In; f < span.Out; f++ {
			a.Times, a.Scores = append(a.Times, timecode.Cinema.At(f)), append(a.Scores, 0)
		}
	}
	a.Tracks = []analysis.Track{track}
	return catalog.Ingested{Key: catalog.Key("told " + number), Path: filepath.Join(t.TempDir(), "Told - "+number+".mkv"), Size: 1, Modified: time.Unix(1, 0),
		Name: catalog.Name{Source: "Told", Number: number}, Analysis: a}
}

func thumb(t *testing.T, i int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 64, 36))
	for k := range 64 * 36 {
		m.SetRGBA(k%64, k/64, color.RGBA{uint8(4 * (k % 64)), uint8(40 * i), 90, 255})
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// tellInto brings episodes into a library, as another program would.
func tellInto(t *testing.T, dir string, all ...catalog.Ingested) {
	t.Helper()
	cat, err := catalog.Open(context.Background(), dir, catalog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer cat.Close()
	for _, in := range all {
		if _, err := cat.Commit(context.Background(), in); err != nil {
			t.Fatal(err)
		}
	}
}

// asked runs the program as it is typed.
func asked(t *testing.T, in string, args ...string) (code int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), append([]string{"amvlib"}, args...), strings.NewReader(in), &o, &e)
	return code, o.String(), e.String()
}

// TestOddQueries: whatever is asked, the answer is sensible, and nothing that would act on the terminal comes back.
func TestOddQueries(t *testing.T) {
	dir := t.TempDir()
	tellInto(t, dir, toldEpisode(t, "1", "The rain will not stop.", "\x1b[31m Snow \x1b[0m and \u202e more \u202c!", "So what is it to you?", "Smile 😀 at me", "שלום חבר"))
	for _, c := range []struct {
		name, text string
		code       int
		out, err   string // what must be there
	}{
		{"empty", "", 2, "", "nothing is asked for"},
		{"blank", " \t ", 2, "", "nothing is asked for"},
		{"punctuation", "?! ...", 2, "", "nothing is asked for"},
		{"long", strings.Repeat("rain ", 20000), 2, "", "too long"},
		{"long, one word", strings.Repeat("r", 100<<10), 2, "", "too long"},
		{"stop words alone", "what is it to you", 0, "1:3", ""},
		{"one stop word", "the", 0, "1:1", ""},
		{"emoji", "😀", 2, "", "nothing is asked for"},
		{"emoji beside a word", "😀 rain", 0, "1:1", ""},
		{"right to left", "שלום", 0, "1:5", ""},
		{"turned round", "\u202erain\u202c", 0, "", ""},
		{"control characters", "ra\x1b[2Jin \x07\x00stop", 0, "", ""},
		{"control characters between words", "rain\x00\x07stop", 0, "1:1", ""},
		{"no UTF-8", "\xff\xfe rain", 0, "1:1", ""},
		{"a language nobody has", "ᚠᚢᚦᚨᚱᚲ", 0, "", "nothing found"},
		{"a language without lines here", "пожалуйста", 0, "", "nothing found"},
		{"hits with escapes in them", "snow", 0, "1:2", ""},
	} {
		code, out, errOut := asked(t, "", "search", "--library", dir, "--", c.text)
		if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(errOut, c.err) {
			t.Errorf("%s: code %d, printed %q, said %.200q", c.name, code, out, errOut)
		}
		harmless(t, c.name, out+errOut)
		if len(errOut) > 400 {
			t.Errorf("%s: said %d bytes", c.name, len(errOut))
		}
		code, out, errOut = asked(t, c.text+"\n", "search", "-", "--library", dir)
		if c.code == 0 && code != 0 {
			t.Errorf("%s, as a line: code %d, said %.200q", c.name, code, errOut)
		}
		harmless(t, c.name+", as a line", out+errOut)
		if len(out) > 8<<10 {
			t.Errorf("%s, as a line: printed %d bytes", c.name, len(out))
		}
		_, out, errOut = asked(t, c.text+"\n:tag "+c.text+"\n:"+c.text+"\n:set\n", "search", "-i", "--library", dir)
		harmless(t, c.name+", typed", out+errOut)
	}
}

// harmless wants no control characters and no turns of direction in what a terminal shows.
func harmless(t *testing.T, name, text string) {
	t.Helper()
	if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && unicode.IsControl(r) || r >= 0x202a && r <= 0x202e }); i >= 0 {
		t.Errorf("%s: %.40q came back", name, text[i:])
	}
}

// TestPicturesInText: only who names a way to write them gets them into a pipe.
func TestPicturesInText(t *testing.T) {
	dir := t.TempDir()
	tellInto(t, dir, toldEpisode(t, "1", "the rain", "the sun"))
	for flag, want := range map[string]string{
		"--pictures=sixel": "\x1bP0;1q\"1;1;", "--pictures=kitty": "\x1b_Ga=T,", "--pictures=iterm": "\x1b]1337;File=inline=1;", "--pictures": "",
	} {
		t.Setenv("TMUX", "")
		code, out, errOut := asked(t, "", "search", "--library", dir, flag, "rain")
		if code != 0 || !strings.Contains(out, want) || want == "" && strings.Contains(out, "\x1b") || errOut != "" || !strings.Contains(out, "rain*") {
			t.Errorf("%s: code %d, printed %.200q, said %q", flag, code, out, errOut)
		}
		code, out, _ = asked(t, "", "search", "--library", dir, flag, "--json", "rain")
		var row struct{ ID string }
		if err := json.Unmarshal([]byte(out), &row); code != 0 || err != nil || row.ID != "1:1" {
			t.Errorf("%s --json: code %d, %v, printed %.200q", flag, code, err, out)
		}
	}
	if code, _, errOut := asked(t, "", "search", "--library", dir, "--pictures=ascii", "rain"); code != 2 || !strings.Contains(errOut, "kitty, iterm or sixel") {
		t.Errorf("--pictures=ascii: code %d, said %q", code, errOut)
	}
}

// TestPageOfHits: the file has all it needs, and is not written over.
func TestPageOfHits(t *testing.T) {
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "hits.html")
	tellInto(t, dir, toldEpisode(t, "1", "the rain", "</blockquote><script>alert(1)</script> sun"))
	code, out, errOut := asked(t, "", "search", "--library", dir, "--html", file, "sun")
	page, err := os.ReadFile(file)
	if code != 0 || out != "" || !strings.Contains(errOut, "wrote ") || err != nil {
		t.Fatalf("code %d, printed %q, said %q, %v", code, out, errOut, err)
	}
	if n := len(regexp.MustCompile(`<img src="data:image/jpeg;base64,[^"]{100,}"`).FindAll(page, -1)); n != 1 || bytes.Contains(page, []byte("<script>alert")) {
		t.Errorf("%d pictures in %.300s", n, page)
	}
	if code, _, errOut = asked(t, "", "search", "--library", dir, "--html", file, "rain"); code != 2 || !strings.Contains(errOut, "--force") {
		t.Errorf("over a file that is there: code %d, said %q", code, errOut)
	}
	code, out, _ = asked(t, "rain\nsun\n-sun\n", "search", "-", "--library", dir, "--html", file, "--force", "--json")
	page, _ = os.ReadFile(file)
	if code != 1 || strings.Count(out, "\n") != 3 || strings.Count(string(page), `<section id="g`) != 3 || !strings.Contains(string(page), "only exclusions") {
		t.Errorf("lines: code %d, printed %.200q", code, out)
	}
}

// TestConversationSeesWhatComesIn: an episode that another program brings in is found by the next question.
func TestConversationSeesWhatComesIn(t *testing.T) {
	dir := t.TempDir()
	tellInto(t, dir, toldEpisode(t, "1", "the rain"))
	in, typed := io.Pipe()
	said, out := io.Pipe()
	done := make(chan int)
	go func() {
		done <- run(t.Context(), []string{"amvlib", "search", "-i", "--json", "--library", dir}, in, out, io.Discard)
		out.Close()
	}()
	answers := json.NewDecoder(said)
	ask := func(text string, want int) {
		t.Helper()
		var a struct{ Hits []struct{ ID string } }
		if _, err := io.WriteString(typed, text+"\n"); err != nil {
			t.Fatal(err)
		}
		if err := answers.Decode(&a); err != nil || len(a.Hits) != want {
			t.Errorf("%s: %d hits, %v", text, len(a.Hits), err)
		}
	}
	ask("snow", 0)
	ask("rain", 1)
	tellInto(t, dir, toldEpisode(t, "2", "the snow", "rain and snow"))
	ask("snow", 2)
	ask("rain", 2)
	typed.Close()
	if code := <-done; code != 0 {
		t.Errorf("ended with %d", code)
	}
}
