package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

func presenceOf(f catalog.File, seen glance) presence {
	switch {
	case errors.Is(seen.err, fs.ErrNotExist), errors.Is(seen.err, syscall.ENOTDIR):
		return gone
	case seen.err != nil:
		return unreachable
	case !f.Same(seen.info.Size(), seen.info.ModTime()):
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

// whereabouts tells for each of some episodes whether it is there, gone, or on disks that do not answer.
type whereabouts map[int64]presence

// whereaboutsOf looks at all places where the episodes were seen.
func whereaboutsOf(ctx context.Context, cat *catalog.Catalog, all []catalog.Episode) (whereabouts, error) {
	files, err := cat.Files(ctx)
	if err != nil {
		return nil, err
	}
	of := filesOf(files)
	var paths []string
	for i := range all {
		paths = append(paths, placesOf(&all[i], of[all[i].ID])...)
	}
	seen := looker{stat: os.Stat, patience: listPatience}.look(ctx, paths)
	at := whereabouts{}
	for i := range all {
		at[all[i].ID] = seen.whereabout(placesOf(&all[i], of[all[i].ID]))
	}
	return at, ctx.Err()
}

func placesOf(e *catalog.Episode, files []catalog.File) (paths []string) {
	if e.Path != "" {
		paths = append(paths, e.Path)
	}
	for _, f := range files {
		if f.Path != e.Path {
			paths = append(paths, f.Path)
		}
	}
	return paths
}

// glances are what was seen of files.
type glances map[string]glance

func (g glances) whereabout(paths []string) presence {
	at := gone
	for _, p := range paths {
		switch seen := g[p]; {
		case seen.err == nil:
			return there
		case errors.Is(seen.err, errSilent):
			at = unreachable
		}
	}
	return at
}

// glance is what was seen of one file.
type glance struct {
	info os.FileInfo
	err  error
}

// errSilent is what there is to tell of a file whose disk did not answer in time.
var errSilent = errors.New("its disk does not answer")

const (
	listPatience  = 2 * time.Second  // with a disk that says nothing at all
	checkPatience = 20 * time.Second // which may have to spin up first
	atOnce        = 8                // questions to one disk: over a network each takes a journey
)

// looker looks at many files at once, on each disk by itself, so that one that does not answer holds up no other.
type looker struct {
	stat     func(string) (os.FileInfo, error)
	patience time.Duration // with a disk that has not answered for as long
}

func (l looker) look(ctx context.Context, paths []string) glances {
	disks := map[string][]string{}
	for _, p := range paths {
		disks[diskOf(p)] = append(disks[diskOf(p)], p)
	}
	answers := make(chan glances)
	for _, on := range disks {
		go func() { answers <- l.lookOn(ctx, on) }()
	}
	all := glances{}
	for range disks {
		maps.Copy(all, <-answers)
	}
	return all
}

// lookOn gives up on a disk that falls silent. The questions that hang then are left behind: nothing can take them back.
func (l looker) lookOn(ctx context.Context, paths []string) glances {
	type answer struct {
		path string
		glance
	}
	questions, answers, all := make(chan string, len(paths)), make(chan answer, len(paths)), glances{}
	for _, p := range paths {
		questions <- p
		all[p] = glance{err: errSilent}
	}
	close(questions)
	ctx, enough := context.WithCancel(ctx)
	defer enough()
	for range min(atOnce, len(paths)) {
		go func() {
			for p := range questions {
				if ctx.Err() != nil {
					return
				}
				info, err := l.stat(p)
				answers <- answer{p, glance{info, err}}
			}
		}()
	}
	for range paths {
		select {
		case a := <-answers:
			all[a.path] = a.glance
		case <-time.After(l.patience):
			return all
		case <-ctx.Done():
			return all
		}
	}
	return all
}

// diskOf guesses what lies on one disk without asking any: the drive or share, and as many folders as lead to where disks are hung in
// (/Volumes/X, /mnt/X, /media/USER/X).
func diskOf(path string) string {
	volume := filepath.VolumeName(path)
	parts := strings.SplitN(strings.TrimLeft(filepath.ToSlash(path[len(volume):]), "/"), "/", 4)
	return volume + "/" + strings.Join(parts[:min(3, len(parts)-1)], "/")
}
