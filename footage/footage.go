package footage

import (
	"container/list"
	"context"
	"sync"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/footage/hashes"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/timecode"
)

// Library is what is known of the footage; a [catalog.Catalog] is one.
type Library interface {
	Episodes(ctx context.Context) ([]catalog.Episode, error)
	Effective(ctx context.Context, episode int64) ([]catalog.Shot, error)
	Sequence(ctx context.Context, episode int64) (*catalog.Sequence, error)
	Stills(ctx context.Context, episode int64, span timecode.Span) ([]analysis.Still, error)
	Words(ctx context.Context) ([]catalog.Word, error)
}

// Hashes finds pictures; a [hashes.View] is one.
type Hashes interface {
	Whole(h phash.Hash, radius int) ([]hashes.Place, error)
	Centre(h phash.Hash, radius int) ([]hashes.Place, error)
}

// Footage answers questions about a library. It may be used from several goroutines.
type Footage struct {
	lib    Library
	hashes Hashes
	films  *pieces // nil where none may be decoded
	tell   func(path string, at, of timecode.Time)

	mu      sync.Mutex
	reels   map[int64]*list.Element // of *Reel
	order   *list.List              // reels, used last first
	rolls   recent[*roll]
	watched recent[*watched]
}

// New joins a library and the hashes that are a view of it.
func New(lib Library, h Hashes) *Footage {
	return &Footage{lib: lib, hashes: h, reels: map[int64]*list.Element{}, order: list.New(),
		rolls: recent[*roll]{most: mostRolled}, watched: recent[*watched]{most: mostSmalls}}
}

// held is how many reels stay in memory: of episodes of 24 minutes some 300 KB each.
const held = 256

// Reel is an episode's, read once while it is needed.
func (f *Footage) Reel(ctx context.Context, episode int64) (*Reel, error) {
	f.mu.Lock()
	e, ok := f.reels[episode]
	if ok {
		f.order.MoveToFront(e)
	}
	f.mu.Unlock()
	if ok {
		return e.Value.(*Reel), nil
	}
	q, err := f.lib.Sequence(ctx, episode)
	if err != nil {
		return nil, err
	}
	r := ReelOf(q)
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, twice := f.reels[episode]; !twice {
		f.reels[episode] = f.order.PushFront(r)
	}
	if f.order.Len() > held {
		last := f.order.Back()
		delete(f.reels, f.order.Remove(last).(*Reel).Episode)
	}
	return r, nil
}
