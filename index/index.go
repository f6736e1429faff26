package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/amvlib/amvlib/catalog"
)

// Catalog is what an index is a view of.
type Catalog interface {
	Journal
	Contents
}

// Journal tells what became of a catalog.
type Journal interface {
	// ID names the catalog; what was learnt from one of another name is worth nothing.
	ID() string
	// Changes names the episodes that transactions after since touched, and the generation up to which that is true.
	Changes(ctx context.Context, since catalog.Generation) (upto catalog.Generation, changes []catalog.Change, err error)
}

// Contents is what a catalog holds of an episode. What is no longer there gives catalog.ErrNotFound.
type Contents interface {
	// Lines gives an episode's lines, each with the number of its shot.
	Lines(ctx context.Context, episode int64) ([]catalog.Line, error)
	// Effective gives an episode's shots as they stand.
	Effective(ctx context.Context, episode int64) ([]catalog.Shot, error)
}

// Options of Open. The zero Options do for most.
type Options struct {
	Log      *slog.Logger
	ReadOnly bool          // write nothing: answer from the index as it is, however old
	Wait     time.Duration // how long to wait for another process that is catching up; 0 is one second
}

// ErrNoIndex is returned where there is no index and none may be written.
var ErrNoIndex = errors.New("there is no index yet, and it may not be written here")

// ErrClosed is returned by an index that has been closed.
var ErrClosed = errors.New("the index is closed")

// errDamaged is what reading a broken snapshot comes to.
var errDamaged = errors.New("the index is damaged")

// Index answers queries. It may be used from several goroutines.
type Index struct {
	dir     string
	cat     Catalog
	log     *slog.Logger
	options Options

	catching sync.Mutex // held while catching up
	mu       sync.RWMutex
	snap     *snapshot // what is answered from; closed under mu only
	stale    bool
}

// Open opens the index in the directory dir, which is its own and is made where there is none, and catches up with cat before it
// returns. A damaged index, or one of another version of this package, is made anew.
func Open(ctx context.Context, dir string, cat Catalog, o Options) (*Index, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Wait <= 0 {
		o.Wait = time.Second
	}
	ix := &Index{dir: dir, cat: cat, log: o.Log, options: o}
	if err := ix.CatchUp(ctx); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

// Close lets go of the index's files. Nothing is lost without it.
func (ix *Index) Close() error {
	ix.catching.Lock()
	defer ix.catching.Unlock()
	ix.mu.Lock()
	defer ix.mu.Unlock()
	s := ix.snap
	ix.snap = nil
	return s.close()
}

// Stale tells whether answers may lack what came last into the catalog, because another process is taking it in at this moment, or
// because the index may not be written.
func (ix *Index) Stale() bool {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	return ix.stale
}

// Seen is the generation of the catalog that answers are of.
func (ix *Index) Seen() catalog.Generation {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	return ix.snap.generation()
}

// CatchUp takes in what the catalog has learnt since. Open has done it; who keeps an index open for long calls it before asking.
// It costs one query to the catalog when there is nothing new.
func (ix *Index) CatchUp(ctx context.Context) error {
	ix.catching.Lock()
	defer ix.catching.Unlock()
	if err := ix.adopt(); err != nil {
		ix.log.Warn("index is damaged and will be made anew", "dir", ix.dir, "err", err)
	}
	upto, _, err := ix.behind(ctx, ix.Seen())
	if err != nil {
		return err
	}
	if ix.snap != nil && upto == ix.snap.seen {
		ix.flag(false)
		return nil
	}
	return ix.advance(ctx, false)
}

// Rebuild makes the index anew from the catalog, whatever state it is in.
func (ix *Index) Rebuild(ctx context.Context) error {
	ix.catching.Lock()
	defer ix.catching.Unlock()
	return ix.advance(ctx, true)
}

// behind asks the catalog what is new since seen. A catalog that has not come so far is another one, or an older copy: all of it is new.
func (ix *Index) behind(ctx context.Context, seen catalog.Generation) (catalog.Generation, []catalog.Change, error) {
	upto, changes, err := ix.cat.Changes(ctx, seen)
	if err == nil && upto < seen {
		upto, changes, err = ix.cat.Changes(ctx, 0)
	}
	if err != nil {
		return 0, nil, fmt.Errorf("ask the catalog for changes: %w", err)
	}
	return upto, changes, nil
}

// advance builds the next snapshot, unless another process is at it or this one may not.
func (ix *Index) advance(ctx context.Context, anew bool) error {
	if ix.options.ReadOnly {
		return ix.makeDo(ErrNoIndex)
	}
	unlock, err := ix.lock(ctx, ix.snap == nil || anew)
	if errors.Is(err, errBusy) {
		return ix.makeDo(err)
	}
	if err != nil {
		return ix.fallBack(ctx, err)
	}
	err = ix.build(ctx, anew)
	if err = errors.Join(err, unlock()); err != nil {
		return ix.fallBack(ctx, err)
	}
	ix.flag(false)
	return nil
}

// makeDo answers from the snapshot there is; without one, err stands in the way.
func (ix *Index) makeDo(err error) error {
	if ix.snap == nil {
		return fmt.Errorf("open index %s: %w", ix.dir, err)
	}
	ix.flag(true)
	return nil
}

// fallBack is makeDo for when something went wrong (a full disk, no right to write), which must not go unsaid.
func (ix *Index) fallBack(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	if ix.snap != nil {
		ix.log.Warn("index cannot catch up; answers may lack what came last", "dir", ix.dir, "err", err)
	}
	return ix.makeDo(err)
}

func (ix *Index) flag(stale bool) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	ix.stale = stale
}

// adopt changes over to the newest snapshot on disk.
func (ix *Index) adopt() error {
	s, err := newest(ix.dir, ix.cat.ID(), ix.snap)
	if s == nil || s == ix.snap {
		return err
	}
	return ix.swap(s)
}

func (ix *Index) swap(s *snapshot) error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	old := ix.snap
	ix.snap = s
	return old.close()
}

// mend makes the index anew after reading bad went wrong, and tells whether asking again is worthwhile.
func (ix *Index) mend(ctx context.Context, bad *snapshot, why error) bool {
	ix.catching.Lock()
	defer ix.catching.Unlock()
	if ix.snap != bad { // another has done it
		return true
	}
	ix.log.Warn("index is damaged and is made anew", "dir", ix.dir, "err", why)
	return ix.advance(ctx, true) == nil && ix.snap != bad
}
