package hashes

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// locked runs do while no other process updates the table. The system lets go of the lock when its holder dies, however it dies. It
// waits for as long as ctx lasts where there is nothing to answer from till then.
func (v *View) locked(ctx context.Context, do func() error) error {
	// Its parent is the library's folder: where that has vanished, nothing is to stand in its place when its disk comes back.
	if err := os.Mkdir(v.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	patient, deadline := v.Len() == 0, time.Now().Add(v.options.Wait)
	path := filepath.Join(v.dir, "lock")
	for ctx.Err() == nil {
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: 100 * time.Millisecond, NoSync: true})
		switch {
		case err == nil:
			return errors.Join(do(), db.Close())
		case errors.Is(err, bolterrors.ErrInvalid) || errors.Is(err, bolterrors.ErrChecksum) || errors.Is(err, bolterrors.ErrVersionMismatch):
			if err := os.Remove(path); err != nil {
				return err
			}
		case !errors.Is(err, bolterrors.ErrTimeout):
			return err
		case !patient && time.Now().After(deadline):
			return ErrBusy
		}
	}
	return ctx.Err()
}

// toCache moves on to a folder that outlives the process. The ID comes out of a file, and must not lead out of the folder.
func (v *View) toCache() error {
	dir := v.options.Cache
	if dir == "" {
		home, err := os.UserCacheDir()
		if err != nil {
			return err
		}
		dir = filepath.Join(home, "amvlib")
	}
	v.dir = filepath.Join(dir, "hashes-"+url.QueryEscape(v.cat.ID()))
	return os.MkdirAll(dir, 0o755)
}

// toTemporary moves on to a folder that goes with the view.
func (v *View) toTemporary() (err error) {
	v.passing, err = os.MkdirTemp("", "amvlib-hashes-")
	v.dir = v.passing
	return err
}
