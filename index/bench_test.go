package index

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// big is a library of 500 episodes with 350 lines each, indexed once for all benchmarks.
var big = sync.OnceValues(func() (*fake, string) {
	dir, err := os.MkdirTemp("", "amvlib-index")
	if err != nil {
		panic(err)
	}
	f := drawn(500, 350)
	ix, err := Open(context.Background(), dir, f, Options{})
	if err != nil {
		panic(err)
	}
	_ = ix.Close()
	return f, dir
})

func TestMain(m *testing.M) {
	if dir := os.Getenv("AMVLIB_INDEX_CHILD"); dir != "" {
		child(dir)
	}
	code := m.Run()
	if matches, _ := filepath.Glob(filepath.Join(os.TempDir(), "amvlib-index*")); len(matches) > 0 && code == 0 {
		for _, dir := range matches {
			_ = os.RemoveAll(dir)
		}
	}
	os.Exit(code)
}

var asked = []struct {
	name  string
	query Query
}{
	{"rare word", Query{Words: []string{drawnWord(9000)}}},
	{"common word", Query{Words: []string{drawnWord(0)}}},
	{"stop word", Query{Words: []string{"you"}}},
	{"two words", Query{Words: []string{drawnWord(3), drawnWord(40)}}},
	{"phrase", Query{Phrases: []string{drawnWord(1) + " " + drawnWord(2)}}},
	{"common phrase", Query{Phrases: []string{"you and me"}}},
	{"lyric line", Query{Any: true, Words: []string{"I", drawnWord(10), "you", "to", drawnWord(200), "the", drawnWord(77), drawnWord(5)}}},
	{"excluding", Query{Words: []string{drawnWord(2)}, Exclude: []string{drawnWord(0)}}},
	{"japanese", Query{Words: []string{"雨"}}},
	{"26 episodes", Query{Words: []string{drawnWord(0)}, Episodes: numbered(26)}},
	{"long shots", Query{Words: []string{drawnWord(0)}, MinLength: 20 * timecode.Second}},
	{"polish", Query{Words: []string{drawnWord(0)}, Lang: "pl"}},
}

// narrowed are a common word's lines by what filters them: tags, and for the last the key.
var narrowed = []struct {
	name  string
	query Query
}{
	{"unfiltered", Query{Words: []string{drawnWord(0)}}},
	{"songs", Query{Words: []string{drawnWord(0)}, Kind: subtitles.Song}},
	{"dialogue", Query{Words: []string{drawnWord(0)}, Kind: subtitles.Dialogue}},
	{"one speaker", Query{Words: []string{drawnWord(0)}, Speaker: "sora"}},
	{"by key", Query{Words: []string{drawnWord(0)}, MinLength: 20 * timecode.Second}},
	{"a slip", Query{Words: []string{"memroies"}, Like: true}},
	{"a beginning", Query{Words: []string{"kn*"}}},
}

func BenchmarkNarrow(b *testing.B) {
	f, dir := big()
	ix := f.open(b, dir, Options{})
	for _, a := range narrowed {
		b.Run(a.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ix.Find(b.Context(), a.query); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func numbered(n int64) (out []int64) {
	for i := range n {
		out = append(out, i+100)
	}
	return out
}

func BenchmarkFind(b *testing.B) {
	f, dir := big()
	ix := f.open(b, dir, Options{})
	for _, a := range asked {
		b.Run(a.name, func(b *testing.B) {
			var n int
			for b.Loop() {
				m, err := ix.Find(b.Context(), a.query)
				if err != nil {
					b.Fatal(err)
				}
				n = len(m)
			}
			b.ReportMetric(float64(n), "hits")
		})
	}
}

// BenchmarkMix gives the 95th percentile over all kinds of query, which is what a user feels.
func BenchmarkMix(b *testing.B) {
	f, dir := big()
	ix := f.open(b, dir, Options{})
	var took []time.Duration
	for b.Loop() {
		for _, a := range asked {
			started := time.Now()
			if _, err := ix.Find(b.Context(), a.query); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(started))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
}

// BenchmarkOpen opens an index that is up to date and asks it once, as the command does each time.
func BenchmarkOpen(b *testing.B) {
	f, dir := big()
	for b.Loop() {
		ix, err := Open(b.Context(), dir, f, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := ix.Find(b.Context(), asked[6].query); err != nil {
			b.Fatal(err)
		}
		_ = ix.Close()
	}
}

// BenchmarkBuild indexes 50 episodes of 350 lines.
func BenchmarkBuild(b *testing.B) {
	f := drawn(50, 350)
	var size int64
	for n := 0; b.Loop(); n++ {
		dir := filepath.Join(b.TempDir(), strconv.Itoa(n))
		ix, err := Open(b.Context(), dir, f, Options{})
		if err != nil {
			b.Fatal(err)
		}
		_ = ix.Close()
		size = sizeOf(dir)
	}
	b.ReportMetric(float64(size)/50/1000, "kB/episode")
}

// BenchmarkCatchUp takes one new episode into an index of 500.
func BenchmarkCatchUp(b *testing.B) {
	f, dir := big()
	ix := f.open(b, dir, Options{})
	for b.Loop() {
		f.put(1000, "one more line", "and another")
		if err := ix.CatchUp(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func sizeOf(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if info, e := d.Info(); err == nil && e == nil && !d.IsDir() {
			n += info.Size()
		}
		return nil
	})
	return n
}
