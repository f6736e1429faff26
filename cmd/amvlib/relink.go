package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	amvfootage "github.com/amvlib/amvlib/footage"
	"github.com/amvlib/amvlib/footage/hashes"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/storyboard"
	"github.com/amvlib/amvlib/timecode"
)

func relinkCommand() *cli.Command {
	return &cli.Command{
		Name:      "relink",
		Usage:     "find the same shots in another library: another rip, rate or cut",
		UsageText: "amvlib relink [OPTIONS] EPISODE:SHOT|@LIST... --to LIBRARY [-o TIMELINE]\n   amvlib relink [OPTIONS] TIMELINE --to LIBRARY -o TIMELINE",
		Description: `Takes shots of this library, or a timeline that shows its films (.otio, or .json as match and export write it), and looks for the
same footage in the other library, by picture. Where a shot begins in both, it begins at the very frame; within a shot the nearest
frame is taken.

Of shots it prints a line each, or JSON Lines with --json, or writes a timeline of them with -o. Of a timeline it writes the same one
with the other library's films in it; clips that the other library has not got stay as they are. Says what was not found, and ends with
1 then; what was found is done all the same.

   amvlib relink @chorus --to ~/bluray -o chorus.otio
   amvlib relink amv.otio --to ~/bluray -o amv-bluray.otio`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "to", Usage: "the other library: its `FOLDER`"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"}),
		Action: relinkAction,
	}
}

func relinkAction(c *cli.Context) error {
	if c.NArg() == 0 || c.String("to") == "" {
		return usagef("amvlib relink needs shots or a timeline, and --to for the other library: %s", c.Command.UsageText)
	}
	cat, dir, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	other, err := openRip(c, cat, dir)
	if err != nil {
		return err
	}
	defer other.close()
	if namesShots(c.Args().Slice()) {
		return relinkShots(c, other)
	}
	if c.NArg() > 1 {
		return usagef("one timeline at a time, or shots as EPISODE:SHOT and @LIST: %q is neither", c.Args().Get(1))
	}
	return relinkFile(c, other, c.Args().First())
}

// rip is another library in which this one's footage is looked for.
type rip struct {
	from     *catalog.Catalog
	to       *catalog.Catalog
	view     *hashes.View
	footage  *amvfootage.Footage
	mappings map[int64]*amvfootage.Mapping
	episodes map[int64]catalog.Episode // of the other
}

func openRip(c *cli.Context, from *catalog.Catalog, dir string) (*rip, error) {
	there, err := filepath.Abs(c.String("to"))
	if err != nil {
		return nil, err
	}
	if there == dir {
		return nil, usagef("--to is this library itself: name another one")
	}
	o := catalogOptions(c)
	o.ReadOnly = true
	to, err := catalog.Open(c.Context, there, o)
	if err != nil {
		return nil, err
	}
	r := &rip{from: from, to: to, mappings: map[int64]*amvfootage.Mapping{}, episodes: map[int64]catalog.Episode{}}
	r.view, err = hashes.Open(c.Context, filepath.Join(there, "hashes"), to, hashes.Options{Log: logger(c)})
	if err == nil {
		err = r.list(c.Context)
	}
	if err != nil {
		r.close()
		return nil, inLibrary(err)
	}
	r.footage = amvfootage.New(to, r.view)
	return r, nil
}

func (r *rip) list(ctx context.Context) error {
	all, err := r.to.Episodes(ctx)
	for _, e := range all {
		r.episodes[e.ID] = e
	}
	return err
}

func (r *rip) close() {
	if r.view != nil {
		r.view.Close()
	}
	r.to.Close()
}

// span carries a stretch of an episode of this library over.
func (r *rip) span(ctx context.Context, episode int64, s timecode.Span) (amvfootage.Place, bool, error) {
	m, ok := r.mappings[episode]
	if !ok {
		q, err := r.from.Sequence(ctx, episode)
		if err != nil {
			return amvfootage.Place{}, false, err
		}
		shots, err := r.from.Effective(ctx, episode)
		if err != nil {
			return amvfootage.Place{}, false, err
		}
		if m, err = r.footage.Map(ctx, q, shots); err != nil {
			return amvfootage.Place{}, false, err
		}
		r.mappings[episode] = m
	}
	p, found := m.Span(s)
	return p, found, nil
}

