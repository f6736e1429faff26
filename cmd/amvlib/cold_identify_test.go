package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// BenchmarkColdIdentify runs the whole program anew to look a picture up in a library of 1,000,000 hashes, without decoding films:
// by the clock, and processor time.
func BenchmarkColdIdentify(b *testing.B) {
	dir, shown := b.TempDir(), filepath.Join(b.TempDir(), "shown.png")
	growHashes(b, dir, 87, 5760, waves(b, shown))
	ask := func() (wall, spent time.Duration) {
		cmd := exec.Command(os.Args[0], "--library", dir, "identify", "--fast", "--json", shown)
		cmd.Args[0] = "amvlib"
		began := time.Now()
		out, err := cmd.CombinedOutput()
		if err != nil || !bytes.Contains(out, []byte(`"episode_id"`)) {
			b.Fatalf("%v: %s", err, out)
		}
		return time.Since(began), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	ask() // makes the table
	var walls, spents []time.Duration
	for b.Loop() {
		wall, spent := ask()
		walls, spents = append(walls, wall), append(spents, spent)
	}
	slices.Sort(walls)
	slices.Sort(spents)
	b.ReportMetric(milliseconds(walls[len(walls)/2]), "p50-ms")
	b.ReportMetric(milliseconds(spents[len(spents)/2]), "cpu-p50-ms")
}

// waves draws soft waves.
func waves(b *testing.B, path string) *image.Gray {
	b.Helper()
	img := image.NewGray(image.Rect(0, 0, media.Width, media.Height))
	for y := range media.Height {
		for x := range media.Width {
			img.Pix[y*img.Stride+x] = byte(128 + 60*math.Sin(float64(x)/23+math.Sin(float64(y)/17)) + 50*math.Sin(float64(y)/31+float64(x)/90))
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	return img
}

// growHashes makes a library of episodes with so many samples each, of two hashes. The first shows a picture for some seconds.
func growHashes(b *testing.B, dir string, episodes, samples int, shown *image.Gray) {
	b.Helper()
	cat, err := catalog.Open(context.Background(), dir, catalog.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer cat.Close()
	hash, variance, err := phash.Of(phash.Gray64(shown.Pix, shown.Stride, media.Width, media.Height))
	if err != nil {
		b.Fatal(err)
	}
	var still bytes.Buffer
	if err := jpeg.Encode(&still, shown, nil); err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for n := range episodes {
		a := wandering(r, samples)
		if n == 0 {
			for i := 400; i < 440; i++ {
				a.Samples[i].Hash, a.Samples[i].Variance = hash, variance
				if i%4 == 0 {
					a.Stills = append(a.Stills, analysis.Still{Frame: a.Samples[i].Frame, JPEG: still.Bytes()})
				}
			}
		}
		in := catalog.Ingested{Key: catalog.Key(fmt.Sprint(n)), Path: filepath.Join(dir, fmt.Sprintf("Show - %03d.mkv", n)), Size: 1,
			Modified: time.Unix(1, 0), Name: catalog.Name{Source: "Show", Number: fmt.Sprint(n)}, Analysis: a}
		if _, err := cat.Commit(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}

// wandering is an episode whose hashes turn a bit at a time, and anew with each shot of three seconds.
func wandering(r *rand.Rand, samples int) *analysis.Analysis {
	a := &analysis.Analysis{Rate: timecode.Cinema, Info: media.Info{Container: "matroska,webm", Video: &media.Video{Width: 1920, Height: 1080}}}
	span := timecode.Span{Out: int64(6 * samples)}
	at := timecode.Range{End: timecode.Cinema.At(span.Out)}
	a.Shots = []analysis.Shot{{Shot: shotdetect.Shot{Span: span, Clean: span}, Range: at}}
	for f := range span.Out {
		a.Times, a.Scores = append(a.Times, timecode.Cinema.At(f)), append(a.Scores, 0)
	}
	var whole, centre phash.Hash
	for i := range samples {
		if i%12 == 0 {
			whole, centre = phash.Hash(r.Uint64()), phash.Hash(r.Uint64())
		}
		whole, centre = whole^1<<r.IntN(64), centre^1<<r.IntN(64)
		a.Samples = append(a.Samples, analysis.Sample{Frame: int64(6 * i), Hash: whole, Centre: centre, Variance: 900})
	}
	return a
}
