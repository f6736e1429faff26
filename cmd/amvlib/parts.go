package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/footage"
	"github.com/amvlib/amvlib/footage/hashes"
)

// labelsFile holds what recurs in the series of a library; it can be deleted at any time.
func labelsFile(cat *catalog.Catalog) string { return filepath.Join(cat.Dir(), "labels.json") }

// partsOf finds openings, endings and what else recurs in the series of a library, where that is not known yet. say is told of how many
// episodes are looked through.
func partsOf(c *cli.Context, cat *catalog.Catalog, looking func(episodes int)) (*footage.Footage, []footage.Label, func(), error) {
	view, err := hashes.Open(c.Context, filepath.Join(cat.Dir(), "hashes"), cat, hashes.Options{Log: logger(c)})
	if err != nil {
		return nil, nil, nil, inLibrary(err)
	}
	f := footage.New(cat, view)
	labels, err := f.Labels(c.Context, labelsFile(cat), looking)
	if err != nil {
		view.Close()
		return nil, nil, nil, inLibrary(err)
	}
	return f, labels, func() { view.Close() }, nil
}

// learnParts finds what recurs once films have been learnt. What it cannot do costs no film: it is done when it is asked for.
func learnParts(c *cli.Context) error {
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	return partsAgain(c, cat)
}

func partsAgain(c *cli.Context, cat *catalog.Catalog) error {
	looked := 0
	_, labels, done, err := partsOf(c, cat, func(n int) {
		looked = n
		if isTerminal(c.App.ErrWriter) {
			say(c, "looking for openings and endings in %d episodes", n)
		}
	})
	if c.Context.Err() != nil {
		return c.Context.Err()
	}
	if errors.Is(err, catalog.ErrGone) {
		return inLibrary(err)
	}
	if err != nil {
		say(c, "amvlib: openings and endings could not be looked for: %v; they are when they are asked for", err)
		return nil
	}
	defer done()
	if n := openings(labels); looked > 0 && n > 0 {
		say(c, "found openings and endings in %d episodes", n)
	}
	return nil
}

// openings counts episodes with an opening or ending.
func openings(labels []footage.Label) int {
	with := map[int64]bool{}
	for _, l := range labels {
		if l.Part == footage.Opening || l.Part == footage.Ending {
			with[l.Episode] = true
		}
	}
	return len(with)
}

// withoutOpenings tells whether openings and endings are to be left out.
func withoutOpenings(c *cli.Context) bool { return c.Bool("no-op-ed") && !c.Bool("op-ed") }

// leftOut are the shots that may not answer, and says how many there are; nil where all may.
func (s *shelf) leftOut(c *cli.Context) (map[int64]map[int]bool, error) {
	if !withoutOpenings(c) {
		return nil, nil
	}
	f, labels, done, err := partsOf(c, s.cat, nil)
	if err != nil {
		return nil, err
	}
	defer done()
	out, err := f.LeftOut(c.Context, labels)
	if err != nil {
		return nil, inLibrary(err)
	}
	shots := 0
	for _, of := range out {
		shots += len(of)
	}
	if shots > 0 {
		hint := ""
		if c.Command.Name == "match" {
			hint = "; --op-ed takes them too"
		}
		s.once(c, fmt.Sprintf("left out: %s of openings and endings, in %s%s", counted(shots, "shot"), counted(len(out), "episode"), hint))
	}
	return out, nil
}

// parts tells what shots of an episode are within its series, as far as it is known.
type parts struct {
	labels []footage.Label
	words  []catalog.Word
}

func (p parts) of(s catalog.Shot) (part string, variant int) {
	l, ok := footage.PartOf(p.labels, p.words, s)
	if !ok {
		return "", 0
	}
	return string(l.Part), l.Variant
}

// partsKnown reads what is known of an episode's parts, and looks for nothing.
func partsKnown(cat *catalog.Catalog, e *catalog.Episode, words []catalog.Word) parts {
	var p parts
	for _, l := range footage.KeptLabels(labelsFile(cat)) {
		if l.Episode == e.ID {
			p.labels = append(p.labels, l)
		}
	}
	p.words = words
	return p
}
