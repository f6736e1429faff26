package feature

import "golang.org/x/sys/cpu"

// vectors tells whether the machine adds up 32 differences at once. Tests turn it off.
var vectors = cpu.X86.HasAVX2

// search is searchPlain, which it leaves to vectors where there are some: those need no place to look first.
func search(f *found, old, now *look, first *moves) {
	if !vectors {
		searchPlain(f, old, now, first)
		return
	}
	f.still = searchAVX2(&f.best, &old.padded, &now.padded)
}

func dot(a, b *[coarse]int16) int64 {
	if !vectors {
		return dotPlain(a, b)
	}
	return int64(dotAVX2(a, b))
}

// searchAVX2 looks at every candidate, four blocks at a time.
//
//go:noescape
func searchAVX2(best *[blocks]uint32, old, now *[paddedWidth * paddedHeight]uint8) (still uint32)

// dotAVX2 is dotPlain for numbers whose products sum up within 31 bits, as those of looks do.
//
//go:noescape
func dotAVX2(a, b *[coarse]int16) int32
