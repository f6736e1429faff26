package facets

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/amvlib/amvlib/catalog"
)

// CatchUp takes in what the catalog has learnt since. Open has done it; who keeps a table for long calls it before asking. It costs one
// query to the catalog when there is nothing new. Errors: those of the catalog and of ctx, and then the table is as it was.
func (t *Table) CatchUp(ctx context.Context) error {
	t.catching.Lock()
	defer t.catching.Unlock()
	was := t.now()
	upto, changes, err := t.cat.Changes(ctx, was.mark)
	if errors.Is(err, catalog.ErrOtherHistory) {
		was = state{}
		upto, changes, err = t.cat.Changes(ctx, catalog.Mark{})
	}
	if err != nil {
		return fmt.Errorf("ask the catalog for changes: %w", err)
	}
	if upto == was.mark {
		return nil
	}
	next := state{mark: upto, episodes: map[int64][]byte{}}
	maps.Copy(next.episodes, was.episodes)
	for _, c := range changes {
		if err := t.take(ctx, next.episodes, c); err != nil {
			return err
		}
	}
	next.sort()
	t.mu.Lock()
	t.state = next
	t.mu.Unlock()
	if err := t.write(next); err != nil {
		t.log.WarnContext(ctx, "the facets of the shots are not kept; they will be read again", "file", t.path, "err", err)
	}
	return nil
}

// take reads an episode as it is now; one that is gone has no shots.
func (t *Table) take(ctx context.Context, episodes map[int64][]byte, c catalog.Change) error {
	delete(episodes, c.Episode)
	if c.Gone {
		return nil
	}
	shots, err := t.cat.Effective(ctx, c.Episode)
	if errors.Is(err, catalog.ErrNotFound) { // forgotten since
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the shots of episode %d: %w", c.Episode, err)
	}
	if len(shots) > 0 {
		episodes[c.Episode] = pack(shots)
	}
	return nil
}
