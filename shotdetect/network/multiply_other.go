//go:build !amd64

package network

func multiply(sum, x, weights []float32) { multiplyPlain(sum, x, weights) }
