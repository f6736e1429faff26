package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
)

func fixCommand() *cli.Command {
	return &cli.Command{
		Name:      "fix",
		Usage:     "put right what was guessed wrong, or take back what you said",
		UsageText: "amvlib fix source EPISODE --title TITLE [--season N] [--number N]\n   amvlib fix undo",
		Description: `What is put right is remembered over re-ingest and moved files. undo takes back the last thing that was said: a tag, a
note, a rating, a change to a clip list, a name.

   amvlib fix source 3 --title "Kite Season" --season 2 --number 7`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "title", Usage: "the anime is called `TITLE`"},
			&cli.IntFlag{Name: "season", Usage: "season `N`; 0 for none"},
			&cli.StringFlag{Name: "number", Usage: "episode `N`, such as 7, 7.5 or \"OVA 1\"; empty for a film"},
		},
		Action: fixAction,
	}
}

func fixAction(c *cli.Context) error {
	switch what := c.Args().First(); {
	case what == "undo" && c.NArg() == 1:
		return fixUndo(c)
	case what == "source" && c.NArg() == 2:
		return fixSource(c, c.Args().Get(1))
	}
	return usagef("amvlib fix puts a source right or undoes: amvlib fix source EPISODE --title TITLE, or amvlib fix undo")
}

func fixSource(c *cli.Context, name string) error {
	if !c.IsSet("title") && !c.IsSet("season") && !c.IsSet("number") {
		return usagef("say what is right: --title, --season or --number")
	}
	if c.Int("season") < 0 || c.IsSet("title") && strings.TrimSpace(c.String("title")) == "" {
		return usagef("a title is not empty, and a season is 0 or more")
	}
	return withCatalog(c, func(cat *catalog.Catalog) error {
		e, err := findEpisode(c, cat, name)
		if err != nil {
			return err
		}
		if c.IsSet("title") {
			e.Name.Source = strings.TrimSpace(c.String("title"))
		}
		if c.IsSet("season") {
			e.Name.Season = c.Int("season")
		}
		if c.IsSet("number") {
			e.Name.Number = strings.TrimSpace(c.String("number"))
		}
		t := target{episode: e}
		if err := t.say(c, cat, catalog.Rename, catalog.NameWord(e.Name)); err != nil {
			return err
		}
		say(c, "%s: %s", strconv.FormatInt(e.ID, 10), clean(episodeName(&e)))
		return nil
	})
}

func fixUndo(c *cli.Context) error {
	return withCatalog(c, func(cat *catalog.Catalog) error {
		w, err := cat.Undo(c.Context)
		if errors.Is(err, catalog.ErrNotFound) {
			return inputf("there is nothing to take back")
		}
		if err != nil {
			return inLibrary(err)
		}
		about := ""
		if e, err := cat.ByKey(c.Context, w.Key); err == nil {
			about = " on " + episodeName(&e)
		}
		say(c, "taken back: %s %s%s", w.Verb, clean(w.Value), clean(about))
		return nil
	})
}
