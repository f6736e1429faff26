package ingest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
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
	texts []sidecar // beside it
	more  []sidecar // beside copies of it
	began time.Time
}

func failed(path string, err error) Event { return Event{Path: path, State: Failed, Err: err} }

// look is a first look at a film from outside.
func (r *run) look(path string) (*film, error) {
	info, err := statOf(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &media.Error{Op: "open", Path: path, Err: errors.New("this is no file")}
	}
	return &film{path: path, info: info, texts: r.beside(path), began: time.Now()}, nil
}

// settle does what a film needs that is not as the library knows it.
func (r *run) settle(ctx context.Context, path string) Event {
	f, err := r.look(path)
	if err != nil {
		return failed(path, err)
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
	return ok && !r.opt.Force && known.Same(f.info.Size(), f.info.ModTime()) &&
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
	if errors.Is(err, catalog.ErrNotFound) {
		return r.decode(ctx, f, Added)
	}
	var places map[string]catalog.File
	if err == nil {
		places, err = r.places(ctx, e.ID)
	}
	if err != nil {
		return failed(f.path, stored(err))
	}
	f.more = r.besideCopies(f, places)
	switch {
	case r.opt.Force || e.Versions != analysis.Current:
		return r.decode(ctx, f, Updated)
	case heard(f, places):
		return r.follow(ctx, f, e)
	}
	return r.reread(ctx, f, e)
}

// places are where the library knows an episode to be, as of now: another copy may have been stored since the run began.
func (r *run) places(ctx context.Context, episode int64) (map[string]catalog.File, error) {
	all, err := r.cat.Files(ctx)
	maps.DeleteFunc(all, func(_ string, file catalog.File) bool { return file.Episode != episode })
	return all, err
}

// besideCopies finds what lies beside the copies of f that are there, so that a copy does not take away another's subtitles.
func (r *run) besideCopies(f *film, places map[string]catalog.File) (all []sidecar) {
	told := map[string]bool{fingerprint(f.texts): true}
	for _, path := range slices.Sorted(maps.Keys(places)) {
		if path == f.path {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			continue
		}
		texts := r.beside(path)
		if now := fingerprint(texts); !told[now] {
			told[now] = true
			all = append(all, texts...)
		}
	}
	return all
}

// heard tells whether the texts beside f add nothing to what is stored of its content: they are stored already, under this path or
// another, or this is a copy without any.
func heard(f *film, places map[string]catalog.File) bool {
	own, here := places[f.path]
	if here {
		return own.Sidecars == fingerprint(f.texts)
	}
	if len(f.texts) == 0 {
		return true
	}
	for _, other := range places {
		if other.Sidecars == fingerprint(f.texts) {
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
	src, err := r.opt.Open(ctx, f.path, r.share)
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
	beside, notes := r.readSidecars(slices.Concat(f.texts, f.more), learnt)
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
