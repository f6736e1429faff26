package phash

import (
	"fmt"
	"math/bits"
)

// Hash is a 64-bit perceptual hash; pictures that look alike differ in few bits.
type Hash uint64

// Distance is the number of bits in which h and o differ, 0 to 64. Unrelated pictures differ in 32 on average.
func (h Hash) Distance(o Hash) int { return bits.OnesCount64(uint64(h ^ o)) }

// String is h as 16 hexadecimal digits.
func (h Hash) String() string { return fmt.Sprintf("%016x", uint64(h)) }
