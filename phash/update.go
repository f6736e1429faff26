package phash

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"
)

// Create makes a table in dir anew, whatever is or was there, and opens it. The folder above dir has to be there. The rest is as with [Table.Update].
func Create(ctx context.Context, dir, mark string, sets iter.Seq2[Set, error]) (*Table, error) {
	t := &Table{dir: dir, indexFrom: indexFrom, state: &state{held: 1}}
	last, err := lastUpdate(dir)
	if err != nil {
		return nil, err
	}
	if err := t.update(ctx, t.state, mark, sets, span{1, last + 1}); err != nil {
		return nil, err
	}
	return t, nil
}

// Update puts sets into the table, each in the place of what it held of that set, all or nothing, and makes it remember mark, of
// at most 380 bytes. A set may come once. Only what changed is written, now and then with the latest updates together, so that there are
// never many files; the same updates always make the same files. One handle at a time may update a table: [ErrChanged] tells of
// another, as far as it can be told.
func (t *Table) Update(ctx context.Context, mark string, sets iter.Seq2[Set, error]) error {
	t.updating.Lock()
	defer t.updating.Unlock()
	s, err := t.hold()
	if err != nil {
		return err
	}
	defer t.release(s)
	last, err := lastUpdate(t.dir)
	if err != nil {
		return err
	}
	if last != s.last() {
		return ErrChanged
	}
	return t.update(ctx, s, mark, sets, span{last + 1, last + 1})
}

// update writes a segment for sets, to be named to, together with those of s that it is merged with, and shows it.
func (t *Table) update(ctx context.Context, s *state, mark string, sets iter.Seq2[Set, error], to span) error {
	if len(mark) > longestMark {
		return fmt.Errorf("mark of %d bytes, at most %d", len(mark), longestMark)
	}
	c, err := collect(ctx, sets)
	if err != nil {
		return err
	}
	c.first, c.last, c.mark = to.first, to.last, mark
	var kept []part
	if err := unfaulted(func() (err error) { kept, err = c.merge(ctx, s); return err }); err != nil {
		return err
	}
	added, err := t.add(ctx, c)
	if err != nil {
		return err
	}
	return t.show(kept, added)
}

var errTooMany = fmt.Errorf("more than %d hashes or %d sets", mostRows, mostSets)

// collect takes the sets that come and puts their rows in order.
func collect(ctx context.Context, sets iter.Seq2[Set, error]) (*content, error) {
	c, seen := &content{}, map[int64]uint32{}
	for s, err := range sets {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		if _, twice := seen[s.ID]; twice {
			return nil, fmt.Errorf("set %d comes twice", s.ID)
		}
		if len(c.rows)+len(s.Entries) > mostRows || len(seen) == mostSets {
			return nil, errTooMany
		}
		owner := uint32(len(seen))
		seen[s.ID] = owner
		c.sets = append(c.sets, s.ID)
		for _, e := range s.Entries {
			c.rows = append(c.rows, row{uint64(e.Hash), owner, e.Number})
		}
	}
	slices.Sort(c.sets)
	c.renumber(seen)
	return c, nil
}

// renumber replaces the order in which sets came by the one in which they are kept.
func (c *content) renumber(seen map[int64]uint32) {
	place := make([]uint32, len(c.sets))
	for i, id := range c.sets {
		place[seen[id]] = uint32(i)
	}
	for i := range c.rows {
		c.rows[i].owner = place[c.rows[i].owner]
	}
}

// add writes a segment and opens it. It has its name only when it is whole.
func (t *Table) add(ctx context.Context, c *content) (*segment, error) {
	// Where the folder above has vanished with what the hashes are of, nothing is to stand in its place when its disk comes back.
	if err := os.Mkdir(t.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	path := span{c.first, c.last}.path(t.dir)
	if err := writeSegment(ctx, path+unfinished, c, t.indexFrom); err != nil {
		return nil, err
	}
	if err := os.Rename(path+unfinished, path); err != nil {
		return nil, err
	}
	return openSegment(path)
}

// show makes what searches see from now on out of the old segments that are kept and the new one.
func (t *Table) show(kept []part, added *segment) error {
	segments := make([]*segment, 0, len(kept)+1)
	spans := make([]span, 0, len(kept)+1)
	for _, p := range kept {
		segments = append(segments, p.segment)
	}
	segments = append(segments, added)
	for _, s := range segments {
		spans = append(spans, span{s.first, s.last})
	}
	next, err := newState(segments)
	if err != nil {
		return errors.Join(err, added.unmap())
	}
	old := t.swap(next)
	if old == nil {
		return errors.Join(ErrClosed, added.unmap())
	}
	err = t.release(old)
	sweep(t.dir, spans)
	return err
}

// swap puts next in the place of the state that searches see, which it gives back; nil means that the table was closed.
func (t *Table) swap(next *state) *state {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.state
	if old != nil {
		next.hold()
		t.state = next
	}
	return old
}

// lastUpdate is the greatest number that a file of the folder holds, whether or not it can be read.
func lastUpdate(dir string) (uint64, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, err
	}
	last := uint64(0)
	for _, e := range entries {
		if s, ok := parseSpan(e.Name()); ok {
			last = max(last, s.last)
		}
	}
	return last, nil
}
