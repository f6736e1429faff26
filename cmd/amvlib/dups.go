package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/footage"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/timecode"
)

func dupsCommand() *cli.Command {
	return &cli.Command{
		Name:      "dups",
		Usage:     "find footage that the library has twice",
		UsageText: "amvlib dups [OPTIONS]",
		Description: `Finds shots that show the same footage in several episodes, aligned to the frame: releases of one film, recaps, openings, trailers.
Of each group the best copy is marked *: that of most pixels, then of most bits a second. Text, a logo and combing that not all copies have
count like half the width and height, bars like a quarter of the picture. Black, white and fades make no group.

Prints first which episodes have something in common, and how much of each; then a group of shots at a time: * for the best, the shot's
name EPISODE:SHOT, the episode, from when to when, and the size and bit rate of its film with what speaks against it. amvlib fix duplicate and fix not-duplicate
say what is the same and what is not, and that is remembered. What was found in the whole library, search shows as one hit, the best copy
first (but with --copies), and match uses once.

   amvlib dups
   amvlib dups --within kite --json
   amvlib dups --within 3             what episode 3 shows twice itself`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "within", Usage: "only compare the episodes of this `EPISODE|SOURCE` with each other, or one with itself"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"},
		},
		Action: dupsAction,
	}
}

func dupsAction(c *cli.Context) error {
	if err := noArgs(c); err != nil {
		return err
	}
	r, err := openRoll(c)
	if err != nil {
		return err
	}
	defer r.close()
	episodes, err := r.within(c)
	if err != nil {
		return err
	}
	found, err := r.Duplicates(c.Context, episodes)
	if err != nil {
		return inLibrary(err)
	}
	if !c.IsSet("within") {
		if err := found.KeepDoubles(filepath.Join(r.cat.Dir(), doublesFile)); err != nil {
			logger(c).Warn("search will not know what is there twice", "err", err)
		}
	}
	switch {
	case c.Bool("json"):
		return dupsJSON(c.App.Writer, found)
	case len(found.Groups) == 0:
		say(c, "no footage is there twice")
		return nil
	}
	return dupsTable(c.App.Writer, found)
}

// within are the episodes of a source, the one of a name, or all.
func (r *roll) within(c *cli.Context) ([]catalog.Episode, error) {
	all, err := r.cat.Episodes(c.Context)
	if err != nil || !c.IsSet("within") {
		return all, inLibrary(err)
	}
	name := c.String("within")
	wanted := index.Fold(strings.TrimSpace(name))
	of := slices.DeleteFunc(slices.Clone(all), func(e catalog.Episode) bool { return !strings.Contains(index.Fold(e.Name.Source), wanted) })
	if _, err := strconv.ParseInt(name, 10, 64); err != nil && wanted != "" && len(of) > 0 {
		return of, nil
	}
	e, err := findEpisode(c, r.cat, name)
	return []catalog.Episode{e}, err
}

// dupsTable prints what episodes share, then the groups.
func dupsTable(w io.Writer, d *footage.Duplicates) error {
	t := newTable(w, column{}, column{}, column{least: leastText, rank: 1}, column{right: true}, column{right: true}, column{rank: 2})
	for _, o := range d.Overlaps {
		how := "share footage"
		if o.Whole() {
			how = "are the same film"
		}
		t.under(0, fmt.Sprintf("%d %s and %d %s %s: %s of the one, %s of the other", o.A.ID, clean(episodeName(o.A)), o.B.ID, clean(episodeName(o.B)), how,
			percent(o.ShareA), percent(o.ShareB)))
	}
	for i, g := range d.Groups {
		t.under(0, "")
		t.under(0, fmt.Sprintf("group %d", i+1))
		for _, cp := range g.Copies {
			best := " "
			if cp.Best {
				best = "*"
			}
			t.row(best, shotID(cp.Shot), clean(episodeName(cp.Episode)), cp.Shot.Range.Start.String(), cp.Shot.Range.End.String(), cp.Why)
		}
	}
	return t.print(w)
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*min(1, share)) }

// groupRow is a group of shots, and overlapRow what two episodes share, as scripts see them: docs/json.md is their contract.
type groupRow struct {
	Group int       `json:"group"`
	Said  bool      `json:"said"`
	Shots []copyRow `json:"shots"`
}

type copyRow struct {
	ID          string  `json:"id"`
	EpisodeID   int64   `json:"episode_id"`
	Episode     string  `json:"episode"`
	Path        string  `json:"path"`
	Start       seconds `json:"start"`
	End         seconds `json:"end"`
	StartFrame  int64   `json:"start_frame"`
	EndFrame    int64   `json:"end_frame"`
	SharedStart int64   `json:"shared_start_frame"`
	SharedEnd   int64   `json:"shared_end_frame"`
	FPS         string  `json:"fps"`
	Best        bool    `json:"best"`
	Why         string  `json:"why"`
}

type overlapRow struct {
	A      overlapSide `json:"a"`
	B      overlapSide `json:"b"`
	Whole  bool        `json:"whole"`
	Ranges []rangeRow  `json:"ranges"`
}

type overlapSide struct {
	EpisodeID int64   `json:"episode_id"`
	Episode   string  `json:"episode"`
	Share     float64 `json:"share"`
}

type rangeRow struct {
	AStart seconds `json:"a_start"`
	AEnd   seconds `json:"a_end"`
	BStart seconds `json:"b_start"`
	BEnd   seconds `json:"b_end"`
}

func dupsJSON(w io.Writer, d *footage.Duplicates) error {
	if err := jsonLines(w, d.Overlaps, overlapRowOf); err != nil {
		return err
	}
	n := 0
	return jsonLines(w, d.Groups, func(g footage.Group) groupRow {
		n++
		row := groupRow{Group: n, Said: g.Said}
		for _, cp := range g.Copies {
			row.Shots = append(row.Shots, copyRow{ID: shotID(cp.Shot), EpisodeID: cp.Episode.ID, Episode: episodeName(cp.Episode), Path: cp.Episode.Path,
				Start: seconds(cp.Shot.Range.Start), End: seconds(cp.Shot.Range.End), StartFrame: cp.Shot.Clean.In, EndFrame: cp.Shot.Clean.Out,
				SharedStart: cp.Shared.In, SharedEnd: cp.Shared.Out, FPS: cp.Episode.Rate.String(), Best: cp.Best, Why: cp.Why})
		}
		return row
	})
}

func overlapRowOf(o footage.Overlap) overlapRow {
	side := func(e *catalog.Episode, share float64) overlapSide {
		return overlapSide{e.ID, episodeName(e), math.Round(1000*min(1, share)) / 1000}
	}
	row := overlapRow{A: side(o.A, o.ShareA), B: side(o.B, o.ShareB), Whole: o.Whole(), Ranges: []rangeRow{}}
	for _, r := range o.Runs {
		row.Ranges = append(row.Ranges, rangeRow{seconds(r.A.Start), seconds(r.A.End), seconds(max(timecode.Time(0), r.B.Start)), seconds(r.B.End)})
	}
	return row
}
