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
		Usage:     "put tags on a shot, a line or an episode",
		UsageText: "amvlib tag [OPTIONS] EPISODE:SHOT|EPISODE@TIME|EPISODE|@LIST TAG...",
		Description: `Tags stay with the footage: over re-ingest, moved files, better shot detection and better subtitles. amvlib fix undo takes
the last back. EPISODE@TIME is the line that is spoken then, in all its languages; @LIST is every shot of a clip list.

Prints nothing; says what tags, rating and note are there now.

   amvlib tag 3:17 rain "good cry"
   amvlib tag 3@12:34.5 vow
   amvlib tag 3:17 rain --remove`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "remove", Usage: "take the tags off"}},
		Action: tagAction,
	}
}

func tagAction(c *cli.Context) error {
	if err := needArgs(c, 2, "a shot, a line or an episode, and a tag"); err != nil {
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
	return sayOf(c, verb, tags...)
}

func noteCommand() *cli.Command {
	return &cli.Command{
		Name:      "note",
		Usage:     "write a note on a shot, a line or an episode",
		UsageText: "amvlib note EPISODE:SHOT|EPISODE@TIME|EPISODE|@LIST TEXT",
		Description: `A note takes the place of the one before; an empty one takes it away.

Prints nothing; says what tags, rating and note are there now.

   amvlib note 3:17 "for the second chorus, mirrored"
   amvlib note 3@12:34.5 "said twice, take the second"`,
		Action: noteAction,
	}
}

func noteAction(c *cli.Context) error {
	if err := needArgs(c, 2, "a shot, a line or an episode, and a text"); err != nil {
		return err
	}
	text := strings.TrimSpace(strings.Join(c.Args().Slice()[1:], " "))
	if utf8.RuneCountInString(text) > longestNote {
		return usagef("a note has at most %d letters", longestNote)
	}
	return sayOf(c, catalog.Remark, text)
}

func rateCommand() *cli.Command {
	return &cli.Command{
		Name:      "rate",
		Usage:     "rate a shot, a line or an episode, 1 to 5",
		UsageText: "amvlib rate EPISODE:SHOT|EPISODE@TIME|EPISODE|@LIST 0-5",
		Description: `0 takes the rating away.

Prints nothing; says what tags, rating and note are there now. search --min-rating finds by it.

   amvlib rate 3:17 5
   amvlib rate @chorus 4`,
		Action: rateAction,
	}
}

func rateAction(c *cli.Context) error {
	if c.NArg() != 2 {
		return needArgs(c, c.NArg()+1, "a shot, a line or an episode, and a rating")
	}
	if n, err := strconv.Atoi(c.Args().Get(1)); err != nil || n < 0 || n > 5 {
		return usagef("a rating is 1 to 5, or 0 for none, not %q", c.Args().Get(1))
	}
	return sayOf(c, catalog.Rate, c.Args().Get(1))
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
