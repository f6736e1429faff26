package storyboard

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
)

// pool draws fillers evenly: from the source used least, there from the episode used least, there any shot.
type pool struct {
	rng     *rand.Rand
	fits    func(*candidate) bool // once it says no to a shot it never says yes again
	drained map[int64]bool        // episodes in which nothing is left
}

func newPool(seed uint64, fits func(*candidate) bool) *pool {
	return &pool{rng: rand.New(rand.NewPCG(seed, 0x616d76)), fits: fits, drained: map[int64]bool{}}
}

// draw gives a shot that fits; nil where there is none in the library.
func (p *pool) draw(ctx context.Context, r *run, j *job) (*candidate, error) {
	for _, source := range p.leastUsed(r, j) {
		for _, e := range source {
			if p.drained[e.ID] {
				continue
			}
			if c, err := p.from(ctx, r, j, e); c != nil || err != nil {
				return c, err
			}
		}
	}
	return nil, nil
}

// leastUsed orders sources and their episodes by how often and how near they were used; chance decides between equals.
func (p *pool) leastUsed(r *run, j *job) [][]*catalog.Episode {
	all := r.bySource()
	p.rng.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	used := func(s []*catalog.Episode) float64 {
		places := r.sources[s[0].Name.Source]
		return float64(len(places)) + 2*near(places, j.at(), r.beside)
	}
	slices.SortStableFunc(all, func(a, b []*catalog.Episode) int { return cmp.Compare(used(a), used(b)) })
	for _, s := range all {
		p.rng.Shuffle(len(s), func(i, k int) { s[i], s[k] = s[k], s[i] })
		slices.SortStableFunc(s, func(a, b *catalog.Episode) int { return cmp.Compare(len(r.episodes[a.ID]), len(r.episodes[b.ID])) })
	}
	return all
}

// from draws out of one episode: best from its middle, for openings and credits stand at its ends, and one long enough.
func (p *pool) from(ctx context.Context, r *run, j *job, e *catalog.Episode) (*candidate, error) {
	shots, err := r.of(ctx, e)
	if err != nil {
		return nil, err
	}
	need := min(r.longest, j.room())
	var best *candidate
	rank, left := -1, false
	for _, i := range p.rng.Perm(len(shots)) {
		c := newCandidate(search.Hit{Episode: e, Shot: shots[i]}, r.rate)
		if !r.seats(j, &c) {
			left = true // for another section
		} else if k := fitness(&c, need); k > rank && p.fits(&c) {
			best, rank = &c, k
		}
	}
	p.drained[e.ID] = best == nil && !left
	return best, nil
}

// fitness is 0 to 3.
func fitness(c *candidate, need int64) int {
	k := 0
	if c.fit >= need {
		k++
	}
	if frames := mediaFrames(c.hit.Episode); c.clean.In >= frames/10 && c.clean.Out <= frames-frames/8 {
		k += 2
	}
	return k
}
