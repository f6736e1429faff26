package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/ingest"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

func ingestCommand() *cli.Command {
	return &cli.Command{
		Name:      "ingest",
		Usage:     "learn episodes: shots, pictures, subtitles",
		UsageText: "amvlib ingest [OPTIONS] PATH...",
		Description: `PATH is a folder (with all below it), a film, or a pattern. Films that the library knows are skipped, those that
were moved or renamed are followed, and an interrupted run is taken up where it was. No film is changed and nothing is
written beside it. What lines mean, so that they are found by other words and from other languages, is learnt beside the decoding.

Prints nothing; says for each film what was learnt of it, or why it failed and what to do, and counts at the end. On a terminal it
draws bars. Ends with 1 where a film failed: the others are learnt all the same.

   amvlib ingest ~/Anime
   amvlib ingest "D:\Anime\Kite Season\*.mkv"`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "decode `N` films at once (default: fitted to the cores)"},
			&cli.StringFlag{Name: "hwaccel", Usage: "let ffmpeg decode with `METHOD`: cuda, qsv, vaapi, videotoolbox, d3d11va"},
			&cli.StringSliceFlag{Name: "subs", Usage: "look for subtitles in `FOLDER` too, or take this FILE for the one film"},
			&cli.Float64Flag{Name: "subs-offset", Usage: "move subtitles beside the films by `SECONDS` (default: found by a track inside, where there is one)"},
			&cli.BoolFlag{Name: "watch", Usage: "go on looking for new films until Ctrl-C"},
			&cli.BoolFlag{Name: "force", Usage: "learn again what is known"},
			&cli.BoolFlag{Name: "no-meaning", Usage: "leave what lines mean to a later ingest or reindex"},
		},
		Action: ingestAction,
	}
}

func ingestAction(c *cli.Context) error {
	if err := needArgs(c, 1, "a folder or a film"); err != nil {
		return err
	}
	if c.Int("jobs") < 0 {
		return usagef("--jobs is how many films are decoded at once, 1 or more")
	}
	if c.Bool("watch") && c.Bool("force") {
		return usagef("--watch and --force together would learn the same films for ever")
	}
	if err := checkHWAccel(c); err != nil {
		return err
	}
	ff, err := tool(c)
	if err != nil {
		return err
	}
	ffmpeg.Sweep("")
	films, problems := ingest.Discover(c.Context, c.Args().Slice())
	for _, p := range problems {
		say(c, "failed: %s", clean(p.Error()))
	}
	if len(films) == 0 && len(problems) == 0 && !c.Bool("watch") {
		return inputf("there are no films in %s: amvlib knows them by their extensions (.mkv, .mp4, .avi ...)", strings.Join(c.Args().Slice(), ", "))
	}
	if err := checkSubs(c, len(films)); err != nil {
		return err
	}
	var summary ingest.Summary
	if len(films) > 0 {
		b := newBoard(c.App.ErrWriter, films)
		summary, err = ingestFilms(c, ff, films, b.event)
		b.close()
		if err != nil {
			return err
		}
	}
	summary.Failed += len(problems)
	say(c, "%s", summaryLine(summary))
	if len(films) > 0 {
		if err := learnMeaning(c); err != nil {
			return err
		}
		if err := learnParts(c); err != nil {
			return err
		}
	}
	if c.Bool("watch") {
		return watch(c, ff)
	}
	if summary.Failed > 0 {
		return &coded{code: exitInput}
	}
	return nil
}

// checkSubs refuses subtitles that are not there, and one file for many films.
func checkSubs(c *cli.Context, films int) error {
	if off := c.Float64("subs-offset"); !(off > -36000 && off < 36000) {
		return usagef("--subs-offset is a number of seconds, such as -1.5")
	}
	for _, path := range c.StringSlice("subs") {
		info, err := os.Stat(path)
		if err != nil {
			return inputf("--subs %s: %w", path, cause(err))
		}
		if !info.IsDir() && films != 1 {
			return usagef("--subs %s is one file, for %d films: name a folder, or one film", path, films)
		}
	}
	return nil
}

func checkHWAccel(c *cli.Context) error {
	if strings.Trim(c.String("hwaccel"), "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return usagef("--hwaccel is a method of ffmpeg's, such as cuda or vaapi, not %q", c.String("hwaccel"))
	}
	return nil
}

func ingestFilms(c *cli.Context, ff *ffmpeg.Tool, films []string, tell func(ingest.Event)) (ingest.Summary, error) {
	cat, _, err := openCatalog(c, false)
	if err != nil {
		return ingest.Summary{}, err
	}
	defer cat.Close()
	s, err := settings(c)
	if err != nil {
		return ingest.Summary{}, err
	}
	if c.IsSet("jobs") {
		s.Jobs = c.Int("jobs")
	}
	open := func(ctx context.Context, path string, share ingest.Share) (media.Source, error) {
		return ff.Open(ctx, path, ffmpeg.Options{HWAccel: c.String("hwaccel"), Threads: share.Threads, Cores: share.Cores, Log: logger(c)})
	}
	l, err := listen(c, cat)
	if err != nil {
		return ingest.Summary{}, inLibrary(err)
	}
	report := func(e ingest.Event) {
		tell(e)
		l.event(e)
	}
	summary, err := ingest.Run(c.Context, cat, films, ingest.Options{
		Open: open, Jobs: max(0, s.Jobs), Subs: c.StringSlice("subs"), SubsOffset: timecode.FromSeconds(c.Float64("subs-offset")),
		Force: c.Bool("force"), Report: report, Log: logger(c),
	})
	l.close()
	return summary, inLibrary(err)
}

// learnMeaning does what was left undone beside the decoding.
func learnMeaning(c *cli.Context) error {
	if c.Bool("no-meaning") {
		return nil
	}
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	return inLibrary(understand(c, cat))
}

func summaryLine(s ingest.Summary) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{s.Added, "added"}, {s.Updated, "updated"}, {s.Moved, "followed"}, {s.Known, "unchanged"}, {s.Failed, "failed"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	if len(parts) == 0 {
		return "nothing to do"
	}
	text := strings.Join(parts, ", ")
	if s.Frames > 0 {
		text += fmt.Sprintf(": %d frames, %s of footage in %s (%.1fx)", s.Frames, s.Footage, s.Elapsed.Round(time.Second/10), speed(s.Footage, s.Elapsed))
	}
	return text
}
