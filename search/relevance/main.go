package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/amvlib/amvlib/meaning"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := do(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "relevance:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: relevance [--plain] [--tune] [--keep FILE] [--write PAGE] [--set DIR] [--beside DIR [--valence FILE]] [--films DIR]")

func do(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("relevance", flag.ContinueOnError)
	dir := f.String("set", "index/testdata/relevance", "folder of the relevance set")
	tune := f.Bool("tune", false, "print the half on which weights are chosen, and measure no other")
	plain := f.Bool("plain", false, "reckon anew what the models give as they come: minutes")
	keep := f.String("keep", "", "write all figures to this file, below which the tests let none fall")
	write := f.String("write", "", "write the tables into this page, between its marks")
	beside := f.String("beside", "", "measure, instead of the relevance set, with the sentences in this folder: ../shared/text")
	valence := f.String("valence", "", "what lexicons say of those, by scripts/valence.py")
	films := f.String("films", "", "look for the translations of what is said in films, by the subtitles in this folder: ../shared/footage/subs")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *films != "" && f.NArg() == 0 {
		return ofFilms(*films)
	}
	if *beside != "" && f.NArg() == 0 {
		return besides(*beside, *valence, *write)
	}
	if f.NArg() > 0 || *tune && *keep+*write != "" {
		return errUsage
	}
	c, err := readSet(os.DirFS(*dir))
	if err != nil {
		return err
	}
	if *plain {
		return remakePlain(c)
	}
	if *tune {
		r, err := measure(ctx, c, c.Tune, dataDir)
		fmt.Print(r.tables())
		return err
	}
	return report(ctx, c, *keep, *write)
}

// report measures both halves and shows the one that nothing was chosen on.
func report(ctx context.Context, c corpus, keep, write string) error {
	k, shown := kept{}, results{}
	for _, half := range c.halves() {
		r, err := measure(ctx, c, half.queries, dataDir)
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
		return rewrite(write, "relevance", shown.tables())
	}
	return nil
}

// besides measures on sentences that nobody wrote for it.
func besides(dir, valence, write string) error {
	m, err := meaning.Open()
	if err != nil {
		return err
	}
	pairs, err := pairTable(m, dir)
	if err != nil {
		return err
	}
	emotions, err := emotionTable(m, dir, valence)
	if err != nil {
		return err
	}
	tables := pairs + "\n" + emotions + "\n"
	fmt.Print(tables)
	if write == "" {
		return nil
	}
	return rewrite(write, "beside", tables)
}

func ofFilms(dir string) error {
	m, err := meaning.Open()
	if err != nil {
		return err
	}
	table, err := filmTable(m, dir)
	fmt.Print(table)
	return err
}

func remakePlain(c corpus) error {
	m, err := meaning.Open()
	if err != nil {
		return err
	}
	a, err := reckonPlain(c, m)
	if err != nil {
		return err
	}
	return os.WriteFile(plainFile, a.sorted(), 0o644)
}

// measure has the vectors and the plain models' figures in the folder data.
func measure(ctx context.Context, c corpus, queries []query, data string) (r results, err error) {
	b, err := openBench(ctx, c, filepath.Join(data, "vectors"))
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	if r, err = run(ctx, queries, b.methods()); err != nil {
		return r, err
	}
	file, err := os.ReadFile(filepath.Join(data, "plain.tsv"))
	if err != nil {
		return r, err
	}
	a, err := readKept(file)
	if err != nil {
		return r, err
	}
	return r, r.join(a)
}
