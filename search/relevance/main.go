package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := do(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "relevance:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: relevance [--tune] [--keep FILE] [--write PAGE] [--set DIR]")

func do(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("relevance", flag.ContinueOnError)
	dir := f.String("set", "index/testdata/relevance", "folder of the relevance set")
	tune := f.Bool("tune", false, "print the half on which weights are chosen, and measure no other")
	keep := f.String("keep", "", "write all figures to this file, below which the tests let none fall")
	write := f.String("write", "", "write the tables into this page, between its marks")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 || *tune && *keep+*write != "" {
		return errUsage
	}
	c, err := readSet(os.DirFS(*dir))
	if err != nil {
		return err
	}
	if *tune {
		r, err := measure(ctx, c, c.Tune)
		fmt.Print(r.tables())
		return err
	}
	return report(ctx, c, *keep, *write)
}

// report measures both halves and shows the one that nothing was chosen on.
func report(ctx context.Context, c corpus, keep, write string) error {
	k, shown := kept{}, results{}
	for _, half := range c.halves() {
		r, err := measure(ctx, c, half.queries)
		if err != nil {
			return err
		}
		k.keep(half.name, r)
		shown = r
	}
	fmt.Print(shown.tables())
	if keep != "" {
		if err := os.WriteFile(keep, k.write(shown.methods), 0o644); err != nil {
			return err
		}
	}
	if write != "" {
		return rewrite(write, shown.tables())
	}
	return nil
}

func measure(ctx context.Context, c corpus, queries []query) (r results, err error) {
	b, err := openBench(ctx, c)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	return run(ctx, queries, b.methods())
}
