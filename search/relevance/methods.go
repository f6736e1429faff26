package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/search"
)

// method is a way to answer a query from lines in one language; lang is empty for lines in any.
type method struct {
	name string
	rank func(ctx context.Context, q query, lang string) ([]string, error)
}

// dataDir holds what the lines of the set mean, so that measuring need not embed them anew, and the plain models' figures.
const dataDir = "search/relevance/testdata"

// bench is a library, opened for search.
type bench struct {
	lib    *library
	ix     *index.Index
	models *meaning.Models
	view   *vectors.View
	dir    string
}

// openBench has the vectors in dir, and makes those that are missing.
func openBench(ctx context.Context, c corpus, dir string) (*bench, error) {
	temp, err := os.MkdirTemp("", "amvlib-relevance-")
	if err != nil {
		return nil, err
	}
	b := &bench{lib: newLibrary(c.Dialogues), dir: temp}
	if b.ix, err = index.Open(ctx, temp, b.lib, index.Options{}); err != nil {
		return nil, err
	}
	if b.models, err = meaning.Open(); err != nil {
		return nil, err
	}
	if err = os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if b.view, err = vectors.Open(ctx, dir, b.lib, b.models, vectors.Options{Cache: temp}); err != nil {
		return nil, err
	}
	return b, b.view.CatchUp(ctx, vectors.Effort{Tell: func(p vectors.Progress) {
		fmt.Fprintf(os.Stderr, "embedded %d of %d lines\n", p.Lines, p.OfLines)
	}})
}

func (b *bench) close() error { return errors.Join(b.ix.Close(), b.view.Close(), os.RemoveAll(b.dir)) }

// methods in the order of the tables' columns.
func (b *bench) methods() []method {
	return []method{
		{"words", b.searching(search.Query{Any: true, Voice: search.ByWords})},
		{"meaning", b.searching(search.Query{Any: true, Voice: search.ByMeaning})},
		{"both", b.searching(search.Query{Any: true})},
	}
}

// searching asks as the program does.
func (b *bench) searching(as search.Query) func(context.Context, query, string) ([]string, error) {
	s := search.New(b.lib, b.ix)
	s.Understand(b.models, b.view)
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
