package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

func subsCommand() *cli.Command {
	return &cli.Command{
		Name:      "subs",
		Usage:     "print the lines of a subtitle file, or of every text track of a film; needs no library",
		UsageText: "amvlib subs [OPTIONS] FILE",
		Description: `Prints a line a subtitle: from when, to when, its text, without styles and drawings. Where a film has several tracks, a line
with # before it begins each. Reads .srt .ass .ssa .vtt .ttml .smi .stl .sub .lrc in the encodings that are met with. A film without text
tracks prints nothing and ends with 0.

   amvlib subs episode.mkv
   amvlib subs --json "episode.pl.srt"`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"}},
		Action: subsAction,
	}
}

func subsAction(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("amvlib subs needs one file: %s", usageLine(c))
	}
	tracks, err := textTracks(c, c.Args().First())
	if err != nil {
		return err
	}
	if err := printTracks(c, tracks); err != nil {
		return err
	}
	for _, t := range tracks {
		for _, s := range t.Skipped {
			say(c, "left out: %s", clean(s))
		}
	}
	if len(tracks) == 0 {
		say(c, "there is no text track in %s", clean(c.Args().First()))
	}
	return nil
}

func textTracks(c *cli.Context, path string) ([]analysis.Track, error) {
	if subtitles.FormatOf(path) == "" {
		return filmTracks(c, path)
	}
	return fileTrack(path)
}

func fileTrack(path string) ([]analysis.Track, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &media.Error{Op: "read", Path: path, Err: cause(err)}
	}
	format := subtitles.FormatOf(path)
	doc, err := subtitles.Parse(data, format)
	if err != nil {
		return nil, &media.Error{Op: "read", Path: path, Err: err}
	}
	t := analysis.ReadText(media.TextTrack{Stream: -1, Codec: doc.Format, Format: format, Title: doc.Title, File: fileName(path)}, data, timecode.Rate{})
	return []analysis.Track{t}, nil
}

func filmTracks(c *cli.Context, path string) ([]analysis.Track, error) {
	ff, err := tool(c)
	if err != nil {
		return nil, err
	}
	src, err := ff.Open(c.Context, path, ffmpeg.Options{TextOnly: true, Log: logger(c)})
	if errors.Is(err, ffmpeg.ErrNoText) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	tracks, err := readTracks(c.Context, src)
	for _, s := range src.Info().Skipped {
		say(c, "left out: %s", clean(s))
	}
	return tracks, err
}

func readTracks(ctx context.Context, src media.Source) (tracks []analysis.Track, err error) {
	for packet, err := range src.Packets(ctx) {
		if err != nil {
			return tracks, err
		}
		if packet.Text != nil {
			tracks = append(tracks, analysis.ReadInside(packet.Text))
		}
	}
	return tracks, nil
}

// lineRow is one line as scripts see it: docs/json.md is its contract.
type lineRow struct {
	Track    int     `json:"track"`
	Stream   int     `json:"stream"`
	Format   string  `json:"format"`
	Language string  `json:"language"`
	Title    string  `json:"title"`
	Start    seconds `json:"start"`
	End      seconds `json:"end"`
	Text     string  `json:"text"`
	Lang     string  `json:"lang"`
	Style    string  `json:"style"`
	Speaker  string  `json:"speaker"`
	Kind     string  `json:"kind"`
}

func printTracks(c *cli.Context, tracks []analysis.Track) error {
	w := c.App.Writer
	for i, t := range tracks {
		if c.Bool("json") {
			if err := jsonLines(w, t.Lines, func(l subtitles.Line) lineRow { return lineRowOf(i, t, l) }); err != nil {
				return err
			}
			continue
		}
		if err := linesTable(w, i, t, len(tracks) > 1).print(w); err != nil {
			return err
		}
	}
	return nil
}

func lineRowOf(track int, t analysis.Track, l subtitles.Line) lineRow {
	return lineRow{
		track, t.Stream, t.Format, t.Language, t.Title, seconds(l.Start), seconds(l.End), l.Text, l.Lang, l.Style, l.Speaker, string(l.Kind),
	}
}

func linesTable(w io.Writer, track int, t analysis.Track, titled bool) *table {
	all := newTable(w, column{}, column{rank: 1, close: true}, column{least: leastText, wraps: true})
	if titled {
		all.under(0, inkFor(w).bold(clean(fmt.Sprintf("# track %d  %s  %s  %s", track, t.Format, t.Language, t.Title))))
	}
	for _, l := range t.Lines {
		all.row(l.Start.String(), "- "+l.End.String(), clean(l.Text))
	}
	return all
}
