package catalog

import (
	"path/filepath"
	"testing"
)

func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	commit(b, library(b, dir, Options{}), synthetic(1, small))
	for b.Loop() {
		c, err := Open(b.Context(), dir, Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCommit(b *testing.B) {
	for name, z := range map[string]size{"bare": episode, "pictures": {34560, 350, 400, 8000}} {
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			c := library(b, dir, Options{})
			in := synthetic(1, z)
			n := 0
			for b.Loop() {
				in.Key = Key([]byte{byte(n), byte(n >> 8), 'k'})
				in.Path = filepath.Join(dir, string(rune('a'+n%26)))
				commit(b, c, in)
				n++
			}
			s, err := c.Stats(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(s.Bytes)/float64(s.Episodes), "bytes/episode")
		})
	}
}

func BenchmarkEffective(b *testing.B) {
	c := library(b, b.TempDir(), Options{})
	e := commit(b, c, synthetic(1, episode))
	for b.Loop() {
		if shots, err := c.Effective(b.Context(), e.ID); err != nil || len(shots) != 350 {
			b.Fatal(len(shots), err)
		}
	}
}
