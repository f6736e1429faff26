package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/interchange"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timeline"
)

// outputs writes timelines to files.
type outputs struct {
	targets []destination
	force   bool
	orForce string // where there is such a flag
}

type destination struct {
	path   string
	format interchange.Format
}

// newOutputs checks all that is asked for before any work is done.
func newOutputs(c *cli.Context) (*outputs, error) {
	o := &outputs{force: c.Bool("force"), orForce: ", or add --force"}
	paths := c.StringSlice("o")
	if len(paths) == 0 && c.String("html") == "" {
		paths = []string{"-"}
	}
	for _, path := range paths {
		name := c.String("format")
		if name == "" && path == "-" {
			name = "json"
		} else if name == "" {
			name = filepath.Ext(path)
		}
		f, err := interchange.ByName(name)
		if err != nil {
			return nil, usagef("-o %s: %w", path, err)
		}
		o.targets = append(o.targets, destination{path, f})
	}
	paths = append(paths, c.String("html"))
	if twice := doubled(paths); twice != "" {
		return nil, usagef("%s is named twice: give each file a name of its own", twice)
	}
	return o, o.free(paths)
}

func doubled(paths []string) string {
	seen := map[string]bool{"": true}
	for _, p := range paths {
		if p != "" && seen[filepath.Clean(p)] {
			return p
		}
		seen[filepath.Clean(p)] = p != ""
	}
	return ""
}

// free refuses to overwrite what is there, and to begin what will have no place.
func (o *outputs) free(paths []string) error {
	for _, p := range paths {
		if p == "-" || p == "" || o.force {
			continue
		}
		if _, err := os.Stat(p); err == nil {
			return usagef("%s is there already: choose another name%s", p, o.orForce)
		}
		if _, err := os.Stat(filepath.Dir(p)); err != nil {
			return inputf("%s cannot be written: there is no folder %s to put it in; make it first, or choose another", p, filepath.Dir(p))
		}
	}
	return nil
}

func (o *outputs) timeline(c *cli.Context, t *timeline.Timeline) error {
	said := map[string]bool{}
	sayGone(c, t)
	s, err := settings(c)
	if err != nil {
		return err
	}
	s.mapPaths(t)
	for _, target := range o.targets {
		for _, w := range target.format.Warnings(t) {
			if !said[w] {
				say(c, "%s: %s", target.format.Name, clean(w))
			}
			said[w] = true
		}
		if err := o.file(c, target.path, func(w io.Writer) error { return target.format.Write(w, t) }); err != nil {
			return err
		}
	}
	return nil
}

// sayGone names the films of a timeline that are not where the library knows them to be. The timeline is written all the same: its
// disk may just not be connected.
func sayGone(c *cli.Context, t *timeline.Timeline) {
	var paths []string
	for _, m := range t.Media() {
		paths = append(paths, m.Path)
	}
	seen := looker{stat: os.Stat, patience: listPatience}.look(c.Context, paths)
	for _, m := range t.Media() {
		if errors.Is(seen[m.Path].err, fs.ErrNotExist) {
			say(c, "not there now: %s (connect its disk, or ingest it where it is)", clean(m.Path))
		}
	}
}

// file writes a file as a whole or not at all.
func (o *outputs) file(c *cli.Context, path string, write func(io.Writer) error) error {
	if path == "-" {
		return write(c.App.Writer)
	}
	err := replaceFile(c.Context, path, write)
	if err != nil {
		return &media.Error{Op: "write", Path: path, Err: cause(err)}
	}
	say(c, "wrote %s", clean(path))
	return nil
}

// replaceFile leaves either the old file or the new one, whole. What is no file, such as a pipe, is written to; a link is followed.
func replaceFile(ctx context.Context, path string, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return writeInto(path, write)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".amvlib-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err = write(tmp); err == nil {
		err = tmp.Chmod(0o644)
	}
	if closing := tmp.Close(); err == nil {
		err = closing
	}
	if err != nil || ctx.Err() != nil {
		return cmp.Or(err, ctx.Err())
	}
	return os.Rename(tmp.Name(), path)
}

func writeInto(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return cmp.Or(write(f), f.Close())
}
