package main

import (
	"errors"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
)

// namesShots tells whether all of args name shots: EPISODE:SHOT, @LIST for those of a list, EPISODE@TIME for the one in which a line is
// spoken.
func namesShots(args []string) bool {
	for _, a := range args {
		_, _, shot := parseShotID(a)
		if _, _, line := parseLineName(a); !shot && !line && (len(a) < 2 || a[0] != '@') {
			return false
		}
	}
	return len(args) > 0
}

// namedShots finds what names name, in that order.
func namedShots(c *cli.Context, cat *catalog.Catalog, names []string) ([]search.Hit, error) {
	var all []search.Hit
	for _, name := range names {
		if !namesShots([]string{name}) {
			return nil, usagef("%q names no shot: shots are named EPISODE:SHOT, as search shows them, or @LIST", name)
		}
		hits, err := namedBy(c, cat, name)
		if err != nil {
			return nil, err
		}
		all = append(all, hits...)
	}
	return all, nil
}

func namedBy(c *cli.Context, cat *catalog.Catalog, name string) ([]search.Hit, error) {
	if list, ok := strings.CutPrefix(name, "@"); ok {
		return fullList(c, cat, list)
	}
	if episode, at, ok := parseLineName(name); ok {
		h, err := lineShot(c, cat, episode, at)
		return []search.Hit{h}, err
	}
	h, err := namedShot(c, cat, name)
	return []search.Hit{h}, err
}

// namedShot takes EPISODE:SHOT.
func namedShot(c *cli.Context, cat *catalog.Catalog, name string) (search.Hit, error) {
	id, number, _ := parseShotID(name)
	e, err := cat.Episode(c.Context, id)
	if err != nil {
		return search.Hit{}, noSuch(err, "there is no episode %d in the library: amvlib list shows them", id)
	}
	s, err := cat.Shot(c.Context, id, number)
	if err != nil {
		return search.Hit{}, noSuch(err, "%s has no shot %d: amvlib show %d lists them", episodeName(&e), number, id)
	}
	return search.Hit{Episode: &e, Shot: s}, nil
}

// fullList is a list's shots, of which something is to be made.
func fullList(c *cli.Context, cat *catalog.Catalog, name string) ([]search.Hit, error) {
	hits, err := listedShots(c, cat, name)
	if err == nil && len(hits) == 0 {
		err = inputf("the list %q has no shots: amvlib clips add %s EPISODE:SHOT", name, name)
	}
	return hits, err
}

// listedShots finds a list's shots as they stand now, by footage and time.
func listedShots(c *cli.Context, cat *catalog.Catalog, name string) ([]search.Hit, error) {
	l, err := clipList(c, cat, name)
	if err != nil {
		return nil, err
	}
	var hits []search.Hit
	lost := 0
	for _, clip := range l.Clips {
		h, err := shotAt(c, cat, clip)
		switch {
		case errors.Is(err, catalog.ErrNotFound):
			lost++
		case err != nil:
			return nil, inLibrary(err)
		default:
			hits = append(hits, h)
		}
	}
	if lost > 0 {
		say(c, "%d of the %d shots of %s are of episodes that the library has no more", lost, len(l.Clips), clean(l.Name))
	}
	return hits, nil
}

// shotAt is the shot that a clip overlaps most. Errors: ErrNotFound.
func shotAt(c *cli.Context, cat *catalog.Catalog, clip catalog.ListedClip) (search.Hit, error) {
	e, err := cat.ByKey(c.Context, clip.Key)
	if err != nil {
		return search.Hit{}, err
	}
	shots, err := cat.Effective(c.Context, e.ID)
	shot, ok := clip.Shot(shots)
	if err == nil && !ok {
		err = catalog.ErrNotFound
	}
	return search.Hit{Episode: &e, Shot: shot}, err
}

// addSaid gives each hit what the user said of its shot, as search does.
func addSaid(c *cli.Context, cat *catalog.Catalog, hits []search.Hit) error {
	words := map[catalog.Key][]catalog.Word{}
	for i := range hits {
		key := hits[i].Episode.Key
		if _, ok := words[key]; !ok {
			all, err := cat.WordsOn(c.Context, key)
			if err != nil {
				return inLibrary(err)
			}
			words[key] = all
		}
		hits[i].Said = catalog.RemarksOnShot(words[key], hits[i].Shot.Range)
	}
	return nil
}
