package catalog

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/amvlib/amvlib/phash"
)

// Effective is an episode's shots as they stand, in order, without their pictures (Thumb is nil; see [Catalog.Thumb]). What the
// user says of shots is laid over the machine's here and in [Catalog.Shot] and nowhere else, so that no reader can miss it.
//
// Errors: ErrNotFound where there is no such episode.
func (c *Catalog) Effective(ctx context.Context, episode int64) ([]Shot, error) {
	var shots []Shot
	err := c.snapshot(ctx, "read the shots of library", func(tx *sql.Tx) (err error) {
		if shots, err = machineShots(ctx, tx, "", episode); err == nil && len(shots) == 0 {
			err = known(ctx, tx, episode)
		}
		return err
	})
	return shots, err
}

// Shot is one shot of those that [Catalog.Effective] gives, by its number from 1 on. Errors: ErrNotFound.
func (c *Catalog) Shot(ctx context.Context, episode int64, number int) (Shot, error) {
	const op = "read a shot of library"
	found, err := machineShots(ctx, c.reader, " AND number = ?", episode, number)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("shot %d of episode %d was %w", number, episode, ErrNotFound)
	}
	if err != nil {
		return Shot{}, trouble(ctx, op, c.dir, err)
	}
	return found[0], nil
}

// Thumb is the picture of a shot, a JPEG. Errors: ErrNotFound.
func (c *Catalog) Thumb(ctx context.Context, episode int64, number int) ([]byte, error) {
	var jpeg []byte
	const query = "SELECT jpeg FROM thumb WHERE episode = ? AND number = ?"
	err := each(ctx, c.reader, query, []any{episode, number}, func(rows *sql.Rows) error { return rows.Scan(&jpeg) })
	if err == nil && len(jpeg) == 0 {
		err = fmt.Errorf("the picture of shot %d of episode %d was %w", number, episode, ErrNotFound)
	}
	return jpeg, trouble(ctx, "read a picture of library", c.dir, err)
}

// machineShots are the shots as analysis found them.
func machineShots(ctx context.Context, q querier, and string, args ...any) ([]Shot, error) {
	var shots []Shot
	query := `SELECT episode, number, span_in, span_out, clean_in, clean_out, enters, leaves, starts, ends, keyframe, key_time, hash,
		look, loudness FROM shot WHERE episode = ?` + and + " ORDER BY number"
	err := each(ctx, q, query, args, func(rows *sql.Rows) error {
		s, err := scanShot(rows)
		shots = append(shots, s)
		return err
	})
	return shots, err
}

func scanShot(rows *sql.Rows) (s Shot, err error) {
	var hash int64
	var look sql.RawBytes
	err = rows.Scan(&s.Episode, &s.Number, &s.Span.In, &s.Span.Out, &s.Clean.In, &s.Clean.Out, &s.In, &s.Out, &s.Range.Start,
		&s.Range.End, &s.Keyframe, &s.KeyTime, &hash, &look, &s.Loudness)
	if err != nil {
		return s, err
	}
	s.Hash = phash.Hash(hash)
	s.Variance, s.Features, err = parseLook(look)
	return s, err
}

// known tells of an episode that is not there.
func known(ctx context.Context, q querier, episode int64) error {
	found := false
	err := each(ctx, q, "SELECT 1 FROM episode WHERE id = ?", []any{episode}, func(*sql.Rows) error { found = true; return nil })
	if err == nil && !found {
		err = noEpisode(episode)
	}
	return err
}
