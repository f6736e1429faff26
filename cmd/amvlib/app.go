package main

import (
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"

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
		OnUsageError:              usageError,
		CommandNotFound:           nil,
		Action:                    noCommand,
		Suggest:                   true,
		DisableSliceFlagSeparator: true, // tags and file names have commas in them
	}
	for _, c := range app.Commands {
		c.OnUsageError = usageError
		c.Flags = append(c.Flags, globalFlags()...)
		c.HideHelpCommand = true
		c.Before = before
	}
	return app
}

const appDescription = `Begin with
   amvlib ingest ~/Anime              learn a folder of episodes
   amvlib search "never say goodbye"  find the shots in which it is said
   amvlib match song.flac --lyrics song.lrc -o song.otio --html song.html

Settings may stand in config.toml in the folder amvlib of the user's configuration (flags and environment go before):
   library = "/disk/amvlib"     ffmpeg = "/opt/ffmpeg"     jobs = 2
   [paths]                      how the machine that opens the timelines calls the folders here
   "/mnt/anime" = 'D:\Anime'

Data goes to standard output, all else to standard error. Exit codes: 0 fine, 1 some input failed,
2 usage, 3 library trouble, 4 ffmpeg missing, 130 interrupted.`

func commands() []*cli.Command {
	return []*cli.Command{
		ingestCommand(), searchCommand(), matchCommand(), exportCommand(), listCommand(), showCommand(),
		tagCommand(), noteCommand(), rateCommand(), clipsCommand(), fixCommand(),
		shotsCommand(), subsCommand(), reindexCommand(),
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
	if name := c.Args().First(); name != "" {
		return usagef("there is no command %q: see amvlib --help", name)
	}
	return cli.ShowAppHelp(c)
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
		return usagef("amvlib %s needs %s: %s", c.Command.Name, what, c.Command.UsageText)
	}
	return nil
}

func say(c *cli.Context, format string, args ...any) {
	fmt.Fprintf(c.App.ErrWriter, format+"\n", args...)
}
