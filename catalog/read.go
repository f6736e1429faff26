package catalog

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// querier is what reads: the library as it is, or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// query runs row on each row.
func (c *Catalog) query(ctx context.Context, op, query string, args []any, row func(*sql.Rows) error) error {
	return c.trouble(ctx, op, each(ctx, c.reader, query, args, row))
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
		return c.trouble(ctx, op, err)
	}
	return c.trouble(ctx, op, errors.Join(read(tx), tx.Rollback()))
}

const episodeColumns = `id, key, path, size, modified, source, season, number, version, grouped, info, rate_num, rate_den, variable,
	frames, duration, first_pts, v_shots, v_pictures, v_sound, v_text, v_flags, shots, lines, generation, added`

func scanEpisode(rows *sql.Rows) (e Episode, err error) {
	var path, info []byte
	var modified, added int64
	n, v := &e.Name, &e.Versions
	err = rows.Scan(&e.ID, &e.Key, &path, &e.Size, &modified, &n.Source, &n.Season, &n.Number, &n.Version, &n.Group, &info,
		&e.Rate.Num, &e.Rate.Den, &e.Variable, &e.Frames, &e.Duration, &e.FirstPTS, &v.Shots, &v.Pictures, &v.Sound, &v.Text, &v.Flags,
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
	if err == nil {
		err = rename(ctx, q, all)
	}
	return all, err
}

// rename lays the names that the user gave over those that files have.
func rename(ctx context.Context, q querier, all []Episode) error {
	said, err := spoken(ctx, q, "WHERE NOT undone AND verb = ? ORDER BY id", string(Rename))
	if err != nil || len(said) == 0 {
		return err
	}
	of := map[Key][]Word{}
	for _, w := range said {
		of[w.Key] = append(of[w.Key], w)
	}
	for i := range all {
		all[i].Name = renamed(all[i].Name, of[all[i].Key])
	}
	return nil
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

// compare orders names as people count.
func (n Name) compare(o Name) int {
	return cmp.Or(cmp.Compare(n.Source, o.Source), cmp.Compare(n.Season, o.Season), cmp.Compare(count(n.Number), count(o.Number)),
		cmp.Compare(n.Number, o.Number))
}

// count is a number's place; what is none comes after all that are.
func count(number string) float64 {
	if n, err := strconv.ParseFloat(number, 64); err == nil && !math.IsNaN(n) {
		return n
	}
	return math.Inf(1)
}

// Episode is one episode. Errors: ErrNotFound.
func (c *Catalog) Episode(ctx context.Context, id int64) (Episode, error) {
	e, err := episodeWhere(ctx, c.reader, "id = ?", id)
	return e, c.trouble(ctx, "read library", err)
}

// ByKey is the episode with that content. Errors: ErrNotFound.
func (c *Catalog) ByKey(ctx context.Context, key Key) (Episode, error) {
	e, err := episodeWhere(ctx, c.reader, "key = ?", string(key))
	return e, c.trouble(ctx, "read library", err)
}
