package facets

import (
	"context"
	"iter"
	"log/slog"
	"maps"
	"slices"
	"sync"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/mood"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// Library is what the facets are of; a [catalog.Catalog] is one.
type Library interface {
	ID() string
	Changes(ctx context.Context, since catalog.Mark) (upto catalog.Mark, changes []catalog.Change, err error)
	Effective(ctx context.Context, episode int64) ([]catalog.Shot, error)
}

// Options of Open. The zero Options do.
type Options struct {
	Log *slog.Logger
}

// Table is the facets of all shots. It may be used from several goroutines.
type Table struct {
	path string
	cat  Library
	log  *slog.Logger

	catching sync.Mutex
	mu       sync.RWMutex
	state    state
}

// state is what a file holds. It is replaced and never changed, but by who makes it.
type state struct {
	mark     catalog.Mark
	episodes map[int64][]byte // packed shots
	order    []int64
}

// Shot is one of [Table.All].
type Shot struct {
	Episode int64
	Number  int // among the shots as they stand, see [catalog.Catalog.Effective]
	Start   timecode.Time
	Length  timecode.Time
	Facets  mood.Facets
}

// Open reads the table at path, or makes it, and catches up with cat. Errors: those of the catalog and of ctx; a file that cannot be read or
// written is made do without.
func Open(ctx context.Context, path string, cat Library, o Options) (*Table, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	t := &Table{path: path, cat: cat, log: o.Log}
	t.state = t.read()
	if err := t.CatchUp(ctx); err != nil {
		return nil, err
	}
	return t, nil
}

// Len is how many shots there are.
func (t *Table) Len() (n int) {
	for _, b := range t.now().episodes {
		n += len(b) / size
	}
	return n
}

func (t *Table) now() state {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.state
}

// All are all shots, by episode and number. What is given is good until the next: its Shares are overwritten then.
func (t *Table) All() iter.Seq[*Shot] {
	return func(yield func(*Shot) bool) {
		s := t.now()
		var shares [picture.Hues]float64
		for _, id := range s.order {
			b := s.episodes[id]
			for n := 0; n < len(b)/size; n++ {
				shot := unpack(b[n*size:], shares[:])
				shot.Episode, shot.Number = id, n+1
				if !yield(&shot) {
					return
				}
			}
		}
	}
}

// Shot is one shot; false where there is none.
func (t *Table) Shot(episode int64, number int) (Shot, bool) {
	b := t.now().episodes[episode]
	if number < 1 || number > len(b)/size {
		return Shot{}, false
	}
	s := unpack(b[(number-1)*size:], make([]float64, picture.Hues))
	s.Episode, s.Number = episode, number
	return s, true
}

func (s *state) sort() { s.order = slices.Sorted(maps.Keys(s.episodes)) }
