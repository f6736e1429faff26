package phash

import (
	"iter"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// library draws sets of hashes as films have them: shots whose samples drift by a few bits, shots that come back, episodes that are
// there in a second release, pictures that every film has, and hashes as the transform makes them, with the first bit always set.
type library struct {
	*rand.Rand
	popular []uint64
	earlier [][]Entry
}

const perSet = 700 // hashes: a shot every few seconds, some samples each

func newLibrary(seed uint64) *library {
	l := &library{Rand: rand.New(rand.NewPCG(seed, 7))}
	for range 40 {
		l.popular = append(l.popular, l.picture())
	}
	return l
}

// picture is a hash unlike others: half of its bits are set.
func (l *library) picture() uint64 {
	for {
		if h := l.Uint64() | 1<<63; bits.OnesCount64(h) == 32 {
			return h
		}
	}
}

// noisy is h with up to n bits flipped.
func (l *library) noisy(h uint64, n int) uint64 {
	for range l.IntN(n + 1) {
		h ^= 1 << l.IntN(63)
	}
	return h
}

func (l *library) episode() []Entry {
	if len(l.earlier) > 0 && l.IntN(10) == 0 {
		return l.again(l.earlier[l.IntN(len(l.earlier))])
	}
	var all []Entry
	var shots []uint64
	for len(all) < perSet {
		h := l.picture()
		switch {
		case l.IntN(50) == 0:
			h = l.noisy(l.popular[min(l.IntN(40), l.IntN(40), l.IntN(40))], 6)
		case len(shots) > 0 && l.IntN(5) == 0:
			h = l.noisy(shots[l.IntN(len(shots))], 4)
		}
		shots = append(shots, h)
		for range 1 + l.IntN(8) {
			all = append(all, Entry{Hash(h), uint32(len(all) * 6)})
			h = l.noisy(h, 3)
		}
	}
	if len(l.earlier) < 200 {
		l.earlier = append(l.earlier, all[:perSet])
	}
	return all[:perSet]
}

// again is another release of an episode.
func (l *library) again(of []Entry) []Entry {
	all := slices.Clone(of)
	for i := range all {
		all[i].Hash = Hash(l.noisy(uint64(all[i].Hash), 2))
	}
	return all
}

// sets are n hashes, in sets from 1.
func (l *library) sets(n int) []Set {
	var all []Set
	for id := int64(1); n > 0; id++ {
		entries := l.episode()
		entries = entries[:min(n, len(entries))]
		all = append(all, Set{id, entries})
		n -= len(entries)
	}
	return all
}

// uniform are n hashes without any likeness.
func uniform(n int) []Set {
	r := rand.New(rand.NewPCG(3, 3))
	return drawn(n, r.Uint64)
}

func equal(n int) []Set { return drawn(n, func() uint64 { return 0x0123456789abcdef }) }

// narrow are n hashes that differ in few of their bits, side by side, as nothing natural does.
func narrow(n int) []Set {
	r := rand.New(rand.NewPCG(4, 4))
	return drawn(n, func() uint64 { return 0xfeed<<48 | r.Uint64()>>32 })
}

func drawn(n int, hash func() uint64) []Set {
	var all []Set
	for i := range n {
		if i%perSet == 0 {
			all = append(all, Set{ID: int64(i/perSet + 1)})
		}
		s := &all[len(all)-1]
		s.Entries = append(s.Entries, Entry{Hash(hash()), uint32(i % perSet)})
	}
	return all
}

func stream(sets []Set) iter.Seq2[Set, error] {
	return func(yield func(Set, error) bool) {
		for _, s := range sets {
			if !yield(s, nil) {
				return
			}
		}
	}
}

// create makes a table of sets that is closed when the test ends.
func create(tb testing.TB, sets []Set) *Table {
	tb.Helper()
	t, err := Create(tb.Context(), tb.TempDir(), "", stream(sets))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { t.Close() })
	return t
}
