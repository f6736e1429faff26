package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
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
	// Changes names the episodes that transactions after since touched, and the state up to which that is true. It gives
	// catalog.ErrOtherHistory where the catalog was never in the state since.
	Changes(ctx context.Context, since catalog.Mark) (upto catalog.Mark, changes []catalog.Change, err error)
}

// Contents is what a catalog holds of an episode. What is no longer there gives catalog.ErrNotFound.
type Contents interface {
	// Lines gives an episode's lines, each with the numbers of its shots.
	Lines(ctx context.Context, episode int64) ([]catalog.Line, error)
	// Effective gives an episode's shots as they stand.
	Effective(ctx context.Context, episode int64) ([]catalog.Shot, error)
}

// Options of Open. The zero Options do for most.
type Options struct {
	Log      *slog.Logger
	ReadOnly bool          // write nothing: answer from the index as it is, however old
	Wait     time.Duration // how long to wait for another process that is catching up; 0 is one second
	Waiting  func()        // told once where that takes longer and there is nothing to answer from till then; may be nil
	Cache    string        // where an index grows whose own directory takes nothing; empty is the user's cache folder
}

var (
	// ErrNoIndex is returned where there is no index and none may be written.
	ErrNoIndex = errors.New("there is no index yet, and it may not be written here")
	// ErrClosed is returned by an index that has been closed.
	ErrClosed = errors.New("the index is closed")
	// ErrBusy is why an index is stale while another process is catching up and is not done in time.
	ErrBusy = errors.New("another program is writing to the library")
)

// errReadOnly is why an index is stale that is opened for reading only.
var errReadOnly = errors.New("the index was opened for reading only")

// errDamaged is what reading a broken snapshot comes to.
var errDamaged = errors.New("the index is damaged")

// Index answers queries. It may be used from several goroutines.
type Index struct {
	dir     string                   // where it is read and written now
	spare   []func() (string, error) // where else it may be
	why     error                    // why it is not where it should be
	passing string                   // a temporary directory that goes with the index
	cat     Catalog
	log     *slog.Logger
	options Options

	catching sync.Mutex // held while catching up
	mu       sync.RWMutex
	snap     *snapshot // what is answered from; closed under mu only
	stale    error
}

// Open opens the index in the directory dir, which is its own and is made where there is none, and catches up with cat before it
// returns. A damaged index, or one of another version of this package, is made anew. Where dir takes nothing, as on a disk that can
// only be read, what is missing from it grows in Options.Cache, else in a temporary directory.
func Open(ctx context.Context, dir string, cat Catalog, o Options) (*Index, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Wait <= 0 {
		o.Wait = time.Second
	}
	ix := &Index{dir: filepath.Clean(dir), cat: cat, log: o.Log, options: o}
	ix.spare = []func() (string, error){ix.cached, ix.temporary}
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
	return errors.Join(s.close(), ix.clean())
}

// Stale tells why answers may lack what came last into the catalog: ErrBusy, or what stands in the way of writing the index. It is
// nil where they lack nothing.
func (ix *Index) Stale() error {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	return ix.stale
}

// Seen is the generation of the catalog that answers are of.
func (ix *Index) Seen() catalog.Generation {
	return ix.mark().Generation
}

func (ix *Index) mark() catalog.Mark {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	return ix.snap.mark()
}

// CatchUp takes in what the catalog has learnt since. Open has done it; who keeps an index open for long calls it before asking.
// It costs one query to the catalog when there is nothing new.
func (ix *Index) CatchUp(ctx context.Context) error {
	ix.catching.Lock()
	defer ix.catching.Unlock()
	if done, err := ix.current(ctx); done || err != nil {
		return err
	}
	return ix.advance(ctx, false)
}

// current changes over to the newest snapshot on disk, and tells whether that is all there is to do.
func (ix *Index) current(ctx context.Context) (bool, error) {
	if err := ix.adopt(); err != nil {
		ix.log.Warn("index is damaged and will be made anew", "dir", ix.dir, "err", err)
	}
	n, err := ix.behind(ctx, ix.mark())
	if err != nil || ix.snap == nil || n.upto != ix.snap.seen {
		return false, err
	}
	ix.flag(nil)
	return true, nil
}

// Rebuild makes the index anew from the catalog, whatever state it is in.
func (ix *Index) Rebuild(ctx context.Context) error {
	ix.catching.Lock()
	defer ix.catching.Unlock()
	return ix.advance(ctx, true)
}

// news is what a catalog has that an index lacks.
type news struct {
	upto    catalog.Mark
	changes []catalog.Change
	anew    bool // what the index has is worth nothing
}

// behind asks the catalog what is new since seen. To a catalog that was never in that state (a copy of before was put back, or it is
// another's) all is new.
func (ix *Index) behind(ctx context.Context, seen catalog.Mark) (n news, err error) {
	n.upto, n.changes, err = ix.cat.Changes(ctx, seen)
	if n.anew = errors.Is(err, catalog.ErrOtherHistory); n.anew {
		n.upto, n.changes, err = ix.cat.Changes(ctx, catalog.Mark{})
	}
	if err != nil {
		return news{}, unread{fmt.Errorf("ask the catalog for changes: %w", err)}
	}
	return n, nil
}

// unread is trouble with the catalog, not with the index.
type unread struct{ error }

func (u unread) Unwrap() error { return u.error }

// advance builds the next snapshot, unless another process is at it or this one may not.
func (ix *Index) advance(ctx context.Context, anew bool) error {
	if ix.options.ReadOnly && ix.snap == nil {
		return ix.makeDo(ErrNoIndex)
	}
	if ix.options.ReadOnly {
		return ix.makeDo(errReadOnly)
	}
	err := ix.extend(ctx, anew)
	if errors.Is(err, ErrBusy) {
		return ix.makeDo(err)
	}
	if unwritable(ctx, err) && ix.moveOn(err) {
		return ix.elsewhere(ctx, anew)
	}
	if err != nil {
		return ix.fallBack(ctx, err)
	}
	ix.flag(nil)
	return nil
}

// extend builds under the lock.
func (ix *Index) extend(ctx context.Context, anew bool) error {
	unlock, err := ix.lock(ctx, ix.snap == nil || anew)
	if err != nil {
		return err
	}
	return errors.Join(ix.build(ctx, anew), unlock())
}

// makeDo answers from the snapshot there is; without one, err stands in the way.
func (ix *Index) makeDo(err error) error {
	if ix.snap == nil {
		return fmt.Errorf("open index %s: %w", ix.dir, err)
	}
	ix.flag(err)
	return nil
}

// fallBack is makeDo for when something went wrong (a full disk, no right to write), which must not go unsaid.
func (ix *Index) fallBack(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	if ix.why != nil { // what stood in the way first is what a user can help
		err = fmt.Errorf("%w; and elsewhere: %w", ix.why, err)
	}
	if ix.snap != nil {
		ix.log.Warn("index cannot catch up; answers may lack what came last", "dir", ix.dir, "err", err)
	}
	return ix.makeDo(fmt.Errorf("the index cannot be brought up to date: %w", err))
}

func (ix *Index) flag(stale error) {
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
