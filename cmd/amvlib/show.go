package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

func showCommand() *cli.Command {
	return &cli.Command{
		Name:      "show",
		Usage:     "show an episode's shots, one shot, or a clip list's",
		UsageText: "amvlib show [OPTIONS] EPISODE|EPISODE:SHOT|EPISODE@TIME|@LIST",
		Description: `EPISODE is the number that list prints, or part of a title or file name that only one episode has. EPISODE@TIME is the
shot in which a line is spoken then (754.5, 12:34.5), @LIST those of a clip list. What you said of a shot stands below it, what you
said of a line below the line.

   amvlib show 3
   amvlib show 3:17 --picture shot.jpg`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines, a shot a line (docs/json.md)"},
			&cli.StringFlag{Name: "picture", Usage: "write the keyframe of the shot to `FILE` (JPEG)"},
		},
		Action: showAction,
	}
}

func showAction(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("amvlib show needs one episode or shot: %s", c.Command.UsageText)
	}
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	name := c.Args().First()
	if namesShots([]string{name}) {
		return showShots(c, cat, name)
	}
	if c.String("picture") != "" {
		return usagef("--picture is for one shot: amvlib show EPISODE:SHOT --picture FILE")
	}
	e, err := findEpisode(c, cat, name)
	if err != nil {
		return err
	}
	return showEpisode(c, cat, e)
}

