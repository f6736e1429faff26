package main

import (
	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// target is what the user says something of: an episode, or one of its shots.
type target struct {
	episode catalog.Episode
	stretch timecode.Range // of the shot; zero for the whole episode
	name    string
}

// findTarget takes EPISODE:SHOT, or an episode as show takes it.
func findTarget(c *cli.Context, cat *catalog.Catalog, name string) (target, error) {
	if _, _, ok := parseShotID(name); !ok {
		e, err := findEpisode(c, cat, name)
		return target{episode: e, name: episodeName(&e)}, err
	}
	h, err := namedShot(c, cat, name)
	if err != nil {
		return target{}, err
	}
	return target{*h.Episode, h.Shot.Range, episodeName(h.Episode) + " shot " + shotID(h.Shot)}, nil
}

// say writes one word about t.
func (t target) say(c *cli.Context, cat *catalog.Catalog, verb catalog.Verb, value string) error {
	_, err := cat.Say(c.Context, catalog.Word{Verb: verb, Key: t.episode.Key, Range: t.stretch, Value: value})
	return inLibrary(err)
}

// withTarget opens the library for writing, finds what the first argument names, and does something to it.
func withTarget(c *cli.Context, do func(*catalog.Catalog, target) error) error {
	return withCatalog(c, func(cat *catalog.Catalog) error {
		t, err := findTarget(c, cat, c.Args().First())
		if err != nil {
			return err
		}
		return do(cat, t)
	})
}

// withCatalog opens a library that is there for writing: a word about nothing makes no library.
func withCatalog(c *cli.Context, do func(*catalog.Catalog) error) error {
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	if err := cat.Close(); err != nil {
		return inLibrary(err)
	}
	if cat, _, err = openCatalog(c, false); err != nil {
		return err
	}
	defer cat.Close()
	return do(cat)
}
