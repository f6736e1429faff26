package scan

// Most is the largest number that a row can hold; -Most is the least.
const Most = 7

// Block is how many numbers are packed together. A row is a multiple of them.
const Block = 32

// half is how many bytes a block takes: each holds a number of its first half and, above it, one of its second.
const half = Block / 2

// bias makes what a row holds positive.
const bias = Most + 1

// Pack appends a row's numbers to dst, in len(numbers)/2 bytes.
func Pack(dst []byte, numbers []int8) []byte {
	for ; len(numbers) >= Block; numbers = numbers[Block:] {
		for k := range half {
			dst = append(dst, byte(numbers[k]+bias)|byte(numbers[half+k]+bias)<<4)
		}
	}
	return dst
}

// Unpack sets numbers to those of a row.
func Unpack(numbers []int8, row []byte) {
	for ; len(numbers) >= Block; numbers, row = numbers[Block:], row[half:] {
		for k, b := range row[:half] {
			numbers[k], numbers[half+k] = int8(b&15)-bias, int8(b>>4)-bias
		}
	}
}
