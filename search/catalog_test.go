package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// ingested is an episode at 24 frames a second of shots four seconds long, with a line in each.
func ingested(number int, source string, texts ...string) catalog.Ingested {
	const length = 96
	a := &analysis.Analysis{Rate: timecode.Cinema, Info: media.Info{Container: "matroska,webm"}}
	track := analysis.Track{TextTrack: media.TextTrack{Stream: 1, Codec: "ass", Format: "ass", Language: "en"}}
	for i := range int64(len(texts) * length) {
		a.Times, a.Scores = append(a.Times, timecode.Cinema.At(i)), append(a.Scores, 0)
	}
	for i, text := range texts {
		span := timecode.Span{In: int64(i * length), Out: int64(i+1) * length}
		r := timecode.Range{Start: timecode.Cinema.At(span.In), End: timecode.Cinema.At(span.Out)}
		a.Shots = append(a.Shots, analysis.Shot{Shot: shotdetect.Shot{Span: span, Clean: span}, Range: r, Keyframe: span.In, KeyTime: r.Start})
		at := r.Start + timecode.Second
		track.Lines = append(track.Lines, subtitles.Line{Start: at, End: at + timecode.Second, Text: text, Lang: "en", Kind: subtitles.Dialogue})
	}
	a.Tracks = []analysis.Track{track}
	path := filepath.Join(os.TempDir(), fmt.Sprintf("%s - %02d.mkv", source, number))
	return catalog.Ingested{Key: catalog.Key(fmt.Sprintf("%s-%d", source, number)), Path: path, Size: 1, Modified: time.Unix(1, 0),
		Name: catalog.Name{Source: source, Number: fmt.Sprint(number)}, Analysis: a}
}

func openCatalog(t testing.TB, dir string) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Open(context.Background(), dir, catalog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func commit(t testing.TB, c *catalog.Catalog, in catalog.Ingested) catalog.Episode {
	t.Helper()
	e, err := c.Commit(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// found opens the index, as each command does, and asks.
func found(t testing.TB, c *catalog.Catalog, text string) (out []string) {
	t.Helper()
	ix, err := index.Open(context.Background(), filepath.Join(c.Dir(), "index"), c, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ix.Close() }()
	hits, err := New(c, ix).Search(context.Background(), Query{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		out = append(out, fmt.Sprintf("%s %s/%d %v: %s", h.Episode.Name.Source, h.Episode.Name.Number, h.Shot.Number, h.Shot.Range.Start, h.Line.Text))
	}
	return out
}

func TestOverTheRealCatalog(t *testing.T) {
	c := openCatalog(t, t.TempDir())
	first := commit(t, c, ingested(1, "Popeye", "a sailor", "the rain", "goodbye sailor man"))
	check := func(text string, want ...string) {
		t.Helper()
		if got := found(t, c, text); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	check("sailor", "Popeye 1/1 0:00.000: a sailor", "Popeye 1/3 0:08.000: goodbye sailor man")
	commit(t, c, ingested(2, "Popeye", "sailor rain"))
	check("rain", "Popeye 1/2 0:04.000: the rain", "Popeye 2/1 0:00.000: sailor rain")
	commit(t, c, ingested(1, "Popeye", "no more of it", "sun"))
	check("rain", "Popeye 2/1 0:00.000: sailor rain")
	check("sun", "Popeye 1/2 0:04.000: sun")
	if err := c.Forget(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	check("sun")
}

// BenchmarkCommand does all that the command does from a cold start, over 500 episodes with 350 lines each: it opens catalog and
// index, asks, reads what the hits need and closes.
func BenchmarkCommand(b *testing.B) {
	dir := b.TempDir()
	c := openCatalog(b, dir)
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.15, 4, 30000)
	texts := make([]string, 350)
	for e := range 500 {
		for i := range texts {
			texts[i] = "you know"
			for range 2 + r.IntN(8) {
				texts[i] += fmt.Sprintf(" w%d", zipf.Uint64())
			}
		}
		commit(b, c, ingested(e, "Show", texts...))
	}
	found(b, c, "w1")
	_ = c.Close()
	var took []time.Duration
	for b.Loop() {
		for _, text := range []string{"w900", "w0", "w3 w40", `"w1 w2"`, "w2 -w0", strings.Repeat("you ", 3) + "w10 w5"} {
			started := time.Now()
			c := openCatalog(b, dir)
			found(b, c, text)
			_ = c.Close()
			took = append(took, time.Since(started))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
}

// TestACopyPutBackIsNotTakenForWhatCameAfterIt: both ways go on from the same generation, to the same generation.
func TestACopyPutBackIsNotTakenForWhatCameAfterIt(t *testing.T) {
	dir := t.TempDir()
	c := openCatalog(t, dir)
	commit(t, c, ingested(1, "Popeye", "a sailor"))
	_ = c.Close()
	saved, err := os.ReadFile(filepath.Join(dir, "catalog.db"))
	if err != nil {
		t.Fatal(err)
	}
	c = openCatalog(t, dir)
	commit(t, c, ingested(2, "Popeye", "the rain"))
	found(t, c, "rain")
	_ = c.Close()
	if err := os.WriteFile(filepath.Join(dir, "catalog.db"), saved, 0o600); err != nil {
		t.Fatal(err)
	}
	c = openCatalog(t, dir)
	commit(t, c, ingested(3, "Popeye", "the snow"))
	if got := found(t, c, "snow"); len(got) != 1 {
		t.Errorf("what came after is not found: %q", got)
	}
	if got := found(t, c, "rain"); len(got) != 0 {
		t.Errorf("what is no more is found: %q", got)
	}
}
