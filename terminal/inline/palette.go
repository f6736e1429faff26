package inline

import (
	"cmp"
	"image"
	"slices"
)

// colour is red, green and blue.
type colour [3]uint8

// tally is a colour, to 5 bits a channel, with how many pixels have it and their sums.
type tally struct {
	n   int
	sum [3]int
}

func (t tally) mean(channel int) int { return t.sum[channel] / t.n }

// quantise finds at most n colours for a picture by median cut: the box of colours in which most is to be told apart is parted at its
// middle pixel, again and again.
func quantise(picture *image.RGBA, n int) []colour {
	boxes := [][]tally{tallies(picture)}
	for len(boxes) < n {
		at, channel := widest(boxes)
		if at < 0 {
			break
		}
		low, high := halve(boxes[at], channel)
		boxes[at] = low
		boxes = append(boxes, high)
	}
	palette := make([]colour, len(boxes))
	for i, b := range boxes {
		palette[i] = average(b)
	}
	return palette
}

func tallies(picture *image.RGBA) []tally {
	all := make([]tally, 1<<15)
	eachPixel(picture, func(_ int, p []uint8) {
		t := &all[cellOf(int(p[0]), int(p[1]), int(p[2]))]
		t.n++
		for c := range t.sum {
			t.sum[c] += int(p[c])
		}
	})
	return slices.DeleteFunc(all, func(t tally) bool { return t.n == 0 })
}

func cellOf(r, g, b int) int { return r>>3<<10 | g>>3<<5 | b>>3 }

func eachPixel(picture *image.RGBA, do func(i int, p []uint8)) {
	size := picture.Bounds().Size()
	for y := range size.Y {
		row := picture.Pix[y*picture.Stride:]
		for x := range size.X {
			do(y*size.X+x, row[4*x:4*x+3])
		}
	}
}

// widest is the box with the greatest spread of a channel, weighed by its pixels; -1 where none can be parted.
func widest(boxes [][]tally) (at, channel int) {
	at, most := -1, 0
	for i, b := range boxes {
		if len(b) < 2 {
			continue
		}
		pixels := 0
		for _, t := range b {
			pixels += t.n
		}
		for c, weight := range [3]int{3, 6, 1} { // the eye tells greens best apart and blues worst
			low, high := 255, 0
			for _, t := range b {
				low, high = min(low, t.mean(c)), max(high, t.mean(c))
			}
			if worth := (high - low) * weight * (1 + pixels); worth > most {
				at, channel, most = i, c, worth
			}
		}
	}
	return at, channel
}

// halve parts a box so that about half of its pixels are on either side.
func halve(b []tally, channel int) (low, high []tally) {
	slices.SortFunc(b, func(x, y tally) int {
		return cmp.Or(cmp.Compare(x.mean(channel), y.mean(channel)), slices.Compare(x.sum[:], y.sum[:]))
	})
	all := 0
	for _, t := range b {
		all += t.n
	}
	seen, at := 0, 1
	for i, t := range b[:len(b)-1] {
		if seen += t.n; 2*seen >= all {
			at = i + 1
			break
		}
		at = i + 1
	}
	return b[:at:at], b[at:]
}

func average(b []tally) colour {
	var sum [3]int
	n := 0
	for _, t := range b {
		n += t.n
		for c := range sum {
			sum[c] += t.sum[c]
		}
	}
	var out colour
	for c := range out {
		out[c] = uint8((sum[c] + n/2) / max(1, n))
	}
	return out
}

// dither gives each pixel the nearest colour, and hands what it is off by on to its neighbours.
func dither(picture *image.RGBA, palette []colour) []uint8 {
	size := picture.Bounds().Size()
	out := make([]uint8, size.X*size.Y)
	near := matcher{palette: palette, known: map[int]uint8{}}
	now, next := make([][3]int, size.X+2), make([][3]int, size.X+2) // sixteenths of what is handed on; the pixel at x has x+1
	eachPixel(picture, func(i int, p []uint8) {
		x := i%size.X + 1
		if x == 1 {
			now, next = next, now
			clear(next)
		}
		var want [3]int
		for c := range want {
			want[c] = min(255, max(0, int(p[c])+now[x][c]/16))
		}
		out[i] = near.to(want)
		for c := range want {
			off := want[c] - int(palette[out[i]][c])
			now[x+1][c] += 7 * off
			next[x-1][c] += 3 * off
			next[x][c] += 5 * off
			next[x+1][c] += off
		}
	})
	return out
}

// matcher finds the nearest colour of a palette. Colours that are the same to 5 bits a channel get the same.
type matcher struct {
	palette []colour
	known   map[int]uint8
}

func (m *matcher) to(c [3]int) uint8 {
	cell := cellOf(c[0], c[1], c[2])
	if i, ok := m.known[cell]; ok {
		return i
	}
	best, least := 0, 1<<30
	for i, p := range m.palette {
		r, g, b := c[0]-int(p[0]), c[1]-int(p[1]), c[2]-int(p[2])
		if d := 3*r*r + 6*g*g + b*b; d < least {
			best, least = i, d
		}
	}
	m.known[cell] = uint8(best)
	return uint8(best)
}
