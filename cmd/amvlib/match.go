package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/storyboard"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

func matchCommand() *cli.Command {
	return &cli.Command{
		Name:      "match",
		Usage:     "lay out a whole song: scenes for every lyric line",
		UsageText: "amvlib match [OPTIONS] SONG --lyrics FILE -o TIMELINE",
		Description: `For every lyric line scenes are found in which its words are said, from several anime; the time of the line is filled
with them. The timeline has the song on a sound track. Give -o more than once for several programs; the ending
chooses the format. --html writes a page to look at, in one file with its pictures.

Writes the files that -o and --html name, and says how many scenes were found by words and what share each anime has; with
neither it prints JSON. No file that is there is overwritten without --force.

   amvlib match song.flac --lyrics song.lrc -o amv.otio -o amv.xml --html amv.html`,
		Flags: append(outputFlags(),
			&cli.StringSliceFlag{Name: "flag", Usage: "only scenes with this `FLAG`, as search has it"},
			&cli.StringSliceFlag{Name: "no-flag", Usage: "no scenes with this `FLAG`"},
			&cli.BoolFlag{Name: "clean", Usage: "no scenes that contests turn away: " + flags.Unclean.String()},
			&cli.BoolFlag{Name: "no-op-ed", Value: true, Usage: "no scenes of openings and endings"},
			&cli.BoolFlag{Name: "op-ed", Usage: "scenes of openings and endings too"},
			&cli.StringFlag{Name: "lyrics", Usage: "the song's lyrics: `FILE` in LRC, or subtitles (.srt .vtt .ass), or plain text"},
			&cli.StringFlag{Name: "html", Usage: "write a storyboard page to `FILE`"},
			&cli.Float64Flag{Name: "min", Usage: "shortest scene in `SECONDS` (default: 0.8)"},
			&cli.Float64Flag{Name: "max", Usage: "longest scene in `SECONDS` (default: 4)"},
			&cli.IntFlag{Name: "runners-up", Value: 5, Usage: "keep `N` other scenes a line on the page"},
			&cli.Uint64Flag{Name: "seed", Usage: "another `N` draws other scenes where no line shares a word"}),
		Action: matchAction,
	}
}

// outputFlags say where timelines go; export takes them too.
func outputFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "o", Aliases: []string{"output"}, Usage: "write the timeline to `FILE`: .otio .xml .edl .csv .json; - for standard output"},
		&cli.StringFlag{Name: "format", Usage: "write this `FORMAT`, whatever the file is called: otio, xmeml, edl, csv, json"},
		&cli.StringFlag{Name: "fps", Usage: "`RATE` of the timeline, such as 24000/1001 or 25 (default: that of most scenes)"},
		&cli.StringFlag{Name: "name", Usage: "`NAME` of the timeline (default: from the file)"},
		&cli.BoolFlag{Name: "force", Usage: "overwrite files that are there"},
	}
}

