package index

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
)

// unwritable tells of trouble that another directory may be free of: anything but the catalog's and the caller's.
func unwritable(ctx context.Context, err error) bool {
	return err != nil && ctx.Err() == nil && !errors.As(err, new(unread))
}

// moveOn goes to the next directory that may take what this one does not.
func (ix *Index) moveOn(why error) bool {
	if ix.why == nil {
		ix.why = why
	}
	for len(ix.spare) > 0 {
		next := ix.spare[0]
		ix.spare = ix.spare[1:]
		dir, err := next()
		if err == nil {
			ix.log.Info("the index grows elsewhere", "dir", dir, "instead", ix.dir, "err", why)
			ix.dir = dir
			return true
		}
		ix.log.Info("there is no other place for the index", "err", err)
	}
	return false
}

// elsewhere is CatchUp in a directory that was moved on to.
func (ix *Index) elsewhere(ctx context.Context, anew bool) error {
	if !anew {
		if done, err := ix.current(ctx); done || err != nil {
			return err
		}
	}
	return ix.advance(ctx, anew)
}

// cached is the directory that outlives the process. The ID comes out of a file, and must not lead out of the folder.
func (ix *Index) cached() (string, error) {
	dir := ix.options.Cache
	if dir == "" {
		home, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(home, "amvlib")
	}
	return filepath.Join(dir, "index-"+url.QueryEscape(ix.cat.ID())), os.MkdirAll(dir, 0o755)
}

// temporary is a directory that goes with the index.
func (ix *Index) temporary() (string, error) {
	dir, err := os.MkdirTemp("", "amvlib-index-")
	ix.passing = dir
	return dir, err
}

func (ix *Index) clean() error {
	if ix.passing == "" {
		return nil
	}
	return os.RemoveAll(ix.passing)
}
