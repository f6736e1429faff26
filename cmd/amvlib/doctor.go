package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
)

func doctorCommand() *cli.Command {
	return &cli.Command{
		Name:      "doctor",
		Usage:     "say what is found, what is missing, and how to mend it",
		UsageText: "amvlib doctor",
		Description: `Looks at ffmpeg, the library and the folder for temporary files. Changes nothing.

Prints a line a thing: ok and what it is, or missing and how to mend it. Ends with 0 where nothing is missing, 3 where the library
cannot be read, 4 where ffmpeg is missing.

   amvlib doctor
   amvlib doctor --library /disk/amvlib`,
		Action: doctorAction,
	}
}

// finding is one thing that the doctor looked at.
type finding struct {
	what, state string
	err         error
	fix         string
}

func doctorAction(c *cli.Context) error {
	if err := noArgs(c); err != nil {
		return err
	}
	findings := []finding{
		{what: "amvlib", state: fmt.Sprintf("%s, %s/%s, %d cores", ownVersion(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())},
		lookAtFFmpeg(c), lookAtLibrary(c), lookAtTemp(),
	}
	var worst error
	for _, f := range findings {
		if f.err == nil {
			fmt.Fprintf(c.App.Writer, "ok       %-10s %s\n", f.what, clean(f.state))
			continue
		}
		fmt.Fprintf(c.App.Writer, "missing  %-10s %s\n", f.what, clean(f.err.Error()))
		fmt.Fprintf(c.App.Writer, "         %-10s mend it: %s\n", "", f.fix)
		worst = cmp.Or(worst, error(&coded{code: codeOf(f.err)}))
	}
	return worst
}

func lookAtFFmpeg(c *cli.Context) finding {
	found, err := tool(c)
	if err != nil {
		return finding{what: "ffmpeg", err: err, fix: "amvlib setup"}
	}
	return finding{what: "ffmpeg", state: fmt.Sprintf("%s at %s (%s)", found.Version, found.Path, found.Source)}
}

// lookAtLibrary counts a library that is not there yet as fine: ingest makes it.
func lookAtLibrary(c *cli.Context) finding {
	cat, dir, err := openCatalog(c, true)
	if errors.Is(err, catalog.ErrNotFound) {
		return finding{what: "library", state: "none yet; amvlib ingest makes it in " + dir}
	}
	fix := "see the line above, or choose another with --library"
	if err != nil {
		return finding{what: "library", err: inLibrary(err), fix: fix}
	}
	defer cat.Close()
	s, err := cat.Stats(c.Context)
	if err == nil {
		err = cat.Check(c.Context)
	}
	if err != nil {
		return finding{what: "library", err: inLibrary(err), fix: fix}
	}
	return finding{what: "library", state: fmt.Sprintf("%d episodes, %d shots, %d lines, %.1f MB in %s", s.Episodes, s.Shots, s.Lines, float64(s.Bytes)/1e6, dir)}
}

func lookAtTemp() finding {
	dir, err := os.MkdirTemp("", "amvlib-*")
	if err != nil {
		return finding{what: "temporary", err: err, fix: "make room in, or set TMPDIR to, a folder that can be written"}
	}
	defer os.RemoveAll(dir)
	return finding{what: "temporary", state: filepath.Dir(dir)}
}
