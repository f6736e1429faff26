package scan

// lanes is how many numbers are multiplied at once. A row is a multiple of them.
const lanes = 16

// group is how many rows are multiplied at once.
const group = 4

// Products sets dst[i] to the sum of the products of row i's numbers with those of q. Rows lie one after another and have as many numbers as
// q; there are at least len(dst) of them. Sums are of 32 bits and wrap around where they are more.
func Products(dst []int32, rows []int8, q []int16) {
	rows = rows[:len(dst)*len(q)]
	if len(q)%lanes != 0 {
		productsPlain(dst, rows, q)
		return
	}
	products(dst, rows, q)
}

// productsPlain says what products gives.
func productsPlain(dst []int32, rows []int8, q []int16) {
	for i := range dst {
		row, sum := rows[i*len(q):][:len(q)], int32(0)
		for k, x := range row {
			sum += int32(x) * int32(q[k])
		}
		dst[i] = sum
	}
}
