package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"runtime"
	"strconv"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/proc"
	"github.com/amvlib/amvlib/shotdetect"
)

func shotsCommand() *cli.Command {
	return &cli.Command{
		Name:      "shots",
		Usage:     "find the shot boundaries of a film; needs no library",
		UsageText: "amvlib shots [OPTIONS] FILE",
		Description: `Decodes the film and prints a row a boundary: start is the last frame purely of the old shot, end the first purely of the new one,
counted from 0 in display order; type is cut, dissolve, fade or wipe; score says how sure it is, 0 to 1.

   amvlib shots episode.mkv > episode.csv
   amvlib shots --format json --hwaccel cuda episode.mkv
   amvlib shots --sensitivity 0.7 --plot episode.png --stats episode-frames.csv episode.mkv

--plot draws how likely each frame begins a shot, and the frames on both sides of every boundary; --stats writes the same numbers as CSV, a
row a frame: frame, time (seconds), cut (how likely it is the first of a new shot), dissolve, fade, wipe (that it lies within one), spread (how much
its brightness varies; none where the picture is of one shade).`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Usage: "print as `FORMAT`: table, csv or json (JSON Lines) (default: table on a terminal, csv elsewhere)"},
			&cli.Float64Flag{Name: "sensitivity", Value: 0.5, Usage: "how readily boundaries are found, from 0 to 1: a higher `NUMBER` finds more, and more that are none"},
			&cli.Float64Flag{Name: "min", Usage: "join shots that are shorter than so many `SECONDS` to a neighbour, across the less certain boundary"},
			&cli.StringFlag{Name: "stats", Usage: "write what each frame looks like to `FILE` (CSV)"},
			&cli.StringFlag{Name: "plot", Usage: "draw the curve of scores, and the pictures at the boundaries, to `FILE` (PNG)"},
			&cli.BoolFlag{Name: "force", Usage: "overwrite files that are there"},
			&cli.StringFlag{Name: "hwaccel", Usage: "let ffmpeg decode with `METHOD`"},
		},
		Action: shotsAction,
	}
}

func shotsAction(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("amvlib shots needs one film: %s", usageLine(c))
	}
	write, err := boundariesFormat(c)
	if err != nil {
		return err
	}
	if err := checkHWAccel(c); err != nil {
		return err
	}
	look, err := newInspection(c)
	if err != nil {
		return err
	}
	ff, err := tool(c)
	if err != nil {
		return err
	}
	src, err := ff.Open(c.Context, c.Args().First(), ffmpeg.Options{
		HWAccel: c.String("hwaccel"), Cores: otherCores(), Log: logger(c)})
	if err != nil {
		return err
	}
	found, err := look.at(c, src)
	if err != nil {
		return err
	}
	return write(c.App.Writer, found)
}

// otherCores are those that a command has besides the one that it runs on.
func otherCores() *proc.Cores { return proc.NewCores(runtime.GOMAXPROCS(0) - 1) }

// boundariesFormat is for people where people look, and for programs elsewhere.
func boundariesFormat(c *cli.Context) (func(io.Writer, []shotdetect.Boundary) error, error) {
	switch format := c.String("format"); {
	case format == "table", format == "" && isTerminal(c.App.Writer):
		return boundariesTable, nil
	case format == "csv", format == "":
		return boundariesCSV, nil
	case format == "json":
		return boundariesJSON, nil
	default:
		return nil, usagef("--format is table, csv or json, not %q", format)
	}
}

func boundariesCSV(w io.Writer, all []shotdetect.Boundary) error {
	out := csv.NewWriter(w)
	out.Write([]string{"type", "start", "end", "score"}) // errors are kept for Error below
	for _, b := range all {
		out.Write([]string{string(b.Type), strconv.FormatInt(b.Start, 10), strconv.FormatInt(b.End, 10), fmt.Sprintf("%.3f", b.Score)})
	}
	out.Flush()
	return out.Error()
}

func boundariesJSON(w io.Writer, all []shotdetect.Boundary) error { return jsonLines(w, all, itself) }

func boundariesTable(w io.Writer, all []shotdetect.Boundary) error {
	t := newTable(w, column{right: true, rank: 2}, column{}, column{right: true}, column{right: true}, column{right: true, rank: 1})
	t.row("", "type", "start", "end", "score")
	for i, b := range all {
		t.row(strconv.Itoa(i+1), string(b.Type), strconv.FormatInt(b.Start, 10), strconv.FormatInt(b.End, 10), fmt.Sprintf("%.3f", b.Score))
	}
	return t.print(w)
}
