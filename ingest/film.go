package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// film is one film on its way into the library.
type film struct {
	path  string
	info  os.FileInfo
	key   catalog.Key
	texts []sidecar
	began time.Time
}

func failed(path string, err error) Event { return Event{Path: path, State: Failed, Err: err} }

// settle does what a film needs, which is mostly nothing.
func (r *run) settle(ctx context.Context, path string) Event {
	f := &film{path: path, began: time.Now()}
	var err error
	if f.info, err = statOf(path); err != nil {
		return failed(path, err)
	}
	if !f.info.Mode().IsRegular() {
		return failed(path, &media.Error{Op: "open", Path: path, Err: errors.New("this is no file")})
	}
	f.texts = r.beside(path)
	if r.unchanged(f) {
		return Event{Path: path, State: Known}
	}
	if f.key, err = KeyOf(path); err != nil {
		return failed(path, trouble(path, err))
	}
	defer r.claim(f.key)()
	return r.byContent(ctx, f)
}

// unchanged tells whether the library has the file as it is, by its state alone.
func (r *run) unchanged(f *film) bool {
	known, ok := r.files[f.path]
	return ok && !r.opt.Force && known.Size == f.info.Size() && known.Modified.Equal(stamp(f.info)) &&
		known.Sidecars == fingerprint(f.texts) && r.versions[known.Episode] == analysis.Current
}

// stamp is a file's time as every file system and the catalog keep it.
func stamp(info os.FileInfo) time.Time { return info.ModTime().Truncate(time.Microsecond) }

// claim keeps two copies of one content from being analysed at once: the second waits, and is then known.
func (r *run) claim(key catalog.Key) (release func()) {
	r.mu.Lock()
	lock := r.claimed[key]
	if lock == nil {
		lock = &sync.Mutex{}
		r.claimed[key] = lock
	}
	r.mu.Unlock()
	lock.Lock()
	return lock.Unlock
}

// byContent follows what is known under another name, reads new subtitles of what is known, and analyses the rest.
func (r *run) byContent(ctx context.Context, f *film) Event {
	e, err := r.cat.ByKey(ctx, f.key)
	switch {
	case err == nil && !r.opt.Force && e.Versions == analysis.Current && r.heard(f, e):
		return r.follow(ctx, f, e)
	case err == nil && !r.opt.Force && e.Versions == analysis.Current:
		return r.reread(ctx, f, e)
	case err != nil && !errors.Is(err, catalog.ErrNotFound):
		return failed(f.path, stored(err))
	}
	state := Added
	if err == nil {
		state = Updated
	}
	return r.decode(ctx, f, state)
}

// heard tells whether the texts beside f add nothing to what is stored of its content: they are stored already, under this path or
// another, or this is a copy without any.
func (r *run) heard(f *film, e catalog.Episode) bool {
	own, here := r.files[f.path]
	if here && own.Episode == e.ID {
		return own.Sidecars == fingerprint(f.texts)
	}
	if len(f.texts) == 0 {
		return true
	}
	for _, other := range r.files {
		if other.Episode == e.ID && other.Sidecars == fingerprint(f.texts) {
			return true
		}
	}
	return false
}

func (r *run) follow(ctx context.Context, f *film, e catalog.Episode) Event {
	if _, err := r.cat.Relocate(ctx, f.key, f.path, stamp(f.info), fingerprint(f.texts)); err != nil {
		return failed(f.path, stored(err))
	}
	if e.Path == f.path {
		return Event{Path: f.path, State: Known, Episode: &e} // only its time had changed
	}
	return Event{Path: f.path, State: Moved, Episode: &e}
}

// reread keeps what was learnt of the film and reads the text beside it again.
func (r *run) reread(ctx context.Context, f *film, e catalog.Episode) Event {
	learnt, err := r.cat.Analysis(ctx, e.ID)
	if err != nil {
		return failed(f.path, stored(err))
	}
	return r.commit(ctx, f, learnt, Updated)
}

func (r *run) decode(ctx context.Context, f *film, state State) Event {
	r.tell(Event{Path: f.path, State: Started})
	src, err := r.opt.Open(ctx, f.path, r.threads)
	if err != nil {
		return failed(f.path, named(f.path, "open", err))
	}
	duration := src.Info().Duration
	learnt, err := analysis.Analyze(ctx, src, analysis.Options{Log: r.opt.Log, Progress: func(frames int64, at timecode.Time) {
		r.tell(Event{Path: f.path, State: Running, Frames: frames, At: at, Duration: duration, Elapsed: time.Since(f.began)})
	}})
	if err != nil {
		return failed(f.path, named(f.path, "analyse", err))
	}
	if err := f.still(); err != nil {
		return failed(f.path, err)
	}
	return r.commit(ctx, f, learnt, state)
}

// still refuses a film that changed while it was read: a download that goes on would be stored half.
func (f *film) still() error {
	now, err := statOf(f.path)
	if err != nil {
		return err
	}
	if now.Size() != f.info.Size() || !now.ModTime().Equal(f.info.ModTime()) {
		return &media.Error{Op: "analyse", Path: f.path, Err: errors.New("the file changed while it was read"), Hint: "ingest it again when it is complete"}
	}
	return nil
}

func (r *run) commit(ctx context.Context, f *film, learnt *analysis.Analysis, state State) Event {
	beside, notes := readSidecars(f.texts, learnt.Rate)
	e, err := r.cat.Commit(ctx, catalog.Ingested{
		Key: f.key, Path: f.path, Size: f.info.Size(), Modified: stamp(f.info), Name: NameOf(f.path),
		Sidecars: fingerprint(f.texts), Analysis: learnt, Beside: beside,
	})
	if err == nil {
		err = r.replace(ctx, f.path, e.ID)
	}
	if err != nil {
		return failed(f.path, stored(err))
	}
	return Event{
		Path: f.path, State: state, Frames: e.Frames, At: e.Duration, Duration: e.Duration, Elapsed: time.Since(f.began), Episode: &e,
		Shots: len(learnt.Shots), Lines: countLines(learnt.Tracks) + countLines(beside), Notes: append(notes, omissions(learnt)...),
	}
}

// replace forgets the content that path held before, such as an earlier release, if it is nowhere else.
func (r *run) replace(ctx context.Context, path string, now int64) error {
	before, ok := r.files[path]
	if !ok || before.Episode == now {
		return nil
	}
	e, err := r.cat.Episode(ctx, before.Episode)
	switch {
	case errors.Is(err, catalog.ErrNotFound):
		return nil
	case err != nil || e.Path != "":
		return err
	}
	return r.cat.Forget(ctx, e.ID)
}

func countLines(tracks []analysis.Track) int {
	n := 0
	for _, t := range tracks {
		n += len(t.Lines)
	}
	return n
}

// omissions says what of the film was left out.
func omissions(a *analysis.Analysis) []string {
	notes := append([]string(nil), a.Info.Skipped...)
	for _, t := range a.Tracks {
		if len(t.Skipped) > 0 {
			notes = append(notes, fmt.Sprintf("stream %d: %s", t.Stream, brief(t.Skipped)))
		}
	}
	return notes
}

func brief(skipped []string) string {
	if len(skipped) == 1 {
		return skipped[0]
	}
	return fmt.Sprintf("%s, and %d more", skipped[0], len(skipped)-1)
}

// named gives an error the film that it is about, where it does not say so itself.
func named(path, op string, err error) error {
	var told *media.Error
	if errors.As(err, &told) || errors.Is(err, context.Canceled) {
		return err
	}
	return &media.Error{Op: op, Path: filepath.Clean(path), Err: err}
}