// findEpisode takes an episode's number, or a part of a name that only one has.
func findEpisode(c *cli.Context, cat *catalog.Catalog, name string) (catalog.Episode, error) {
	if id, err := strconv.ParseInt(name, 10, 64); err == nil {
		e, err := cat.Episode(c.Context, id)
		return e, noSuch(err, "there is no episode %d in the library: amvlib list shows them", id)
	}
	all, err := cat.Episodes(c.Context)
	if err != nil {
		return catalog.Episode{}, inLibrary(err)
	}
	var found []catalog.Episode
	for _, e := range all {
		if strings.Contains(strings.ToLower(episodeName(&e)+"\n"+filepath.Base(e.Path)), strings.ToLower(name)) {
			found = append(found, e)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return catalog.Episode{}, inputf("no episode has %q in its name: amvlib list shows them", name)
	}
	return catalog.Episode{}, inputf("%d episodes have %q in their names: say more, or give the number that amvlib list shows", len(found), name)
}

// shotRow is one shot as scripts see it: docs/json.md is its contract.
type shotRow struct {
	ID         string             `json:"id"`
	Episode    string             `json:"episode"`
	Path       string             `json:"path"`
	Shot       int                `json:"shot"`
	Start      seconds            `json:"start"`
	End        seconds            `json:"end"`
	StartFrame int64              `json:"start_frame"`
	EndFrame   int64              `json:"end_frame"`
	SpanStart  int64              `json:"span_start_frame"` // transitions shared out
	SpanEnd    int64              `json:"span_end_frame"`
	In         string             `json:"in"`
	Out        string             `json:"out"`
	Keyframe   int64              `json:"keyframe"`
	Hash       string             `json:"hash"`
	Variance   float64            `json:"hash_variance"`
	Look       picture.Features   `json:"look"`
	Colours    map[string]float64 `json:"colours,omitempty"`
	Loudness   *int8              `json:"loudness_db"`
	Flags      []string           `json:"flags"` // null where nobody has looked
	Part       string             `json:"part,omitempty"`
	Variant    int                `json:"variant,omitempty"` // of the part, 1 for the first that there is in the series
	Lines      []shotLine         `json:"lines"`
	Said       catalog.Remarks    `json:"said"`
}

type shotLine struct {
	Start   seconds `json:"start"`
	End     seconds `json:"end"`
	Text    string  `json:"text"`
	Lang    string  `json:"lang"`
	Speaker string  `json:"speaker,omitempty"`
	Kind    string  `json:"kind"`

	Said *catalog.Remarks `json:"said,omitempty"`
}

// told is what belongs to an episode's shots: the lines that are said, and what the user says.
type told struct {
	lines []catalog.Line
	words []catalog.Word
	said  map[int64]catalog.Remarks // of lines
	parts parts
}

func tell(c *cli.Context, cat *catalog.Catalog, e *catalog.Episode) (t told, err error) {
	if t.lines, err = cat.Lines(c.Context, e.ID); err == nil {
		t.words, err = cat.WordsOn(c.Context, e.Key)
		t.said = catalog.LineRemarks(t.words, t.lines)
		t.parts = partsKnown(cat, e, t.words)
	}
	return t, inLibrary(err)
}

func shotRowOf(e *catalog.Episode, s catalog.Shot, t told) shotRow {
	r := shotRow{
		ID: shotID(s), Episode: episodeName(e), Path: e.Path, Shot: s.Number, Start: seconds(s.Range.Start), End: seconds(s.Range.End),
		StartFrame: s.Clean.In, EndFrame: s.Clean.Out, SpanStart: s.Span.In, SpanEnd: s.Span.Out, In: string(s.In), Out: string(s.Out),
		Keyframe: s.Keyframe, Hash: s.Hash.String(), Variance: float64(s.Variance), Look: s.Features, Colours: coloursOf(s.Palette), Lines: []shotLine{},
		Flags: flagNames(e, s), Said: catalog.RemarksOn(t.words, s.Range),
	}
	r.Part, r.Variant = t.parts.of(s)
	if r.Said.Tags == nil {
		r.Said.Tags = []string{}
	}
	if s.Loudness != analysis.Silent {
		r.Loudness = &s.Loudness
	}
	for _, l := range t.lines {
		if l.Shot == s.Number {
			r.Lines = append(r.Lines, shotLine{seconds(l.Start), seconds(l.End), l.Text, l.Lang, l.Speaker, string(l.Kind), saidRow(t.said[l.ID])})
		}
	}
	return r
}

func showEpisode(c *cli.Context, cat *catalog.Catalog, e catalog.Episode) error {
	shots, err := cat.Effective(c.Context, e.ID)
	if err != nil {
		return inLibrary(err)
	}
	return printShots(c, cat, &e, shots)
}

func printShots(c *cli.Context, cat *catalog.Catalog, e *catalog.Episode, shots []catalog.Shot) error {
	t, err := tell(c, cat, e)
	if err != nil {
		return err
	}
	rows := make([]shotRow, len(shots))
	for i, s := range shots {
		rows[i] = shotRowOf(e, s, t)
	}
	if c.Bool("json") {
		return jsonLines(c.App.Writer, rows, itself)
	}
	return printEpisode(c.App.Writer, e, shots, rows)
}

func printEpisode(w io.Writer, e *catalog.Episode, shots []catalog.Shot, rows []shotRow) error {
	i := inkFor(w)
	t := newTable(w, column{right: true}, column{}, column{rank: 1, close: true}, column{least: 12, rank: 2})
	t.under(0, i.bold(clean(episodeName(e)))+"  "+i.dim(clean(e.Path)))
	t.under(0, fmt.Sprintf("%s, %d frames at %s, %d shots", e.Duration, e.Frames, e.Rate, len(shots)))
	for _, note := range e.Info.Skipped {
		t.under(0, "left out: "+clean(note))
	}
	if e.Versions.Flags == 0 {
		t.under(0, "flags (text, logos, bars ...) are not known: amvlib ingest it again")
	}
	for k, s := range shots {
		t.row(fmt.Sprintf("%8s", rows[k].ID), s.Range.Start.String(), "- "+s.Range.End.String(), i.dim(look(s, rows[k].Part)))
		shotTexts(t, i, rows[k])
	}
	return t.print(w)
}

// shotTexts adds what the user says of a shot, and its lines with what is said of them.
func shotTexts(t *table, i ink, r shotRow) {
	if !r.Said.None() {
		t.under(10, i.bold(remarksText(r.Said)))
	}
	for _, l := range r.Lines {
		t.under(10, i.dim(timecode.Time(l.Start).String())+"  "+clean(l.Text)+"  "+i.dim(l.Lang))
		if l.Said != nil {
			t.under(12, i.bold(remarksText(*l.Said)))
		}
	}
}

// look says in a few words what a shot looks like.
func look(s catalog.Shot, part string) string {
	var words []string
	if part != "" {
		words = append(words, part)
	}
	if s.In != "" && s.In != "cut" {
		words = append(words, string(s.In)+" in")
	}
	if s.Out != "" && s.Out != "cut" {
		words = append(words, string(s.Out)+" out")
	}
	if s.Flags != 0 {
		words = append(words, s.Flags.String())
	}
	return strings.Join(append(words, fmt.Sprintf("brightness %.2f  motion %.3f", s.Features.Brightness, s.Features.Motion)), "  ")
}

// showShots shows what a name of shots names. Of several in a row that are of one episode, the first says which that is.
func showShots(c *cli.Context, cat *catalog.Catalog, name string) error {
	hits, err := namedBy(c, cat, name)
	if err != nil {
		return err
	}
	if path := c.String("picture"); path != "" {
		if len(hits) != 1 {
			return usagef("--picture is for one shot: amvlib show EPISODE:SHOT --picture FILE")
		}
		if err := writePicture(c, cat, hits[0].Shot, path); err != nil {
			return err
		}
	}
	for len(hits) > 0 {
		n := 1
		for n < len(hits) && hits[n].Episode.ID == hits[0].Episode.ID {
			n++
		}
		shots := make([]catalog.Shot, n)
		for i, h := range hits[:n] {
			shots[i] = h.Shot
		}
		if err := printShots(c, cat, hits[0].Episode, shots); err != nil {
			return err
		}
		hits = hits[n:]
	}
	return nil
}

func writePicture(c *cli.Context, cat *catalog.Catalog, s catalog.Shot, path string) error {
	jpeg, err := cat.Thumb(c.Context, s.Episode, s.Number)
	if err != nil {
		return noSuch(err, "no picture of shot %s was kept: of shots cut by hand there is one a second, and none is in it", shotID(s))
	}
	o := &outputs{}
	if err := o.free([]string{path}); err != nil {
		return err
	}
	return o.file(c, path, func(w io.Writer) error { _, err := w.Write(jpeg); return err })
}

// noSuch turns "not found" into words, and leaves other errors to the library.
func noSuch(err error, format string, args ...any) error {
	if errors.Is(err, catalog.ErrNotFound) {
		return inputf(format, args...)
	}
	return inLibrary(err)
}

// cause strips the path from an error that is told with its path.
func cause(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
