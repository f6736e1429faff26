package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
)

func listCommand() *cli.Command {
	return &cli.Command{
		Name:      "list",
		Usage:     "list the episodes of the library",
		UsageText: "amvlib list [OPTIONS]",
		Description: `Prints an episode a line: the number by which show, tag and export know it, its name, length, picture, frame rate and file,
and "missing" where none of its files is there. --json and --csv have the whole names.

   amvlib list --source kite
   amvlib list --missing              whose files are not there now`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "source", Usage: "only anime whose title has `TITLE` in it"},
			&cli.BoolFlag{Name: "missing", Usage: "only episodes none of whose files is there"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"},
			&cli.BoolFlag{Name: "csv", Usage: "print CSV with a header"},
			&cli.BoolFlag{Name: "paths", Usage: "print the paths"},
			&cli.BoolFlag{Name: "0", Usage: "end paths with NUL, for xargs -0"},
		},
		Action: listAction,
	}
}

func listAction(c *cli.Context) error {
	if c.NArg() > 0 {
		return usagef("amvlib list takes no arguments; to list one anime: --source %s", c.Args().First())
	}
	cat, dir, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	episodes, err := cat.Episodes(c.Context)
	if err != nil {
		return inLibrary(err)
	}
	episodes = ofSource(episodes, c.String("source"))
	var at whereabouts
	if c.Bool("missing") || !c.Bool("paths") { // paths alone need no disk
		if at, err = whereaboutsOf(c.Context, cat, episodes); err != nil {
			return inLibrary(err)
		}
	}
	silent := saySilent(c, at)
	if c.Bool("missing") {
		episodes = slices.DeleteFunc(episodes, func(e catalog.Episode) bool { return at[e.ID] != gone })
	}
	switch {
	case c.Bool("json"):
		return episodesJSON(c.App.Writer, episodes, at)
	case c.Bool("csv"):
		return episodesCSV(c.App.Writer, episodes, at)
	case c.Bool("paths"):
		return episodesPaths(c, episodes)
	case len(episodes) == 0 && c.Bool("missing"):
		if !silent {
			say(c, "the files of all episodes are there")
		}
		return nil
	case len(episodes) == 0:
		say(c, "no episodes in %s; amvlib ingest FOLDER brings some", dir)
		return nil
	}
	return episodesTable(c.App.Writer, episodes, at)
}

// ofSource keeps the episodes of titles that have text in them, in order of title, season and number.
func ofSource(all []catalog.Episode, text string) []catalog.Episode {
	text = strings.ToLower(text)
	all = slices.DeleteFunc(all, func(e catalog.Episode) bool { return !strings.Contains(strings.ToLower(e.Name.Source), text) })
	slices.SortStableFunc(all, func(a, b catalog.Episode) int {
		if c := strings.Compare(strings.ToLower(a.Name.Source), strings.ToLower(b.Name.Source)); c != 0 {
			return c
		}
		if a.Name.Season != b.Name.Season {
			return a.Name.Season - b.Name.Season
		}
		return search.CompareNumbers(a.Name.Number, b.Name.Number)
	})
	return all
}

// episodeRow is one episode as scripts see it: docs/json.md is its contract.
type episodeRow struct {
	ID        int64    `json:"id"`
	Episode   string   `json:"episode"`
	Path      string   `json:"path"`
	Source    string   `json:"source"`
	Season    int      `json:"season,omitempty"`
	Number    string   `json:"number,omitempty"`
	Group     string   `json:"group,omitempty"`
	Duration  seconds  `json:"duration"`
	Frames    int64    `json:"frames"`
	FPS       string   `json:"fps"`
	Variable  bool     `json:"variable_rate"`
	Width     int      `json:"width"`
	Height    int      `json:"height"`
	Codec     string   `json:"codec"`
	Languages []string `json:"languages"` // of the text tracks inside, as tagged
	Skipped   []string `json:"skipped"`
	Size      int64    `json:"size"`
	Missing   bool     `json:"missing"`           // none of its files is there
	Unknown   bool     `json:"unknown,omitempty"` // whether it is missing, for its disk does not answer
}

