package storyboard

import (
	"github.com/amvlib/amvlib/timecode"
)

const (
	nearSource  = 20 * timecode.Second // sources and
	nearEpisode = 60 * timecode.Second // episodes used within this distance count as used recently
	weighSource = 0.45
	weighSame   = 0.25
	weighShare  = 0.30
)

// ledger knows what is in the plan already and where.
type ledger struct {
	places   map[shotKey][]int64 // middles of the sections in which a shot is used, in frames of the timeline
	picked   []candidate         // each shot once
	sources  map[string][]int64  // the same of a source
	episodes map[int64][]int64
	rate     timecode.Rate
	beside   int64 // nearSource and
	within   int64 // nearEpisode, in frames
	spread   bool
	allLooks bool
}

func newLedger(rate timecode.Rate, o Options) *ledger {
	return &ledger{
		places: map[shotKey][]int64{}, sources: map[string][]int64{}, episodes: map[int64][]int64{},
		rate: rate, beside: rate.Frame(nearSource), within: rate.Frame(nearEpisode), spread: o.Spread, allLooks: o.AllLooks,
	}
}

func (l *ledger) take(c *candidate, at int64) {
	if !l.has(c.key()) {
		l.picked = append(l.picked, *c)
	}
	l.places[c.key()] = append(l.places[c.key()], at)
	l.sources[c.source()] = append(l.sources[c.source()], at)
	l.episodes[c.hit.Episode.ID] = append(l.episodes[c.hit.Episode.ID], at)
}

func (l *ledger) has(k shotKey) bool { return len(l.places[k]) > 0 }

// fresh tells whether neither the shot nor its double is in the plan.
func (l *ledger) fresh(c *candidate) bool {
	if l.has(c.key()) {
		return false
	}
	for i := range l.picked {
		if !l.allLooks && c.looksLike(&l.picked[i]) {
			return false
		}
	}
	return true
}

// tired is how much speaks against one more shot of the same source at a place: 0 for a source not yet used, 1 at most.
func (l *ledger) tired(c *candidate, at int64) float64 {
	if !l.spread {
		return 0
	}
	source, episode := l.sources[c.source()], l.episodes[c.hit.Episode.ID]
	share := float64(len(source)) / float64(max(1, len(l.picked)))
	return weighSource*near(source, at, l.beside) +
		weighSame*near(episode, at, l.within) + weighShare*share
}

// near is 1 where one of places is at, and falls to 0 at the window's edge.
func near(places []int64, at, window int64) float64 {
	best := 0.0
	for _, p := range places {
		best = max(best, 1-float64(max(p-at, at-p))/float64(max(1, window)))
	}
	return best
}
