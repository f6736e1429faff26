package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

func clipsCommand() *cli.Command {
	return &cli.Command{
		Name:      "clips",
		Usage:     "keep lists of shots",
		UsageText: "amvlib clips\n   amvlib clips new|show|drop LIST\n   amvlib clips add|remove LIST EPISODE:SHOT...",
		Description: `A list keeps shots by their footage and time, so it outlives re-ingest and better shot detection. Export takes a list
by its name with a @ before it.

   amvlib clips new chorus
   amvlib clips add chorus 3:17 12:4
   amvlib export @chorus -o chorus.otio`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print JSON Lines, a shot a line (docs/json.md)"}},
		Action: clipsAction,
	}
}

func clipsAction(c *cli.Context) error {
	args := c.Args().Slice()
	switch {
	case len(args) == 0:
		return listClips(c)
	case args[0] == "show" && len(args) == 2:
		return showClips(c, args[1])
	case (args[0] == "new" || args[0] == "drop") && len(args) == 2:
		return withCatalog(c, func(cat *catalog.Catalog) error { return beginOrDrop(c, cat, args[0], args[1]) })
	case (args[0] == "add" || args[0] == "remove") && len(args) > 2:
		return withCatalog(c, func(cat *catalog.Catalog) error { return addOrRemove(c, cat, args[0], args[1], args[2:]) })
	}
	return usagef("amvlib clips makes and shows lists of shots: new LIST, add LIST EPISODE:SHOT..., remove, show LIST, drop LIST")
}

func clipLists(c *cli.Context, cat *catalog.Catalog) ([]catalog.ClipList, error) {
	words, err := cat.Words(c.Context)
	return catalog.ClipLists(words), inLibrary(err)
}

func clipList(c *cli.Context, cat *catalog.Catalog, name string) (catalog.ClipList, error) {
	all, err := clipLists(c, cat)
	if err != nil {
		return catalog.ClipList{}, err
	}
	i := slices.IndexFunc(all, func(l catalog.ClipList) bool { return l.Name == name })
	if i < 0 {
		return catalog.ClipList{}, inputf("there is no list %q: amvlib clips new %s begins it", name, name)
	}
	return all[i], nil
}

func listClips(c *cli.Context) error {
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	all, err := clipLists(c, cat)
	for _, l := range all {
		fmt.Fprintf(c.App.Writer, "%s  %d shots\n", fit(clean(l.Name), 30), len(l.Clips))
	}
	return err
}

func beginOrDrop(c *cli.Context, cat *catalog.Catalog, do, name string) error {
	if name = strings.TrimSpace(name); name == "" || len(name) > 4*longestTag {
		return usagef("a list has a name of 1 to %d letters", longestTag)
	}
	_, err := clipList(c, cat, name)
	verb := catalog.List
	switch {
	case do == "new" && err == nil:
		return inputf("there is a list %q already", name)
	case do == "drop" && err != nil:
		return err
	case do == "drop":
		verb = catalog.Unlist
	}
	_, err = cat.Say(c.Context, catalog.Word{Verb: verb, Value: name})
	return inLibrary(err)
}

func addOrRemove(c *cli.Context, cat *catalog.Catalog, do, name string, shots []string) error {
	if _, err := clipList(c, cat, name); err != nil {
		return err
	}
	verb := catalog.Add
	if do == "remove" {
		verb = catalog.Remove
	}
	var targets []target
	for _, s := range shots { // all are looked up before any is changed
		if _, _, ok := parseShotID(s); !ok {
			return usagef("%q names no shot: shots are named EPISODE:SHOT, as search shows them", s)
		}
		t, err := findTarget(c, cat, s)
		if err != nil {
			return err
		}
		targets = append(targets, t)
	}
	for _, t := range targets {
		if err := t.say(c, cat, verb, name); err != nil {
			return err
		}
	}
	l, err := clipList(c, cat, name)
	if err == nil {
		say(c, "%s has %d shots", clean(l.Name), len(l.Clips))
	}
	return err
}

func showClips(c *cli.Context, name string) error {
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	hits, err := listedShots(c, cat, name)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return jsonLines(c.App.Writer, hits, rowOf)
	}
	return hitsTable(c.App.Writer, hits)
}

// listedShots finds a list's shots as they stand now, by footage and time.
func listedShots(c *cli.Context, cat *catalog.Catalog, name string) ([]search.Hit, error) {
	l, err := clipList(c, cat, name)
	if err != nil {
		return nil, err
	}
	var hits []search.Hit
	for _, clip := range l.Clips {
		h, err := shotAt(c, cat, clip)
		if errors.Is(err, catalog.ErrNotFound) {
			say(c, "a shot of the list is of an episode that the library has no more")
			continue
		}
		if err != nil {
			return nil, inLibrary(err)
		}
		hits = append(hits, h)
	}
	return hits, nil
}

// shotAt is the shot that overlaps a stretch most.
func shotAt(c *cli.Context, cat *catalog.Catalog, clip catalog.ListedClip) (search.Hit, error) {
	e, err := cat.ByKey(c.Context, clip.Key)
	if err != nil {
		return search.Hit{}, err
	}
	shots, err := cat.Effective(c.Context, e.ID)
	if err != nil || len(shots) == 0 {
		return search.Hit{}, err
	}
	best := slices.MaxFunc(shots, func(a, b catalog.Shot) int { return int(overlap(a, clip.Range) - overlap(b, clip.Range)) })
	return search.Hit{Episode: &e, Shot: best}, nil
}

func overlap(s catalog.Shot, r timecode.Range) timecode.Time { return s.Range.Overlap(r) }
