package ffmpeg

import (
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/amvlib/amvlib/proc"
)

// BenchmarkDecode reports the wall time of decoding films against that of plain decodes one after another, as "x-plain": a film
// alone, and four of them two at a time with one thread each. The clip is 1080p H.264 of 30 seconds, looped to one minute.
func BenchmarkDecode(b *testing.B) {
	tool := findTool(b)
	film := filepath.Join(b.TempDir(), "film.mp4")
	clip := shared(b, "bbb_first30s_1080p.mp4")
	if err := tool.Pipe(b.Context(), []string{"-stream_loop", "1", "-i", clip, "-c", "copy", film}, nil); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ films, jobs, threads int }{{1, 1, 0}, {4, 2, 1}} {
		b.Run(strconv.Itoa(c.films)+"films", func(b *testing.B) {
			var plain, ours time.Duration
			for b.Loop() {
				plain += timed(func() { plainDecodes(b, tool, film, c.films) })
				ours += timed(func() { sideBySide(b, tool, film, c.films, c.jobs, Options{Threads: c.threads}) })
			}
			b.ReportMetric(float64(ours)/float64(plain), "x-plain")
		})
	}
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

func plainDecodes(b *testing.B, tool *Tool, film string, count int) {
	for range count {
		if _, err := proc.Run(b.Context(), proc.Command{Path: tool.Path, Args: []string{"-v", "error", "-nostdin", "-i", film, "-map", "0:v:0",
			"-f", "null", "-"}}, 1<<10); err != nil {
			b.Fatal(err)
		}
	}
}

func sideBySide(b *testing.B, tool *Tool, film string, count, jobs int, o Options) {
	var wg sync.WaitGroup
	room := make(chan struct{}, jobs)
	for range count {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			s, err := tool.Open(b.Context(), film, o)
			if err != nil {
				b.Error(err)
				return
			}
			for _, err := range s.Packets(b.Context()) {
				if err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
