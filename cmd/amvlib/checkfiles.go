package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/amvlib/amvlib/catalog"
)

// footage looks at every file that the library knows.
func (k *checkup) footage() error {
	files, err := k.cat.Files(k.Context.Context)
	if err != nil {
		return err
	}
	var paths []string
	for path := range files {
		paths = append(paths, path)
	}
	seen := looker{stat: os.Stat, patience: checkPatience}.look(k.Context.Context, paths)
	of := filesOf(files)
	for i := range k.episodes {
		if err := k.Context.Context.Err(); err != nil {
			return err
		}
		if err := k.places(&k.episodes[i], of[k.episodes[i].ID], seen); err != nil {
			return err
		}
	}
	return nil
}

// places looks at the files of one episode.
func (k *checkup) places(e *catalog.Episode, files []catalog.File, seen glances) error {
	if len(files) == 0 {
		text := fmt.Sprintf("episode %d, %s, is at no place that the library knows", e.ID, episodeName(e))
		return k.problem(remark{Kind: "no-place", Episode: e.ID, Text: text}, "ingest it where it is; till then it is found, but has no file")
	}
	states := make([]presence, len(files))
	for i, f := range files {
		states[i] = presenceOf(f, seen[f.Path])
	}
	at := slices.Index(states, there)
	for i, f := range files {
		if err := k.place(e, f, states[i], at >= 0); err != nil {
			return err
		}
	}
	return nil
}

func (k *checkup) place(e *catalog.Episode, f catalog.File, state presence, elsewhere bool) error {
	told := func(kind, format string, args ...any) remark {
		return remark{Kind: kind, Episode: e.ID, Path: f.Path, Text: fmt.Sprintf(format, args...)}
	}
	name := episodeName(e)
	switch {
	case state == gone && elsewhere:
		forget := func() error { return k.cat.Drop(k.Context.Context, f.Path) }
		return k.fixable(told("gone-copy", "a copy of episode %d is no more at %s", e.ID, f.Path), "this place was forgotten", forget)
	case state == gone:
		return k.problem(told("missing", "missing: %s, episode %d, %s", f.Path, e.ID, name), "connect its disk, or amvlib ingest the folder where it is now")
	case state == changed:
		return k.problem(told("changed", "changed: %s, since it was learnt as episode %d, %s", f.Path, e.ID, name), "amvlib ingest it again")
	case state == unreachable:
		return k.problem(told("unreachable", "cannot be looked at: %s, episode %d, %s", f.Path, e.ID, name), "see to its rights, or to its disk")
	}
	return nil
}

// finished is how old a file must be for nobody to be writing it any more.
const finished = time.Hour

// leftovers looks for what killed programs left in the library's folder.
func (k *checkup) leftovers() error {
	entries, err := os.ReadDir(k.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() || !isLeftover(e.Name()) || !old(e) {
			continue
		}
		path := filepath.Join(k.dir, e.Name())
		f := remark{Kind: "leftover", Path: path, Text: "left behind: " + path}
		if err := k.fixable(f, "it was removed", func() error { return os.Remove(path) }); err != nil {
			return err
		}
	}
	return nil
}

// isLeftover knows the names under which the catalog and its backups are written before they are whole.
func isLeftover(name string) bool {
	for _, end := range []string{"-wal", "-shm", "-journal", "-holder"} {
		name = strings.TrimSuffix(name, end)
	}
	return strings.HasSuffix(name, ".part") && (strings.HasPrefix(name, ".amvlib-") || strings.HasPrefix(name, "catalog-v"))
}

// old tells of a file that nobody writes. One from the future is of a clock that was set back since.
func old(e fs.DirEntry) bool {
	info, err := e.Info()
	return err == nil && time.Since(info.ModTime()).Abs() > finished
}

// oldSnapshots are states of the index that nobody will open any more, and halves of ones.
func oldSnapshots(dir string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var states []string
	for _, e := range entries {
		switch name := e.Name(); {
		case !e.IsDir():
		case strings.HasPrefix(name, "v"):
			states = append(states, name)
		case strings.HasPrefix(name, "old-"), name == "next" && old(e):
			names = append(names, name)
		}
	}
	if len(states) > 1 {
		names = append(names, states[:len(states)-1]...)
	}
	return names, err
}
