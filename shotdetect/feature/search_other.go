//go:build !amd64

package feature

func search(f *found, old, now *look, first *moves) { searchPlain(f, old, now, first) }

func dot(a, b *[coarse]int16) int64 { return dotPlain(a, b) }
