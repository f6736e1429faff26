package main

import (
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"
)

// version is set by the build of a release; otherwise the module's own is told.
var version = ""

func newApp(in io.Reader, out, errOut io.Writer) *cli.App {
	cli.VersionFlag = &cli.BoolFlag{Name: "version", Usage: "print the version"}
	app := &cli.App{
		Name:                      "amvlib",
		Usage:                     "find the scenes for an anime music video",
		UsageText:                 "amvlib COMMAND [OPTIONS] [ARGUMENTS]",
		Description:               appDescription,
		Version:                   ownVersion(),
		Flags:                     globalFlags(),
		Commands:                  commands(),
		HideHelpCommand:           true,
		Reader:                    in,
		Writer:                    out,
		ErrWriter:                 errOut,
		ExitErrHandler:            func(*cli.Context, error) {}, // report maps errors to exit codes
		OnUsageError:              misused,
		CommandNotFound:           nil,
		Action:                    noCommand,
		Suggest:                   true,
		DisableSliceFlagSeparator: true, // tags and file names have commas in them
	}
	for _, c := range app.Commands {
		c.OnUsageError = misused
		c.Flags = append(c.Flags, globalFlags()...)
		c.HideHelpCommand = true
		c.Before = before
	}
	return app
}

const appDescription = `Learns episodes into a library, searches it by what is said in them, and lays out shots or whole songs as timelines for an
editing program. Films stay as they are.

Data goes to standard output, all else to standard error. What is printed for people is fitted to the terminal, or to COLUMNS; into
a pipe it goes whole. --json and --csv are for programs. Exit codes are the same for all commands.

   amvlib demo                        see it work on drawn episodes
   amvlib ingest ~/Anime              learn a folder of episodes
   amvlib search "never say goodbye"  find the shots in which it is said
   amvlib match song.flac --lyrics song.lrc -o song.otio --html song.html`

// appSettings is shown as it stands.
const appSettings = `Settings may stand in config.toml in the folder amvlib of the user's
configuration, or in the file that --config names. Flags go before the
environment, the environment before the file:

   library = "/disk/amvlib"
   ffmpeg = "/opt/ffmpeg/bin/ffmpeg"
   jobs = 2          # films decoded at once
   [paths]           # how the machine that opens the timelines calls folders
   "/mnt/anime" = 'D:\Anime'

AMVLIB_HOME, AMVLIB_FFMPEG and AMVLIB_CONFIG are as --library, --ffmpeg and
--config. NO_COLOR takes the colours away, COLUMNS sets the width of lines.`

func commands() []*cli.Command {
	return []*cli.Command{
		ingestCommand(), searchCommand(), moodsCommand(), matchCommand(), exportCommand(), relinkCommand(), listCommand(), showCommand(),
		tagCommand(), noteCommand(), rateCommand(), clipsCommand(), fixCommand(),
		identifyCommand(), traceCommand(), dupsCommand(), shotsCommand(), subsCommand(), reindexCommand(),
		backupCommand(), restoreCommand(), checkCommand(), setupCommand(), doctorCommand(), demoCommand(), benchCommand(),
	}
}

// before tells of wrong settings at once.
func before(c *cli.Context) error {
	if err := checkColour(c); err != nil {
		return err
	}
	_, err := settings(c)
	return err
}

// globalFlags may stand before and behind the command.
func globalFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "library", Usage: "keep the library in `DIR` (or set AMVLIB_HOME)"},
		&cli.StringFlag{Name: "ffmpeg", Usage: "use the ffmpeg at `FILE` (or set AMVLIB_FFMPEG)"},
		&cli.StringFlag{Name: "config", Usage: "take settings from `FILE` (or set AMVLIB_CONFIG; see amvlib --help)"},
		&cli.StringFlag{Name: "color", Usage: "colour what people read: `WHEN` is auto (on a terminal, unless NO_COLOR is set), always or never"},
		&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "say more of what is done"},
	}
}

// global reads a global flag from wherever it was given, the command first.
func global(c *cli.Context, name string) string {
	for _, l := range c.Lineage() {
		if l.Command != nil && l.IsSet(name) && l.String(name) != "" {
			return l.String(name)
		}
	}
	return ""
}

func logger(c *cli.Context) *slog.Logger {
	for _, l := range c.Lineage() {
		if l.Command != nil && l.Bool("verbose") {
			return slog.New(slog.NewTextHandler(c.App.ErrWriter, &slog.HandlerOptions{Level: slog.LevelDebug}))
		}
	}
	return slog.New(slog.DiscardHandler)
}

func noCommand(c *cli.Context) error {
	switch name := c.Args().First(); {
	case name == "help" && c.NArg() > 1:
		return helpOn(c, c.Args().Get(1))
	case name != "" && name != "help":
		return unknownCommand(c, name)
	}
	return cli.ShowAppHelp(c)
}

// helpOn is for those who type help before the command.
func helpOn(c *cli.Context, name string) error {
	if c.App.Command(name) == nil {
		return unknownCommand(c, name)
	}
	return cli.ShowCommandHelp(c, name)
}

func unknownCommand(c *cli.Context, name string) error {
	return usagef("there is no command %q%s: see amvlib --help", name, maybe(nearestCommand(c.App, name)))
}

func ownVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "0.1.0-dev"
}

// needArgs refuses a command that lacks its arguments, with its own usage line.
func needArgs(c *cli.Context, least int, what string) error {
	if c.NArg() < least {
		return usagef("amvlib %s needs %s: %s", c.Command.Name, what, usageLine(c))
	}
	return nil
}

// noArgs refuses what a command does not take.
func noArgs(c *cli.Context) error {
	if c.NArg() > 0 {
		return usagef("amvlib %s takes no arguments: leave out %q, or see amvlib %s --help", c.Command.Name, c.Args().First(), c.Command.Name)
	}
	return nil
}

// usageLine is how a command is called, in one line.
func usageLine(c *cli.Context) string {
	ways := strings.Split(c.Command.UsageText, "\n")
	for i := range ways {
		ways[i] = strings.TrimSpace(ways[i])
	}
	return strings.Join(ways, ", or ")
}

func say(c *cli.Context, format string, args ...any) {
	fmt.Fprintf(c.App.ErrWriter, format+"\n", args...)
}
