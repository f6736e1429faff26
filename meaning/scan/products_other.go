//go:build !amd64

package scan

func products(dst []int32, rows []int8, q []int16) { productsPlain(dst, rows, q) }
