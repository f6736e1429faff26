package main

import (
	"encoding/json"
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
		Description: `What is put right is remembered over re-ingest and moved files. undo takes back the last thing that was said: tags, a
note, a rating, a change to a clip list, a name. What one command said is taken back at once.

Prints nothing; says how the episode is called now, or what was taken back.

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
		if _, err := cat.Say(c.Context, target{episode: e}.word(catalog.Rename, catalog.NameWord(e.Name))); err != nil {
			return inLibrary(err)
		}
		say(c, "%s: %s", strconv.FormatInt(e.ID, 10), clean(episodeName(&e)))
		return nil
	})
}

// mostTold is how many things one message names.
const mostTold = 10

func fixUndo(c *cli.Context) error {
	return withCatalog(c, func(cat *catalog.Catalog) error {
		words, err := cat.Undo(c.Context)
		if errors.Is(err, catalog.ErrNotFound) && !errors.Is(err, catalog.ErrGone) {
			return inputf("there is nothing to take back")
		}
		if err != nil {
			return inLibrary(err)
		}
		for _, w := range words[:min(len(words), mostTold)] {
			say(c, "taken back: %s", clean(wordText(c, cat, w)))
		}
		if more := len(words) - mostTold; more > 0 {
			say(c, "and %d more that were said at once with these", more)
		}
		return nil
	})
}

// wordText is what was said, of what.
func wordText(c *cli.Context, cat *catalog.Catalog, w catalog.Word) string {
	value := w.Value
	if n := (catalog.Name{}); w.Verb == catalog.Rename && json.Unmarshal([]byte(value), &n) == nil {
		value = episodeName(&catalog.Episode{Name: n})
	}
	text := strings.TrimSpace(string(w.Verb) + " " + value)
	e, err := cat.ByKey(c.Context, w.Key)
	if err != nil {
		return text // of a list as a whole, or of an episode that is gone
	}
	text += " on " + episodeName(&e)
	switch w.Subject {
	case catalog.OnLine:
		return text + lineText(w.Range.Start, w.Text)
	case catalog.OnShot:
		shots, err := cat.Effective(c.Context, e.ID)
		if shot, ok := (catalog.ListedClip{Range: w.Range}).Shot(shots); err == nil && ok {
			return text + " shot " + shotID(shot)
		}
		return text + " at " + w.Range.Start.String()
	}
	return text
}
