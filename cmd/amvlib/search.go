package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

func searchCommand() *cli.Command {
	return &cli.Command{
		Name:      "search",
		Usage:     "find the shots in which something is said",
		UsageText: "amvlib search [OPTIONS] TEXT",
		Description: `All words of TEXT must be said in one line; "quoted words" must follow each other; -word must not be there.
Put the whole in quotes when it has a - in it:

   amvlib search 'rain -sun "never again"'
   amvlib search --source kite --min 1 --json promise`,
		Flags: append(queryFlags(),
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"},
			&cli.BoolFlag{Name: "csv", Usage: "print CSV with a header"},
			&cli.BoolFlag{Name: "paths", Usage: "print the paths of the episodes, each once"},
			&cli.BoolFlag{Name: "0", Usage: "end paths with NUL, for xargs -0"}),
		Action: searchAction,
	}
}

// queryFlags narrow a search; export takes them too.
func queryFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "source", Usage: "only anime whose title has `TITLE` in it"},
		&cli.StringFlag{Name: "episode", Usage: "only the episode with this `NUMBER`, or with this in its file name"},
		&cli.StringFlag{Name: "lang", Usage: "only lines in `LANG`: en, pl, ja"},
		&cli.Float64Flag{Name: "min", Usage: "only shots of at least so many `SECONDS`"},
		&cli.Float64Flag{Name: "max", Usage: "only shots of at most so many `SECONDS`"},
		&cli.BoolFlag{Name: "any", Usage: "one of the words is enough; more rank higher"},
		&cli.IntFlag{Name: "n", Value: 20, Usage: "at most `N` hits"},
	}
}

// filtered tells whether a filter is given: then no words are needed.
func filtered(c *cli.Context) bool {
	return c.String("source") != "" || c.String("episode") != "" || c.IsSet("min") || c.IsSet("max")
}

func queryOf(c *cli.Context) (search.Query, error) {
	q := search.Query{
		Text: strings.Join(c.Args().Slice(), " "), Any: c.Bool("any"), Source: c.String("source"), Episode: c.String("episode"),
		Lang: c.String("lang"), Min: timecode.FromSeconds(c.Float64("min")), Max: timecode.FromSeconds(c.Float64("max")), Limit: c.Int("n"),
	}
	switch {
	case q.Limit < 1 || q.Limit > 100_000:
		return q, usagef("-n is how many hits to show, 1 to 100000")
	case q.Min < 0 || q.Max < 0 || q.Max > 0 && q.Max < q.Min:
		return q, usagef("--min and --max are lengths in seconds, --min the smaller")
	}
	return q, nil
}

func searchAction(c *cli.Context) error {
	if c.NArg() == 0 && !filtered(c) {
		return needArgs(c, 1, "something to search for, or a filter")
	}
	q, err := queryOf(c)
	if err != nil {
		return err
	}
	s, err := openShelf(c)
	if err != nil {
		return err
	}
	defer s.close()
	hits, err := s.Search(c.Context, q)
	if err != nil {
		return searchError(err)
	}
	return printHits(c, hits)
}

func printHits(c *cli.Context, hits []search.Hit) error {
	switch {
	case c.Bool("json"):
		return hitsJSON(c.App.Writer, hits)
	case c.Bool("csv"):
		return hitsCSV(c.App.Writer, hits)
	case c.Bool("paths"):
		return hitsPaths(c, hits)
	case len(hits) == 0:
		say(c, "nothing found; try fewer words, or --any")
		return nil
	}
	for i, h := range hits {
		printHit(c.App.Writer, inkFor(c.App.Writer), i+1, h)
	}
	return nil
}

func hitsJSON(w io.Writer, hits []search.Hit) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, h := range hits {
		if err := enc.Encode(rowOf(h)); err != nil {
			return err
		}
	}
	return nil
}

func hitsCSV(w io.Writer, hits []search.Hit) error {
	out := csv.NewWriter(w)
	out.Write(hitColumns) // errors are kept for Error below
	for _, h := range hits {
		out.Write(rowOf(h).cells())
	}
	out.Flush()
	return out.Error()
}

// printPath prints a path as it is, whatever is in it.
func printPath(c *cli.Context, path string) error {
	end := "\n"
	if c.Bool("0") {
		end = "\x00"
	}
	_, err := io.WriteString(c.App.Writer, path+end)
	return err
}

func hitsPaths(c *cli.Context, hits []search.Hit) error {
	seen := map[string]bool{}
	for _, h := range hits {
		if h.Episode.Path == "" || seen[h.Episode.Path] {
			continue
		}
		seen[h.Episode.Path] = true
		if err := printPath(c, h.Episode.Path); err != nil {
			return err
		}
	}
	return nil
}
