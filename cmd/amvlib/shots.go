package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
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
		Description: `Prints a row a boundary: start is the last frame purely of the old shot, end the first purely of the new one,
counted from 0 in display order; type is cut, dissolve, fade or wipe; score says how sure it is, 0 to 1.

   amvlib shots episode.mkv > episode.csv`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Value: "csv", Usage: "`csv` or json (JSON Lines)"},
			&cli.StringFlag{Name: "hwaccel", Usage: "let ffmpeg decode with `METHOD`"},
		},
		Action: shotsAction,
	}
}

func shotsAction(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("amvlib shots needs one film: %s", c.Command.UsageText)
	}
	write, ok := map[string]func(io.Writer, []shotdetect.Boundary) error{"csv": boundariesCSV, "json": boundariesJSON}[c.String("format")]
	if !ok {
		return usagef("--format is csv or json, not %q", c.String("format"))
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

func boundariesJSON(w io.Writer, all []shotdetect.Boundary) error {
	enc := json.NewEncoder(w)
	for _, b := range all {
		if err := enc.Encode(b); err != nil {
			return err
		}
	}
	return nil
}
