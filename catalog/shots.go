package catalog

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/amvlib/amvlib/phash"
)

// Effective is an episode's shots as they stand, in order, without their pictures (Thumb is nil; see [Catalog.Thumb]). What the
// user says of boundaries ([Catalog.Split], [Catalog.Merge]) is laid over the machine's here, and in all else of this package that
// numbers shots but [Catalog.Analysis], so that no reader can miss it.
//
// Errors: ErrNotFound where there is no such episode.
func (c *Catalog) Effective(ctx context.Context, episode int64) ([]Shot, error) {
	var shots []Shot
	err := c.snapshot(ctx, "read the shots of library", func(tx *sql.Tx) error {
		s, err := standingIfCut(ctx, tx, episode)
		if err == nil && s != nil {
			shots = s.shots()
			return nil
		}
		if err == nil {
			shots, err = machineShots(ctx, tx, "", episode)
		}
		if err == nil && len(shots) == 0 {
			err = known(ctx, tx, episode)
		}
		return err
	})
	return shots, err
}

// Shot is one shot of those that [Catalog.Effective] gives, by its number from 1 on. Errors: ErrNotFound.
func (c *Catalog) Shot(ctx context.Context, episode int64, number int) (Shot, error) {
	var found []Shot
	err := c.snapshot(ctx, "read a shot of library", func(tx *sql.Tx) error {
		s, err := standingIfCut(ctx, tx, episode)
		switch {
		case err != nil:
			return err
		case s == nil:
			found, err = machineShots(ctx, tx, " AND number = ?", episode, number)
		case number > 0 && number <= len(s.all)+1:
			one, _ := s.portray(s.tiles()[number-1])
			found = []Shot{{Shot: one, Episode: episode, Number: number}}
		}
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("shot %d of episode %d was %w", number, episode, ErrNotFound)
		}
		return err
	})
	if err != nil {
		return Shot{}, err
	}
	return found[0], nil
}

// Thumb is the picture of a shot, a JPEG. Of a shot that the user cut it may be a small one, or none: see [Catalog.Split].
// Errors: ErrNotFound.
func (c *Catalog) Thumb(ctx context.Context, episode int64, number int) ([]byte, error) {
	var jpeg []byte
	err := c.snapshot(ctx, "read a picture of library", func(tx *sql.Tx) error {
		query, arg, err := thumbQuery(ctx, tx, episode, number)
		if err == nil {
			err = each(ctx, tx, query, []any{episode, arg}, func(rows *sql.Rows) error { return rows.Scan(&jpeg) })
		}
		if err == nil && len(jpeg) == 0 {
			err = fmt.Errorf("the picture of shot %d of episode %d was %w", number, episode, ErrNotFound)
		}
		return err
	})
	return jpeg, err
}

// thumbQuery finds the picture of a shot by the episode and arg.
func thumbQuery(ctx context.Context, tx *sql.Tx, episode int64, number int) (query string, arg int64, err error) {
	query = "SELECT jpeg FROM thumb WHERE episode = ? AND number = ?"
	s, err := standingIfCut(ctx, tx, episode)
	if err != nil || s == nil {
		return query, int64(number), err
	}
	if number < 1 || number > len(s.all)+1 {
		return query, 0, nil
	}
	_, of := s.portray(s.tiles()[number-1])
	if of.shot == 0 {
		return "SELECT jpeg FROM still WHERE episode = ? AND frame = ?", of.still, nil
	}
	return query, int64(of.shot), nil
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
