package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

func fixSplit(c *cli.Context, args []string) error {
	if len(args) != 2 {
		return usagef("amvlib fix split needs an episode and a time: amvlib fix split EPISODE TIME, as in amvlib fix split 3 12:34.5")
	}
	at, ok := parseTime(args[1])
	if !ok {
		return usagef("%q is no time: write it as 754.5, 12:34.5 or 1:02:03.456", args[1])
	}
	return withCatalog(c, func(cat *catalog.Catalog) error {
		e, err := findEpisode(c, cat, args[0])
		if err != nil {
			return err
		}
		parts, err := cat.Split(c.Context, e.ID, at)
		if err != nil {
			return splitTrouble(&e, at, err)
		}
		say(c, "%s: shot %s ends at %s now, where %s begins, with frame %d%s", clean(episodeName(&e)), shotID(parts[0]), parts[1].Range.Start,
			shotID(parts[1]), parts[1].Clean.In, countedAnew(c, cat, parts[1], "one more"))
		return fixedShots(c, cat, &e, parts)
	})
}

// splitTrouble says why a shot is not cut, and what to do.
func splitTrouble(e *catalog.Episode, at timecode.Time, err error) error {
	for _, known := range []struct {
		err  error
		hint string
	}{
		{catalog.ErrOutside, "amvlib show %d lists its shots with their times"},
		{catalog.ErrBegins, "there is nothing to cut then; amvlib show %d lists the shots with their times"},
		{catalog.ErrInTransition, "give a time before or after it; amvlib show %d lists the shots, and amvlib fix merge takes the transition away"},
	} {
		if errors.Is(err, known.err) {
			return inputf("%s cannot be cut at %s: %w (%s)", episodeName(e), at, err, fmt.Sprintf(known.hint, e.ID))
		}
	}
	return inLibrary(err)
}

func fixMerge(c *cli.Context, args []string) error {
	if len(args) != 2 {
		return usagef("amvlib fix merge needs two shots, neighbours or the first and the last of several: amvlib fix merge EPISODE:SHOT EPISODE:SHOT, " +
			"as in amvlib fix merge 3:14 3:15")
	}
	var numbers [2]int
	var episodes [2]int64
	for i, name := range args {
		var ok bool
		if episodes[i], numbers[i], ok = parseShotID(name); !ok {
			return usagef("%q names no shot: shots are named EPISODE:SHOT, as amvlib show and search show them", name)
		}
	}
	switch {
	case episodes[0] != episodes[1]:
		return usagef("%s and %s are of two episodes: shots are joined within one", args[0], args[1])
	case numbers[0] == numbers[1]:
		return usagef("%s is one shot as it is: name another beside it, as in amvlib fix merge %s %d:%d", args[0], args[0], episodes[0], numbers[0]+1)
	}
	return withCatalog(c, func(cat *catalog.Catalog) error {
		return mergeShots(c, cat, args, min(numbers[0], numbers[1]), max(numbers[0], numbers[1]))
	})
}

func mergeShots(c *cli.Context, cat *catalog.Catalog, names []string, first, last int) error {
	var e catalog.Episode
	for _, name := range names {
		h, err := namedShot(c, cat, name) // says which one is not there, and what to do
		if err != nil {
			return err
		}
		e = *h.Episode
	}
	shot, err := cat.Merge(c.Context, e.ID, first, last)
	if err != nil {
		return inLibrary(err)
	}
	less := "one less"
	if last-first > 1 {
		less = fmt.Sprintf("%d less", last-first)
	}
	say(c, "%s: shot %s goes from %s to %s now%s", clean(episodeName(&e)), shotID(shot), shot.Range.Start, shot.Range.End, countedAnew(c, cat, shot, less))
	return fixedShots(c, cat, &e, []catalog.Shot{shot})
}

// countedAnew warns that the names of the shots behind have changed, where there are any.
func countedAnew(c *cli.Context, cat *catalog.Catalog, last catalog.Shot, how string) string {
	if _, err := cat.Shot(c.Context, last.Episode, last.Number+1); err != nil {
		return ""
	}
	return "; the shots behind count " + how
}

// fixedShots prints shots as show does, for scripts.
func fixedShots(c *cli.Context, cat *catalog.Catalog, e *catalog.Episode, shots []catalog.Shot) error {
	if !c.Bool("json") {
		return nil
	}
	return printShots(c, cat, e, shots)
}
