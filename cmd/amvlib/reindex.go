package main

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/urfave/cli/v2"
)

func reindexCommand() *cli.Command {
	return &cli.Command{
		Name:      "reindex",
		Usage:     "build the search index anew, learn what lines mean where that is missing",
		UsageText: "amvlib reindex [OPTIONS]",
		Description: `The index is made from the catalog and brings itself up to date; this is for when it is suspected of being wrong. No
film is read. What lines mean is learnt of those of which that is missing or damaged; openings and endings are looked for anew. Prints nothing; says how many lines were indexed.

   amvlib reindex`,
		Action: reindexAction,
	}
}

func reindexAction(c *cli.Context) error {
	if c.NArg() > 0 {
		return usagef("amvlib reindex takes no arguments")
	}
	began := time.Now()
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	ix, err := openIndex(c, cat)
	if err != nil {
		return inLibrary(err)
	}
	defer ix.Close()
	if err := ix.Rebuild(c.Context); err != nil {
		return inLibrary(err)
	}
	stats, err := cat.Stats(c.Context)
	if err != nil {
		return inLibrary(err)
	}
	say(c, "indexed %d lines of %d episodes in %s", stats.Lines, stats.Episodes, time.Since(began).Round(time.Millisecond))
	if err := reunderstand(c, cat); err != nil {
		return inLibrary(err)
	}
	if err := os.Remove(labelsFile(cat)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		logger(c).Info("the file of openings and endings stays", "err", err)
	}
	return partsAgain(c, cat)
}
