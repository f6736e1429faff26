package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index/facets"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/mood"
	"github.com/amvlib/amvlib/search"
)

// moodFlags ask for what shots are like.
func moodFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "mood", Usage: "shots in this `MOOD`, in your own words: sad, \"lonely but hopeful\"; with TEXT, both count (see amvlib moods)"},
		&cli.StringFlag{Name: "look", Usage: "only shots that look like `WORDS`: dark,still,red"},
		&cli.StringFlag{Name: "pace", Usage: "only shots in parts cut at this `PACE`: fast or slow"},
		&cli.StringFlag{Name: "sound", Usage: "only shots that sound like `WORDS`: loud, quiet or silent"},
	}
}

var moodFlagNames = []string{"mood", "look", "pace", "sound"}

// moodOf reads the flags.
func moodOf(c *cli.Context) (w mood.Wish, err error) {
	if c.IsSet("mood") {
		if w, err = mood.Parse(c.String("mood")); err != nil {
			return w, &coded{exitUsage, err}
		}
	}
	for _, f := range []struct {
		name string
		of   mood.Facet
	}{{"look", mood.Picture}, {"pace", mood.Pace}, {"sound", mood.Sound}} {
		if !c.IsSet(f.name) {
			continue
		}
		traits, err := mood.ParseTraits(f.of, c.String(f.name))
		if err != nil {
			return w, usagef("--%s: %w", f.name, moodHint(err, f.of))
		}
		w.Traits = append(w.Traits, traits...)
	}
	return w, nil
}

// moodHint names the flag that a word belongs to, where it is another.
func moodHint(err error, of mood.Facet) error {
	var told *mood.ErrTrait
	if !errors.As(err, &told) {
		return err
	}
	for flag, other := range map[string]mood.Facet{"look": mood.Picture, "pace": mood.Pace, "sound": mood.Sound} {
		if _, wrong := mood.ParseTraits(other, told.Word); wrong == nil && other != of {
			return usagef("%q is said with --%s", told.Word, flag)
		}
	}
	return err
}

// moods opens what searching by mood needs when it is needed.
type moods struct {
	facets func() (*facets.Table, error)
	lines  func() (*vectors.View, error)
	opened *vectors.View // nil until then
}

func (m *moods) close() {
	if m.opened != nil {
		_ = m.opened.Close()
	}
}

func openMoods(c *cli.Context, cat *catalog.Catalog) *moods {
	m := &moods{}
	m.facets = sync.OnceValues(func() (*facets.Table, error) {
		return facets.Open(c.Context, filepath.Join(cat.Dir(), "facets.bin"), cat, facets.Options{Log: logger(c)})
	})
	m.lines = sync.OnceValues(func() (*vectors.View, error) {
		v, err := openVectors(c, cat)
		m.opened = v
		return v, err
	})
	return m
}

// sayUnread tells that of some lines it is not known what they mean.
func sayUnread(c *cli.Context, v *vectors.View) {
	if episodes, lines := v.Missing(); lines > 0 {
		say(c, "what %d lines of %d episodes mean is not learnt yet, so they are in no mood; amvlib reindex learns it", lines, episodes)
	}
}

func (m *moods) with(c *cli.Context, s *search.Searcher) *search.Searcher {
	var told sync.Once
	lines := func(context.Context) (search.Meanings, error) {
		v, err := m.lines()
		if err == nil {
			told.Do(func() { sayUnread(c, v) })
		}
		return v, err
	}
	return s.WithMoods(search.Moods{
		Facets: func(context.Context) (search.Facets, error) { return m.facets() },
		Lines:  lines,
		Models: func() (mood.Models, error) { return meaning.Open() },
	})
}

// sayUnknown tells of shots that might have been found, were it known how they look.
func (s *shelf) sayUnknown(c *cli.Context, w mood.Wish) error {
	if len(w.Traits) == 0 {
		return nil
	}
	t, err := s.moods.facets()
	if err != nil {
		return inLibrary(err)
	}
	if n := search.Unknown(t, w); n > 0 {
		var names []string
		for _, trait := range w.Traits {
			names = append(names, trait.Name)
		}
		s.once(c, fmt.Sprintf("of %d more shots it is not known whether they are %s: films that were learnt by an older amvlib have no colours, and those without "+
			"sound are neither loud nor quiet; amvlib ingest --force learns the colours", n, strings.Join(names, ", ")))
	}
	return nil
}