// relinkRow is one shot as scripts see it: docs/json.md is its contract.
type relinkRow struct {
	ID         string   `json:"id"`
	Episode    string   `json:"episode"`
	StartFrame int64    `json:"start_frame"`
	EndFrame   int64    `json:"end_frame"`
	Found      bool     `json:"found"`
	ToEpisode  string   `json:"to_episode,omitempty"`
	ToPath     string   `json:"to_path,omitempty"`
	ToStart    *seconds `json:"to_start,omitempty"`
	ToFrame    *int64   `json:"to_start_frame,omitempty"`
	ToEndFrame *int64   `json:"to_end_frame,omitempty"`
	ToFPS      string   `json:"to_fps,omitempty"`
	Shift      *seconds `json:"shift,omitempty"` // how much later it is there
}

func relinkShots(c *cli.Context, other *rip) error {
	hits, err := namedShots(c, other.from, c.Args().Slice())
	if err != nil {
		return err
	}
	var rows []relinkRow
	var there []search.Hit
	lost := 0
	for _, h := range hits {
		p, ok, err := other.span(c.Context, h.Episode.ID, h.Shot.Clean)
		if err != nil {
			return inLibrary(err)
		}
		row := relinkRow{ID: shotID(h.Shot), Episode: episodeName(h.Episode), StartFrame: h.Shot.Clean.In, EndFrame: h.Shot.Clean.Out, Found: ok}
		if ok {
			there = append(there, other.hit(h, p, &row))
		} else {
			lost++
			say(c, "shot %s of %s is not in the other library", row.ID, clean(row.Episode))
		}
		rows = append(rows, row)
	}
	if err := printRelinked(c, rows, there); err != nil {
		return err
	}
	if lost > 0 {
		return &coded{exitInput, errors.New("some shots were not found in the other library")}
	}
	return nil
}

// hit is the same shot over there.
func (r *rip) hit(h search.Hit, p amvfootage.Place, row *relinkRow) search.Hit {
	e := r.episodes[p.Episode]
	start := h.Shot.Range.Start + p.Shift
	at := seconds(start)
	shift := seconds(p.Shift)
	row.ToEpisode, row.ToPath, row.ToFPS = episodeName(&e), e.Path, e.Rate.String()
	row.ToStart, row.ToFrame, row.ToEndFrame, row.Shift = &at, &p.Span.In, &p.Span.Out, &shift
	h.Episode = &e
	h.Shot.Episode, h.Shot.Clean, h.Shot.Span = p.Episode, p.Span, p.Span
	h.Shot.Range = timecode.Range{Start: start, End: start + e.Rate.At(p.Span.Len())}
	return h
}

func printRelinked(c *cli.Context, rows []relinkRow, there []search.Hit) error {
	switch {
	case c.Bool("json"):
		return jsonLines(c.App.Writer, rows, itself)
	case len(c.StringSlice("o")) > 0:
		out, err := newOutputs(c)
		if err != nil {
			return err
		}
		rate, err := rateFlag(c)
		if err != nil {
			return err
		}
		t := storyboard.FromHits(there, rate)
		if t.Name = c.String("name"); t.Name == "" {
			t.Name = "relinked"
		}
		return out.timeline(c, t)
	}
	t := newTable(c.App.Writer, column{right: true}, column{}, column{right: true}, column{least: 12, rank: 1})
	for _, r := range rows {
		if r.Found {
			t.row(r.ID, "-> "+clean(r.ToEpisode), fmt.Sprintf("%d-%d", *r.ToFrame, *r.ToEndFrame), clean(r.ToPath))
		} else {
			t.row(r.ID, "not there", "", "")
		}
	}
	return t.print(c.App.Writer)
}
