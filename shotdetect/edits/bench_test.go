package edits

import "testing"

// BenchmarkWide says what a frame of a widened edit costs, drawn and finished.
func BenchmarkWide(b *testing.B) { benchmark(b, drawnPool.Wide) }

// BenchmarkPlain is the same for the public recipe.
func BenchmarkPlain(b *testing.B) { benchmark(b, drawnPool.Plain) }

func benchmark(b *testing.B, edit func(seed uint64) *Edit) {
	frames, seed := 0, uint64(0)
	for b.Loop() {
		for range edit(seed).Frames() {
			frames++
		}
		seed++
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(max(frames, 1)), "µs/frame")
	b.ReportMetric(float64(frames)/float64(b.N), "frames/edit")
}

// BenchmarkDrawn is the same for drawn sequences.
func BenchmarkDrawn(b *testing.B) { benchmark(b, Drawn) }
