package scan

// group is how many rows are multiplied at once.
const group = 4

// Products sets dst[i] to the sum of the products of row i's numbers with those of q. Rows are as Pack makes them and lie one after another,
// each of as many numbers as q, which are a multiple of Block; there are at least len(dst) of them. Sums are of 32 bits and wrap around where
// they are more.
func Products(dst []int32, rows []byte, q []int16) {
	products(dst, rows[:len(dst)*len(q)/2], q)
	var biased int32
	for _, x := range q {
		biased += bias * int32(x)
	}
	for i := range dst {
		dst[i] -= biased
	}
}

// productsPlain says what products gives: the sums with what rows hold as it is, positive.
func productsPlain(dst []int32, rows []byte, q []int16) {
	for i := range dst {
		sum := int32(0)
		for at := 0; at < len(q); at += Block {
			row, lower, upper := (*[half]byte)(rows), (*[half]int16)(q[at:]), (*[half]int16)(q[at+half:])
			for k, b := range row {
				sum += int32(b&15)*int32(lower[k]) + int32(b>>4)*int32(upper[k])
			}
			rows = rows[half:]
		}
		dst[i] = sum
	}
}
