package main

import (
	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
)

// fixAlike says that two shots show the same footage, or that they do not.
func fixAlike(c *cli.Context, verb catalog.Verb, args []string) error {
	if len(args) != 2 || args[0] == args[1] {
		return usagef("amvlib fix %s needs two shots: amvlib fix %s EPISODE:SHOT EPISODE:SHOT, as in amvlib fix %s 3:14 7:2", verb, verb, verb)
	}
	for _, name := range args {
		if _, _, ok := parseShotID(name); !ok {
			return usagef("%q names no shot: shots are named EPISODE:SHOT, as amvlib show and dups show them", name)
		}
	}
	return withCatalog(c, func(cat *catalog.Catalog) error {
		first, err := namedShot(c, cat, args[0])
		if err != nil {
			return err
		}
		second, err := namedShot(c, cat, args[1])
		if err != nil {
			return err
		}
		other := catalog.OtherShot{Key: second.Episode.Key, Range: second.Shot.Range}
		if _, err := cat.Say(c.Context, shotTarget(first).word(verb, other.Value())); err != nil {
			return inLibrary(err)
		}
		how := "show the same footage"
		if verb == catalog.NotDuplicate {
			how = "do not show the same footage"
		}
		say(c, "%s and %s %s", args[0], args[1], how)
		return nil
	})
}
