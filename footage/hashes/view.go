package hashes

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/phash"
)

// Library is what the hashes are of; a [catalog.Catalog] is one.
type Library interface {
	ID() string
	Changes(ctx context.Context, since catalog.Mark) (upto catalog.Mark, changes []catalog.Change, err error)
	Sequence(ctx context.Context, episode int64) (*catalog.Sequence, error)
}

// Options of Open. The zero Options do for most.
type Options struct {
	Log      *slog.Logger
	ReadOnly bool          // write nothing: answer from the table as it is, however old
	Wait     time.Duration // how long to wait for another process that updates the table; 0 is one second
	Cache    string        // where a table grows whose own folder takes nothing; empty is the user's cache folder
}

var (
	// ErrNoTable is returned where there is no table and none may be written.
	ErrNoTable = errors.New("there is no table of hashes yet, and it may not be written here")
	// ErrBusy is why a table is stale while another process updates it and is not done in time.
	ErrBusy = errors.New("another program is writing to the library")
)

var errReadOnly = errors.New("the table of hashes was opened for reading only")

// View looks hashes up. It may be used from several goroutines.
type View struct {
	dir     string
	passing string // a temporary folder that goes with the view
	cat     Library
	options Options
	log     *slog.Logger

	catching sync.Mutex
	mu       sync.RWMutex
	table    *phash.Table // replaced under mu only
	stale    error
}

// Open opens the table in dir, which is its own and is made where there is none, and catches up with cat before it returns.
func Open(ctx context.Context, dir string, cat Library, o Options) (*View, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Wait <= 0 {
		o.Wait = time.Second
	}
	v := &View{dir: filepath.Clean(dir), cat: cat, options: o, log: o.Log}
	if err := v.CatchUp(ctx); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// Close lets go of the table's files. Nothing is lost without it.
func (v *View) Close() error {
	v.catching.Lock()
	defer v.catching.Unlock()
	err := v.swap(nil)
	if v.passing != "" {
		err = errors.Join(err, os.RemoveAll(v.passing))
	}
	return err
}

// Stale tells why answers may lack what came last into the catalog; nil where they lack nothing.
func (v *View) Stale() error {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.stale
}

// Len is how many hashes there are: about eight for a second of footage.
func (v *View) Len() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.table == nil {
		return 0
	}
	return v.table.Len()
}

// Place is a picture of the library that was found.
type Place struct {
	Episode  int64
	Frame    int64
	Distance int // bits in which its hash differs from the one asked for
}

// MostPlaces is how many places are found at most. A picture that is in so many says nothing of where it is from.
const MostPlaces = 5000

// Whole finds the samples whose whole picture has a hash at most radius bits from h, nearest first, then by episode and frame: all of
// them, unless there are [MostPlaces] or more.
func (v *View) Whole(h phash.Hash, radius int) ([]Place, error) { return v.find(h, radius, whole) }

// Centre finds the samples whose middle (see [analysis.Middle]) has such a hash.
func (v *View) Centre(h phash.Hash, radius int) ([]Place, error) { return v.find(h, radius, centre) }

// Count is how many hashes of either kind are at most radius bits from h: how common a picture is.
func (v *View) Count(h phash.Hash, radius int) (int, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.table == nil {
		return 0, phash.ErrClosed
	}
	return v.table.Count(h, radius)
}

func (v *View) find(h phash.Hash, radius int, kind uint32) ([]Place, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.table == nil {
		return nil, phash.ErrClosed
	}
	found, err := v.table.Some(h, radius, MostPlaces, func(id phash.ID) bool { return id.Number&1 == kind })
	if err != nil {
		return nil, fmt.Errorf("look up a picture in %s: %w", v.dir, err)
	}
	places := make([]Place, 0, len(found))
	for _, m := range found {
		places = append(places, Place{Episode: m.Set, Frame: int64(m.Number >> 1), Distance: m.Distance})
	}
	return places, nil
}

// swap puts t in the place of the table that answers.
func (v *View) swap(t *phash.Table) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	old := v.table
	v.table = t
	if old == nil || old == t {
		return nil
	}
	return old.Close()
}

func (v *View) flag(stale error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.stale = stale
}
