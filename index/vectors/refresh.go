package vectors

import (
	"context"
	"errors"
	"hash/fnv"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/mapped"
)

// Refresh looks again at what there is, and what the catalog has beyond that. It embeds and writes nothing.
func (v *View) Refresh(ctx context.Context) error {
	episodes, err := v.cat.Episodes(ctx)
	if err != nil {
		return err
	}
	found := v.list()
	v.mu.Lock()
	defer v.mu.Unlock()
	next := state{files: make(map[int64]*file, len(episodes))}
	for _, e := range episodes {
		f, err := v.fresh(ctx, e, found[e.ID])
		if err != nil {
			next.drop(v.state.files)
			return err
		}
		if f != nil {
			next.files[e.ID] = f
			continue
		}
		next.missing = append(next.missing, e)
		next.lines += e.Lines
	}
	err = v.state.drop(next.files)
	v.state = next
	return err
}

// drop lets go of the files that are not among others.
func (s *state) drop(others map[int64]*file) error {
	var errs []error
	for id, f := range s.files {
		if others[id] != f {
			errs = append(errs, f.unmap())
		}
	}
	return errors.Join(errs...)
}

// candidate is a file by its name.
type candidate struct {
	stamp
	path string
}

// list finds the files of all episodes, the newest first. What cannot be read counts as not there.
func (v *View) list() map[int64][]candidate {
	found := map[int64][]candidate{}
	for _, dir := range v.places() {
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			v.log.Warn("vectors cannot be read", "dir", dir, "err", err)
		}
		for _, e := range entries {
			if s, ok := parseName(e.Name()); ok {
				found[s.episode] = append(found[s.episode], candidate{s, filepath.Join(dir, e.Name())})
			}
		}
	}
	for _, all := range found {
		slices.SortStableFunc(all, func(a, b candidate) int { return int(b.generation - a.generation) })
	}
	return found
}

// places are the folders that are read: the view's own, and where files go if that takes none.
func (v *View) places() []string {
	places := []string{filepath.Join(v.dir, v.models.Version())}
	if cache, err := v.elsewhere(); err == nil {
		places = append(places, filepath.Join(cache, v.models.Version()))
	}
	return places
}

// elsewhere is a folder that outlives the process. The ID comes out of a file, and must not lead out of the folder.
func (v *View) elsewhere() (string, error) {
	dir := v.cache
	if dir == "" {
		home, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(home, "amvlib")
	}
	return filepath.Join(dir, "vectors-"+url.QueryEscape(v.cat.ID())), nil
}

// fresh opens the file that is of an episode as it is now, or gives the one that is open; nil where there is none.
func (v *View) fresh(ctx context.Context, e catalog.Episode, among []candidate) (*file, error) {
	old := v.state.files[e.ID]
	for _, c := range among {
		f := old
		if old == nil || old.path != c.path || old.fault != nil {
			var err error
			if f, err = reopen(c.path, old); errors.Is(err, fs.ErrNotExist) {
				continue // another program has replaced it
			} else if err != nil {
				v.log.Warn("vectors of an episode count as missing", "err", err)
				continue
			}
		}
		ok, err := v.current(ctx, e, f)
		if ok && err == nil {
			return f, nil
		}
		if f != old {
			err = errors.Join(err, f.unmap())
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// reopen opens a file. One in whose place a damaged one was is read through first.
func reopen(path string, old *file) (*file, error) {
	f, err := open(path)
	if err != nil || old == nil || old.path != path {
		return f, err
	}
	if err := f.sound(); err != nil {
		return nil, errors.Join(err, f.unmap())
	}
	return f, nil
}

// current tells whether a file is of an episode as it is: it says so, or holds just the lines that there are.
func (v *View) current(ctx context.Context, e catalog.Episode, f *file) (bool, error) {
	if f.stamp.episode != e.ID {
		return false, nil
	}
	if f.stamp == v.stamp(e) {
		return true, nil
	}
	lines, err := v.cat.Lines(ctx, e.ID)
	if errors.Is(err, catalog.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	ok := false
	err = mapped.Guard(func() error { ok = holds(f, plan(lines)); return nil })
	return ok && err == nil, nil
}

// stamp is what the file of an episode has to say of itself.
func (v *View) stamp(e catalog.Episode) stamp {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(v.cat.ID()))
	return stamp{e.ID, int64(e.Generation), sum.Sum64()}
}
