package ingest

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
	"github.com/amvlib/amvlib/timecode"
)

// Catalog is what ingest needs of a library.
type Catalog interface {
	Files(ctx context.Context) (map[string]catalog.File, error)
	Episodes(ctx context.Context) ([]catalog.Episode, error)
	ByKey(ctx context.Context, key catalog.Key) (catalog.Episode, error) // catalog.ErrNotFound where there is none
	Analysis(ctx context.Context, episode int64) (*analysis.Analysis, error)
	Episode(ctx context.Context, id int64) (catalog.Episode, error)
	Forget(ctx context.Context, id int64) error
	Relocate(ctx context.Context, key catalog.Key, path string, modified time.Time, sidecars string) (catalog.Episode, error)
	Commit(ctx context.Context, in catalog.Ingested) (catalog.Episode, error)
}

// Options say how a run goes.
type Options struct {
	// Open opens a film for decoding with its share of the machine.
	Open func(ctx context.Context, path string, share Share) (media.Source, error)
	// Jobs is how many films are decoded at once; 0 fits the cores.
	Jobs int
	// Subs are folders in which subtitles are looked for besides the usual places, and files that belong to every film of the run,
	// whatever they are called.
	Subs []string
	// SubsOffset is added to every time of a sidecar; 0 finds by itself whether one is off from a track inside the film.
	SubsOffset timecode.Time
	// Force analyses again what is known.
	Force bool
	// Report is told how it goes, one call at a time; nil for nobody.
	Report func(Event)
	Log    *slog.Logger
}

// Share is what of the machine one film may use.
type Share struct {
	Threads int         // of a decoder that decodes it alone
	Cores   *proc.Cores // what no other film has a use for: the last films of a folder find some
}

// State is what becomes of a film.
type State string

// The states of a film. Each film begins at most once with Started, then goes on through Running to one of the others.
const (
	Started State = "started"
	Running State = "running"
	Added   State = "added"
	Updated State = "updated" // known, and learnt again or from new subtitles
	Moved   State = "moved"   // known by content, found under another path
	Known   State = "known"   // unchanged
	Failed  State = "failed"
)

// Event is a step of one film.
type Event struct {
	Path     string
	State    State
	Frames   int64         // decoded so far
	Total    int64         // expected, 0 where unknown
	At       timecode.Time // how far decoding is
	Duration timecode.Time // of the film, 0 where unknown
	Elapsed  time.Duration
	Episode  *catalog.Episode // once there is one
	Shots    int
	Lines    int
	Notes    []string // what was left out of an episode, in words
	Err      error    // of Failed
}

// Summary counts what became of the films.
type Summary struct {
	Added, Updated, Moved, Known, Failed int
	Frames                               int64
	Footage                              timecode.Time
	Elapsed                              time.Duration
}

// run is one call of Run.
type run struct {
	cat      Catalog
	opt      Options
	files    map[string]catalog.File
	versions map[int64]analysis.Versions // by episode
	folders  folders
	share    Share

	mu      sync.Mutex
	summary Summary
	trouble error // of the library: ends the run
	stop    context.CancelFunc
	claimed map[catalog.Key]*sync.Mutex // one content at a time, so that copies are analysed once
}

// Run brings films into the catalog. A film that fails is reported and counted; the error returned is the library's, or that of ctx.
func Run(ctx context.Context, cat Catalog, films []string, opt Options) (Summary, error) {
	began := time.Now()
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	r := &run{cat: cat, opt: opt, stop: stop, claimed: map[catalog.Key]*sync.Mutex{}}
	if err := r.remember(ctx); err != nil {
		return Summary{}, err
	}
	left := r.news(ctx, films)
	cores := runtime.GOMAXPROCS(0)
	jobs, threads := Fit(opt.Jobs, len(left), cores)
	r.share = Share{threads, proc.NewCores(cores - jobs)}
	r.work(ctx, left, jobs)
	r.summary.Elapsed = time.Since(began)
	if r.trouble != nil {
		return r.summary, r.trouble
	}
	return r.summary, context.Cause(ctx)
}

// remember reads what the library knows, so that what is unchanged costs one look at the file.
func (r *run) remember(ctx context.Context) (err error) {
	if r.files, err = r.cat.Files(ctx); err != nil {
		return err
	}
	episodes, err := r.cat.Episodes(ctx)
	r.versions = make(map[int64]analysis.Versions, len(episodes))
	for _, e := range episodes {
		r.versions[e.ID] = e.Versions
	}
	return err
}

// Fit decides how many films are decoded at once and with how many threads each, where a film has one decoder. Side by side beats
// threads: the scaler and the pipe of a decoder run in one thread, so two decoders of one thread keep two cores busier than one decoder of
// two. A decoder alone gets two threads more than there are cores, so that pictures are always ready for that one thread; it is a seventh
// faster for it.
func Fit(jobs, films, cores int) (fitted, threads int) {
	if jobs <= 0 {
		jobs = min(cores, 16)
	}
	if jobs = max(1, min(jobs, films)); jobs == 1 {
		return 1, cores + 2
	}
	return jobs, max(1, cores/jobs)
}

// news passes over what is known and unchanged, which costs a look at each file, so that what is left to do shows at once.
func (r *run) news(ctx context.Context, films []string) (left []string) {
	for _, path := range films {
		if ctx.Err() != nil {
			return nil
		}
		if f, err := r.look(path); err == nil && r.unchanged(f) {
			e := Event{Path: path, State: Known}
			r.count(e)
			r.tell(e)
			continue
		}
		left = append(left, path)
	}
	return left
}

func (r *run) work(ctx context.Context, films []string, jobs int) {
	queue := make(chan string)
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() {
			defer r.share.Cores.Give()
			for path := range queue {
				r.film(ctx, path)
			}
		})
	}
	for _, path := range films {
		select {
		case queue <- path:
		case <-ctx.Done():
		}
	}
	close(queue)
	workers.Wait()
}

// film does all that one film needs and tells what became of it.
func (r *run) film(ctx context.Context, path string) {
	if ctx.Err() != nil {
		return
	}
	e := r.settle(ctx, path)
	switch {
	case e.Err != nil && ctx.Err() != nil:
		return // interrupted, not failed
	case libraryTrouble(e.Err):
		r.mu.Lock()
		r.trouble = errors.Join(r.trouble, e.Err)
		r.mu.Unlock()
		r.stop()
		return
	}
	r.count(e)
	r.tell(e)
}

func (r *run) count(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e.State {
	case Added:
		r.summary.Added++
	case Updated:
		r.summary.Updated++
	case Moved:
		r.summary.Moved++
	case Known:
		r.summary.Known++
	case Failed:
		r.summary.Failed++
	}
	if e.State == Added || e.State == Updated {
		r.summary.Frames += e.Frames
		r.summary.Footage += e.At
	}
}

func (r *run) tell(e Event) {
	if r.opt.Report == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.opt.Report(e)
}

// storeError marks what the library, not the film, is to blame for.
type storeError struct{ err error }

func (e *storeError) Error() string { return e.err.Error() }
func (e *storeError) Unwrap() error { return e.err }

func stored(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return &storeError{err}
}

func libraryTrouble(err error) bool {
	var s *storeError
	return errors.As(err, &s)
}

func statOf(path string) (os.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, trouble(path, err)
	}
	return info, nil
}
