package vectors

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"sync"
	"time"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/mapped"
	"github.com/amvlib/amvlib/meaning"
)

// Effort is how CatchUp goes to work.
type Effort struct {
	Workers int            // episodes embedded at once; 0 is as many as there are cores
	Tell    func(Progress) // told of each episode that is done, one call at a time; may be nil
}

// CatchUp embeds what is missing and has Find answer from it. What was done stays done where it ends early. Errors: ErrBusy, the catalog's, that
// of ctx, or one of the disk.
func (v *View) CatchUp(ctx context.Context, how Effort) error {
	v.catching.Lock()
	defer v.catching.Unlock()
	if err := v.Refresh(ctx); err != nil {
		return err
	}
	if n, _ := v.Missing(); n == 0 {
		return nil
	}
	err := v.locked(ctx, v.dir, false, func() error { return v.embed(ctx, v.dir, how) })
	if err != nil && ctx.Err() == nil && !errors.Is(err, ErrBusy) && !errors.As(err, new(unread)) {
		if cache, known := v.elsewhere(); known == nil {
			v.log.Info("vectors go elsewhere", "dir", cache, "instead", v.dir, "err", err)
			err = v.locked(ctx, cache, true, func() error { return v.embed(ctx, cache, how) })
		}
	}
	return err
}

// unread is trouble with the catalog, not with the files.
type unread struct{ error }

func (u unread) Unwrap() error { return u.error }

// embed does all that is missing, also what comes into the catalog meanwhile, and sweeps then. The lock of dir must be held.
func (v *View) embed(ctx context.Context, dir string, how Effort) error {
	tried := map[int64]catalog.Generation{}
	for {
		if err := v.Refresh(ctx); err != nil { // another program may have done it
			return unread{err}
		}
		j := &job{view: v, dir: dir, how: how, began: time.Now()}
		for _, e := range v.absent() {
			if g, ok := tried[e.ID]; !ok || g != e.Generation {
				tried[e.ID] = e.Generation
				j.episodes = append(j.episodes, e)
				j.progress.OfLines += e.Lines
			}
		}
		if len(j.episodes) == 0 {
			return v.sweep(dir)
		}
		j.progress.OfEpisodes = len(j.episodes)
		if err := j.run(ctx); err != nil {
			if again := v.Refresh(context.WithoutCancel(ctx)); again != nil {
				v.log.Info("what was embedded is read at the next start", "err", again)
			}
			return err
		}
	}
}

// absent are the episodes that are missing.
func (v *View) absent() []catalog.Episode {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.state.missing
}

// job is one pass over episodes.
type job struct {
	view     *View
	dir      string
	how      Effort
	episodes []catalog.Episode
	began    time.Time

	mu       sync.Mutex
	progress Progress
}

// run embeds the episodes, some at once.
func (j *job) run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	workers := j.how.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	queue := make(chan catalog.Episode)
	var all sync.WaitGroup
	for range min(workers, len(j.episodes)) {
		all.Go(func() {
			for e := range queue {
				if err := j.episode(ctx, e); err != nil {
					stop(err)
				}
			}
		})
	}
	for _, e := range j.episodes {
		select {
		case queue <- e:
		case <-ctx.Done():
		}
	}
	close(queue)
	all.Wait()
	return context.Cause(ctx)
}

// episode writes the file of one episode. One that was forgotten meanwhile needs none.
func (j *job) episode(ctx context.Context, e catalog.Episode) error {
	lines, err := j.view.cat.Lines(ctx, e.ID)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil
	}
	if err != nil {
		return unread{err}
	}
	known := j.view.known(e.ID)
	var rows []row
	var vectors []meaning.Vector
	for _, t := range plan(lines) {
		if err := j.view.learn(ctx, t, known); err != nil {
			return fmt.Errorf("embed the lines of episode %d: %w", e.ID, err)
		}
		for _, r := range t.rows {
			rows, vectors = append(rows, r), append(vectors, known[r.content])
		}
	}
	s := j.view.stamp(e)
	if err := write(j.view.folder(j.dir), s, encode(s, rows, vectors)); err != nil {
		return err
	}
	j.tell(e)
	return nil
}

func (j *job) tell(e catalog.Episode) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.progress.Episodes++
	j.progress.Lines += e.Lines
	j.progress.Elapsed = time.Since(j.began)
	if j.how.Tell != nil {
		j.how.Tell(j.progress)
	}
}

// known are the vectors that the newest sound file of an episode has, by what they were made of.
func (v *View) known(episode int64) map[uint64]meaning.Vector {
	known := map[uint64]meaning.Vector{}
	for _, c := range v.list()[episode] {
		f, err := open(c.path)
		if err != nil {
			continue
		}
		of := map[uint64]meaning.Vector{}
		err = f.sound()
		if err == nil {
			err = mapped.Guard(func() error {
				for i := range f.count() {
					of[f.row(i).content] = f.vector(i)
				}
				return nil
			})
		}
		if err = errors.Join(err, f.unmap()); err == nil {
			maps.Copy(known, of)
			break
		}
	}
	return known
}

// learn adds to known what a talk needs: stretches of lines, each embedded with the lines around it.
func (v *View) learn(ctx context.Context, t talk, known map[uint64]meaning.Vector) error {
	for from := 0; from < len(t.rows); from++ {
		to := from
		for ; to < len(t.rows); to++ {
			if _, ok := known[t.rows[to].content]; ok {
				break
			}
			known[t.rows[to].content] = meaning.Vector{} // once for all lines like it
		}
		if to == from {
			continue
		}
		before, behind := max(from-1, 0), min(to+1, len(t.lines))
		vectors, err := v.models.Lines(ctx, t.lines[before:behind])
		if err != nil {
			return err
		}
		for i := from; i < to; i++ {
			known[t.rows[i].content] = vectors[i-before]
		}
		from = to - 1
	}
	return nil
}

// Check reads every file through and tells of how many episodes they are damaged. With discard those are taken away, and count as missing.
func (v *View) Check(ctx context.Context, discard bool) (damaged int, err error) {
	v.mu.RLock()
	for _, f := range v.state.files {
		if err = ctx.Err(); err != nil {
			break
		}
		if fault := f.sound(); fault != nil {
			damaged++
			if discard {
				v.discard(f, fault)
			}
		}
	}
	v.mu.RUnlock()
	if err != nil || damaged == 0 || !discard {
		return damaged, err
	}
	return damaged, v.Refresh(ctx)
}
