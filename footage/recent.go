package footage

import "sync"

// recent keeps what was made of the pictures of episodes, so many pictures in all: what is one too many takes the place of all there is.
type recent[T any] struct {
	mu   sync.Mutex
	of   map[int64]T
	n    int
	most int
}

// get is what is kept of an episode, and whether anything is.
func (r *recent[T]) get(episode int64) (T, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept, ok := r.of[episode]
	return kept, ok
}

// put keeps what was made of n pictures of an episode.
func (r *recent[T]) put(episode int64, made T, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.n += n; r.n > r.most {
		r.of, r.n = nil, n
	}
	if r.of == nil {
		r.of = map[int64]T{}
	}
	r.of[episode] = made
}
