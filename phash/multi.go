package phash

import (
	"math/bits"
	"slices"
	"sync"
)

// What the engines cost, in units of what a scan takes for one hash; measured by BenchmarkEngines.
const (
	costOfNear   = 2  // a row of the first quarter's buckets: rows lie side by side
	costOfFar    = 30 // a row of another quarter's: each is a visit to another place in memory
	costOfBucket = 60 // finding a bucket
)

// plan is how far from a hash multi-index hashing looks in each quarter, so that nothing within a radius is missed: hashes that
// differ by more than reach[q] in every quarter q differ by at least the sum of reach[q]+1, which is above the radius.
// A quarter with reach -1 is left out.
type plan struct {
	radius int
	reach  [quarters]int
}

// planFor shares radius out evenly, what is left over to the first quarters, where looking is cheapest.
func planFor(radius int) plan {
	p := plan{radius: radius}
	for q := range p.reach {
		p.reach[q] = (radius+quarters-q)/quarters - 1
	}
	return p
}

// flips are the 16-bit numbers by how many bits are set in them: what a quarter is to be changed by to come to those near it.
var flips = sync.OnceValue(func() []uint16 {
	all := make([]uint16, values)
	for i := range all {
		all[i] = uint16(i)
	}
	slices.SortStableFunc(all, func(a, b uint16) int { return bits.OnesCount16(a) - bits.OnesCount16(b) })
	return all
})

// near is how many 16-bit numbers have at most as many bits set.
func near(reach int) int {
	n, choose := 0, 1
	for k := 0; k <= min(reach, 16); k++ {
		n += choose
		choose = choose * (16 - k) / (k + 1)
	}
	return n
}

// worth tells whether looking into buckets costs less than a scan. It counts what is in them, so it is right for every kind of
// library: where many pictures look alike buckets are large and a scan wins early, where none do it wins late.
func (l plan) worth(s *segment, h uint64) bool {
	if l.radius < 0 {
		return true
	}
	cost := 0
	for q, reach := range l.reach {
		each := costOfFar
		if q == 0 {
			each = costOfNear
		}
		for _, flip := range flips()[:near(reach)] {
			from, to := s.bucket(q, quarterOf(h, q)^flip)
			if cost += costOfBucket + each*int(to-from); cost > s.rows {
				return false
			}
		}
	}
	return true
}

// look looks into the buckets of a plan. Each row is told of in the first quarter whose reach it is in, so never twice.
func (l plan) look(p part, h uint64, c collector) {
	for _, flip := range flips()[:near(l.reach[0])] {
		from, to := p.bucket(0, quarterOf(h, 0)^flip)
		p.scan(from, to, h, c)
	}
	for q := 1; q < quarters; q++ {
		for _, flip := range flips()[:near(l.reach[q])] {
			from, to := p.bucket(q, quarterOf(h, q)^flip)
			l.visit(p, q, p.orders[q-1][from:to], h, c)
		}
	}
}

// visit looks at rows that lie far from each other.
func (l plan) visit(p part, quarter int, rows []uint32, h uint64, c collector) {
	for _, i := range rows {
		if int(i) >= len(p.hashes) {
			continue
		}
		differ := p.hashes[i] ^ h
		if d := bits.OnesCount64(differ); d <= c.reach() && !l.before(quarter, differ) {
			p.tell(i, d, c)
		}
	}
}

// before tells whether a row that differs so is in reach of an earlier quarter.
func (l plan) before(quarter int, differ uint64) bool {
	for q := range quarter {
		if bits.OnesCount16(quarterOf(differ, q)) <= l.reach[q] {
			return true
		}
	}
	return false
}
