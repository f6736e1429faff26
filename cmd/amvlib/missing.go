package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"syscall"
	"time"

	"github.com/amvlib/amvlib/catalog"
)

// presence is what became of a file that the library knows.
type presence int

const (
	there       presence = iota
	gone                 // nothing has its name
	changed              // something else has
	unreachable          // nobody can tell
)

func presenceOf(f catalog.File) presence {
	info, err := os.Stat(f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return gone
	case err != nil:
		return unreachable
	case info.Size() != f.Size || !info.ModTime().Truncate(time.Microsecond).Equal(f.Modified.Truncate(time.Microsecond)):
		return changed
	}
	return there
}

// filesOf sorts files by the episode that they hold, then by path.
func filesOf(all map[string]catalog.File) map[int64][]catalog.File {
	of := map[int64][]catalog.File{}
	for _, path := range slices.Sorted(maps.Keys(all)) {
		f := all[path]
		of[f.Episode] = append(of[f.Episode], f)
	}
	return of
}

// isMissing tells whether an episode is at none of the places where it was seen. It looks no further than to the first that is there.
func isMissing(e *catalog.Episode, files []catalog.File) bool {
	if e.Path != "" && exists(e.Path) {
		return false
	}
	return !slices.ContainsFunc(files, func(f catalog.File) bool { return f.Path != e.Path && exists(f.Path) })
}

// missingOf tells which episodes are missing.
func missingOf(ctx context.Context, cat *catalog.Catalog, all []catalog.Episode) (map[int64]bool, error) {
	files, err := cat.Files(ctx)
	if err != nil {
		return nil, err
	}
	of, missing := filesOf(files), map[int64]bool{}
	for i := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		missing[all[i].ID] = isMissing(&all[i], of[all[i].ID])
	}
	return missing, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
