//go:build !amd64

package scan

func products(dst []int32, rows []byte, q []int16) { productsPlain(dst, rows, q) }
