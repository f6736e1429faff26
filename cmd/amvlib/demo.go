package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/fixtures"
)

func demoCommand() *cli.Command {
	return &cli.Command{
		Name:      "demo",
		Usage:     "see it work: drawn episodes, a song, and the edit they make",
		UsageText: "amvlib demo [OPTIONS]",
		Description: `Draws seven short episodes of three invented series and plays a song into a folder, then runs the commands that you
would run on your own: ingest, search, match. Everything it makes is in that folder.

Prints each command before it runs, what it prints, and where to look at the end. It takes a minute or two.

   amvlib demo
   amvlib demo --dir /tmp/try --seed 2`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "dir", Value: "demo-out", Usage: "make everything in `FOLDER`"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "another `N` draws another demo"},
			&cli.BoolFlag{Name: "force", Usage: "make it anew where it is already"},
		},
		Action: demoAction,
	}
}

// demoMark is in a folder that demo made, so that --force removes nothing else.
const demoMark = ".amvlib-demo"

func demoAction(c *cli.Context) error {
	if c.NArg() > 0 {
		return usagef("amvlib demo takes no arguments; the folder is --dir FOLDER")
	}
	ff, err := tool(c)
	if err != nil {
		return err
	}
	dir, err := filepath.Abs(c.String("dir"))
	if err != nil {
		return err
	}
	if err := clearDemo(dir, c.Bool("force")); err != nil {
		return err
	}
	footage := filepath.Join(dir, "footage")
	say(c, "drawing a small library into %s", footage)
	if err := fixtures.WriteDemo(c.Context, ff, footage, c.Uint64("seed"), func(s string) { say(c, "  %s", s) }); err != nil {
		return err
	}
	if err := demoCommands(c, demoPaths{c.String("dir")}); err != nil {
		return err
	}
	fmt.Fprintf(c.App.Writer, demoEnd, filepath.Join(dir, "storyboard.html"), filepath.Join(dir, "amv.otio"))
	return nil
}

// clearDemo makes room, but only removes what an earlier demo left.
func clearDemo(dir string, force bool) error {
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(dir, demoMark)); err != nil {
			return usagef("%s is not empty and no demo made it: choose another with --dir", dir)
		}
		if !force {
			return usagef("%s holds a demo already: add --force to make it anew", dir)
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, demoMark), []byte("made by amvlib demo; may be deleted\n"), 0o644)
}

// demoPaths are the places of a demo, as short as they were given, for people to read.
type demoPaths struct{ dir string }

func (d demoPaths) at(name string) string { return filepath.Join(d.dir, name) }

// demoCommands runs, and shows, what one would type.
func demoCommands(c *cli.Context, d demoPaths) error {
	lib, song := d.at("library"), filepath.Join("footage", "song")
	for _, args := range [][]string{
		{"ingest", "--library", lib, d.at("footage")},
		{"search", "--library", lib, "-n", "3", "promise"},
		{"search", "--library", lib, "-n", "2", "--lang", "pl", "deszcz"},
		{"search", "--library", lib, "-n", "2", "雨"},
		{
			"match", d.at(song + ".flac"), "--library", lib, "--lyrics", d.at(song + ".lrc"), "--html", d.at("storyboard.html"),
			"-o", d.at("amv.otio"), "-o", d.at("amv.xml"), "-o", d.at("amv.edl"), "-o", d.at("amv.csv"), "-o", d.at("amv.json"),
		},
	} {
		fmt.Fprintf(c.App.ErrWriter, "\n$ amvlib %s\n", shellWords(args))
		if ff := global(c, "ffmpeg"); ff != "" {
			args = append(args, "--ffmpeg", ff)
		}
		if code := run(c.Context, append([]string{"amvlib"}, args...), c.App.Reader, c.App.Writer, c.App.ErrWriter); code != exitFine {
			return &coded{code: code}
		}
	}
	return nil
}

// shellWords quotes what a shell would part.
func shellWords(args []string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = a
		if a == "" || strings.ContainsAny(a, " '\"$&;*?()<>|\\") {
			quoted[i] = `"` + strings.ReplaceAll(a, `"`, `\"`) + `"`
		}
	}
	return strings.Join(quoted, " ")
}

const demoEnd = `
Look at the storyboard in a browser:   %s
Open the timeline in your editor:      %s (Resolve), .xml (Premiere, Vegas), .edl (most others)

Now your own folder:
  amvlib ingest ~/Anime                         films stay as they are; run it again for what is new
  amvlib search "never say goodbye"             the shots in which it is said
  amvlib match song.flac --lyrics song.lrc -o amv.otio --html amv.html
`
