package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/page"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

type pictures map[int]string

func (p pictures) Thumb(_ context.Context, _ int64, number int) ([]byte, error) {
	if data, ok := p[number]; ok {
		return []byte(data), nil
	}
	return nil, errors.New("no picture")
}

func hit(number int, source, text string) search.Hit {
	h := search.Hit{Episode: &catalog.Episode{ID: 3, Path: "/anime/secret/film.mkv", Name: catalog.Name{Source: source, Number: "7"}, Rate: timecode.Cinema}}
	h.Shot.Episode, h.Shot.Number = 3, number
	h.Shot.Clean = timecode.Span{In: 240, Out: 288}
	h.Shot.Range = timecode.Range{Start: 10 * timecode.Second, End: 12 * timecode.Second}
	if text != "" {
		h.Line = &catalog.Line{}
		h.Line.Text = text
		h.Why = []search.Reason{{Kind: "word", Text: text[:4], Score: 2}}
		h.Score, h.Marks = 2, []search.Mark{{Start: 0, End: 4}}
	}
	return h
}

func render(t *testing.T, s Sheet) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(t.Context(), &out, s, pictures{1: "\xff\xd8\xff\xe0 a jpeg", 2: "GIF89a no picture for a page"}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>` + "\x1b]0;\u202e"

func TestNothingGetsOut(t *testing.T) {
	h := hit(1, evil, "rain"+evil)
	h.Said = catalog.Remarks{Tags: []string{evil}, Note: evil, Rating: 3}
	other := hit(2, evil, "")
	h.Also = []search.Also{{Episode: other.Episode, Shot: other.Shot, Same: search.SamePicture}}
	html := render(t, Sheet{Title: evil, Groups: []Group{{At: "0:01", Text: evil, Hits: []search.Hit{h, other}}, {Text: "none", Trouble: evil}}})
	for _, bad := range []string{"<script>alert", "<img src=x", "onerror=alert(1)>\x1b", "\u202e", "\x1b", "/anime/", "http://", "https://", "ZgotmplZ", "<no value>", "%!"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
	for _, link := range regexp.MustCompile(`(?:src|href)="([^"]{0,20})`).FindAllStringSubmatch(html, -1) {
		if !strings.HasPrefix(link[1], "data:image/jpeg;") && !strings.HasPrefix(link[1], "#") {
			t.Errorf("the page refers to %q", link[1])
		}
	}
	for _, want := range []string{"1 pictures are missing.", "no picture", "also in ", "★★★", `data-copy="3:1"`, "prefers-color-scheme: dark", "ArrowRight"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
}

// TestThePolicyIsThatOfTheScript: a page whose script the browser refuses copies nothing.
func TestThePolicyIsThatOfTheScript(t *testing.T) {
	html := render(t, Sheet{Title: "rain", Groups: []Group{{Hits: []search.Hit{hit(1, "Kite", "rain")}}}})
	_, rest, _ := strings.Cut(html, "<script>")
	script, _, ok := strings.Cut(rest, "</script>")
	if want := page.Policy(script); !ok || !strings.Contains(html, strings.NewReplacer("'", "&#39;", "+", "&#43;").Replace(want)) {
		t.Errorf("the page does not have %s", want)
	}
}

func TestWhatACardSays(t *testing.T) {
	html := render(t, Sheet{Title: "rain", Groups: []Group{{Hits: []search.Hit{hit(1, "Kite Season", "rain again")}}}})
	for _, want := range []string{"<mark>rain</mark> again", "0:10.000 – 0:12.000", "frames 240 to 287", `data-copy="Kite Season 07 00:00:10:00"`, "2.00: word rain 2.00"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not have %q in\n%s", want, html[strings.Index(html, "<main"):])
		}
	}
	if strings.Contains(html, `<section id="`) || strings.Contains(html, "<nav") {
		t.Error("one question has headings")
	}
	if html := render(t, Sheet{Title: "rain", Groups: []Group{{}}}); !strings.Contains(html, "Nothing found.") {
		t.Error("nothing is said where there is nothing")
	}
}

func TestErrorsOfTheWriter(t *testing.T) {
	if err := Write(t.Context(), broken{}, Sheet{}, nil); err == nil {
		t.Error("no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Write(ctx, &bytes.Buffer{}, Sheet{}, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, fmt.Errorf("full") }
