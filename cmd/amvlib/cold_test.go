package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// BenchmarkColdSearch runs the whole program anew for every search of a library of 500 episodes with 350 lines each, by words and by meaning,
// and beside it, in turns, the program that only prints its version: what starting costs.
func BenchmarkColdSearch(b *testing.B) {
	dir := drawnLibrary(b, 500)
	var searches, starts []time.Duration
	for b.Loop() {
		for _, ask := range []string{"w900", "w0", "w3 w40", `"w1 w2"`, "w2 -w0", "hold me until the rain ends", "you know w1", "nie pozwól mi odejść"} {
			searches = append(searches, timeProgram(b, "search", "--library", dir, "--json", ask))
			starts = append(starts, timeProgram(b, "--version"))
		}
	}
	slices.Sort(searches)
	slices.Sort(starts)
	b.ReportMetric(milliseconds(searches[len(searches)/2]), "search-p50-ms")
	b.ReportMetric(milliseconds(searches[len(searches)*95/100]), "search-p95-ms")
	b.ReportMetric(milliseconds(starts[len(starts)/2]), "start-p50-ms")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// timeProgram runs this test's own binary, which is amvlib when it is called so.
func timeProgram(b *testing.B, args ...string) time.Duration {
	b.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Args[0] = "amvlib"
	began := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return time.Since(began)
}

func grow(b *testing.B, dir string, episodes, lines int) {
	b.Helper()
	cat, err := catalog.Open(context.Background(), dir, catalog.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer cat.Close()
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.15, 4, 30000)
	for n := range episodes {
		in := catalog.Ingested{
			Key: catalog.Key(fmt.Sprint(n)), Path: filepath.Join(dir, fmt.Sprintf("Show - %03d.mkv", n)), Size: 1, Modified: time.Unix(1, 0),
			Name: catalog.Name{Source: "Show", Number: fmt.Sprint(n)}, Analysis: spoken(r, zipf, int64(lines)),
		}
		if _, err := cat.Commit(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}

// spoken is an episode of four-second shots with a line in each.
func spoken(r *rand.Rand, zipf *rand.Zipf, lines int64) *analysis.Analysis {
	a := &analysis.Analysis{Rate: timecode.Cinema, Info: media.Info{Container: "matroska,webm", Video: &media.Video{Width: 1920, Height: 1080}}}
	track := analysis.Track{TextTrack: media.TextTrack{Stream: 1, Codec: "ass", Format: "ass", Language: "eng"}}
	for i := range lines {
		span := timecode.Span{In: 96 * i, Out: 96 * (i + 1)}
		at := timecode.Range{Start: timecode.Cinema.At(span.In), End: timecode.Cinema.At(span.Out)}
		a.Shots = append(a.Shots, analysis.Shot{Shot: shotdetect.Shot{Span: span, Clean: span}, Range: at, Keyframe: span.In, KeyTime: at.Start})
		track.Lines = append(track.Lines, subtitles.Line{Start: at.Start, End: at.End, Text: saying(r, zipf), Lang: "en", Kind: subtitles.Dialogue})
		for f := span.In; f < span.Out; f++ {
			a.Times, a.Scores = append(a.Times, timecode.Cinema.At(f)), append(a.Scores, 0)
		}
	}
	a.Tracks = []analysis.Track{track}
	return a
}

func saying(r *rand.Rand, zipf *rand.Zipf) string {
	words := []string{"you", "know"}
	for range 2 + r.IntN(8) {
		words = append(words, fmt.Sprintf("w%d", zipf.Uint64()))
	}
	return strings.Join(words, " ")
}
