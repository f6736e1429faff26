package scan

import "golang.org/x/sys/cpu"

// vectors tells whether the machine reckons with vectors of 32 bytes. Tests turn it off.
var vectors = cpu.X86.HasAVX2

func products(dst []int32, rows []int8, q []int16) {
	whole := len(dst) / group * group
	if !vectors || whole == 0 || len(q) == 0 {
		productsPlain(dst, rows, q)
		return
	}
	productsAVX2(&dst[0], &rows[0], whole/group, &q[0], len(q))
	productsPlain(dst[whole:], rows[whole*len(q):], q)
}

// productsAVX2 is productsPlain for groups of rows whose size is a multiple of lanes and not 0.
//
//go:noescape
func productsAVX2(dst *int32, rows *int8, groups int, q *int16, size int)
