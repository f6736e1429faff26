package main

import (
	"context"
	"errors"
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
// are looked through, both become one list, and hits are read with their reasons. Questions of "en" and "pl" come again and again, those of
// "new" once. Beside the time: the processor's, which other programs do not lengthen; that as so many times what embedding the question takes
// alone; and what of the machine's memory the program holds then, in which the files that it maps are counted.
func BenchmarkWholeQuery(b *testing.B) {
	for _, episodes := range []int{500, 2860} {
		b.Run(fmt.Sprintf("%dlines", episodes*350), func(b *testing.B) {
			s, models, shut := openDrawn(b, drawnLibrary(b, episodes))
			defer shut()
			for _, q := range []search.Query{{Text: "w900 until the rain ends"}, {Text: "czekam aż przestanie padać"}} { // all is read once
				if _, err := s.Search(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
			for _, of := range []struct {
				name  string
				texts []string
			}{
				{"en", []string{"Hold me until the rain ends and w7 comes", "never w40 me go", "w3 w900", "you know w1", "furious"}},
				{"pl", []string{"Trzymaj mnie aż skończy się deszcz", "nie pozwól mi w40 odejść", "tęsknota"}},
				{"new", sayings(100)},
			} {
				b.Run(of.name, func(b *testing.B) { askWhole(b, s, models, of.texts) })
			}
		})
	}
}

// sayings are as lines are, each with words that no question had before.
func sayings(n int) (all []string) {
	r := rand.New(rand.NewPCG(3, 4))
	zipf := rand.NewZipf(r, 1.15, 4, 30000)
	for range n {
		all = append(all, saying(r, zipf))
	}
	return all
}

// askWhole asks in turns for answers, and for what embedding the question takes alone: a measure that is of the same machine at the same time.
func askWhole(b *testing.B, s *search.Searcher, models *meaning.Models, texts []string) {
	var took, worked, embedding []time.Duration
	for b.Loop() {
		for _, text := range texts {
			began, before := time.Now(), processor()
			hits, err := s.Search(b.Context(), search.Query{Text: text, Any: true, Fold: true})
			took, worked = append(took, time.Since(began)), append(worked, processor()-before)
			if err != nil || len(hits) > 0 && len(hits[0].Why) == 0 { // to drawn vectors little is near
				b.Fatal(len(hits), err)
			}
			before = processor()
			if _, err := models.Query(text, "en"); err != nil {
				b.Fatal(err)
			}
			embedding = append(embedding, processor()-before)
		}
	}
	for _, all := range [][]time.Duration{took, worked, embedding} {
		slices.Sort(all)
	}
	b.ReportMetric(milliseconds(took[len(took)/2]), "p50-ms")
	b.ReportMetric(milliseconds(took[len(took)*95/100]), "p95-ms")
	b.ReportMetric(milliseconds(worked[len(worked)/2]), "p50-cpu-ms")
	b.ReportMetric(milliseconds(worked[len(worked)*95/100]), "p95-cpu-ms")
	if e := embedding[len(embedding)/2]; e > 0 {
		b.ReportMetric(float64(worked[len(worked)*95/100])/float64(e), "p95-embeddings")
	}
	b.ReportMetric(resident(), "resident-MB")
}

// drawnEdition counts up whenever grow or drawnModels would make another library.
const drawnEdition = 1

// kept is a folder under the project's .cache, where what takes minutes to draw outlives a run, and tells whether it was drawn whole before.
func kept(b *testing.B, name string, draw func(dir string)) string {
	b.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", ".cache", "bench", name))
	if err != nil {
		b.Fatal(err)
	}
	whole := filepath.Join(dir, "whole")
	if _, err := os.Stat(whole); err == nil {
		return dir
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		b.Fatal(err)
	}
	draw(dir)
	if err := os.WriteFile(whole, nil, 0o644); err != nil {
		b.Fatal(err)
	}
	return dir
}

// drawnLibrary is a library on disk with an index, of which the vectors are drawn: to embed a million lines would take hours.
func drawnLibrary(b *testing.B, episodes int) (dir string) {
	b.Helper()
	return kept(b, fmt.Sprintf("whole-%d-%d", episodes, drawnEdition), func(dir string) {
		grow(b, dir, episodes, 350)
		_, _, shut := openDrawn(b, dir)
		shut()
	})
}

// openDrawn opens what a search asks, and makes what is missing of it.
func openDrawn(b *testing.B, dir string) (s *search.Searcher, models *meaning.Models, shut func()) {
	b.Helper()
	cat, err := catalog.Open(b.Context(), dir, catalog.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	ix, err := index.Open(b.Context(), filepath.Join(dir, "index"), cat, index.Options{})
	if err != nil {
		b.Fatal(err)
	}
	if models, err = meaning.Open(); err != nil {
		b.Fatal(err)
	}
	view, err := vectors.Open(b.Context(), filepath.Join(dir, "vectors"), cat, drawnModels{models}, vectors.Options{})
	if err == nil {
		err = view.CatchUp(b.Context(), vectors.Effort{})
	}
	if err != nil {
		b.Fatal(err)
	}
	s = search.New(cat, ix)
	s.Understand(models, view)
	return s, models, func() {
		if err := errors.Join(view.Close(), ix.Close(), cat.Close()); err != nil {
			b.Fatal(err)
		}
	}
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
