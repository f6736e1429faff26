package flags

// region is a box of strokes, in pixels of its page.
type region struct{ left, top, right, bottom int }

const (
	wordGap    = 12 // pixels between two strokes of one line
	leastWide  = 22
	leastHigh  = 4
	mostHigh   = 26
	leastFlat  = 2  // times as wide as high
	leastDense = 9  // in a hundred pixels of a row, strokes
	mostRows   = 64 // regions that are followed at once: more is no page
)

// regions joins strokes to runs along rows, and runs that lie on one another to regions of the shape of lines.
func regions(strokes []byte, w, h int) []region {
	var open, done []region
	for y := range h {
		var next []region
		for _, r := range runs(strokes[y*w:][:w]) {
			next = grow(next, open, region{r[0], y, r[1], y + 1})
		}
		for _, o := range open {
			if o.bottom < y { // one row may be missing
				done = append(done, o)
			} else if !covered(next, o) {
				next = append(next, o)
			}
		}
		if len(next) > mostRows {
			next = next[:mostRows]
		}
		open = next
	}
	done = append(done, open...)
	out := done[:0]
	for _, r := range done {
		wide, high := r.right-r.left, r.bottom-r.top
		if high >= leastHigh && high <= mostHigh && wide >= leastWide && wide >= leastFlat*high {
			out = append(out, r)
		}
	}
	return out
}

// runs are the stretches of a row in which stroke follows stroke.
func runs(row []byte) (out [][2]int) {
	from, last, count := -1, 0, 0
	end := func() {
		if from >= 0 && last-from >= leastWide*2/3 && 100*count >= leastDense*(last-from) {
			out = append(out, [2]int{from, last + 1})
		}
		from, count = -1, 0
	}
	for x, v := range row {
		if v == 0 {
			continue
		}
		if from >= 0 && x-last > wordGap {
			end()
		}
		if from < 0 {
			from = x
		}
		last = x
		count++
	}
	end()
	return out
}

// grow adds a run to next, joined with the regions above that it lies under.
func grow(next, open []region, run region) []region {
	for _, o := range open {
		overlap := min(o.right, run.right) - max(o.left, run.left)
		if 2*overlap > min(o.right-o.left, run.right-run.left) {
			run.left, run.right, run.top = min(run.left, o.left), max(run.right, o.right), min(run.top, o.top)
		}
	}
	for i, n := range next {
		if n.left < run.right && run.left < n.right {
			next[i] = region{min(n.left, run.left), min(n.top, run.top), max(n.right, run.right), max(n.bottom, run.bottom)}
			return next
		}
	}
	return append(next, run)
}

func covered(by []region, o region) bool {
	for _, n := range by {
		if n.left <= o.left && n.right >= o.right && n.top <= o.top {
			return true
		}
	}
	return false
}

// letters is what a region looks like: of letters all strokes are of one brightness, and what is between and around them is darker
// and holds no strokes.
type letters struct {
	dense  float64 // strokes to pixels
	turns  float64 // strokes that begin, for every row and pixel of height along the line: letters come one a height or so
	spread float64 // mean difference of strokes from their mean
	ink    float64 // their mean
	ground float64 // the mean of what is darker than half of the way
	around float64 // strokes to pixels above and below
	plain  bool    // the ground is one dark or even colour
}

func judge(luma, strokes []byte, r region, w, h int) letters {
	var l letters
	count, begun, ink := 0, 0, 0
	for y := r.top; y < r.bottom; y++ {
		last := byte(0)
		for x := r.left; x < r.right; x++ {
			s := strokes[y*w+x]
			if s == 1 {
				count++
				ink += int(luma[y*w+x])
				if last == 0 {
					begun++
				}
			}
			last = s
		}
	}
	area := (r.right - r.left) * (r.bottom - r.top)
	l.dense = float64(count) / float64(area)
	l.turns = float64(begun) / float64(area) * float64(r.bottom-r.top)
	l.ink = float64(ink) / float64(max(1, count))
	off, n, ground := 0.0, 0, 0
	for y := r.top; y < r.bottom; y++ {
		for x := r.left; x < r.right; x++ {
			v := int(luma[y*w+x])
			if strokes[y*w+x] == 1 {
				off += float64(gap(byte(v), byte(l.ink)))
			} else if float64(v) < l.ink-rise {
				n++
				ground += v
			}
		}
	}
	l.spread = off / float64(max(1, count))
	l.ground = float64(ground) / float64(max(1, n))
	l.plain = plain(luma, region{r.left, max(0, r.top-2), r.right, min(h, r.bottom+2)}, w)
	l.around = (density(strokes, region{r.left, r.top - 3, r.right, r.top}, w, h) + density(strokes, region{r.left, r.bottom, r.right, r.bottom + 3}, w, h)) / 2
	return l
}

// plain tells whether half of a region is of one luma, or nearly: of the one that a tenth of it is darker than.
func plain(luma []byte, r region, w int) bool {
	var many [256]int
	area := 0
	for y := r.top; y < r.bottom; y++ {
		for _, v := range luma[y*w+r.left : y*w+r.right] {
			many[v]++
			area++
		}
	}
	dark, sum := 0, 0
	for sum = many[0]; 10*sum < area; sum += many[dark] {
		dark++
	}
	near := 0
	for v := max(0, dark-plainDarker); v <= min(255, dark+plainLighter); v++ {
		near += many[v]
	}
	return 2*near >= area
}

const (
	plainDarker  = 6
	plainLighter = 10
)

func density(strokes []byte, r region, w, h int) float64 {
	count, n := 0, 0
	for y := max(0, r.top); y < min(h, r.bottom); y++ {
		for x := r.left; x < r.right; x++ {
			count += int(strokes[y*w+x])
			n++
		}
	}
	return float64(count) / float64(max(1, n))
}

// like tells whether this could be letters at all: rows of strokes with nothing above or below them, and either much brighter than what
// is between them, or all of one brightness.
func (l letters) like(scale int) bool {
	if l.dense < .13 || l.dense > .6 || l.turns < .55 || l.around > .05 || l.ink < 95 {
		return false
	}
	rise := l.ink - l.ground
	if scale > 1 {
		return rise >= 70 && l.spread <= 24
	}
	return rise >= 75 && l.spread <= 60 || rise >= 42 && l.spread <= 14
}

// before tells whether the strokes of a region were there in the look before, as bright as now.
func (l letters) before(luma, last, strokes []byte, r region, w int) bool {
	if len(last) == 0 {
		return false
	}
	same, count := 0, 0
	for y := r.top; y < r.bottom; y++ {
		for x := r.left; x < r.right; x++ {
			if at := y*w + x; strokes[at] == 1 {
				count++
				if gap(luma[at], last[at]) <= steady {
					same++
				}
			}
		}
	}
	return 10*same >= 8*count
}
