package main

import (
	"cmp"
	"io"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/sheet"
)

// pageOutput checks where --html is to be written before any work is done; nil where none is asked for.
func pageOutput(c *cli.Context) (*outputs, error) {
	if c.String("html") == "" {
		return nil, nil
	}
	if c.String("html") == stdinName {
		return nil, usagef("--html wants the name of a file: hits.html")
	}
	o := &outputs{force: c.Bool("force"), orForce: ", or add --force"}
	return o, o.free([]string{c.String("html")})
}

// hitsPage writes one answer as a page.
func hitsPage(c *cli.Context, o *outputs, s *shelf, hits []search.Hit) error {
	title := cmp.Or(strings.Join(c.Args().Slice(), " "), likeTitle(c), "Shots")
	return writeSheet(c, o, c.String("html"), s, sheet.Sheet{Title: title, Groups: []sheet.Group{{Hits: hits}}})
}

// fileTitle is a file's name without its ending.
func fileTitle(path string) string {
	if path == "" || path == stdinName {
		return ""
	}
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

func likeTitle(c *cli.Context) string {
	if name := c.String("like"); name != "" {
		return "Like " + name
	}
	return ""
}

func writeSheet(c *cli.Context, o *outputs, path string, s *shelf, page sheet.Sheet) error {
	return o.file(c, path, func(w io.Writer) error { return sheet.Write(c.Context, w, page, s.cat) })
}

// sheetGroup is the answer to one line of many.
func sheetGroup(a answered) sheet.Group {
	g := sheet.Group{Text: a.text, Hits: a.hits}
	if a.timed {
		g.At = a.span.Start.String()
	}
	if a.err != nil {
		g.Trouble = a.err.Error()
	}
	return g
}
