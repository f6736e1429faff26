package phash

import (
	"errors"
	"fmt"
	"image"
	"math/bits"

	"github.com/corona10/goimagehash"
)

// Hash is a 64-bit perceptual hash; pictures that look alike differ in few bits.
type Hash uint64

// Distance is the number of bits in which h and o differ, 0 to 64. Unrelated pictures differ in 32 on average.
func (h Hash) Distance(o Hash) int { return bits.OnesCount64(uint64(h ^ o)) }

// String is h as 16 hexadecimal digits.
func (h Hash) String() string { return fmt.Sprintf("%016x", uint64(h)) }

// Of is the hash of a picture and the variance of its levels. A 64x64 picture, as [Gray64] gives, is hashed as it is; others are
// resized first, which is slow and less exact. An empty picture is an error.
func Of(g *image.Gray) (Hash, float32, error) {
	if g == nil || g.Rect.Empty() {
		return 0, 0, ErrEmpty
	}
	h, err := goimagehash.PerceptionHash(g)
	if err != nil {
		return 0, 0, fmt.Errorf("hash picture: %w", err)
	}
	return Hash(h.GetHash()), variance(g), nil
}

// ErrEmpty is returned for a picture without pixels.
var ErrEmpty = errors.New("picture is empty")

func variance(g *image.Gray) float32 {
	var sum, squares uint64
	w, h := g.Rect.Dx(), g.Rect.Dy()
	for y := range h {
		for _, v := range g.Pix[y*g.Stride:][:w] {
			sum += uint64(v)
			squares += uint64(v) * uint64(v)
		}
	}
	n := float64(w * h)
	mean := float64(sum) / n
	return float32(max(0, float64(squares)/n-mean*mean))
}
