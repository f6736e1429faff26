package main

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

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/search"
)

// BenchmarkWholeQuery asks libraries of 500 and 2,860 episodes, of 350 English lines each, in process: what is asked is embedded, words and vectors
// are looked through, both become one list, and hits are read with their reasons. Beside the time: what of the machine's memory the program
// holds then, in which the files that it maps are counted.
func BenchmarkWholeQuery(b *testing.B) {
	for _, episodes := range []int{500, 2860} {
		b.Run(fmt.Sprintf("%dlines", episodes*350), func(b *testing.B) {
			s := largeShelf(b, episodes)
			for _, q := range []search.Query{{Text: "w900 until the rain ends"}, {Text: "czekam aż przestanie padać"}} { // all is read once
				if _, err := s.Search(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
			for name, texts := range map[string][]string{
				"en": {"Hold me until the rain ends and w7 comes", "never w40 me go", "w3 w900", "you know w1", "furious"},
				"pl": {"Trzymaj mnie aż skończy się deszcz", "nie pozwól mi w40 odejść", "tęsknota"},
			} {
				b.Run(name, func(b *testing.B) { askWhole(b, s, texts) })
			}
		})
	}
}

func askWhole(b *testing.B, s *search.Searcher, texts []string) {
	var took []time.Duration
	for b.Loop() {
		for _, text := range texts {
			began := time.Now()
			hits, err := s.Search(b.Context(), search.Query{Text: text, Any: true, Fold: true})
			took = append(took, time.Since(began))
			if err != nil || len(hits) > 0 && len(hits[0].Why) == 0 { // to drawn vectors little is near
				b.Fatal(len(hits), err)
			}
		}
	}
	slices.Sort(took)
	b.ReportMetric(milliseconds(took[len(took)/2]), "p50-ms")
	b.ReportMetric(milliseconds(took[len(took)*95/100]), "p95-ms")
	b.ReportMetric(resident(), "resident-MB")
}

// largeShelf is a library on disk, of which the vectors are drawn: to embed a million lines would take hours.
func largeShelf(b *testing.B, episodes int) *search.Searcher {
	b.Helper()
	dir := b.TempDir()
	grow(b, dir, episodes, 350)
	cat, err := catalog.Open(b.Context(), dir, catalog.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { cat.Close() })
	ix, err := index.Open(b.Context(), filepath.Join(dir, "index"), cat, index.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = ix.Close() })
	models, err := meaning.Open()
	if err != nil {
		b.Fatal(err)
	}
	view, err := vectors.Open(b.Context(), filepath.Join(dir, "vectors"), cat, drawnModels{models}, vectors.Options{})
	if err == nil {
		err = view.CatchUp(b.Context(), vectors.Effort{})
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = view.Close() })
	s := search.New(cat, ix)
	s.Understand(models, view)
	return s
}

// drawnModels understand nothing.
type drawnModels struct{ *meaning.Models }

func (drawnModels) Lines(_ context.Context, track []meaning.Line) ([]meaning.Vector, error) {
	out := make([]meaning.Vector, len(track))
	r := rand.New(rand.NewPCG(uint64(len(track)), 1))
	for i := range out {
		for k := range meaning.Size {
			bits := r.Uint32()
			out[i].Any[k], out[i].English[k] = drawnStep(bits), drawnStep(bits>>16)
		}
	}
	return out, nil
}

// drawnStep is from -7 to 7 and mostly small.
func drawnStep(bits uint32) int8 { return int8(bits&7) - int8(bits>>3&7) }

// resident is how many megabytes of memory the process holds, where the system says so.
func resident() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		var kB float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %f kB", &kB); n == 1 {
			return kB / 1024
		}
	}
	return 0
}
