package main

import (
	"errors"
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
	of := filesOf(files)
	for i := range k.episodes {
		if err := k.Context.Context.Err(); err != nil {
			return err
		}
		if err := k.places(&k.episodes[i], of[k.episodes[i].ID]); err != nil {
			return err
		}
	}
	return nil
}

// places looks at the files of one episode.
func (k *checkup) places(e *catalog.Episode, files []catalog.File) error {
	if len(files) == 0 {
		k.problem("ingest it where it is; till then it is found, but has no file", "episode %d, %s, is at no place that the library knows",
			e.ID, episodeName(e))
		return nil
	}
	states := make([]presence, len(files))
	for i, f := range files {
		states[i] = presenceOf(f)
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
	switch {
	case state == gone && elsewhere:
		forget := func() error { return k.cat.Drop(k.Context.Context, f.Path) }
		return k.fixable(forget, "a copy of episode %d is no more at %s", e.ID, f.Path)
	case state == gone:
		k.problem("connect its disk, or amvlib ingest the folder where it is now", "missing: %s, episode %d, %s", f.Path, e.ID, episodeName(e))
	case state == changed:
		k.problem("amvlib ingest it again", "changed: %s, since it was learnt as episode %d, %s", f.Path, e.ID, episodeName(e))
	case state == unreachable:
		k.problem("see to its rights, or to its disk", "cannot be looked at: %s, episode %d, %s", f.Path, e.ID, episodeName(e))
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
		if err := k.fixable(func() error { return os.Remove(path) }, "left behind: %s", path); err != nil {
			return err
		}
	}
	return nil
}

// isLeftover knows the names under which the catalog and its backups are written before they are whole.
func isLeftover(name string) bool {
	for _, end := range []string{"-wal", "-shm", "-journal"} {
		name = strings.TrimSuffix(name, end)
	}
	return strings.HasSuffix(name, ".part") && (strings.HasPrefix(name, ".amvlib-") || strings.HasPrefix(name, "catalog-v"))
}

func old(e fs.DirEntry) bool {
	info, err := e.Info()
	return err == nil && time.Since(info.ModTime()) > finished
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
