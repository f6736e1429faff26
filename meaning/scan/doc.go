// Package scan compares a question with every row of a table of numbers of four bits, and keeps the best:
//
//	scan.Products(products, rows, question)
//	for i, p := range products {
//		best.Offer(float32(p), i)
//	}
//
// There is no index that could miss one: at 192 bytes a row a scan runs at the speed of memory. What is written in AVX2 has a plain twin beside
// it that gives the same integers; other machines run that.
package scan
