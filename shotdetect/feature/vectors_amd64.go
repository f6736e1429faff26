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

// searchAVX2 looks at every candidate, four blocks at a time.
//
//go:noescape
func searchAVX2(best *[blocks]uint32, old, now *[paddedWidth * paddedHeight]uint8) (still uint32)

func dot(a, b *[coarse]int16) int64 {
	if !vectors {
		return dotPlain(a, b)
	}
	return int64(dotAVX2(a, b))
}

// dotAVX2 is dotPlain for numbers whose products sum up within 31 bits, as those of looks do.
//
//go:noescape
func dotAVX2(a, b *[coarse]int16) int32

func meet(e *ends, before, now, after *[3][coarse]int16) {
	if !vectors {
		meetPlain(e, before, now, after)
		return
	}
	meetAVX2(e, before, now, after)
}

// meetAVX2 is meetPlain for numbers from 0 to 1020.
//
//go:noescape
func meetAVX2(e *ends, before, now, after *[3][coarse]int16)

func fiveRows(upper, lower *fiveSums, src []byte, stride, across int) {
	if !vectors {
		fiveRowsPlain(upper, lower, src, stride, across)
		return
	}
	_ = src[4*stride+across-1]
	fiveRowsAVX2(upper, lower, &src[0], stride, across)
}

//go:noescape
func fiveRowsAVX2(upper, lower *fiveSums, src *byte, stride, across int)

func fiveColumns(out []byte, from *fiveSums) {
	if !vectors {
		fiveColumnsPlain(out, from)
		return
	}
	fiveColumnsAVX2(&out[0], from, len(out))
}

//go:noescape
func fiveColumnsAVX2(out *byte, from *fiveSums, count int)
