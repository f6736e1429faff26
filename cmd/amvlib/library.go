package main

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/footage"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/search"
)

// libraryDir is where the library is: the flag, the environment, or the user's data folder.
func libraryDir(c *cli.Context) (string, error) {
	dir := global(c, "library")
	if dir == "" {
		dir = os.Getenv("AMVLIB_HOME")
	}
	if dir == "" {
		s, err := settings(c)
		if err != nil {
			return "", err
		}
		dir = s.Library
	}
	if dir == "" {
		return dataDir()
	}
	return filepath.Abs(dir)
}

// dataDir is where programs of this system keep what they learn: %LOCALAPPDATA%, Application Support, or XDG's data home.
func dataDir() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "amvlib"), nil
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		dir, err := os.UserCacheDir() // %LocalAppData% on Windows
		if runtime.GOOS == "darwin" {
			dir, err = os.UserConfigDir() // ~/Library/Application Support
		}
		if err != nil {
			return "", inLibrary(err)
		}
		return filepath.Join(dir, "amvlib"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", &coded{exitLibrary, errNoHome}
	}
	return filepath.Join(home, ".local", "share", "amvlib"), nil
}

var errNoHome = errors.New("there is no home folder to keep a library in: name one with --library DIR")

// openCatalog opens the library's catalog; readers need one that exists.
func openCatalog(c *cli.Context, readOnly bool) (*catalog.Catalog, string, error) {
	dir, err := libraryDir(c)
	if err != nil {
		return nil, "", err
	}
	o := catalogOptions(c)
	o.ReadOnly = readOnly
	cat, err := catalog.Open(c.Context, dir, o)
	if err != nil {
		return nil, dir, err
	}
	return cat, dir, nil
}

// catalogOptions let those who wait for one another name each other.
func catalogOptions(c *cli.Context) catalog.Options {
	waiting := func(h catalog.Holder) { say(c, "waiting for %s, which is writing to the library", clean(h.String())) }
	return catalog.Options{Log: logger(c), Program: "amvlib " + c.Command.FullName(), Waiting: waiting}
}

// openIndex opens the index of a library; it catches up on the way.
func openIndex(c *cli.Context, cat *catalog.Catalog) (*index.Index, error) {
	waiting := func() { say(c, "waiting for another amvlib, which is building the index") }
	return index.Open(c.Context, filepath.Join(cat.Dir(), "index"), cat, index.Options{Log: logger(c), Waiting: waiting})
}

// shelf is a library opened for questions.
type shelf struct {
	*search.Searcher
	cat   *catalog.Catalog
	ix    *index.Index
	moods *moods // and what lines mean
	told  map[string]bool
}

func (s *shelf) close() {
	s.moods.close()
	s.ix.Close()
	s.cat.Close()
}

// openShelf opens catalog and index; the index catches up on the way.
func openShelf(c *cli.Context) (*shelf, error) {
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return nil, err
	}
	ix, err := openIndex(c, cat)
	if err != nil {
		cat.Close()
		return nil, inLibrary(err)
	}
	if why := ix.Stale(); why != nil {
		say(c, "amvlib: %v; the answer may lack the newest episodes", why)
	}
	m := openMoods(c, cat)
	s := &shelf{Searcher: m.with(c, search.New(cat, ix)), cat: cat, ix: ix, moods: m}
	s.understand(c)
	s.heed(c)
	return s, nil
}

// doublesFile keeps what dups found in the whole library.
const doublesFile = "doubles.json"

// heed has footage that is there twice known, as dups found it.
func (s *shelf) heed(c *cli.Context) {
	d, err := footage.ReadDoubles(c.Context, filepath.Join(s.cat.Dir(), doublesFile), s.cat)
	if err != nil {
		logger(c).Warn("what is there twice is known by its pictures alone", "err", err)
	}
	s.Heed(d)
}

// understand has questions answered by what lines mean too, as far as that is known. Without, they are answered by words.
func (s *shelf) understand(c *cli.Context) {
	lines, err := s.moods.lines()
	models, unopened := meaning.Open()
	if err := cmp.Or(err, unopened); err != nil {
		logger(c).Warn("questions are answered by words alone", "err", err)
		return
	}
	s.Understand(models, lines)
}

// tool finds ffmpeg: the flag, the environment, the search path, the app's own folder.
func tool(c *cli.Context) (*ffmpeg.Tool, error) {
	dir, err := dataDir()
	if err != nil {
		dir = ""
	}
	path := global(c, "ffmpeg")
	if path == "" && os.Getenv(ffmpeg.Variable) == "" {
		s, err := settings(c)
		if err != nil {
			return nil, err
		}
		path = s.FFmpeg
	}
	return ffmpeg.Find(c.Context, path, dir)
}
