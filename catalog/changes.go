package catalog

import (
	"context"
	"database/sql"
)

const generationQuery = "SELECT generation FROM library"

// Generation is that of the last change.
func (c *Catalog) Generation(ctx context.Context) (Generation, error) {
	var g Generation
	err := c.query(ctx, "read library", generationQuery, nil, func(rows *sql.Rows) error { return rows.Scan(&g) })
	return g, err
}

// Changes tells which episodes changed after since, each once, in the order of their last changes, and the generation up to which
// that is all. A reader that was never here before gives 0. When upto is less than since, an older copy of the library was put back:
// what was read is worth nothing, and 0 is to be given.
func (c *Catalog) Changes(ctx context.Context, since Generation) (upto Generation, changes []Change, err error) {
	err = c.snapshot(ctx, "read the changes of library", func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, generationQuery).Scan(&upto); err != nil {
			return err
		}
		// Who knows nothing yet needs not be told of what is gone.
		const query = "SELECT episode, gone FROM change WHERE generation > ?1 AND (?1 > 0 OR NOT gone) ORDER BY generation, episode"
		return each(ctx, tx, query, []any{int64(since)}, func(rows *sql.Rows) error {
			var ch Change
			err := rows.Scan(&ch.Episode, &ch.Gone)
			changes = append(changes, ch)
			return err
		})
	})
	return upto, changes, err
}
