package transformer

import (
	"math/rand/v2"
	"testing"
	"time"
)

// Shapes of the encoders that this is for.
var (
	minilm = Config{Layers: 6, Hidden: 384, Heads: 12, Intermediate: 1536, Positions: 256, Eps: 1e-12}
	e5     = Config{Layers: 12, Hidden: 384, Heads: 12, Intermediate: 1536, Positions: 256, Eps: 1e-12}
)

// subtitles are as many lines as there often are in four minutes, 10 to 14 tokens each.
func subtitles() [][]int32 {
	r, ids := rand.New(rand.NewPCG(1, 1)), make([][]int32, 64)
	for i := range ids {
		ids[i] = sentences(uint64(i), 1, 1, 100)[0]
		for range 9 + r.IntN(5) {
			ids[i] = append(ids[i], r.Int32N(100))
		}
	}
	return ids
}

// BenchmarkEmbed tells lines a second, all at once and one at a time.
func BenchmarkEmbed(b *testing.B) {
	for _, of := range []struct {
		name string
		c    Config
		bits int
	}{{"minilm8", minilm, 8}, {"e5of4", e5, 4}} {
		m, ids := modelOf(b, of.c, drawn(1, of.c, 100, of.bits)), subtitles()
		b.Run(of.name, func(b *testing.B) { embedAll(b, m, ids, len(ids)) })
		b.Run(of.name+"Single", func(b *testing.B) { embedAll(b, m, ids, 1) })
	}
}

// embedAll embeds so many lines at once.
func embedAll(b *testing.B, m *Model, ids [][]int32, count int) {
	for b.Loop() {
		for at := 0; at < len(ids); at += count {
			embedded(b, m, ids[at:at+count])
		}
	}
	b.ReportMetric(float64(b.N*len(ids))/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkNew tells how long a model takes to be ready.
func BenchmarkNew(b *testing.B) {
	w := drawn(1, e5, 100, 4)
	for b.Loop() {
		modelOf(b, e5, w)
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(time.Millisecond), "ms")
}
