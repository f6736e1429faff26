package main

import (
	"context"
	"fmt"
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
func (s *shelf) sayUnflagged(c *cli.Context) error {
	if !flagged(c) {
		return nil
	}
	all, err := s.cat.Episodes(c.Context)
	if n := search.Unflagged(all); err == nil && n > 0 {
		s.once(c, fmt.Sprintf("%d of %d episodes were learnt before there were flags, and count as having none: amvlib ingest their folder again", n, len(all)))
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

// plannerOf plans with the shots that flags, and openings and endings where they are left out, leave.
func plannerOf(c *cli.Context, s *shelf) (storyboard.Planner, error) {
	with, without, err := flagsOf(c)
	if err == nil {
		err = s.sayUnflagged(c)
	}
	if err != nil {
		return storyboard.Planner{}, err
	}
	left, err := s.leftOut(c)
	if err != nil || with|without == 0 && len(left) == 0 {
		return storyboard.Planner{Finder: s, Shots: s.cat}, err
	}
	p := picky{with, without, left}
	return storyboard.Planner{Finder: pickyFinder{s, p}, Shots: pickyShots{s.cat, p}}, nil
}

// picky is what shots must have to be used in a plan.
type picky struct {
	with, without flags.Set
	left          map[int64]map[int]bool // that are not used
}

// pickyFinder finds such shots alone.
type pickyFinder struct {
	storyboard.Finder
	picky
}

func (f pickyFinder) Search(ctx context.Context, q search.Query) ([]search.Hit, error) {
	q.Flags, q.NoFlags, q.Leave = f.with, f.without, f.left
	return f.Finder.Search(ctx, q)
}

// pickyShots are such of a library alone.
type pickyShots struct {
	storyboard.Shots
	picky
}

func (p pickyShots) Effective(ctx context.Context, episode int64) ([]catalog.Shot, error) {
	shots, err := p.Shots.Effective(ctx, episode)
	return slices.DeleteFunc(shots, func(s catalog.Shot) bool {
		return !s.Flags.Has(p.with) || s.Flags.Any(p.without) || p.left[episode][s.Number]
	}), err
}
