//go:build amd64

package feature

import (
	"math/rand/v2"
	"testing"
)

func randomLook(r *rand.Rand) *look {
	l := new(look)
	for i := range l.Y {
		l.Y[i] = uint8(r.Uint32())
	}
	l.derive()
	return l
}

func TestTwinsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		old, now := randomLook(r), randomLook(r)
		var first moves
		var f, g found
		searchPlain(&f, old, now, &first)
		search(&g, old, now, &first)
		if f != g {
			t.Fatal(f, g)
		}
		if dot(&old.luma, &now.luma) != dotPlain(&old.luma, &now.luma) {
			t.Fatal("dot")
		}
	}
}
