package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
)

// index compares the index with the catalog. To open it brings it up to date, which is no repair: every search does it.
func (k *checkup) index() error {
	dir := filepath.Join(k.dir, "index")
	ix, err := openIndex(k.Context, k.cat)
	if err != nil {
		return k.unopened(err)
	}
	defer ix.Close()
	if why := ix.Stale(); errors.Is(why, index.ErrBusy) {
		return k.tell(remark{State: isNote, Kind: "index-busy", Text: "the index was not looked at: another amvlib is bringing it up to date"})
	} else if why != nil {
		f := remark{Kind: "index-stale", Path: dir, Text: fmt.Sprintf("the index lacks the newest episodes: %v", why)}
		return k.problem(f, "amvlib reindex, when the cause is mended")
	}
	if err := k.snapshots(ix, dir); err != nil {
		return err
	}
	f, ok, err := k.compared(ix)
	if err != nil || ok {
		return err
	}
	rebuild := func() error { return ix.Rebuild(k.Context.Context) }
	if err := k.fixable(f, "it was made anew", rebuild); err != nil || !k.repair {
		return err
	}
	if f, ok, err = k.compared(ix); err != nil || ok {
		return err
	}
	return k.problem(f, "the index was made anew and is still so: please report it")
}

func (k *checkup) unopened(err error) error {
	if ctxErr := k.Context.Context.Err(); ctxErr != nil {
		return ctxErr
	}
	f := remark{Kind: "index-unopened", Text: fmt.Sprintf("the index cannot be opened: %v", err)}
	return k.problem(f, "make room or see to the rights of its folder, then amvlib reindex")
}

// snapshots tells of old states that nobody removed, for whoever should have was stopped between two steps: no harm, but some room.
func (k *checkup) snapshots(ix *index.Index, dir string) error {
	names, err := oldSnapshots(dir)
	if err != nil || len(names) == 0 {
		return err
	}
	f := remark{Kind: "index-leftover", Path: dir, Text: fmt.Sprintf("old states of the index in %s: %s", dir, strings.Join(names, ", "))}
	if !k.repair {
		f.State, f.Todo = isNote, "the next change of the index removes them, and so does amvlib check --repair"
		return k.tell(f)
	}
	return k.fixable(f, "they were removed", func() error { return ix.Rebuild(k.Context.Context) })
}

// compared tells how the index differs from the catalog, line by line, if it does.
func (k *checkup) compared(ix *index.Index) (f remark, ok bool, err error) {
	flaws, err := ix.Compare(k.Context.Context)
	switch {
	case k.Context.Context.Err() != nil:
		return f, false, k.Context.Context.Err()
	case libraryTrouble(err):
		return f, false, err
	case err != nil:
		return remark{Kind: "index-damaged", Text: fmt.Sprintf("the index cannot be read: %v", err)}, false, nil
	case len(flaws) == 0:
		return f, true, nil
	}
	f = remark{Kind: "index-differs"}
	var all index.Flaw
	for _, flaw := range flaws {
		f.Episodes = append(f.Episodes, flaw.Episode)
		all.Lost, all.Stray, all.Wrong = all.Lost+flaw.Lost, all.Stray+flaw.Stray, all.Wrong+flaw.Wrong
	}
	f.Text = fmt.Sprintf("the index is not what the catalog says of %d episodes, such as %s: it lacks %d lines, has %d too many and %d wrong",
		len(flaws), k.called(flaws[0].Episode), all.Lost, all.Stray, all.Wrong)
	return f, false, nil
}

// called names an episode, or one that is no more.
func (k *checkup) called(id int64) string {
	e, err := k.cat.Episode(k.Context.Context, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return fmt.Sprintf("episode %d, which was forgotten", id)
	}
	return episodeName(&e)
}
