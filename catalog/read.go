package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// querier is what reads: the library as it is, or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// query runs row on each row.
func (c *Catalog) query(ctx context.Context, op, query string, args []any, row func(*sql.Rows) error) error {
	return trouble(ctx, op, c.dir, each(ctx, c.reader, query, args, row))
}

func each(ctx context.Context, q querier, query string, args []any, row func(*sql.Rows) error) (err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// snapshot runs read on the library as it is at one moment, whatever is written meanwhile.
func (c *Catalog) snapshot(ctx context.Context, op string, read func(*sql.Tx) error) error {
	tx, err := c.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return trouble(ctx, op, c.dir, err)
	}
	return trouble(ctx, op, c.dir, errors.Join(read(tx), tx.Rollback()))
}

const episodeColumns = `id, key, path, size, modified, source, season, number, version, grouped, info, rate_num, rate_den, variable,
	frames, duration, first_pts, v_shots, v_pictures, v_sound, v_text, shots, lines, generation, added`

func scanEpisode(rows *sql.Rows) (e Episode, err error) {
	var path, info []byte
	var modified, added int64
	n, v := &e.Name, &e.Versions
	err = rows.Scan(&e.ID, &e.Key, &path, &e.Size, &modified, &n.Source, &n.Season, &n.Number, &n.Version, &n.Group, &info,
		&e.Rate.Num, &e.Rate.Den, &e.Variable, &e.Frames, &e.Duration, &e.FirstPTS, &v.Shots, &v.Pictures, &v.Sound, &v.Text,
		&e.Shots, &e.Lines, &e.Generation, &added)
	if err != nil {
		return e, err
	}
	e.Path, e.Modified, e.Added = string(path), moment(modified), moment(added)
	if err := json.Unmarshal(info, &e.Info); err != nil {
		return e, fmt.Errorf("%w: what episode %d says of itself: %w", ErrCorrupt, e.ID, err)
	}
	return e, nil
}

func episodes(ctx context.Context, q querier, where string, args ...any) ([]Episode, error) {
	var all []Episode
	err := each(ctx, q, "SELECT "+episodeColumns+" FROM episode "+where, args, func(rows *sql.Rows) error {
		e, err := scanEpisode(rows)
		all = append(all, e)
		return err
	})
	return all, err
}

func episodeWhere(ctx context.Context, q querier, where string, arg any) (Episode, error) {
	found, err := episodes(ctx, q, "WHERE "+where, arg)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("an episode with %s %v was %w", where[:len(where)-len(" = ?")], arg, ErrNotFound)
	}
	if err != nil {
		return Episode{}, err
	}
	return found[0], nil
}

func noEpisode(id int64) error { return fmt.Errorf("an episode with id %d was %w", id, ErrNotFound) }

// Episodes lists every episode by source, season and number as text, then by ID.
func (c *Catalog) Episodes(ctx context.Context) ([]Episode, error) {
	all, err := episodes(ctx, c.reader, "ORDER BY source, season, number, id")
	return all, trouble(ctx, "list the episodes of library", c.dir, err)
}

// Episode is one episode. Errors: ErrNotFound.
func (c *Catalog) Episode(ctx context.Context, id int64) (Episode, error) {
	e, err := episodeWhere(ctx, c.reader, "id = ?", id)
	return e, trouble(ctx, "read library", c.dir, err)
}

// ByKey is the episode with that content. Errors: ErrNotFound.
func (c *Catalog) ByKey(ctx context.Context, key Key) (Episode, error) {
	e, err := episodeWhere(ctx, c.reader, "key = ?", string(key))
	return e, trouble(ctx, "read library", c.dir, err)
}

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

// Check reads the whole file and tells of damage as ErrCorrupt. It takes about a second for each GB.
func (c *Catalog) Check(ctx context.Context) error {
	const op = "check library"
	err := c.query(ctx, op, "PRAGMA integrity_check(1)", nil, func(rows *sql.Rows) error {
		var found string
		if err := rows.Scan(&found); err != nil || found == "ok" {
			return err
		}
		return fmt.Errorf("%w: %s", ErrCorrupt, found)
	})
	if err != nil {
		return err
	}
	return c.query(ctx, op, "PRAGMA foreign_key_check", nil, func(rows *sql.Rows) error {
		return fmt.Errorf("%w: something in it belongs to no episode", ErrCorrupt)
	})
}
