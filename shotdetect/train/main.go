package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: train dump [--footage DIR --truth DIR] --out DIR [--seed N] [--edits N] [--looks N] [--drawn N] [--leave-out GROUP,GROUP] [--made] [--jobs N], or train shots --weights FILE FILM")

func run(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "shots" {
		return shots(ctx, args[1:])
	}
	if len(args) == 0 || args[0] != "dump" {
		return errUsage
	}
	o := options{films: films}
	f := flag.NewFlagSet("dump", flag.ContinueOnError)
	f.StringVar(&o.footage, "footage", "", "folder of the films; without it --edits 0 is needed, and only drawn sequences are made")
	f.StringVar(&o.truth, "truth", "", "folder of their tables of boundaries")
	f.StringVar(&o.out, "out", "", "folder to write to")
	f.Uint64Var(&o.seed, "seed", 1, "the same seed gives the same data")
	f.IntVar(&o.edits, "edits", 1000, "edits of 24 shots to make")
	f.IntVar(&o.looks, "looks", 3, "looks of each film")
	f.IntVar(&o.drawn, "drawn", 0, "sequences to make that are wholly drawn by program")
	f.IntVar(&o.jobs, "jobs", 2, "edits made at the same time")
	leave := f.String("leave-out", "", "groups, separated by commas, of films that nothing is made of")
	f.BoolVar(&o.made, "made", false, "write no natural films, for a folder that is learnt from beside one that has them")
	if err := f.Parse(args[1:]); err != nil {
		return err
	}
	if o.footage == "" { // what is drawn needs no films
		o.films = nil
	}
	if (o.footage == "") != (o.truth == "") || o.footage == "" && o.edits > 0 || o.out == "" || f.NArg() > 0 || o.jobs < 1 {
		return errUsage
	}
	o.films = slices.DeleteFunc(slices.Clone(o.films), func(f film) bool { return slices.Contains(strings.Split(*leave, ","), f.group) })
	return dump(ctx, o)
}
