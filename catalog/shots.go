package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

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
		switch {
		case err != nil:
			return err
		case s != nil:
			shots, err = s.shots(ctx, tx)
			return err
		}
		shots, err = machineShots(ctx, tx, "", episode)
		if err == nil && len(shots) == 0 {
			err = known(ctx, tx, episode)
		}
		return err
	})
	return shots, err
}

// Shot is one shot of those that [Catalog.Effective] gives, by its number from 1 on. Errors: ErrNotFound.
func (c *Catalog) Shot(ctx context.Context, episode int64, number int) (Shot, error) {
	var one Shot
	err := c.snapshot(ctx, "read a shot of library", func(tx *sql.Tx) (err error) {
		one, _, err = oneShot(ctx, tx, episode, number)
		return err
	})
	return one, err
}

// ShotsByName is the shots of these names, as [Catalog.Shot] gives them, in the order in which they are asked for. Those that are gone are
// left out.
func (c *Catalog) ShotsByName(ctx context.Context, names []ShotName) ([]Shot, error) {
	if len(names) == 0 {
		return nil, nil
	}
	found := make(map[ShotName]Shot, len(names))
	err := c.snapshot(ctx, "read shots of library", func(tx *sql.Tx) error {
		cut, err := cutByHand(ctx, tx, episodesOf(names)...)
		if err != nil {
			return err
		}
		if err := namedShots(ctx, tx, names, found); err != nil {
			return err
		}
		for _, episode := range cut {
			if err := cutShots(ctx, tx, episode, names, found); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	all := make([]Shot, 0, len(names))
	for _, n := range names {
		if s, ok := found[n]; ok {
			all = append(all, s)
		}
	}
	return all, nil
}

func episodesOf(names []ShotName) []int64 {
	var all []int64
	for _, n := range names {
		all = append(all, n.Episode)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// namedShots adds the machine's.
func namedShots(ctx context.Context, tx *sql.Tx, names []ShotName, found map[ShotName]Shot) error {
	asked, err := json.Marshal(names)
	if err != nil {
		return err
	}
	const query = "SELECT " + shotColumns + ` FROM json_each(?) j
		JOIN shot ON episode = j.value ->> '$.Episode' AND number = j.value ->> '$.Number'`
	return each(ctx, tx, query, []any{string(asked)}, func(rows *sql.Rows) error {
		s, err := scanShot(rows)
		found[ShotName{s.Episode, s.Number}] = s
		return err
	})
}

// cutShots puts the shots of an episode that the user cut in place of the machine's.
func cutShots(ctx context.Context, tx *sql.Tx, episode int64, names []ShotName, found map[ShotName]Shot) error {
	s, err := standingIfCut(ctx, tx, episode)
	if err != nil || s == nil {
		return err
	}
	shots, err := s.shots(ctx, tx)
	for _, n := range names {
		if n.Episode != episode {
			continue
		}
		delete(found, n)
		if n.Number >= 1 && n.Number <= len(shots) {
			found[n] = shots[n.Number-1]
		}
	}
	return err
}

// oneShot tells also where the shot's picture is.
func oneShot(ctx context.Context, tx *sql.Tx, episode int64, number int) (one Shot, of likeness, err error) {
	s, err := standingIfCut(ctx, tx, episode)
	if err != nil {
		return one, of, err
	}
	found := false
	if s != nil {
		one, of, found, err = s.shot(ctx, tx, number)
	} else {
		var all []Shot
		if all, err = machineShots(ctx, tx, " AND number = ?", episode, number); len(all) > 0 {
			one, of, found = all[0], likeness{shot: number}, true
		}
	}
	if err == nil && !found {
		err = fmt.Errorf("shot %d of episode %d was %w", number, episode, ErrNotFound)
	}
	return one, of, err
}

// Thumb is the picture of a shot, a JPEG. Of a shot that the user cut it may be a small one, or none: see [Catalog.Split].
// Errors: ErrNotFound.
func (c *Catalog) Thumb(ctx context.Context, episode int64, number int) ([]byte, error) {
	var jpeg []byte
	err := c.snapshot(ctx, "read a picture of library", func(tx *sql.Tx) error {
		_, of, err := oneShot(ctx, tx, episode, number)
		if err != nil {
			return err
		}
		query, arg := "SELECT jpeg FROM thumb WHERE episode = ? AND number = ?", int64(of.shot)
		if of.shot == 0 {
			query, arg = "SELECT jpeg FROM still WHERE episode = ? AND frame = ?", of.still
		}
		err = each(ctx, tx, query, []any{episode, arg}, func(rows *sql.Rows) error { return rows.Scan(&jpeg) })
		if err == nil && len(jpeg) == 0 {
			err = fmt.Errorf("the picture of shot %d of episode %d was %w", number, episode, ErrNotFound)
		}
		return err
	})
	return jpeg, err
}

const shotColumns = `episode, number, span_in, span_out, clean_in, clean_out, enters, leaves, starts, ends, keyframe, key_time, hash,
	look, loudness, palette, flags`

// machineShots are the shots as analysis found them.
func machineShots(ctx context.Context, q querier, and string, args ...any) ([]Shot, error) {
	var shots []Shot
	query := "SELECT " + shotColumns + " FROM shot WHERE episode = ?" + and + " ORDER BY number"
	err := each(ctx, q, query, args, func(rows *sql.Rows) error {
		s, err := scanShot(rows)
		shots = append(shots, s)
		return err
	})
	return shots, err
}

func scanShot(rows *sql.Rows) (s Shot, err error) {
	var hash int64
	var look, palette sql.RawBytes
	err = rows.Scan(&s.Episode, &s.Number, &s.Span.In, &s.Span.Out, &s.Clean.In, &s.Clean.Out, &s.In, &s.Out, &s.Range.Start,
		&s.Range.End, &s.Keyframe, &s.KeyTime, &hash, &look, &s.Loudness, &palette, &s.Flags)
	if err != nil {
		return s, err
	}
	s.Hash = phash.Hash(hash)
	if s.Palette, err = parsePalette(palette); err != nil {
		return s, err
	}
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
