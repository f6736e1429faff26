package footage

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// shapes are those of the library's films, width to height, each once, the commonest first, and no more than a few.
func (f *Footage) shapes(ctx context.Context) ([]float64, error) {
	all, err := f.lib.Episodes(ctx)
	if err != nil {
		return nil, err
	}
	count := map[float64]int{}
	for _, e := range all {
		count[math.Round(20*e.Info.Video.Shape())/20]++
	}
	var shapes []float64
	for s := range count {
		shapes = append(shapes, s)
	}
	slices.SortFunc(shapes, func(a, b float64) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return cmp.Compare(a, b)
	})
	const most = 4
	return shapes[:min(len(shapes), most)], nil
}
