package hashes

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/phash"
)

// CatchUp takes in what the catalog has learnt since. Open has done it; who keeps a view open for long calls it before asking. It costs
// one query to the catalog when there is nothing new.
func (v *View) CatchUp(ctx context.Context) error {
	v.catching.Lock()
	defer v.catching.Unlock()
	n, err := v.look(ctx)
	if err != nil {
		return err
	}
	if n.none() {
		v.flag(nil)
		return nil
	}
	return v.advance(ctx)
}

// Rebuild makes the table anew from the catalog, whatever state it is in.
func (v *View) Rebuild(ctx context.Context) error {
	v.catching.Lock()
	defer v.catching.Unlock()
	if v.options.ReadOnly {
		return v.makeDo(errReadOnly)
	}
	return v.locked(ctx, func() error { return v.create(ctx) })
}

// news is what the catalog has that the table lacks.
type news struct {
	since, upto catalog.Mark
	changes     []catalog.Change
	anew        bool // what the table has is worth nothing
}

func (n news) none() bool { return !n.anew && n.since == n.upto }

// look opens the newest table on the disk and asks the catalog what is new since.
func (v *View) look(ctx context.Context) (n news, err error) {
	t, err := phash.Open(v.dir)
	if err != nil {
		v.log.Warn("the table of hashes is damaged and will be made anew", "dir", v.dir, "err", err)
		n.anew = true
	} else if err := v.swap(t); err != nil {
		return n, err
	}
	if !n.anew {
		var known bool
		n.since, known = parseMark(t.Mark(), v.cat.ID())
		n.anew = !known
	}
	n.upto, n.changes, err = v.cat.Changes(ctx, n.since)
	if errors.Is(err, catalog.ErrOtherHistory) {
		n.anew, n.since = true, catalog.Mark{}
		n.upto, n.changes, err = v.cat.Changes(ctx, catalog.Mark{})
	}
	if err != nil {
		return n, unread{fmt.Errorf("ask the catalog for changes: %w", err)}
	}
	return n, nil
}

// unread is trouble with the catalog, not with the table.
type unread struct{ error }

func (u unread) Unwrap() error { return u.error }

// advance updates the table, unless another process is at it or this one may not.
func (v *View) advance(ctx context.Context) error {
	if v.options.ReadOnly {
		return v.makeDo(errReadOnly)
	}
	err := v.locked(ctx, func() error { return v.update(ctx) })
	for _, elsewhere := range []func() error{v.toCache, v.toTemporary} {
		if err == nil || ctx.Err() != nil || errors.Is(err, ErrBusy) || errors.As(err, new(unread)) {
			break
		}
		v.log.Info("the table of hashes goes elsewhere", "instead", v.dir, "err", err)
		if moved := elsewhere(); moved == nil {
			err = v.locked(ctx, func() error { return v.update(ctx) })
		}
	}
	if err != nil {
		return v.makeDo(err)
	}
	v.flag(nil)
	return nil
}

// makeDo answers from the table there is; without one, why stands in the way.
func (v *View) makeDo(why error) error {
	if v.Len() == 0 && errors.Is(why, errReadOnly) {
		return fmt.Errorf("%s: %w", v.dir, ErrNoTable)
	}
	if v.Len() == 0 || errors.As(why, new(unread)) || errors.Is(why, context.Canceled) {
		return fmt.Errorf("%s: %w", v.dir, why)
	}
	v.flag(why)
	return nil
}

// update brings the table up to date; the lock must be held. Another process may have done it meanwhile.
func (v *View) update(ctx context.Context) error {
	n, err := v.look(ctx)
	if err != nil || n.none() {
		return err
	}
	started := time.Now()
	if n.anew {
		err = v.make(ctx, n)
	} else {
		err = v.table.Update(ctx, markOf(v.cat.ID(), n.upto), v.sets(ctx, n.changes))
		if errors.Is(err, phash.ErrDamaged) || errors.Is(err, phash.ErrChanged) {
			err = v.create(ctx)
		}
	}
	if err == nil {
		v.log.Info("the table of hashes caught up", "episodes", len(n.changes), "hashes", v.Len(), "took", time.Since(started).Round(time.Millisecond))
	}
	return err
}

// create makes the table anew from all of the catalog.
func (v *View) create(ctx context.Context) error {
	n := news{anew: true}
	var err error
	if n.upto, n.changes, err = v.cat.Changes(ctx, catalog.Mark{}); err != nil {
		return unread{err}
	}
	return v.make(ctx, n)
}

func (v *View) make(ctx context.Context, n news) error {
	t, err := phash.Create(ctx, v.dir, markOf(v.cat.ID(), n.upto), v.sets(ctx, n.changes))
	if err != nil {
		return err
	}
	return v.swap(t)
}

// sets reads the episodes that changed.
func (v *View) sets(ctx context.Context, changes []catalog.Change) iter.Seq2[phash.Set, error] {
	return func(yield func(phash.Set, error) bool) {
		for _, c := range changes {
			set, err := v.set(ctx, c)
			if !yield(set, err) || err != nil {
				return
			}
		}
	}
}

// set is an episode as it is now; of one that is gone nothing, and so of one that was forgotten since it was named.
func (v *View) set(ctx context.Context, c catalog.Change) (phash.Set, error) {
	set := phash.Set{ID: c.Episode}
	if c.Gone {
		return set, nil
	}
	q, err := v.cat.Sequence(ctx, c.Episode)
	if errors.Is(err, catalog.ErrNotFound) {
		return set, nil
	}
	if err != nil {
		return set, unread{err}
	}
	set.Entries = entries(q)
	return set, nil
}
