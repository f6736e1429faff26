//go:build !amd64

package feature

func search(f *found, old, now *look, first *moves) { searchPlain(f, old, now, first) }

func dot(a, b *[coarse]int16) int64 { return dotPlain(a, b) }

func meet(e *ends, before, now, after *[3][coarse]int16) { meetPlain(e, before, now, after) }

func fiveRows(upper, lower *fiveSums, src []byte, stride, across int) {
	fiveRowsPlain(upper, lower, src, stride, across)
}

func fiveColumns(out []byte, from *fiveSums) { fiveColumnsPlain(out, from) }
