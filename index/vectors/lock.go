package vectors

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// locked runs do while no other process catches up in dir. The system lets go of the lock when its holder dies, however it dies. Only where all
// says so the folders above dir are made: where a library's has vanished, nothing is to stand in its place when its disk comes back.
func (v *View) locked(ctx context.Context, dir string, all bool, do func() error) error {
	makeDir := os.Mkdir
	if all {
		makeDir = os.MkdirAll
	}
	if err := makeDir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	path := filepath.Join(dir, "lock")
	for range 2 {
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: 200 * time.Millisecond, NoSync: true})
		switch {
		case err == nil:
			return errors.Join(do(), db.Close())
		case errors.Is(err, bolterrors.ErrTimeout):
			return ErrBusy
		case !errors.Is(err, bolterrors.ErrInvalid) && !errors.Is(err, bolterrors.ErrChecksum) && !errors.Is(err, bolterrors.ErrVersionMismatch):
			return err
		}
		if err := os.Remove(path); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return ErrBusy
}

// folder is where the files of these models are.
func (v *View) folder(dir string) string { return filepath.Join(dir, v.models.Version()) }

// sweep removes the files that no episode needs any more, and those of other models. What somebody reads may stay until the next time.
func (v *View) sweep(dir string) error {
	own := v.folder(dir)
	used := v.used()
	entries, err := os.ReadDir(own)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		path := filepath.Join(own, e.Name())
		if _, ok := parseName(strings.TrimSuffix(e.Name(), unfinished)); ok && !used[path] {
			_ = os.Remove(path)
		}
	}
	return errors.Join(err, v.sweepOthers(dir))
}

// used are the paths of the files that are answered from.
func (v *View) used() map[string]bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	used := map[string]bool{}
	for _, f := range v.state.files {
		used[f.path] = true
	}
	return used
}

// sweepOthers removes folders of other models, if they are that and nothing else is in them.
func (v *View) sweepOthers(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if !e.IsDir() || e.Name() == v.models.Version() {
			continue
		}
		old := filepath.Join(dir, e.Name())
		inside, _ := os.ReadDir(old)
		for _, f := range inside {
			if _, ok := parseName(strings.TrimSuffix(f.Name(), unfinished)); ok {
				_ = os.Remove(filepath.Join(old, f.Name()))
			}
		}
		_ = os.Remove(old) // unless something else is in it
	}
	return err
}
