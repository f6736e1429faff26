package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/storyboard"
)

func exportCommand() *cli.Command {
	return &cli.Command{
		Name:      "export",
		Usage:     "write a search's hits, or shots by name, as a timeline",
		UsageText: "amvlib export [OPTIONS] TEXT -o TIMELINE\n   amvlib export [OPTIONS] EPISODE:SHOT|@LIST... -o TIMELINE",
		Description: `The shots stand one after the other, each without the frames of its transitions. Shots are named as search and show
name them; anything else is searched for, as search does it.

Writes the files that -o names and says so; without -o prints JSON. Ends with 1 where nothing is found: then nothing is written.

   amvlib export "never again" -o again.otio
   amvlib export 3:17 3:18 12:4 -o picks.xml
   amvlib export @chorus 3:17 -o chorus.otio`,
		Flags:  append(queryFlags(), outputFlags()...),
		Action: exportAction,
	}
}

func exportAction(c *cli.Context) error {
	if c.NArg() == 0 && !filtered(c) {
		return needArgs(c, 1, "something to search for, a filter, or shots")
	}
	out, err := newOutputs(c)
	if err != nil {
		return err
	}
	rate, err := rateFlag(c)
	if err != nil {
		return err
	}
	hits, err := exported(c)
	if err != nil {
		return err
	}
	if len(hits) == 0 {
		return inputf("nothing found, nothing written: try fewer words, or --any; amvlib search shows what there is")
	}
	t := storyboard.FromHits(hits, rate)
	if t.Frames() == 0 {
		return inputf("nothing that was found can be shown: its files are gone, or its shots are shorter than a frame of the timeline")
	}
	if t.Name = c.String("name"); t.Name == "" {
		t.Name = strings.Join(c.Args().Slice(), " ")
	}
	return out.timeline(c, t)
}

// exported are the shots that the arguments name, or the hits of the search that they are.
func exported(c *cli.Context) ([]search.Hit, error) {
	if namesShots(c.Args().Slice()) {
		return exportNamed(c)
	}
	q, err := queryOf(c)
	if err != nil {
		return nil, err
	}
	s, err := openShelf(c)
	if err != nil {
		return nil, err
	}
	defer s.close()
	hits, err := s.ask(c.Context, c, &q)
	return hits, searchError(err)
}

func exportNamed(c *cli.Context) ([]search.Hit, error) {
	if filtered(c) {
		return nil, usagef("shots that are named are not searched: leave out the filters, or search a list with --in LIST")
	}
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return nil, err
	}
	defer cat.Close()
	return namedShots(c, cat, c.Args().Slice())
}
