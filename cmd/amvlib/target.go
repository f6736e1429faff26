package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

// target is what the user says something of: an episode, one of its shots or one of its lines.
type target struct {
	episode catalog.Episode
	subject catalog.Subject
	stretch timecode.Range // of the shot or line; zero for the whole episode
	line    catalog.Line   // the zero Line for what is none
	name    string
}

// findTargets takes EPISODE:SHOT, EPISODE@TIME, @LIST for all shots of a list, or an episode as show takes it.
func findTargets(c *cli.Context, cat *catalog.Catalog, name string) ([]target, error) {
	if list, ok := strings.CutPrefix(name, "@"); ok {
		hits, err := fullList(c, cat, list)
		targets := make([]target, len(hits))
		for i, h := range hits {
			targets[i] = shotTarget(h)
		}
		return targets, err
	}
	if episode, at, ok := parseLineName(name); ok {
		t, err := lineTarget(c, cat, episode, at)
		return []target{t}, err
	}
	if _, _, ok := parseShotID(name); ok {
		h, err := namedShot(c, cat, name)
		if err != nil {
			return nil, err
		}
		return []target{shotTarget(h)}, nil
	}
	e, err := findEpisode(c, cat, name)
	return []target{{episode: e, name: episodeName(&e)}}, err
}

func shotTarget(h search.Hit) target {
	return target{episode: *h.Episode, subject: catalog.OnShot, stretch: h.Shot.Range, name: episodeName(h.Episode) + " shot " + shotID(h.Shot)}
}

// word is one word about t.
func (t target) word(verb catalog.Verb, value string) catalog.Word {
	return catalog.Word{Verb: verb, Key: t.episode.Key, Subject: t.subject, Range: t.stretch, Text: t.line.Text, Value: value}
}

// remarks is what now stands about t.
func (t target) remarks(c *cli.Context, cat *catalog.Catalog) (catalog.Remarks, error) {
	words, err := cat.WordsOn(c.Context, t.episode.Key)
	if err != nil || t.subject != catalog.OnLine {
		return catalog.RemarksOn(words, t.stretch), inLibrary(err)
	}
	lines, err := cat.Lines(c.Context, t.episode.ID)
	return catalog.LineRemarks(words, lines)[t.line.ID], inLibrary(err)
}

// sayOf says the same of all that the first argument names, at once, and tells what now stands.
func sayOf(c *cli.Context, verb catalog.Verb, values ...string) error {
	return withCatalog(c, func(cat *catalog.Catalog) error {
		targets, err := findTargets(c, cat, c.Args().First())
		if err != nil {
			return err
		}
		var words []catalog.Word
		for _, t := range targets {
			for _, v := range values {
				words = append(words, t.word(verb, v))
			}
		}
		if _, err := cat.SayAll(c.Context, words); err != nil {
			return inLibrary(err)
		}
		return tellRemarks(c, cat, targets)
	})
}

func tellRemarks(c *cli.Context, cat *catalog.Catalog, targets []target) error {
	for _, t := range targets[:min(len(targets), mostTold)] {
		r, err := t.remarks(c, cat)
		if err != nil {
			return err
		}
		say(c, "%s: %s", clean(t.name), remarksText(r))
	}
	if more := len(targets) - mostTold; more > 0 {
		say(c, "and %d more shots", more)
	}
	return nil
}

// withCatalog opens a library that is there for writing: a word about nothing makes no library.
func withCatalog(c *cli.Context, do func(*catalog.Catalog) error) error {
	dir, err := libraryDir(c)
	if err != nil {
		return err
	}
	o := catalogOptions(c)
	o.Existing = true
	cat, err := catalog.Open(c.Context, dir, o)
	if err != nil {
		return err
	}
	defer cat.Close()
	return do(cat)
}
