package main

import (
	"math"

	"github.com/amvlib/amvlib/picture"
)

// coloursOf are the shares of the hues that there are, by name; nil where they are not known.
func coloursOf(p picture.Palette) map[string]float64 {
	if p.Unknown() {
		return nil
	}
	all := map[string]float64{}
	for h := range picture.Hues {
		if p[h] > 0 {
			all[h.String()] = math.Round(p.Share(h)*1000) / 1000
		}
	}
	return all
}
