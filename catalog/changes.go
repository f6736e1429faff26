package catalog

import (
	"context"
	"database/sql"
	"fmt"
)

const generationQuery = "SELECT generation FROM library"

// Generation is that of the last change.
func (c *Catalog) Generation(ctx context.Context) (Generation, error) {
	var g Generation
	err := c.query(ctx, "read library", generationQuery, nil, func(rows *sql.Rows) error { return rows.Scan(&g) })
	return g, err
}

// Changes tells which episodes changed after since, each once, in the order of their last changes, and the mark up to which that is
// all. A reader that was never here before gives the zero Mark.
//
// Errors: ErrOtherHistory where since is no state that this catalog was in: an older copy of the library was put back, or it is too
// long ago. What was read then is worth nothing, and the zero Mark is to be given.
func (c *Catalog) Changes(ctx context.Context, since Mark) (upto Mark, changes []Change, err error) {
	err = c.snapshot(ctx, "read the changes of library", func(tx *sql.Tx) error {
		if upto, err = latest(ctx, tx); err != nil {
			return err
		}
		if err := lived(ctx, tx, since); err != nil {
			return err
		}
		// Who knows nothing yet needs not be told of what is gone.
		const query = "SELECT episode, gone FROM change WHERE generation > ?1 AND (?1 > 0 OR NOT gone) ORDER BY generation, episode"
		return each(ctx, tx, query, []any{int64(since.Generation)}, func(rows *sql.Rows) error {
			var ch Change
			err := rows.Scan(&ch.Episode, &ch.Gone)
			changes = append(changes, ch)
			return err
		})
	})
	return upto, changes, err
}

// latest is the state of a library now.
func latest(ctx context.Context, tx *sql.Tx) (m Mark, err error) {
	const query = "SELECT generation, coalesce((SELECT token FROM history WHERE generation = library.generation), '') FROM library"
	err = tx.QueryRowContext(ctx, query).Scan(&m.Generation, &m.Token)
	return m, err
}

// lived tells by its error that a library was never in state m.
func lived(ctx context.Context, q querier, m Mark) error {
	if m == (Mark{}) {
		return nil
	}
	found := false
	const query = "SELECT 1 FROM history WHERE generation = ? AND token = ?"
	err := each(ctx, q, query, []any{int64(m.Generation), m.Token}, func(*sql.Rows) error { found = true; return nil })
	if err == nil && !found {
		err = fmt.Errorf("%w (generation %d)", ErrOtherHistory, m.Generation)
	}
	return err
}