func episodeRowOf(e *catalog.Episode) episodeRow {
	r := episodeRow{
		ID: e.ID, Episode: episodeName(e), Path: e.Path, Source: e.Name.Source, Season: e.Name.Season, Number: e.Name.Number,
		Group: e.Name.Group, Duration: seconds(e.Duration), Frames: e.Frames, FPS: e.Rate.String(), Variable: e.Variable,
		Languages: []string{}, Skipped: append([]string{}, e.Info.Skipped...), Size: e.Size,
	}
	if v := e.Info.Video; v != nil {
		r.Width, r.Height, r.Codec = v.Width, v.Height, v.Codec
	}
	for _, t := range e.Info.Text {
		r.Languages = append(r.Languages, t.Language)
	}
	return r
}

func episodesJSON(w io.Writer, all []catalog.Episode, at whereabouts) error {
	return jsonLines(w, all, func(e catalog.Episode) episodeRow {
		r := episodeRowOf(&e)
		r.Missing, r.Unknown = at[r.ID] == gone, at[r.ID] == unreachable
		return r
	})
}

func episodesCSV(w io.Writer, all []catalog.Episode, at whereabouts) error {
	out := csv.NewWriter(w)
	out.Write([]string{"id", "episode", "path", "source", "season", "number", "duration", "frames", "fps", "width", "height", "codec", "missing"})
	for i := range all {
		r := episodeRowOf(&all[i])
		out.Write([]string{
			strconv.FormatInt(r.ID, 10), r.Episode, r.Path, r.Source, strconv.Itoa(r.Season), r.Number, r.Duration.String(),
			strconv.FormatInt(r.Frames, 10), r.FPS, strconv.Itoa(r.Width), strconv.Itoa(r.Height), r.Codec, presenceWord(at[r.ID]),
		})
	}
	out.Flush()
	return out.Error()
}

// presenceWord is what the column says of an episode.
func presenceWord(p presence) string {
	switch p {
	case gone:
		return "true"
	case unreachable:
		return "unknown"
	}
	return "false"
}

// saySilent tells of disks that do not answer.
func saySilent(c *cli.Context, at whereabouts) bool {
	n := 0
	for _, p := range at {
		if p == unreachable {
			n++
		}
	}
	if n > 0 {
		say(c, "whether %d episodes are missing is unknown: their disks do not answer", n)
	}
	return n > 0
}

func episodesPaths(c *cli.Context, all []catalog.Episode) error {
	for _, e := range all {
		if e.Path == "" {
			continue
		}
		if err := printPath(c, e.Path); err != nil {
			return err
		}
	}
	return nil
}

func episodesTable(w io.Writer, all []catalog.Episode, at whereabouts) error {
	i := inkFor(w)
	t := newTable(w,
		column{right: true},        // number
		column{least: 16, rank: 1}, // name
		column{right: true, rank: 3},
		column{right: true, rank: 5}, // picture
		column{right: true, rank: 6}, // frame rate
		column{least: 20, rank: 4},   // file
		column{})                     // whether it is there
	for k := range all {
		r := episodeRowOf(&all[k])
		t.row(strconv.FormatInt(r.ID, 10), clean(r.Episode), all[k].Duration.String(), i.dim(fmt.Sprintf("%dx%d", r.Width, r.Height)),
			i.dim(all[k].Rate.String()+" fps"), i.dim(clean(fileName(r.Path))), i.bold(whereWords(at[r.ID])))
	}
	return t.print(w)
}

// whereWords says that an episode is not there; nothing where it is.
func whereWords(p presence) string {
	switch p {
	case gone:
		return "missing"
	case unreachable:
		return "no answer"
	}
	return ""
}
