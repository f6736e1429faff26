package catalog

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// state is what tells a library from other databases, and one version from another.
type state struct{ application, version, tables int }

const stateQuery = `SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
	(SELECT count(*) FROM sqlite_schema)`

func stateOf(ctx context.Context, row *sql.Row) (s state, err error) {
	err = row.Scan(&s.application, &s.version, &s.tables)
	return s, err
}

// fresh is a file that nothing was written to yet: new, or left by a process that was killed while making it.
func (s state) fresh() bool { return s == state{} }

// prepare brings the file to the schema of this amvlib, or says why it must not.
func (c *Catalog) prepare(ctx context.Context) error {
	s, err := c.state(ctx)
	switch {
	case err != nil:
		return err
	case s.fresh() && c.existing:
		return errNone
	case !s.fresh() && c.refuse(s) != nil:
		return c.refuse(s)
	case s.version < len(c.schema):
		return c.renew(ctx, s)
	case !c.readonly:
		return c.tryWriting(ctx)
	}
	return nil
}

// refuse tells why a file is no library that this amvlib may use.
func (c *Catalog) refuse(s state) error {
	switch {
	case s.application != applicationID:
		return fmt.Errorf("%w: %s belongs to another program", ErrNotLibrary, filepath.Base(c.file))
	case s.version > len(c.schema):
		return fmt.Errorf("%w (version %d; this one knows %d)", ErrNewer, s.version, len(c.schema))
	}
	return nil
}

// state reads without making a file.
func (c *Catalog) state(ctx context.Context) (state, error) {
	if _, err := os.Stat(c.file); errors.Is(err, fs.ErrNotExist) {
		return state{}, nil
	}
	return stateOf(ctx, c.reader.QueryRowContext(ctx, stateQuery))
}

// tryWriting finds out now, not after an hour's work, that a library cannot be written. That somebody else is writing is fine. To
// begin is no proof: SQLite makes a transaction for reading of one that could only read.
func (c *Catalog) tryWriting(ctx context.Context) error {
	tx, err := c.writer.BeginTx(ctx, nil)
	if isBusy(err) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE library SET generation = generation")
	return errors.Join(err, tx.Rollback())
}

// renew makes the tables, or brings older ones up to date, keeping a copy of them. A reader does it too: it could read nothing
// otherwise. The copy comes first and outside the transaction, for SQLite makes none inside.
func (c *Catalog) renew(ctx context.Context, was state) error {
	if was.fresh() {
		// Both are laid down in the file before its first table, and neither works inside a transaction.
		for _, pragma := range []string{fmt.Sprintf("PRAGMA page_size = %d", pageSize), "PRAGMA journal_mode = WAL"} {
			if _, err := c.writer.ExecContext(ctx, pragma); err != nil {
				return err
			}
		}
	} else if err := c.keepCopy(ctx, was.version); err != nil {
		return err
	}
	return c.migrate(ctx)
}

// keepCopy writes the library as it is to catalog-vN.db. It comes to its name whole or not at all.
func (c *Catalog) keepCopy(ctx context.Context, version int) error {
	name := fmt.Sprintf("%s-v%d.db", c.file[:len(c.file)-len(".db")], version)
	part := fmt.Sprintf("%s.%s.part", name, rand.Text())
	if _, err := c.writer.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	if err := os.Rename(part, name); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	c.log.InfoContext(ctx, "bringing the library up to date", "copy", name)
	return nil
}

// migrate runs what is missing in one transaction: a library is of one version or of another, never between.
func (c *Catalog) migrate(ctx context.Context) error {
	tx, err := c.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	defer c.hang()()
	now, err := stateOf(ctx, tx.QueryRowContext(ctx, stateQuery))
	if err != nil {
		return err
	}
	for v := now.version; v < len(c.schema); v++ { // another process may have been quicker
		if _, err := tx.ExecContext(ctx, c.schema[v]); err != nil {
			return fmt.Errorf("bring it to version %d: %w", v+1, err)
		}
	}
	if err := sign(ctx, tx, now.fresh(), max(now.version, len(c.schema))); err != nil {
		return err
	}
	return tx.Commit()
}

// sign marks the file as a library of a version, and a new one as itself.
func sign(ctx context.Context, tx *sql.Tx, fresh bool, version int) error {
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)
	if _, err := tx.ExecContext(ctx, marks); err != nil {
		return err
	}
	if !fresh {
		return nil
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO library (one, id, generation) VALUES (1, ?, 0)", rand.Text())
	return err
}
