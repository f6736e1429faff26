package search

import (
	"context"
	"errors"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/picture/flags"
)

func (q Query) ofFlags() bool { return q.Flags|q.NoFlags != 0 }

// wears tells whether a shot has the flags that q asks for and none that it refuses.
func (q Query) wears(s flags.Set) bool { return s.Has(q.Flags) && !s.Any(q.NoFlags) }

// wardrobe tells by number which shots of an episode wear what q asks for. Episodes are read when one of their lines is found.
type wardrobe struct {
	ctx  context.Context // of the search; a wardrobe lives no longer
	cat  Shots
	q    Query
	read map[int64]map[int]bool
	err  error
}

// wardrobe is nil where q asks for no flags.
func (s *Searcher) wardrobe(ctx context.Context, q Query) *wardrobe {
	if !q.ofFlags() {
		return nil
	}
	return &wardrobe{ctx: ctx, cat: s.cat, q: q, read: map[int64]map[int]bool{}}
}

// fault is what kept episodes from being read.
func (w *wardrobe) fault() error {
	if w == nil {
		return nil
	}
	return w.err
}

func (w *wardrobe) has(episode int64, shot int) bool {
	if w == nil {
		return true
	}
	if _, ok := w.read[episode]; !ok {
		shots, err := w.cat.Effective(w.ctx, episode)
		if err != nil && w.err == nil && !errors.Is(err, catalog.ErrNotFound) {
			w.err = err
		}
		w.take(episode, shots)
	}
	return w.read[episode][shot]
}

// take spares reading an episode whose shots are at hand.
func (w *wardrobe) take(episode int64, shots []catalog.Shot) {
	if w == nil {
		return
	}
	fit := map[int]bool{}
	for _, s := range shots {
		fit[s.Number] = w.q.wears(s.Flags)
	}
	w.read[episode] = fit
}

// Unflagged counts the episodes that were learnt before there were flags: of their shots none has any.
func Unflagged(all []catalog.Episode) (n int) {
	for i := range all {
		if all[i].Versions.Flags == 0 {
			n++
		}
	}
	return n
}
