package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/footage"
)

// partNames are what a shot can be said to be.
var partNames = []string{string(footage.Opening), string(footage.Ending), string(footage.Eyecatch), string(footage.Recap), string(footage.Preview), catalog.NoPart}

// fixPart says that shots are part of an opening or ending, or that they are not.
func fixPart(c *cli.Context, args []string) error {
	if len(args) < 2 || !slices.Contains(partNames, args[len(args)-1]) {
		return usagef("amvlib fix part needs shots, and what they are: amvlib fix part EPISODE:SHOT... PART, where PART is %s", strings.Join(partNames, ", "))
	}
	names, part := args[:len(args)-1], args[len(args)-1]
	return withCatalog(c, func(cat *catalog.Catalog) error {
		var words []catalog.Word
		for _, name := range names {
			if !namesShots([]string{name}) {
				return usagef("%q names no shot: shots are named EPISODE:SHOT, as amvlib show shows them, or @LIST", name)
			}
			hits, err := namedBy(c, cat, name)
			if err != nil {
				return err
			}
			for _, h := range hits {
				words = append(words, shotTarget(h).word(catalog.Part, part))
			}
		}
		if _, err := cat.SayAll(c.Context, words); err != nil {
			return inLibrary(err)
		}
		if part == catalog.NoPart {
			say(c, "%s: no opening, ending or the like", counted(len(words), "shot"))
			return nil
		}
		say(c, "%s: %s", counted(len(words), "shot"), part)
		return nil
	})
}
