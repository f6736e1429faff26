package phash

import "math/bits"

// group is how many hashes nearest looks at together: it tells in which group something is near, not where.
const group = 16

// scan looks at every row from one to another. The machine's widest instructions find the groups in which something is near, which are
// few; those are looked at one by one.
func (p part) scan(from, to uint32, h uint64, c collector) {
	for from < to && c.reach() >= 0 {
		from += uint32(nearGroup(p.hashes[from:to], h, c.reach()))
		end := min(from+group, to)
		for ; from < end; from++ {
			if d := bits.OnesCount64(p.hashes[from] ^ h); d <= c.reach() {
				p.tell(from, d, c)
			}
		}
	}
}

// tell passes row i on, unless nothing stands behind it any more.
func (p part) tell(i uint32, distance int, c collector) {
	if p.stands(i) {
		c.take(p.id(i), distance)
	}
}

// nearGroupPlain is where in hashes the first group starts in which a hash is at most limit from h; groups that are not whole count
// as near. The plain twin of what is written for the machine.
func nearGroupPlain(hashes []uint64, h uint64, limit int) int {
	i := 0
	for ; i+group <= len(hashes); i += group {
		nearest := 64
		for _, o := range hashes[i : i+group] {
			nearest = min(nearest, bits.OnesCount64(o^h))
		}
		if nearest <= limit {
			break
		}
	}
	return i
}