func matchAction(c *cli.Context) error {
	if c.NArg() != 1 || c.String("lyrics") == "" {
		return usagef("amvlib match needs a song and its lyrics: %s", usageLine(c))
	}
	out, err := newOutputs(c)
	if err != nil {
		return err
	}
	ff, err := tool(c)
	if err != nil {
		return err
	}
	info, err := ff.Probe(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	lyrics, err := readLyrics(c.String("lyrics"), info.Duration)
	if err != nil {
		return err
	}
	board, page, err := plan(c, songOf(c.Args().First(), info, lyrics), lyrics.Lines)
	if err != nil {
		return err
	}
	defer page()
	return writeMatch(c, out, board)
}

// songOf joins what the file and the lyrics say of a song.
func songOf(path string, info media.Info, lyrics *subtitles.Document) storyboard.Song {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	s := storyboard.Song{Path: abs, Title: lyrics.Title, Artist: lyrics.Artist, Duration: info.Duration}
	if s.Title == "" {
		s.Title = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	if len(info.Audio) > 0 {
		s.Channels, s.SampleRate = info.Audio[0].Channels, info.Audio[0].SampleRate
	}
	return s
}

func readLyrics(path string, song timecode.Time) (*subtitles.Document, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &media.Error{Op: "read lyrics", Path: path, Err: cause(err)}
	}
	format := subtitles.FormatOf(path)
	if format == "" {
		format = "txt"
	}
	doc, err := subtitles.ParseWith(data, format, subtitles.Options{Length: song})
	if err != nil {
		return nil, &media.Error{Op: "read lyrics", Path: path, Err: err, Hint: "LRC, subtitles and plain text are read"}
	}
	return doc, nil
}

func planOptions(c *cli.Context) (storyboard.Options, error) {
	o := storyboard.Options{
		Runners: c.Int("runners-up"), Spread: true, Seed: c.Uint64("seed"),
		MinShot: timecode.FromSeconds(c.Float64("min")), MaxShot: timecode.FromSeconds(c.Float64("max")),
	}
	if o.Runners == 0 {
		o.Runners = -1
	}
	if o.MinShot < 0 || o.MaxShot < 0 || o.MaxShot > 0 && o.MaxShot < o.MinShot {
		return o, usagef("--min and --max are lengths in seconds, --min the smaller: as in --min 0.8 --max 4")
	}
	rate, err := rateFlag(c)
	o.Rate = rate
	return o, err
}

func rateFlag(c *cli.Context) (timecode.Rate, error) {
	if c.String("fps") == "" {
		return timecode.Rate{}, nil
	}
	rate, err := timecode.ParseRate(c.String("fps"))
	if err != nil {
		return rate, usagef("--fps: %w", err)
	}
	return rate, nil
}

// planned is a storyboard with the library that its pictures come from.
type planned struct {
	*storyboard.Storyboard
	shelf *shelf
}

func plan(c *cli.Context, song storyboard.Song, lyrics []subtitles.Line) (*planned, func(), error) {
	o, err := planOptions(c)
	if err != nil {
		return nil, nil, err
	}
	s, err := openShelf(c)
	if err != nil {
		return nil, nil, err
	}
	planner, err := plannerOf(c, s)
	if err != nil {
		s.close()
		return nil, nil, err
	}
	board, err := planner.Plan(c.Context, song, lyrics, o)
	if err != nil {
		s.close()
		return nil, nil, err
	}
	return &planned{board, s}, s.close, nil
}

func writeMatch(c *cli.Context, out *outputs, p *planned) error {
	name := c.String("name")
	if name == "" {
		name = p.Song.Title
	}
	for _, note := range p.Notes {
		say(c, "%s", clean(note))
	}
	if err := out.timeline(c, p.Timeline(name)); err != nil {
		return err
	}
	if html := c.String("html"); html != "" {
		err := out.file(c, html, func(w io.Writer) error { return storyboard.Page(c.Context, w, p.Storyboard, p.shelf.cat) })
		if err != nil {
			return err
		}
	}
	sayPlan(c, p.Storyboard)
	return nil
}

// sayPlan sums up the plan: lines, scenes and the share of each anime.
func sayPlan(c *cli.Context, b *storyboard.Storyboard) {
	lines, scenes, found, meant := 0, 0, 0, 0
	for _, s := range b.Sections {
		if s.Line != nil {
			lines++
		}
		scenes += len(s.Scenes)
		for _, scene := range s.Scenes {
			switch scene.Origin {
			case storyboard.Words:
				found++
			case storyboard.Meaning:
				meant++
			}
		}
	}
	var shares []string
	for _, s := range b.Shares() {
		shares = append(shares, fmt.Sprintf("%s %d %%", clean(s.Source), (100*s.Frames+b.Frames/2)/max(1, b.Frames)))
	}
	by := fmt.Sprintf("%d of them found by words", found)
	if meant > 0 {
		by += fmt.Sprintf(" and %d by meaning alone", meant)
	}
	say(c, "%d lyric lines, %d scenes, %s; %s", lines, scenes, by, strings.Join(shares, ", "))
}
