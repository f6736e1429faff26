package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/media"
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
   amvlib shots --format json --hwaccel cuda episode.mkv`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Usage: "print as `FORMAT`: table, csv or json (JSON Lines) (default: table on a terminal, csv elsewhere)"},
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
	ff, err := tool(c)
	if err != nil {
		return err
	}
	src, err := ff.Open(c.Context, c.Args().First(), ffmpeg.Options{HWAccel: c.String("hwaccel"), Log: logger(c)})
	if err != nil {
		return err
	}
	found, err := boundaries(c.Context, src)
	if err != nil {
		return err
	}
	return write(c.App.Writer, found)
}

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

func boundaries(ctx context.Context, src media.Source) ([]shotdetect.Boundary, error) {
	var all []shotdetect.Boundary
	det := shotdetect.New(shotdetect.Options{})
	for packet, err := range src.Packets(ctx) {
		if err != nil {
			return nil, err
		}
		if packet.Frame != nil {
			all = append(all, det.Push(packet.Frame).Boundaries...)
		}
	}
	return append(all, det.Flush().Boundaries...), nil
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
