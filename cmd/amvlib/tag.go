package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
)

const (
	longestTag  = 100   // runes
	longestNote = 10000 // runes
)

func tagCommand() *cli.Command {
	return &cli.Command{
		Name:      "tag",
		Usage:     "put tags on a shot or an episode",
		UsageText: "amvlib tag [OPTIONS] EPISODE:SHOT|EPISODE TAG...",
		Description: `Tags stay with the footage: over re-ingest, moved files and better shot detection. amvlib fix undo takes the last back.

   amvlib tag 3:17 rain "good cry"
   amvlib tag 3:17 rain --remove`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "remove", Usage: "take the tags off"}},
		Action: tagAction,
	}
}

func tagAction(c *cli.Context) error {
	if err := needArgs(c, 2, "a shot or an episode, and a tag"); err != nil {
		return err
	}
	tags := c.Args().Slice()[1:]
	for i, tag := range tags {
		if tags[i] = strings.TrimSpace(tag); tags[i] == "" || utf8.RuneCountInString(tags[i]) > longestTag {
			return usagef("a tag has 1 to %d letters", longestTag)
		}
	}
	verb := catalog.Tag
	if c.Bool("remove") {
		verb = catalog.Untag
	}
	return withTarget(c, func(cat *catalog.Catalog, t target) error {
		for _, tag := range tags {
			if err := t.say(c, cat, verb, tag); err != nil {
				return err
			}
		}
		return sayRemarks(c, cat, t)
	})
}

func noteCommand() *cli.Command {
	return &cli.Command{
		Name:      "note",
		Usage:     "write a note on a shot or an episode",
		UsageText: "amvlib note EPISODE:SHOT|EPISODE TEXT",
		Description: `A note takes the place of the one before; an empty one takes it away.

   amvlib note 3:17 "for the second chorus, mirrored"`,
		Action: noteAction,
	}
}

func noteAction(c *cli.Context) error {
	if err := needArgs(c, 2, "a shot or an episode, and a text"); err != nil {
		return err
	}
	text := strings.TrimSpace(strings.Join(c.Args().Slice()[1:], " "))
	if utf8.RuneCountInString(text) > longestNote {
		return usagef("a note has at most %d letters", longestNote)
	}
	return withTarget(c, func(cat *catalog.Catalog, t target) error {
		if err := t.say(c, cat, catalog.Remark, text); err != nil {
			return err
		}
		return sayRemarks(c, cat, t)
	})
}

func rateCommand() *cli.Command {
	return &cli.Command{
		Name:      "rate",
		Usage:     "rate a shot or an episode, 1 to 5",
		UsageText: "amvlib rate EPISODE:SHOT|EPISODE 0-5",
		Description: `0 takes the rating away.

   amvlib rate 3:17 5`,
		Action: rateAction,
	}
}

func rateAction(c *cli.Context) error {
	if c.NArg() != 2 {
		return needArgs(c, c.NArg()+1, "a shot or an episode, and a rating")
	}
	if n, err := strconv.Atoi(c.Args().Get(1)); err != nil || n < 0 || n > 5 {
		return usagef("a rating is 1 to 5, or 0 for none, not %q", c.Args().Get(1))
	}
	return withTarget(c, func(cat *catalog.Catalog, t target) error {
		if err := t.say(c, cat, catalog.Rate, c.Args().Get(1)); err != nil {
			return err
		}
		return sayRemarks(c, cat, t)
	})
}

// sayRemarks tells what now stands.
func sayRemarks(c *cli.Context, cat *catalog.Catalog, t target) error {
	words, err := cat.WordsOn(c.Context, t.episode.Key)
	if err != nil {
		return inLibrary(err)
	}
	say(c, "%s: %s", clean(t.name), remarksText(catalog.RemarksOn(words, t.stretch)))
	return nil
}

// remarksText is what the user said, in a line.
func remarksText(r catalog.Remarks) string {
	var parts []string
	if r.Rating > 0 {
		parts = append(parts, strings.Repeat("*", r.Rating))
	}
	for _, t := range r.Tags {
		parts = append(parts, "#"+clean(t))
	}
	if r.Note != "" {
		parts = append(parts, fmt.Sprintf("%q", clean(r.Note)))
	}
	if len(parts) == 0 {
		return "nothing said"
	}
	return strings.Join(parts, " ")
}
