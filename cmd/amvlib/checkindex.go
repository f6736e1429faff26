package main

import (
	"errors"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
)

// index compares the index with the catalog. To open it brings it up to date, which is no repair: every search does it.
func (k *checkup) index() error {
	dir := filepath.Join(k.dir, "index")
	ix, err := index.Open(k.Context.Context, dir, k.cat, index.Options{Log: logger(k.Context)})
	if err != nil {
		return k.unopened(err)
	}
	defer ix.Close()
	if why := ix.Stale(); why != nil {
		k.problem("amvlib reindex, when the cause is mended", "the index lacks the newest episodes: %v", why)
		return nil
	}
	if err := k.snapshots(ix, dir); err != nil {
		return err
	}
	lost, err := k.unfound(ix)
	if err != nil || len(lost) == 0 {
		return err
	}
	return k.reindexed(ix, lost)
}

func (k *checkup) unopened(err error) error {
	if ctxErr := k.Context.Context.Err(); ctxErr != nil {
		return ctxErr
	}
	k.problem("make room or see to the rights of its folder, then amvlib reindex", "the index cannot be opened: %v", err)
	return nil
}

func (k *checkup) snapshots(ix *index.Index, dir string) error {
	names, err := oldSnapshots(dir)
	if err != nil || len(names) == 0 {
		return err
	}
	rebuild := func() error { return ix.Rebuild(k.Context.Context) }
	return k.fixable(rebuild, "old states of the index in %s: %s", dir, strings.Join(names, ", "))
}

// reindexed makes the index anew and sees whether that was all.
func (k *checkup) reindexed(ix *index.Index, lost []*catalog.Episode) error {
	rebuild := func() error { return ix.Rebuild(k.Context.Context) }
	if err := k.fixable(rebuild, "the index does not find the lines of %d episodes, such as %s", len(lost), episodeName(lost[0])); err != nil {
		return err
	}
	if !k.repair {
		return nil
	}
	lost, err := k.unfound(ix)
	for _, e := range lost {
		k.problem("please report it", "episode %d, %s: the index made anew does not find its lines", e.ID, episodeName(e))
	}
	return err
}

// unfound are the episodes whose lines the index does not find. It asks for one line of each.
func (k *checkup) unfound(ix *index.Index) (lost []*catalog.Episode, err error) {
	for i := range k.episodes {
		e := &k.episodes[i]
		lines, err := k.cat.Lines(k.Context.Context, e.ID)
		if errors.Is(err, catalog.ErrNotFound) {
			continue // forgotten meanwhile
		}
		if err != nil {
			return nil, err
		}
		found, err := k.finds(ix, e.ID, lines)
		if err != nil {
			return nil, err
		}
		if !found {
			lost = append(lost, e)
		}
	}
	return lost, nil
}

// probes is how many lines of an episode are asked for before it counts as not found: one may be nothing but words that say nothing.
const probes = 8

// finds looks for a line with letters in it. Where there is none, there is nothing to find.
func (k *checkup) finds(ix *index.Index, episode int64, lines []catalog.Line) (bool, error) {
	asked := 0
	for _, l := range lines {
		q := index.Query{Words: probe(l.Text), Any: true, Episodes: []int64{episode}, Limit: 1}
		if len(q.Words) == 0 {
			continue
		}
		found, err := ix.Find(k.Context.Context, q)
		if errors.Is(err, index.ErrNothingAsked) {
			continue
		}
		if asked++; err != nil || len(found) > 0 || asked == probes {
			return len(found) > 0, err
		}
	}
	return asked == 0, nil
}

// probe is some words of a line, few and short enough for a query.
func probe(text string) (words []string) {
	for w := range strings.FieldsSeq(text) {
		if len(w) <= 100 && len(words) < 8 && strings.ContainsFunc(w, unicode.IsLetter) {
			words = append(words, w)
		}
	}
	return words
}
