package flags

import "image"

// barTally is how bright each row and each column of a shot was at its brightest.
type barTally struct {
	rows  [height]uint8 // of every fourth pixel, how many are not black
	sides [height]uint8 // of them, how many lie in the outer sevenths, where no subtitle goes
	cols  [width]uint8
	ends  [width]uint8
	looks int
}

const (
	sample    = 4
	notBlack  = 14 // levels above black that a pixel must be to be no part of a bar
	rowSpeck  = 3  // pixels of a row, of 80, that may be bright in a bar: dirt, and what encoders leave
	colSpeck  = 2  // pixels of a column, of 45
	leastBar  = 5  // rows
	leastPost = 7  // columns
	rowEdge   = 20 // pixels of a row that must be bright where the picture begins
	colEdge   = 11
	outer     = width / 7
	highest   = height / 7
)

func (t *barTally) add(img *image.YCbCr, l levels) {
	t.looks++
	limit := uint8(l.black + notBlack)
	for y := range height {
		row := img.Y[y*img.YStride:][:width]
		var all, side uint8
		for x := sample / 2; x < width; x += sample {
			if row[x] > limit {
				all++
				if x < outer || x >= width-outer {
					side++
				}
			}
		}
		t.rows[y], t.sides[y] = max(t.rows[y], all), max(t.sides[y], side)
	}
	t.addColumns(img, limit)
}

func (t *barTally) addColumns(img *image.YCbCr, limit uint8) {
	var all, end [width]uint8
	for y := sample / 2; y < height; y += sample {
		row := img.Y[y*img.YStride:][:width]
		for x, v := range row {
			if v > limit {
				all[x]++
				if y < highest || y >= height-highest {
					end[x]++
				}
			}
		}
	}
	for x := range all {
		t.cols[x], t.ends[x] = max(t.cols[x], all[x]), max(t.ends[x], end[x])
	}
}

// bars are the widths of black bars around a picture, in pixels of 320x180.
type bars struct{ top, bottom, left, right int }

func (b bars) set() Set {
	var s Set
	if b.top > 0 && b.bottom > 0 {
		s |= Letterbox
	}
	if b.left > 0 && b.right > 0 {
		s |= Pillarbox
	}
	return s
}

// found are the bars that the shot shows by itself: the picture begins at them along much of its side, on both sides alike.
func (t *barTally) found() bars {
	var b bars
	b.top, b.bottom = pair(t.rows[:], rowSpeck, rowEdge, leastBar)
	b.left, b.right = pair(t.cols[:], colSpeck, colEdge, leastPost)
	return b
}

// pair finds a bar at either end of a profile; 0 and 0 where there is none at one of them, or where they are very unlike.
func pair(profile []uint8, speck, edge uint8, least int) (first, last int) {
	n := len(profile)
	for first < n && profile[first] <= speck {
		first++
	}
	for last < n-first && profile[n-1-last] <= speck {
		last++
	}
	if first < least || last < least || first+last > n*3/5 || max(first, last) > 3*min(first, last)/2+2 {
		return 0, 0
	}
	const within = 4 // scaling smears an edge, and a dark picture need not begin at once
	if brightest(profile[first:min(n, first+within)]) < edge || brightest(profile[n-last-within:n-last]) < edge {
		return 0, 0
	}
	return first, last
}

func brightest(p []uint8) (most uint8) {
	for _, v := range p {
		most = max(most, v)
	}
	return most
}

// commonBars are the bars that most of a film's shots show, of those that show any picture at all.
func commonBars(shots []*shot, _ levels) bars {
	heights, widths := map[[2]int]int{}, map[[2]int]int{}
	lit := 0
	for _, s := range shots {
		if brightest(s.bars.rows[:]) < rowEdge {
			continue
		}
		lit++
		b := s.bars.found()
		heights[[2]int{b.top, b.bottom}]++
		widths[[2]int{b.left, b.right}]++
	}
	var film bars
	film.top, film.bottom = most(heights, lit)
	film.left, film.right = most(widths, lit)
	return film
}

// most is the pair that three shots in ten have, and three shots at least; pairs that differ by a pixel count as one.
func most(of map[[2]int]int, all int) (first, last int) {
	best := 0
	for p := range of {
		if p[0] == 0 {
			continue
		}
		n := 0
		for a := -1; a <= 1; a++ {
			for b := -1; b <= 1; b++ {
				n += of[[2]int{p[0] + a, p[1] + b}]
			}
		}
		if n > best || n == best && (p[0] < first || p[0] == first && p[1] < last) {
			best, first, last = n, p[0], p[1]
		}
	}
	if best < 3 || best*10 < all*3 {
		return 0, 0
	}
	return first, last
}

// settle gives the bars of a shot in a film that has those bars: a dark picture, or subtitles in a bar, do not take them away where
// what the rest of the film has black is black here too.
func (t *barTally) settle(film bars) bars {
	b := t.found()
	if b.top == 0 && film.top > 0 && brightest(t.sides[:film.top-1]) <= rowSpeck && brightest(t.sides[height-film.bottom+1:]) <= rowSpeck {
		b.top, b.bottom = film.top, film.bottom
	}
	if b.left == 0 && film.left > 0 && brightest(t.ends[:film.left-1]) <= colSpeck && brightest(t.ends[width-film.right+1:]) <= colSpeck {
		b.left, b.right = film.left, film.right
	}
	return b
}
