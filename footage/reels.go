package footage

import (
	"slices"
	"sync"

	"github.com/amvlib/amvlib/timecode"
)

// reels are stretches of episodes that were decoded last. Shots of one scene follow each other, and each is looked at several times; to
// start a decoder costs as much as seconds of footage.
type reels struct {
	mu    sync.Mutex
	all   []*footageReel // the one used last at the end
	count int            // of their pictures
}

// mostKept bounds the pictures of reels: 14 KB each, and 86 KB more where pictures for people are kept.
const mostKept = 3000

// around is a reel that holds a stretch; nil where there is none.
func (r *reels) around(episode int64, wanted timecode.Range) *footageReel {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.all, func(k *footageReel) bool {
		return k.episode == episode && k.within.Start <= max(0, wanted.Start) && k.within.End >= wanted.End
	})
	if i < 0 {
		return nil
	}
	found := r.all[i]
	r.all = append(slices.Delete(r.all, i, i+1), found)
	return found.part(wanted)
}

// part is a stretch of a reel, as if no more had been decoded.
func (r *footageReel) part(wanted timecode.Range) *footageReel {
	i, _ := slices.BinarySearch(r.times, wanted.Start)
	j, _ := slices.BinarySearch(r.times, wanted.End)
	p := &footageReel{episode: r.episode, within: wanted, frames: r.frames[i:j], times: r.times[i:j], pictures: r.pictures[i:j], step: r.step}
	if r.images != nil {
		p.images = r.images[i:j]
	}
	return p
}

// keep remembers a reel, and forgets those that were used longest ago.
func (r *reels) keep(k *footageReel) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all, r.count = append(r.all, k), r.count+len(k.pictures)
	for r.count > mostKept && len(r.all) > 1 {
		r.count -= len(r.all[0].pictures)
		r.all = slices.Delete(r.all, 0, 1)
	}
}
