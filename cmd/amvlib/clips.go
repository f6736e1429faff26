package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
)

func clipsCommand() *cli.Command {
	return &cli.Command{
		Name:      "clips",
		Usage:     "keep lists of shots",
		UsageText: "amvlib clips\n   amvlib clips new|show|drop LIST\n   amvlib clips rename LIST NAME\n   amvlib clips add|remove LIST EPISODE:SHOT|@LIST...",
		Description: `A list keeps shots by their footage and time, so it outlives re-ingest and better shot detection. With a @ before its
name it stands wherever shots are named; search --in looks for something in it alone.

Without arguments it prints the lists, a line each; show prints the shots of one, as search prints hits.

   amvlib clips new chorus
   amvlib clips add chorus 3:17 12:4
   amvlib clips add best @chorus @verse
   amvlib search --in chorus rain
   amvlib export @chorus -o chorus.otio`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print JSON Lines, a shot or a list a line (docs/json.md)"}},
		Action: clipsAction,
	}
}

func clipsAction(c *cli.Context) error {
	args := c.Args().Slice()
	switch {
	case len(args) == 0:
		return listClips(c)
	case args[0] == "show" && len(args) == 2:
		return showClips(c, listName(args[1]))
	case args[0] == "rename" && len(args) == 3:
		return withCatalog(c, func(cat *catalog.Catalog) error { return renameList(c, cat, args[1], args[2]) })
	case (args[0] == "new" || args[0] == "drop") && len(args) == 2:
		return withCatalog(c, func(cat *catalog.Catalog) error { return beginOrDrop(c, cat, args[0], args[1]) })
	case (args[0] == "add" || args[0] == "remove") && len(args) > 2:
		return withCatalog(c, func(cat *catalog.Catalog) error { return addOrRemove(c, cat, args[0], args[1], args[2:]) })
	}
	return usagef("amvlib clips makes and shows lists of shots: new LIST, add LIST EPISODE:SHOT..., remove, rename, show LIST, drop LIST")
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
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return jsonLines(c.App.Writer, all, func(l catalog.ClipList) listRow { return listRow{l.Name, len(l.Clips)} })
	}
	t := newTable(c.App.Writer, column{least: 12}, column{right: true})
	for _, l := range all {
		t.row(clean(l.Name), fmt.Sprintf("%d shots", len(l.Clips)))
	}
	return t.print(c.App.Writer)
}

// listRow is a clip list as scripts see it: docs/json.md is its contract.
type listRow struct {
	List  string `json:"list"`
	Shots int    `json:"shots"`
}

func beginOrDrop(c *cli.Context, cat *catalog.Catalog, do, name string) error {
	verb := catalog.List
	if do == "drop" {
		l, err := clipList(c, cat, listName(name))
		if err != nil {
			return err
		}
		verb, name = catalog.Unlist, l.Name
	} else {
		var err error
		if name, err = freeName(c, cat, name); err != nil {
			return err
		}
	}
	_, err := cat.Say(c.Context, catalog.Word{Verb: verb, Value: name})
	return inLibrary(err)
}

// freeName is the name of a list that can be begun.
func freeName(c *cli.Context, cat *catalog.Catalog, name string) (string, error) {
	if name = listName(name); name == "" || len(name) > 4*longestTag {
		return "", usagef("a list has a name of 1 to %d letters", longestTag)
	}
	all, err := clipLists(c, cat)
	if err == nil && slices.ContainsFunc(all, func(l catalog.ClipList) bool { return l.Name == name }) {
		err = inputf("there is a list %q already", name)
	}
	return name, err
}

// listName takes a list's name with the @ that it has elsewhere too.
func listName(name string) string { return strings.TrimPrefix(strings.TrimSpace(name), "@") }

func addOrRemove(c *cli.Context, cat *catalog.Catalog, do, name string, shots []string) error {
	name = listName(name)
	if _, err := clipList(c, cat, name); err != nil {
		return err
	}
	verb := catalog.Add
	if do == "remove" {
		verb = catalog.Remove
	}
	hits, err := namedShots(c, cat, shots) // all are looked up before any is changed
	if err != nil {
		return err
	}
	words := make([]catalog.Word, len(hits))
	for i, h := range hits {
		words[i] = shotTarget(h).word(verb, name)
	}
	if _, err := cat.SayAll(c.Context, words); err != nil {
		return inLibrary(err)
	}
	l, err := clipList(c, cat, name)
	if err == nil {
		say(c, "%s has %d shots", clean(l.Name), len(l.Clips))
	}
	return err
}

// rename makes a new list of the old one's shots, those of films that are not there now too, and gives up the old one.
func renameList(c *cli.Context, cat *catalog.Catalog, from, to string) error {
	l, err := clipList(c, cat, listName(from))
	if err != nil {
		return err
	}
	if to, err = freeName(c, cat, to); err != nil {
		return err
	}
	words := []catalog.Word{{Verb: catalog.List, Value: to}}
	for _, clip := range l.Clips {
		words = append(words, catalog.Word{Verb: catalog.Add, Key: clip.Key, Subject: catalog.OnShot, Range: clip.Range, Value: to})
	}
	_, err = cat.SayAll(c.Context, append(words, catalog.Word{Verb: catalog.Unlist, Value: l.Name}))
	return inLibrary(err)
}

func showClips(c *cli.Context, name string) error {
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	hits, err := listedShots(c, cat, name)
	if err == nil {
		err = addSaid(c, cat, hits)
	}
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return jsonLines(c.App.Writer, hits, rowOf)
	}
	return hitsTable(c.App.Writer, hits)
}
