package main

import (
	"context"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/storyboard"
)

// flagged tells whether shots are asked for by their flags.
func flagged(c *cli.Context) bool {
	return c.Bool("clean") || len(c.StringSlice("flag")) > 0 || len(c.StringSlice("no-flag")) > 0
}

// flagsOf are the flags that are asked for, and those that are refused.
func flagsOf(c *cli.Context) (with, without flags.Set, err error) {
	if with, err = parseFlags(c.StringSlice("flag")); err != nil {
		return with, without, err
	}
	without, err = parseFlags(c.StringSlice("no-flag"))
	if c.Bool("clean") {
		without |= flags.Unclean
	}
	if both := with & without; err == nil && both != 0 {
		err = usagef("no shot can have %s and not have it", both)
	}
	return with, without, err
}

func parseFlags(names []string) (all flags.Set, err error) {
	for _, name := range names {
		f, ok := flags.Parse(name)
		if !ok {
			return 0, usagef("there is no flag %q: there are %s", name, strings.Join(flags.All(), ", "))
		}
		all |= f
	}
	return all, nil
}

// sayUnflagged says that an answer by flags leaves out what nobody has looked at.
func sayUnflagged(c *cli.Context, cat *catalog.Catalog) error {
	if !flagged(c) {
		return nil
	}
	all, err := cat.Episodes(c.Context)
	if n := search.Unflagged(all); err == nil && n > 0 {
		say(c, "%d of %d episodes were learnt before there were flags, and count as having none: amvlib ingest their folder again", n, len(all))
	}
	return inLibrary(err)
}

// flagNames are a shot's flags, nil where nobody has looked for any.
func flagNames(e *catalog.Episode, s catalog.Shot) []string {
	if e.Versions.Flags == 0 {
		return nil
	}
	return s.Flags.Names()
}

// plannerOf plans with the shots that the flags asked for leave.
func plannerOf(c *cli.Context, s *shelf) (storyboard.Planner, error) {
	with, without, err := flagsOf(c)
	if err == nil {
		err = sayUnflagged(c, s.cat)
	}
	if err != nil || with|without == 0 {
		return storyboard.Planner{Finder: s, Shots: s.cat}, err
	}
	return storyboard.Planner{Finder: pickyFinder{s, with, without}, Shots: pickyShots{s.cat, with, without}}, nil
}

// pickyFinder finds shots with such flags alone.
type pickyFinder struct {
	storyboard.Finder
	with, without flags.Set
}

func (f pickyFinder) Search(ctx context.Context, q search.Query) ([]search.Hit, error) {
	q.Flags, q.NoFlags = f.with, f.without
	return f.Finder.Search(ctx, q)
}

// pickyShots are a library's with such flags alone.
type pickyShots struct {
	storyboard.Shots
	with, without flags.Set
}

func (p pickyShots) Effective(ctx context.Context, episode int64) ([]catalog.Shot, error) {
	shots, err := p.Shots.Effective(ctx, episode)
	return slices.DeleteFunc(shots, func(s catalog.Shot) bool { return !s.Flags.Has(p.with) || s.Flags.Any(p.without) }), err
}
