package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
)

func backupCommand() *cli.Command {
	return &cli.Command{
		Name:      "backup",
		Usage:     "copy the library to a file, while it is in use",
		UsageText: "amvlib backup FILE",
		Description: `FILE holds all that was learnt and said, as it is at one moment; no footage. It is read through
once written. A file that is there is never overwritten.

Prints nothing; says what it holds.

   amvlib backup ~/amvlib-friday.db`,
		Action: backupAction,
	}
}

func backupAction(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("amvlib backup needs one file to write: %s", c.Command.UsageText)
	}
	cat, dir, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	path := c.Args().First()
	if err := cat.Backup(c.Context, path); err != nil {
		return badBackup(err)
	}
	s, err := catalog.Inspect(c.Context, path)
	if err != nil {
		return badBackup(err)
	}
	say(c, "backed up %s to %s: %s", clean(dir), clean(path), holdings(s))
	return nil
}

// badBackup tells of a name that is taken as of a mistake in usage, as all commands that write do.
func badBackup(err error) error {
	if errors.Is(err, fs.ErrExist) {
		return &coded{exitUsage, err}
	}
	return err
}

// holdings is what a library holds, in words.
func holdings(s catalog.Stats) string {
	return fmt.Sprintf("%d episodes, %d shots, %d lines, %.1f MB", s.Episodes, s.Shots, s.Lines, float64(s.Bytes)/1e6)
}

func restoreCommand() *cli.Command {
	return &cli.Command{
		Name:      "restore",
		Usage:     "replace the library by a backup",
		UsageText: "amvlib restore FILE [--yes]",
		Description: `Reads FILE through, says what it will do, asks, and does it. The library as it was is kept beside the new one as
catalog-before-restore-TIME.db, which restore takes too.

   amvlib restore ~/amvlib-friday.db`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "yes", Aliases: []string{"y"}, Usage: "do not ask"}},
		Action: restoreAction,
	}
}

func restoreAction(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("amvlib restore needs one backup: %s", c.Command.UsageText)
	}
	dir, err := libraryDir(c)
	if err != nil {
		return err
	}
	path := c.Args().First()
	s, err := catalog.Inspect(c.Context, path)
	if err != nil {
		return &coded{exitInput, err}
	}
	say(c, "backup   %s: %s", clean(path), holdings(s))
	say(c, "library  %s: %s", clean(dir), presentLibrary(c))
	say(c, "The backup takes the library's place.")
	if !c.Bool("yes") && !agreed(c) {
		return usagef("nothing was done; --yes does not ask")
	}
	kept, err := catalog.Restore(c.Context, dir, path, catalogOptions(c))
	if kept != "" && err == nil {
		say(c, "as it was, the library is kept in %s", clean(kept))
	}
	if err != nil {
		return err
	}
	say(c, "the library in %s is the backup now", clean(dir))
	return nil
}

// presentLibrary says what a backup will take the place of.
func presentLibrary(c *cli.Context) string {
	cat, _, err := openCatalog(c, true)
	if errors.Is(err, catalog.ErrNotFound) {
		return "none yet"
	}
	if err != nil {
		return "cannot be read; it is kept as it is"
	}
	defer cat.Close()
	s, err := cat.Stats(c.Context)
	if err != nil {
		return "cannot be read; it is kept as it is"
	}
	return holdings(s) + "; it is kept"
}
