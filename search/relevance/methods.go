package main

import (
	"context"
	"fmt"
	"os"

	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/search"
)

// method is a way to answer a query from lines in one language; lang is empty for lines in any.
type method struct {
	name string
	rank func(ctx context.Context, q query, lang string) ([]string, error)
}

// bench is a library, opened for search.
type bench struct {
	lib *library
	ix  *index.Index
	dir string
}

func openBench(ctx context.Context, c corpus) (*bench, error) {
	dir, err := os.MkdirTemp("", "amvlib-relevance-")
	if err != nil {
		return nil, err
	}
	b := &bench{lib: newLibrary(c.Dialogues), dir: dir}
	b.ix, err = index.Open(ctx, dir, b.lib, index.Options{})
	if err != nil {
		return nil, err
	}
	return b, nil
}

func (b *bench) close() error {
	if err := b.ix.Close(); err != nil {
		return err
	}
	return os.RemoveAll(b.dir)
}

// methods in the order of the tables' columns.
func (b *bench) methods() []method {
	return []method{{"words", b.searching(search.Query{Any: true})}}
}

// searching asks as the program does.
func (b *bench) searching(as search.Query) func(context.Context, query, string) ([]string, error) {
	s := search.New(b.lib, b.ix)
	return func(ctx context.Context, q query, lang string) ([]string, error) {
		as := as
		as.Text, as.Lang, as.Limit = q.Text, lang, recallDepth
		hits, err := s.Search(ctx, as)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.ID, err)
		}
		ids := make([]string, len(hits))
		for i, h := range hits {
			ids[i] = b.lib.cue(h.Episode.ID, h.Shot.Number)
		}
		return ids, nil
	}
}
