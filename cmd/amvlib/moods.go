package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/mood"
)

func moodsCommand() *cli.Command {
	return &cli.Command{
		Name:      "moods",
		Usage:     "show the moods and looks that search knows, or how it reads one",
		UsageText: "amvlib moods [OPTIONS] [MOOD]",
		Description: `Without MOOD lists the axes that lines are scored on, each with what pictures, pace and sound of such scenes tend to be, and the words
for looks, pace and sound, with what is measured and from which value on a shot is called so. With MOOD, shows which axes it names
and what is left over.

A mood is said in your own words, in English, Polish or Japanese. What it says of a shot comes from four facets, which are kept apart and
told apart: the words that are said, the picture, the pace of the cuts around, and the sound. Bars are the same for every library.

   amvlib moods
   amvlib moods "lonely but hopeful"
   amvlib search --mood "lonely but hopeful" --look dark,still
   amvlib search --look "black background,red" --pace slow`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"}},
		Action: moodsAction,
	}
}

func moodsAction(c *cli.Context) error {
	if c.NArg() > 0 {
		w, err := mood.Parse(strings.Join(c.Args().Slice(), " "))
		if err != nil {
			return &coded{exitUsage, err}
		}
		return printWish(c, w)
	}
	if c.Bool("json") {
		if err := jsonLines(c.App.Writer, mood.Axes(), axisRowOf); err != nil {
			return err
		}
		return jsonLines(c.App.Writer, mood.Traits(), traitRowOf)
	}
	return printMoods(c)
}

// axisRow is an axis as scripts see it.
type axisRow struct {
	Axis     string   `json:"axis"`
	Opposite string   `json:"opposite"`
	Means    string   `json:"means"`
	Leans    []string `json:"leans"`
	Words    []string `json:"words"`
}

func axisRowOf(a mood.Axis) axisRow { return axisRow{a.Name, a.Opposite, a.Means, a.Traits, a.Words} }

// traitRow is a trait as scripts see it.
type traitRow struct {
	Trait string     `json:"trait"`
	Facet mood.Facet `json:"facet"`
	Means string     `json:"means"`
	Bar   float64    `json:"bar"`
	Full  float64    `json:"full"`
	Words []string   `json:"words"`
}

func traitRowOf(t mood.Trait) traitRow {
	bar, full := t.Bars()
	return traitRow{t.Name, t.Facet, t.Means, thousandths(bar), thousandths(full), t.Words}
}

func printMoods(c *cli.Context) error {
	i := inkFor(c.App.Writer)
	t := newTable(c.App.Writer, column{}, column{rank: 2}, column{least: 20, rank: 1, wraps: true}, column{least: 20, rank: 3, wraps: true})
	t.row(i.bold("--mood"), i.bold("opposite"), i.bold("about"), i.bold("such scenes tend to be"))
	for _, a := range mood.Axes() {
		t.row(a.Name, i.dim(a.Opposite), a.Means, i.dim(strings.Join(a.Traits, ", ")))
	}
	if err := t.print(c.App.Writer); err != nil {
		return err
	}
	for _, part := range []struct {
		flag string
		of   mood.Facet
	}{{"--look", mood.Picture}, {"--pace", mood.Pace}, {"--sound", mood.Sound}} {
		if err := printTraits(c, i, part.flag, part.of); err != nil {
			return err
		}
	}
	return nil
}

func printTraits(c *cli.Context, i ink, flag string, of mood.Facet) error {
	fmt.Fprintln(c.App.Writer)
	t := newTable(c.App.Writer, column{}, column{}, column{least: 20, rank: 1, wraps: true})
	t.row(i.bold(flag), i.bold("from"), i.bold("what is measured"))
	for _, trait := range mood.Traits() {
		if trait.Facet == of {
			bar, full := trait.Bars()
			from := fmt.Sprintf("%.3g up", bar)
			if full < bar {
				from = fmt.Sprintf("%.3g down", bar)
			}
			t.row(trait.Name, from, i.dim(trait.Means))
		}
	}
	return t.print(c.App.Writer)
}

// wishRow is how a mood was read, as scripts see it.
type wishRow struct {
	Mood string    `json:"mood"`
	Axes []wantRow `json:"axes"`
	Rest string    `json:"rest"`
}

type wantRow struct {
	Axis   string  `json:"axis"`
	Word   string  `json:"word"`
	Weight float64 `json:"weight"`
}

func printWish(c *cli.Context, w mood.Wish) error {
	if c.Bool("json") {
		row := wishRow{Mood: w.Text, Axes: []wantRow{}, Rest: w.Rest}
		for _, a := range w.Axes {
			row.Axes = append(row.Axes, wantRow{a.Axis, a.Word, a.Weight})
		}
		return jsonLines(c.App.Writer, []wishRow{row}, itself[wishRow])
	}
	for _, a := range w.Axes {
		how := "wanted"
		if a.Weight < 0 {
			how = "not wanted"
		}
		fmt.Fprintf(c.App.Writer, "%s: %s, named by %q\n", a.Axis, how, clean(a.Word))
	}
	switch {
	case len(w.Axes) == 0:
		fmt.Fprintf(c.App.Writer, "%q names no axis: it goes to those that it lies near as a sentence\n", clean(w.Text))
	case w.Rest != "":
		fmt.Fprintf(c.App.Writer, "%q names no axis and counts a little, as a sentence\n", clean(w.Rest))
	}
	return nil
}
