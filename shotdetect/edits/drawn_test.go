package edits

import (
	"math"
	"testing"

	"github.com/amvlib/amvlib/shotdetect"
)

// drawn is a film of so many shots whose pictures differ, each moving a little, with a cut every so many frames.
func drawn(name, group string, shots, length int) *Film {
	f := &Film{Name: name, Group: group}
	for s := range shots {
		d := throw(uint64(s), uint64(len(name))+uint64(name[0])<<8)
		var waves [3][4]float64
		for k := range waves {
			waves[k] = [4]float64{d.between(0.02, 0.2), d.between(0.02, 0.3), d.between(0, 6), d.between(40, 120)}
		}
		still := wavy(waves)
		for k := range length {
			f.Frames = append(f.Frames, still.rolled(k/2, 0))
		}
		if at := (s + 1) * length; s < shots-1 {
			f.Truth.Rows = append(f.Truth.Rows, Row{shotdetect.Cut, at - 1, at})
		}
	}
	return f
}

func wavy(waves [3][4]float64) Picture {
	p := make(Picture, size)
	for y := range Height {
		for x := range Width {
			for k, w := range waves {
				p[at(x, y)+k] = clamp(128 + int(w[3]*math.Sin(w[0]*float64(x)+w[1]*float64(y)+w[2])))
			}
		}
	}
	return p
}

// drawnPool is made once: films do not change.
var drawnPool = NewPool(drawn("first", "a", 12, 40), drawn("second", "b", 8, 60), drawn("third", "c", 5, 90), drawn("one shot", "d", 1, 120))

// sum tells whether anything was drawn on a pool's footage.
func sum(t *testing.T, p *Pool) (sum uint64) {
	t.Helper()
	for _, g := range p.groups {
		for _, s := range g.stretches {
			for _, frame := range s.film.Frames {
				for _, v := range frame {
					sum = sum*31 + uint64(v)
				}
			}
		}
	}
	return sum
}
