package scan

import "golang.org/x/sys/cpu"

// vectors tells whether the machine reckons with vectors of 32 bytes. Tests turn it off.
var vectors = cpu.X86.HasAVX2

func products(dst []int32, rows []byte, q []int16) {
	whole, size := len(dst)/group*group, len(q)/2
	if !vectors || whole == 0 || size == 0 {
		productsPlain(dst, rows, q)
		return
	}
	productsAVX2(&dst[0], &rows[0], whole/group, &q[0], size)
	if last := len(dst) - group; whole < len(dst) { // the last rows make a group with some of those before them
		productsAVX2(&dst[last], &rows[last*size], 1, &q[0], size)
	}
}

// productsAVX2 is productsPlain for groups of rows of size bytes, a multiple of half and not 0.
//
//go:noescape
func productsAVX2(dst *int32, rows *byte, groups int, q *int16, size int)
