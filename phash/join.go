package phash

import (
	"context"
	"math"
	"math/bits"
	"slices"
)

// All pairs are found by pigeonhole: of r+s blocks of bits, two hashes that differ in at most r bits agree in s at least. For every
// choice of s blocks the hashes are dealt out by what they have there, and only those dealt together are compared. A pair that agrees
// in more counts where its first s are chosen, so nobody needs to remember which pairs were seen.

// choice is one way to choose blocks.
type choice struct {
	blocks []uint64 // masks of bits
	agreed int      // how many are chosen
	chosen uint64   // the chosen ones together
}

// first tells whether a pair that differs so counts with this choice.
func (c *choice) first(differ uint64) bool {
	var agreeing uint64
	n := 0
	for _, b := range c.blocks {
		if differ&b == 0 {
			agreeing |= b
			if n++; n == c.agreed {
				break
			}
		}
	}
	return n == c.agreed && agreeing == c.chosen
}

// What joining costs, in nanoseconds, which matter only beside each other.
const (
	costOfDealing   = 8.0
	costOfComparing = 0.5
	smallest        = 256 // hashes below which comparing all is cheaper than to think about it
	deepest         = 8
	widest          = 20 // blocks
)

// choicesFor finds the number of blocks that costs least, and its choices; none where comparing all with all is cheaper still.
// Pictures are no random numbers, so how many would be dealt together is measured on a sample.
func choicesFor(hashes []uint64, radius int) []choice {
	varying := varying(hashes)
	if len(hashes) < smallest || bits.OnesCount64(varying) <= radius {
		return nil
	}
	var cheapest []choice
	n := float64(len(hashes))
	least := n * n / 2 * costOfComparing
	sample := sampleOf(hashes)
	for b := radius + 1; b <= min(widest, bits.OnesCount64(varying)); b++ {
		cost := ways(b, radius) * n * costOfDealing
		if cost >= least {
			continue
		}
		choices := choose(split(varying, b), b-radius)
		for _, c := range choices {
			if cost >= least {
				break
			}
			cost += n * n / 2 * together(sample, c.chosen) * costOfComparing
		}
		if cost < least {
			cheapest, least = choices, cost
		}
	}
	return cheapest
}

// ways is in how many ways k of n can be chosen.
func ways(n, k int) float64 {
	w := 1.0
	for i := range k {
		w *= float64(n-i) / float64(i+1)
	}
	return w
}

// varying is the bits in which not all hashes are the same.
func varying(hashes []uint64) uint64 {
	var v uint64
	for _, h := range hashes {
		v |= h ^ hashes[0]
	}
	return v
}

// split deals bits out into n blocks, neighbours into different ones, for neighbours depend on each other.
func split(mask uint64, n int) []uint64 {
	blocks := make([]uint64, n)
	for i := 0; mask != 0; i++ {
		bit := mask & -mask
		blocks[i%n] |= bit
		mask ^= bit
	}
	return blocks
}

// choose is every choice of k blocks, in order.
func choose(blocks []uint64, k int) []choice {
	var all []choice
	var pick func(from, left int, chosen uint64)
	pick = func(from, left int, chosen uint64) {
		if left == 0 {
			all = append(all, choice{blocks, k, chosen})
			return
		}
		for i := from; i+left <= len(blocks); i++ {
			pick(i+1, left-1, chosen|blocks[i])
		}
	}
	pick(0, k, 0)
	return all
}

func sampleOf(hashes []uint64) []uint64 {
	n := min(1024, max(64, len(hashes)/16))
	sample := make([]uint64, n)
	for i := range sample {
		sample[i] = hashes[i*len(hashes)/n]
	}
	return sample
}

// together is how likely two hashes of a sample agree in the bits of mask, and no less than chance has it.
func together(sample []uint64, mask uint64) float64 {
	masked := make([]uint64, len(sample))
	for i, h := range sample {
		masked[i] = h & mask
	}
	slices.Sort(masked)
	pairs, run := 0, 0
	for i := 1; i < len(masked); i++ {
		if run++; masked[i] != masked[i-1] {
			run = 0
		}
		pairs += run
	}
	n := float64(len(sample))
	return max(float64(pairs)/(n*(n-1)/2), math.Exp2(-float64(bits.OnesCount64(mask))))
}

// joiner finds pairs on one goroutine.
type joiner struct {
	ctx    context.Context
	radius int
	path   []choice // by which the hashes at hand were dealt out
	tell   func(Pair)
	dealt  [deepest][]uint64 // kept for the next dealing at the same depth
	starts [deepest][]uint32
}

// join tells of all pairs among hashes that count on the path.
func (j *joiner) join(hashes []uint64) {
	if len(j.path) < deepest {
		if choices := choicesFor(hashes, j.radius); choices != nil {
			for _, c := range choices {
				j.deal(hashes, c)
			}
			return
		}
	}
	j.compare(hashes, 0, len(hashes))
}

// deal deals hashes out by the bits of a choice and joins each share. Different bits may come into one share, which costs little and
// changes nothing.
func (j *joiner) deal(hashes []uint64, c choice) {
	depth := len(j.path)
	shift := 64 - min(18, bits.Len(uint(len(hashes))))
	starts := resized(&j.starts[depth], 1<<(64-shift)+1)
	clear(starts)
	for _, h := range hashes {
		starts[share(h&c.chosen, shift)]++
	}
	end := uint32(0)
	for i := range starts {
		end += starts[i]
		starts[i] = end
	}
	dealt := resized(&j.dealt[depth], len(hashes))
	for _, h := range slices.Backward(hashes) { // which leaves every share's start in starts and its order as it was
		s := share(h&c.chosen, shift)
		starts[s]--
		dealt[starts[s]] = h
	}
	j.path = append(j.path, c)
	for i := 1; i < len(starts) && j.ctx.Err() == nil; i++ {
		if from, to := starts[i-1], starts[i]; to-from > 1 {
			j.join(dealt[from:to])
		}
	}
	j.path = j.path[:depth]
}

// share mixes bits into a number of 64-shift bits.
func share(h uint64, shift int) uint64 {
	h *= 0x9e3779b97f4a7c15
	return (h ^ h>>32) * 0x9e3779b97f4a7c15 >> shift
}

func resized[N any](s *[]N, n int) []N {
	if cap(*s) < n {
		*s = make([]N, n)
	}
	return (*s)[:n]
}

// compare compares the hashes from one to another with all that follow them.
func (j *joiner) compare(hashes []uint64, from, to int) {
	for i := from; i < to; i++ {
		if i%256 == 255 && j.ctx.Err() != nil {
			return
		}
		h, rest := hashes[i], hashes[i+1:]
		for len(rest) > 0 {
			if len(rest) >= group {
				rest = rest[nearGroup(rest, h, j.radius):]
			}
			n := min(group, len(rest))
			for _, o := range rest[:n] {
				if d := bits.OnesCount64(h ^ o); d <= j.radius {
					j.pair(h, o, d)
				}
			}
			rest = rest[n:]
		}
	}
}

func (j *joiner) pair(a, b uint64, distance int) {
	for i := range j.path {
		if !j.path[i].first(a ^ b) {
			return
		}
	}
	j.tell(Pair{Hash(min(a, b)), Hash(max(a, b)), distance})
}
