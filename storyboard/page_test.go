package storyboard

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/page"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

var (
	update  = flag.Bool("update", false, "write the golden files anew")
	pageOut = flag.String("page", "", "write the sample page to this file, to look at it")
)

func samplePage(t *testing.T) string {
	t.Helper()
	song, lyrics := sampleSong()
	f := sampleLibrary()
	b, err := Planner{f, f}.Plan(t.Context(), song, lyrics, Options{Spread: true})
	if err != nil {
		t.Fatal(err)
	}
	return render(t, b, drawnPictures{})
}

func render(t *testing.T, b *Storyboard, p Pictures) string {
	t.Helper()
	var out bytes.Buffer
	if err := Page(t.Context(), &out, b, p); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPageStandsAlone(t *testing.T) {
	html := samplePage(t)
	if *pageOut != "" {
		if err := os.WriteFile(*pageOut, []byte(html), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, bad := range []string{"http://", "https://", "/anime/", "ZgotmplZ", "D:\\", "<no value>", "%!"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
	for _, link := range regexp.MustCompile(`(?:src|href)="([^"]{0,20})`).FindAllStringSubmatch(html, -1) {
		if !strings.HasPrefix(link[1], "data:image/jpeg;") && !strings.HasPrefix(link[1], "#") {
			t.Errorf("the page refers to %q", link[1])
		}
	}
	for _, img := range regexp.MustCompile(`<img [^>]*>`).FindAllString(html, -1) {
		if !strings.Contains(img, `alt="Shot `) {
			t.Errorf("a picture without a text: %.60s", img[len(img)-60:])
		}
	}
	for _, id := range regexp.MustCompile(`href="#(\w+)"`).FindAllStringSubmatch(html, -1) {
		if strings.Count(html, `id="`+id[1]+`"`) != 1 {
			t.Errorf("the link to %s leads nowhere", id[1])
		}
	}
}

// TestPolicyAllowsTheScript holds that what the page runs is what its policy names, byte by byte.
func TestPolicyAllowsTheScript(t *testing.T) {
	html := render(t, fragmentBoard(), nil)
	if _, rest, _ := strings.Cut(html, "<script>"); !strings.HasPrefix(rest, page.CopyScript()+"</script>") {
		t.Error("the script was changed on its way into the page")
	}
	m := regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(html)
	if m == nil || strings.ReplaceAll(strings.ReplaceAll(m[1], "&#39;", "'"), "&#43;", "+") != page.Policy(page.CopyScript()) {
		t.Errorf("policy %q", m)
	}
	if strings.Count(html, "<script") != 1 || strings.Contains(html, " onclick") {
		t.Error("the page runs more than its script")
	}
}

func fragment() sectionView {
	v := &viewer{ctx: context.Background(), board: fragmentBoard(), colours: colours(fragmentBoard())}
	return v.section(0)
}

func fragmentBoard() *Storyboard {
	e := &catalog.Episode{ID: 1, Rate: timecode.Film, Frames: 40_000, Name: catalog.Name{Source: "Paper Lanterns", Season: 2, Number: "7.5"}}
	h := search.Hit{Episode: e, Marks: []search.Mark{{Start: 10, End: 14}}, Why: []search.Reason{{Kind: "word", Text: "rain"}}}
	h.Line = &catalog.Line{Line: subtitles.Line{Text: "It's only rain.\nIt will stop."}}
	h.Shot.Number, h.Shot.Clean = 12, timecode.Span{In: 1000, Out: 1100}
	other := h
	other.Shot.Number, other.Shot.Clean = 40, timecode.Span{In: 4000, Out: 4024}
	return &Storyboard{Rate: timecode.Film, Frames: 96, Sections: []Section{{
		Line: &subtitles.Line{Start: 500_000, Text: "Rain on the window"}, Record: timecode.Span{In: 12, Out: 96},
		Scenes: []Scene{{Hit: h, Origin: Words, Why: "shares rain",
			Source: timecode.Span{In: 1010, Out: 1070}, Record: timecode.Span{In: 12, Out: 72}}},
		Runners: []search.Hit{other},
	}}}
}

func TestSectionGolden(t *testing.T) {
	var out bytes.Buffer
	if err := layout.ExecuteTemplate(&out, "section", fragment()); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/section.html"
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("the section became\n%s", got)
	}
}

func TestHostileNamesStayText(t *testing.T) {
	const evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>\u202Egnp.\u2066\x00\x1b[31m</style>javascript:alert(3)"
	b := fragmentBoard()
	b.Song = Song{Path: "/x/" + evil, Title: evil, Artist: evil}
	b.Notes = []string{evil}
	s := &b.Sections[0]
	s.Line.Text = evil
	e := s.Scenes[0].Hit.Episode
	e.Name = catalog.Name{Source: evil, Number: evil}
	s.Scenes[0].Hit.Line.Text, s.Scenes[0].Why = evil, evil
	s.Runners[0].Why = []search.Reason{{Kind: "word", Text: evil}}
	html := render(t, b, nil)
	for _, bad := range []string{"<script>alert", "<img src=x", "\u202E", "\u2066", "\x00", "\x1b", "\"'>", "</style>javascript"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
	if strings.Count(html, "&lt;script&gt;alert(1)") < 8 {
		t.Error("the names are gone from the page instead of being escaped")
	}
}

func TestQuotePassesBadMarksOver(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		marks []search.Mark
		want  string
	}{
		"plain":         {"the rain", []search.Mark{{Start: 4, End: 8}}, "the [rain]"},
		"two":           {"rain, rain", []search.Mark{{Start: 0, End: 4}, {Start: 6, End: 10}}, "[rain], [rain]"},
		"outside":       {"rain", []search.Mark{{Start: 2, End: 99}, {Start: -3, End: 2}, {Start: 3, End: 1}}, "rain"},
		"overlapping":   {"rain", []search.Mark{{Start: 0, End: 3}, {Start: 2, End: 4}}, "[rai]n"},
		"half a letter": {"żar", []search.Mark{{Start: 1, End: 3}}, "żar"},
		"none":          {"", nil, ""},
		"long":          {strings.Repeat("ab ", 200), []search.Mark{{Start: 400, End: 402}}, strings.Repeat("ab ", 100) + "…"},
	} {
		var got strings.Builder
		for _, p := range quote(c.text, c.marks) {
			if p.Marked {
				p.Text = "[" + p.Text + "]"
			}
			got.WriteString(p.Text)
		}
		if got.String() != c.want {
			t.Errorf("%s: %q, want %q", name, got.String(), c.want)
		}
	}
}

type brokenPictures struct{ data []byte }

func (b brokenPictures) Thumb(context.Context, int64, int) ([]byte, error) {
	if b.data == nil {
		return nil, errors.New("disk on fire")
	}
	return b.data, nil
}

func TestMissingPicturesAreTold(t *testing.T) {
	for want, p := range map[string]brokenPictures{"disk on fire": {}, "neither JPEG nor PNG": {[]byte("<svg onload=alert(1)>")}} {
		html := render(t, fragmentBoard(), p)
		if !strings.Contains(html, "2 pictures are missing: "+want) || strings.Contains(html, "<img") {
			t.Errorf("the page does not say %q", want)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestPageErrors(t *testing.T) {
	if err := Page(t.Context(), brokenWriter{}, fragmentBoard(), nil); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("a full disk: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Page(ctx, brokenWriter{}, fragmentBoard(), drawnPictures{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
