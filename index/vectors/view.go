package vectors

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/meaning"
)

// Library is what the vectors are of; a [catalog.Catalog] is one.
type Library interface {
	ID() string
	Episodes(ctx context.Context) ([]catalog.Episode, error)
	// Lines gives catalog.ErrNotFound for what is no longer there.
	Lines(ctx context.Context, episode int64) ([]catalog.Line, error)
}

// Models make the vectors; [meaning.Models] does.
type Models interface {
	Version() string
	Lines(ctx context.Context, track []meaning.Line) ([]meaning.Vector, error)
}

// Options of Open. The zero Options do for most.
type Options struct {
	Log   *slog.Logger
	Cache string // where files go if the view's own folder takes none; empty is the user's cache folder
}

// ErrBusy is what CatchUp gives while another program catches up.
var ErrBusy = errors.New("another program is embedding the library's lines")

// View is the vectors of a library. It may be used from several goroutines.
type View struct {
	dir    string
	cat    Library
	models Models
	log    *slog.Logger
	cache  string

	catching sync.Mutex // held while catching up
	mu       sync.RWMutex
	state    state // replaced, and files closed, under mu only
}

// state is what there is at one time.
type state struct {
	files   map[int64]*file // by episode
	missing []catalog.Episode
	lines   int // of those
}

// Open looks at what there is in dir, which need not be there. Errors: the catalog's.
func Open(ctx context.Context, dir string, cat Library, models Models, o Options) (*View, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	v := &View{dir: filepath.Clean(dir), cat: cat, models: models, log: o.Log, cache: o.Cache}
	if err := v.Refresh(ctx); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// Close lets go of the files. Nothing is lost without it.
func (v *View) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	var errs []error
	for _, f := range v.state.files {
		errs = append(errs, f.unmap())
	}
	v.state = state{}
	return errors.Join(errs...)
}

// Missing tells of how many episodes and lines there are no vectors yet.
func (v *View) Missing() (episodes, lines int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return len(v.state.missing), v.state.lines
}

// Len is how many lines have vectors.
func (v *View) Len() (lines int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, f := range v.state.files {
		lines += f.count()
	}
	return lines
}

// Progress is how far CatchUp has come.
type Progress struct {
	Episodes, OfEpisodes int
	Lines, OfLines       int
	Elapsed              time.Duration
}
