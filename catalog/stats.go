package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"os"
)

// Stats counts what there is.
func (c *Catalog) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	const query = "SELECT count(*), ifnull(sum(shots), 0), ifnull(sum(lines), 0), ifnull(sum(duration), 0), ifnull(sum(size), 0) FROM episode"
	err := c.query(ctx, "count library", query, nil, func(rows *sql.Rows) error {
		return rows.Scan(&s.Episodes, &s.Shots, &s.Lines, &s.Duration, &s.Footage)
	})
	for _, part := range []string{c.file, c.file + "-wal"} {
		if info, err := os.Stat(part); err == nil { // a log that is not there is one that is folded in
			s.Bytes += info.Size()
		}
	}
	return s, err
}

// Check reads the whole file and tells of damage as ErrCorrupt. It takes about a second for each GB. What [Catalog.Mend] puts right
// is no damage.
func (c *Catalog) Check(ctx context.Context) error {
	return c.trouble(ctx, "check library", verify(ctx, c.reader))
}

// verify reads a whole file.
func verify(ctx context.Context, q querier) error {
	err := each(ctx, q, "PRAGMA integrity_check(1)", nil, func(rows *sql.Rows) error {
		var found string
		if err := rows.Scan(&found); err != nil || found == "ok" {
			return err
		}
		return fmt.Errorf("%w: %s", ErrCorrupt, found)
	})
	if err != nil {
		return err
	}
	// Places of files are learnt anew; Audit tells of those that hold nothing.
	const query = `SELECT "table" FROM pragma_foreign_key_check WHERE "table" <> 'file' LIMIT 1`
	return each(ctx, q, query, nil, func(*sql.Rows) error {
		return fmt.Errorf("%w: something in it belongs to no episode", ErrCorrupt)
	})
}
