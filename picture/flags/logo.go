package flags

import "image"

// logos looks for what stays in the corners while the film goes on behind it.
type logos struct {
	seen   [cornerPixels][4]uint8 // how many of the looks of this stretch had an edge of each direction there
	views  int                    // looks that count: pictures unlike the one counted before
	scenes int                    // shots that they are of
	scene  *shot                  // of the last of them
	last   []byte                 // the last of them, thinned
	shots  []*shot                // of this stretch
	known  [4][]spot              // the logo that each corner had last, for a stretch too short to tell
}

const (
	cornerWide   = 96
	cornerHigh   = 54
	cornerPixels = 4 * cornerWide * cornerHigh
	stretch      = 48  // views after which a stretch is judged
	mostShots    = 256 // that a stretch has at most
	leastViews   = 8
	edgeRise     = 22
	stays        = .72 // of the views that have the edge
	leastMark    = 24  // pixels of edges that are a logo
	mostMark     = .35 // of a corner: more is a frame or a set
	present      = .6  // of a logo's edges that a shot has
	leastScenes  = 3   // shots of which views are, unless other edges come and go
	changed      = 7   // mean levels by which a view differs
	changedParts = .35 // of its parts that differ
)

// corners is which edges a shot had in all of its looks: a direction, 0 for none.
type corners [cornerPixels]uint8

func (g *logos) add(img *image.YCbCr, s *shot) {
	now := edges(img)
	if s.marks == nil {
		s.marks = now
		if g.shots = append(g.shots, s); len(g.shots) == mostShots {
			g.close()
			return
		}
	} else {
		for i, e := range now {
			if s.marks[i] != e {
				s.marks[i] = 0
			}
		}
	}
	if !g.fresh(img) {
		return
	}
	if s != g.scene {
		g.scene = s
		g.scenes++
	}
	for i, e := range now {
		if e > 0 {
			g.seen[i][e-1]++
		}
	}
	if g.views++; g.views == stretch {
		g.judge()
	}
}

// fresh tells whether a picture is unlike the one that was counted before, in most of its parts: of a shot in which the camera
// stands still, all corners stay.
func (g *logos) fresh(img *image.YCbCr) bool {
	const thin = 8
	now := make([]byte, 0, width/thin*(height/thin+1))
	for y := thin / 2; y < height; y += thin {
		row := img.Y[y*img.YStride:][:width]
		for x := thin / 2; x < width; x += thin {
			now = append(now, row[x])
		}
	}
	if g.last == nil {
		g.last = now
		return true
	}
	sum, parts := 0, 0
	for i, v := range now {
		d := gap(v, g.last[i])
		sum += d
		if d >= changed {
			parts++
		}
	}
	if sum < changed*len(now) || float64(parts) < changedParts*float64(len(now)) {
		return false
	}
	g.last = now
	return true
}

// edges gives the corners' pixels their directions: 1 brighter to the right, 2 to the left, 3 downwards, 4 upwards.
func edges(img *image.YCbCr) *corners {
	c := &corners{}
	at := 0
	for _, top := range [2]int{2, height - cornerHigh - 2} {
		for _, left := range [2]int{2, width - cornerWide - 2} {
			for y := top; y < top+cornerHigh; y++ {
				row := img.Y[y*img.YStride:]
				above, below := img.Y[(y-1)*img.YStride:], img.Y[(y+1)*img.YStride:]
				for x := left; x < left+cornerWide; x++ {
					c[at] = direction(int(row[x+1])-int(row[x-1]), int(below[x])-int(above[x]))
					at++
				}
			}
		}
	}
	return c
}

func direction(across, down int) uint8 {
	a, d := max(across, -across), max(down, -down)
	switch {
	case max(a, d) < edgeRise:
		return 0
	case a >= d && across > 0:
		return 1
	case a >= d:
		return 2
	case down > 0:
		return 3
	}
	return 4
}

func (g *logos) close() {
	g.judge()
}

// judge looks for logos in the stretch, marks the shots that have them, and begins the next.
func (g *logos) judge() {
	for corner := range 4 {
		mask := g.mask(corner)
		if mask == nil {
			mask = g.known[corner]
		}
		if g.known[corner] = mask; mask == nil {
			continue
		}
		for _, s := range g.shots {
			if s.marks != nil && has(s.marks, mask) {
				s.set |= Logo
			}
		}
	}
	g.forget()
}

func (g *logos) forget() {
	for _, s := range g.shots {
		s.marks = nil
	}
	*g = logos{last: g.last, known: g.known}
}

// spot is one pixel of a logo.
type spot struct {
	at        int
	direction uint8
}

// mask is the edges that stay in a corner; nil where there is no logo. Edges that go along a whole side of the corner are those
// of bars.
func (g *logos) mask(corner int) []spot {
	if g.views < leastViews {
		return nil
	}
	var all []spot
	passing := 0 // edges that come and go
	base := corner * cornerWide * cornerHigh
	for i := range cornerWide * cornerHigh {
		for d, n := range g.seen[base+i] {
			if float64(n) >= stays*float64(g.views) {
				all = append(all, spot{i, uint8(d + 1)})
			} else {
				passing += int(n)
			}
		}
	}
	if g.scenes < leastScenes && passing < len(all)*g.views/2 { // it may be a camera that stands still
		return nil
	}
	out := withoutBars(all)
	if len(out) < leastMark || float64(len(out)) > mostMark*cornerWide*cornerHigh {
		return nil
	}
	for i := range out {
		out[i].at += base
	}
	return out
}

// withoutBars leaves out edges that go on along half a side of the corner: those of black bars.
func withoutBars(all []spot) []spot {
	rows, cols := map[int]reach{}, map[int]reach{}
	for _, s := range all {
		x, y := s.at%cornerWide, s.at/cornerWide
		if s.direction > 2 {
			rows[y] = rows[y].with(x)
		} else {
			cols[x] = cols[x].with(y)
		}
	}
	out := all[:0]
	for _, s := range all {
		x, y := s.at%cornerWide, s.at/cornerWide
		barred := false
		for d := -1; d <= 1; d++ {
			barred = barred || rows[y+d].length() > cornerWide/2 || cols[x+d].length() > cornerHigh/2
		}
		if !barred {
			out = append(out, s)
		}
	}
	return out
}

// reach is how far the edges of a row or column lie apart; empty where n is 0.
type reach struct{ from, to, n int }

func (r reach) with(at int) reach {
	if r.n == 0 {
		return reach{at, at, 1}
	}
	return reach{min(r.from, at), max(r.to, at), r.n + 1}
}

func (r reach) length() int { return r.to - r.from }

func has(marks *corners, mask []spot) bool {
	n := 0
	for _, s := range mask {
		if marks[s.at] == s.direction {
			n++
		}
	}
	return float64(n) >= present*float64(len(mask))
}
