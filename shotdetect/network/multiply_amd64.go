package network

import "golang.org/x/sys/cpu"

// multiply is multiplyPlain, eight lanes at a time where the machine can.
func multiply(sum, x, weights []float32) {
	if !cpu.X86.HasAVX2 || len(sum)%lanes != 0 || len(x) == 0 || len(sum) == 0 || len(weights) < len(x)*len(sum) {
		multiplyPlain(sum, x, weights)
		return
	}
	multiplyAVX2(&sum[0], &x[0], &weights[0], len(sum), len(x))
}

// multiplyAVX2 does as multiplyPlain for n sums, a multiple of lanes, and m inputs.
//
//go:noescape
func multiplyAVX2(sum, x, weights *float32, n, m int)
