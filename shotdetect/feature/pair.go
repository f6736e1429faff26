package feature

// measures are the numbers of a pair.
type measures [Metrics]float32

const (
	blockFloor   = 144 // added to a block's flatness, so that noise in flat blocks is no difference
	brokenLeast  = 216 // a block that differs by no more than this is not broken, however flat
	relativeMost = 1.5
)

// compare measures how far old and now are apart; first helps the search and is changed.
func compare(old, now *look, first *moves) (m measures) {
	var f found
	search(&f, old, now, first)
	moved, broken, relative := 0, 0, 0.0
	for b, v := range f.best {
		flat := now.flat[b] + blockFloor
		moved += int(v)
		relative += min(float64(v)/float64(flat), relativeMost)
		if 5*v > 3*flat && v > brokenLeast {
			broken++
		}
	}
	m[Moved], m[Still] = share(moved, pixels), share(int(f.still), pixels)
	m[Relative], m[Broken] = float32(relative/blocks), float32(broken)/blocks
	m[Histogram] = float32(float64(l1(&old.histogram, &now.histogram)) / (pixels * shades))
	m[Shape] = unlike(&old.quarters[0], &now.quarters[0], old.lumaNorm, now.lumaNorm)
	m[Outline] = unlike(&old.outline, &now.outline, old.edgeNorm, now.edgeNorm)
	return m
}

func l1(a, b *[colours]int32) (sum int32) {
	for i, v := range a {
		sum += max(v-b[i], b[i]-v)
	}
	return sum
}

// unlike is 1 less the normalised cross-correlation.
func unlike(a, b *[coarse]int16, na, nb norm) float32 {
	together := coarse*dot(a, b) - na.sum*nb.sum
	return float32(1 - float64(together)/float64(na.root*nb.root))
}

func dotPlain(a, b *[coarse]int16) (sum int64) {
	for i, v := range a {
		sum += int64(v) * int64(b[i])
	}
	return sum
}
