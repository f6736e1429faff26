package catalog

import (
	"context"
	"database/sql"
	"slices"
	"sync"
)

// episodeList is what Episodes gave last, and the state of the library that it is of. To read what thousands of containers say of themselves
// takes longer than a search may.
type episodeList struct {
	mu  sync.Mutex
	at  Mark
	all []Episode
}

// Episodes lists every episode by source, season and number (7 before 7.5 before 10 before "OVA 1"), then by ID. What Info of
// them refers to is not to be changed.
func (c *Catalog) Episodes(ctx context.Context) ([]Episode, error) {
	c.listed.mu.Lock()
	defer c.listed.mu.Unlock()
	err := c.snapshot(ctx, "list the episodes of library", func(tx *sql.Tx) error {
		now, err := latest(ctx, tx)
		if err != nil || now == c.listed.at && now.Token != "" {
			return err
		}
		all, err := episodes(ctx, tx, "ORDER BY id")
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, func(a, b Episode) int { return a.Name.compare(b.Name) })
		c.listed.at, c.listed.all = now, all
		return nil
	})
	if err != nil {
		return nil, err
	}
	return slices.Clone(c.listed.all), nil
}
