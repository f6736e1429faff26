package footage

import (
	"cmp"
	"image"
	"math"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

const (
	roughly = 96 // pictures that are compared in the middle size
	finely  = 32 // and in the finest

	apartTwins = timecode.Second / 2 // from the moment of a picture to that of another that fits as well

	// By how much worse a way in which a picture may lie has to fit: the more is free in it, the more it fits by chance.
	ofMirror = 1.2
	ofSettle = 1.6
	ofCrop   = 1.3
	ofZoom   = 1.6
	ofCover  = 1.6
	leastOff = 0.01 // of what a film's frame shows: what compressing it anew leaves unexplained of the right one

	hopeless   = 0.75 // unexplained in the smallest size, of which nothing comes in the finest
	exactly    = 0.1  // unexplained where the picture lies as it is, with which it need not be moved
	coverHelps = 0.6  // share of what is unexplained that is left where something is taken for laid over, for that to be looked into
)

// matcher lays a picture over those of a stretch of film.
type matcher struct {
	of     []shown
	plates [][4]*plate
	asked  [4]*plate
	as     angle // from which it is seen
	angle  angle // that, on this film
	zoomed bool
	last   int // the finest size in which it is compared: no finer than it is itself
	exact  lay // how it lies, as far as its angle tells
	best   fitting
}

// fitting is how a picture lies, what is taken for laid over it, and the film's picture that it fits best so.
type fitting struct {
	index int
	lay   lay
	cover cover
	cost  float64 // share of what the film's picture shows that is unexplained
	score float64 // that, against how much was free
	near  []int   // pictures that were compared in the finest size
}

const finest, medium, coarsest, smallest = 0, 1, 2, 3 // of plateSizes

// newMatcher takes p from an angle on a film of a shape, as fine as the film's pictures are in each size.
func newMatcher(p *Picture, a angle, shape float64, of []shown) *matcher {
	m := &matcher{of: of, plates: make([][4]*plate, len(of)), as: a, zoomed: a.zoomed()}
	a = a.on(p, shape)
	m.angle, m.exact = a, layOf(a)
	for size, is := range plateSizes {
		m.asked[size] = p.plate(a.part, a.mirrored, int(math.Round(float64(is[0])*a.wide)), int(math.Round(float64(is[1])*a.high)))
	}
	for m.last < medium && float64(m.asked[m.last].wide) < 0.7*float64(plateSizes[m.last][0])*a.wide {
		m.last++
	}
	return m
}

func (m *matcher) plate(i, size int) *plate {
	if m.plates[i][size] == nil {
		m.plates[i][size] = plateOf(m.of[i].img, size)
	}
	return m.plates[i][size]
}

// turned is a matcher of the same pictures from another angle.
func (m *matcher) turned(p *Picture, a angle, shape float64) *matcher {
	t := newMatcher(p, a, shape, m.of)
	t.plates = m.plates
	return t
}

// otherwise is what fits best from the likeliest of other angles, where the picture was seen from a wrong one.
func (m *matcher) otherwise(p *Picture, ways []angle, shape, than float64) *matcher {
	var likeliest *matcher
	least := math.Inf(1)
	for _, a := range ways {
		if a.mirrored != m.as.mirrored || a.like(m.as) || !a.cover.Empty() {
			continue
		}
		t := m.turned(p, a, shape)
		if r := (t.rough(cover{}).cost + leastOff) * a.odds(); r < least {
			likeliest, least = t, r
		}
	}
	if likeliest != nil {
		likeliest.find(than)
	}
	return likeliest
}

// find looks for the picture that differs least: as the angle says that it lies, as it fits best, and without what may lie over it. What
// cannot come near a score is not looked at closely.
func (m *matcher) find(than float64) {
	m.best = fitting{score: math.Inf(1)}
	rough := m.rough(cover{})
	m.best.index, m.best.lay, m.best.cost = rough.index, m.exact, rough.cost
	m.consider(rough, than)
	if m.best.cost < exactly {
		return
	}
	for _, c := range covers {
		if r := m.rough(c); c == m.angle.cover || r.cost < coverHelps*rough.cost {
			m.consider(r, than)
		}
	}
}

func (m *matcher) consider(r fitting, than float64) {
	if m.promising(r, than) {
		m.try(r.cover)
	}
}

// promising tells whether what differs so much in the smallest size may differ less than a score in the finest.
func (m *matcher) promising(r fitting, than float64) bool {
	if m.zoomed { // and lies a little otherwise
		return true
	}
	return r.cost < hopeless && r.cost < reachable(than)
}

// reachable is what may be unexplained in the smallest size where a score is to be reached: what moves differs more there.
func reachable(score float64) float64 { return 5*score + 0.1 }

// rough is the picture that fits best in the smallest size.
func (m *matcher) rough(c cover) fitting {
	laid := m.sheet(m.exact, c, smallest)
	best := fitting{cover: c, cost: math.Inf(1)}
	for i := range m.of {
		if cost := laid.differs(m.plate(i, smallest)); cost < best.cost {
			best.index, best.cost = i, cost
		}
	}
	return best
}

// try finds what fits best under a cover.
func (m *matcher) try(c cover) {
	all := make([]int, len(m.of))
	for i := range all {
		all[i] = i
	}
	rough := m.least(m.exact, c, all, coarsest)
	if !m.zoomed {
		if m.finer(m.exact, c, rough, 1) < exactly {
			return
		}
	}
	l := m.started(m.exact, c, m.apart(rough))
	some := m.least(l, c, all, coarsest)
	some = m.least(l, c, some[:min(len(some), roughly)], medium)
	m.finer(l.settled(m.veiled(c, m.last), m.plate(some[0], m.last)), c, some, ofSettle)
}

// finer compares the first of some, in order of how well they fit, in the finest size, and keeps what fits best of all. It returns
// how much is unexplained.
func (m *matcher) finer(l lay, c cover, some []int, odds float64) float64 {
	if odds == 1 {
		some = m.least(l, c, some[:min(len(some), roughly)], medium)
	}
	as := m.as
	as.cover = c
	odds *= as.odds()
	laid, least := m.sheet(l, c, m.last), math.Inf(1)
	near := some[:min(len(some), finely)]
	for _, i := range near {
		cost := laid.differs(m.plate(i, m.last))
		least = min(least, cost)
		if score := (cost + leastOff) * odds; score < m.best.score {
			m.best = fitting{i, l, c, cost, score, near}
		}
	}
	return least
}

// started lies as the picture fits that of a few best which fits best once it lies as it should. On one of another moment it may come to
// lie wrong, and then fits that moment better than its own.
func (m *matcher) started(from lay, c cover, some []int) lay {
	best, least := from, math.Inf(1)
	for _, i := range some {
		l := from.settled(m.veiled(c, coarsest), m.plate(i, coarsest))
		l = l.settled(m.veiled(c, medium), m.plate(i, medium))
		if cost := m.sheet(l, c, medium).differs(m.plate(i, medium)); cost < least {
			best, least = l, cost
		}
	}
	return best
}

// apart are the first of some that are no neighbours: one where it is known how the picture lies, a few where it was zoomed or cropped.
func (m *matcher) apart(some []int) []int {
	most := 1
	if m.angle.wide*m.angle.high < 0.96 {
		most = 4
	}
	var kept []int
	for _, i := range some {
		if len(kept) < most && !slices.ContainsFunc(kept, func(k int) bool { return away(m.of[k].at, m.of[i].at) < timecode.Second*3/10 }) {
			kept = append(kept, i)
		}
	}
	return kept
}

// veiled is the picture in a size, without what a cover takes.
func (m *matcher) veiled(c cover, size int) *plate { return c.veils(m.asked[size]) }

// sheet is the picture as it lies, in a size.
func (m *matcher) sheet(l lay, c cover, size int) *sheet {
	return l.sheet(m.veiled(c, size), plateSizes[size][0], plateSizes[size][1])
}

// least are pictures in order of how much they differ in a size.
func (m *matcher) least(l lay, c cover, of []int, size int) []int {
	laid := m.sheet(l, c, size)
	costs := make(map[int]float64, len(of))
	for _, i := range of {
		costs[i] = laid.differs(m.plate(i, size))
	}
	of = slices.Clone(of)
	slices.SortStableFunc(of, func(a, b int) int { return cmp.Compare(costs[a], costs[b]) })
	return of
}

// agreement is how well the picture that was found agrees with the one in question, -1 to 1, and how many of its parts show something:
// the number of parts alike that would weigh so.
func (m *matcher) agreement() (agree, parts float64) {
	film := m.plate(m.best.index, medium)
	laid := m.best.lay.over(m.veiled(m.best.cover, medium), film.wide, film.high)
	var tiles []tile
	const wide, high = 20, 18
	for y := 0; y+high <= film.high; y += high {
		for x := 0; x+wide <= film.wide; x += wide {
			tiles = append(tiles, laid.tile(film, image.Rect(x, y, x+wide, y+high)))
		}
	}
	sum, squares := 0.0, 0.0
	for _, t := range tiles {
		sum, squares = sum+t.weight, squares+t.weight*t.weight
	}
	return correlation(tiles), sum * sum / max(1e-9, squares)
}

// same tells whether the film shows the very same in two pictures, but for so many levels.
func (m *matcher) same(i, j, levels int) bool {
	a, b := m.of[i].img, m.of[j].img
	for k, v := range a.Pix {
		if d := int(v) - int(b.Pix[k]); d > levels || d < -levels {
			return false
		}
	}
	return true
}

// held is the stretch around a picture in which the film shows the very same one, but for what an encoder makes of it.
func (m *matcher) held(at int) timecode.Range { return m.around(at, 1) }

func (m *matcher) around(at, levels int) timecode.Range {
	first, last := m.heldWithin(at, levels)
	return timecode.Range{Start: m.of[first].at, End: m.of[last].at}
}

func (m *matcher) heldFrames(at int) (first, last int) { return m.heldWithin(at, 1) }

func (m *matcher) heldWithin(at, levels int) (first, last int) {
	first, last = at, at
	for first > 0 && m.same(first-1, at, levels) {
		first--
	}
	for last < len(m.of)-1 && m.same(last+1, at, levels) {
		last++
	}
	return first, last
}

// twins are pictures that fit as well as the one that was found, one of each moment but its own.
func (m *matcher) twins() []int {
	laid := m.sheet(m.best.lay, m.best.cover, m.last)
	own := m.held(m.best.index)
	var all []int
	for _, i := range m.best.near {
		at := m.of[i].at
		if at >= own.Start-apartTwins && at <= own.End+apartTwins || !asWell(laid.differs(m.plate(i, m.last)), m.best.cost) {
			continue
		}
		if !slices.ContainsFunc(all, func(k int) bool { return away(m.of[k].at, at) < apartTwins }) {
			all = append(all, i)
		}
	}
	return all
}

// asWell tells whether what differs so much fits as well as what differs so little.
func asWell(cost, best float64) bool { return cost <= 1.1*best+0.003 }
