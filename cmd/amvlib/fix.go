package main

import (
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
)

func fixCommand() *cli.Command {
	return &cli.Command{
		Name:  "fix",
		Usage: "put right what was guessed wrong, or take back what you said",
		UsageText: "amvlib fix source EPISODE --title TITLE [--season N] [--number N]\n   amvlib fix split EPISODE TIME\n" +
			"   amvlib fix merge EPISODE:SHOT EPISODE:SHOT\n   amvlib fix duplicate EPISODE:SHOT EPISODE:SHOT\n" +
			"   amvlib fix not-duplicate EPISODE:SHOT EPISODE:SHOT\n   amvlib fix part EPISODE:SHOT... PART\n   amvlib fix undo",
		Description: `What is put right is remembered over re-ingest, moved files and better shot detection, and searched and shown at once.

source says what an episode is called.

split cuts the shot that is shown at a time in two: the second begins with the very frame that is shown then. TIME is written as 754.5,
12:34.5 or 1:02:03.456. Tags, notes and ratings of the shot stay on both.

merge joins two shots that are neighbours, or all from the first to the second, and a transition between them becomes part of the shot. Tags
of any of them are those of the shot they become.

The shots behind are counted anew, so names such as 3:17 may mean another shot than before; lists, tags and notes go by footage and time and
stay where they are. A shot cut by hand shows what analysis kept, for nothing is decoded again: one shorter than a second may be
without a picture.

duplicate and not-duplicate say that two shots show the same footage, or that they do not, however alike they look: amvlib dups heeds it.

part says what shots are in their series: opening, ending, eyecatch, recap, preview, or none for what is just the episode. --no-op-ed goes by it.

undo takes back the last thing that was said: a cut or a join, tags, a note, a rating, a change to a clip list, a name. What one command said is
taken back at once.

Prints nothing without --json; says how the episode is called now, which shots there are now, or what was taken back.

   amvlib fix source 3 --title "Kite Season" --season 2 --number 7
   amvlib fix split 3 12:34.5
   amvlib fix merge 3:14 3:15
   amvlib fix undo`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "title", Usage: "the anime is called `TITLE`"},
			&cli.IntFlag{Name: "season", Usage: "season `N`; 0 for none"},
			&cli.StringFlag{Name: "number", Usage: "episode `N`, such as 7, 7.5 or \"OVA 1\"; empty for a film"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines: the episode, the shots that there are now, or what was taken back (docs/json.md)"},
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
	case what == "split":
		return fixSplit(c, c.Args().Tail())
	case what == "merge":
		return fixMerge(c, c.Args().Tail())
	case what == string(catalog.Part):
		return fixPart(c, c.Args().Tail())
	case what == string(catalog.Duplicate), what == string(catalog.NotDuplicate):
		return fixAlike(c, catalog.Verb(what), c.Args().Tail())
	}
	return usagef("amvlib fix puts right or takes back: amvlib fix source EPISODE --title TITLE, amvlib fix split EPISODE TIME, " +
		"amvlib fix merge EPISODE:SHOT EPISODE:SHOT, amvlib fix duplicate or not-duplicate EPISODE:SHOT EPISODE:SHOT, amvlib fix part EPISODE:SHOT PART, or amvlib fix undo")
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
		if _, err := cat.Say(c.Context, target{episode: e}.word(catalog.Rename, catalog.NameWord(e.Name))); err != nil {
			return inLibrary(err)
		}
		say(c, "%s: %s", strconv.FormatInt(e.ID, 10), clean(episodeName(&e)))
		return fixedEpisode(c, cat, e)
	})
}

// fixedEpisode prints an episode as list does, for scripts.
func fixedEpisode(c *cli.Context, cat *catalog.Catalog, e catalog.Episode) error {
	if !c.Bool("json") {
		return nil
	}
	one := []catalog.Episode{e}
	at, err := whereaboutsOf(c.Context, cat, one)
	if err != nil {
		return inLibrary(err)
	}
	return episodesJSON(c.App.Writer, one, at)
}
