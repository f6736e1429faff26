package catalog

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/amvlib/amvlib/analysis"
)

// Lines is every line of an episode by when it starts. Errors: ErrNotFound where there is no such episode.
func (c *Catalog) Lines(ctx context.Context, episode int64) ([]Line, error) {
	var lines []Line
	err := c.snapshot(ctx, "read the lines of library", func(tx *sql.Tx) error {
		err := eachLine(ctx, tx, "WHERE episode = ? ORDER BY starts, id", []any{episode}, collect(&lines))
		if err == nil && len(lines) == 0 {
			err = known(ctx, tx, episode)
		}
		if err == nil {
			err = placed(ctx, tx, lines)
		}
		return err
	})
	return lines, err
}

// LinesByID is the lines with these IDs, in the order in which they are asked for. Those that are gone are left out.
func (c *Catalog) LinesByID(ctx context.Context, ids []int64) ([]Line, error) {
	asked, err := json.Marshal(ids)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var found []Line
	err = c.snapshot(ctx, "read lines of library", func(tx *sql.Tx) error {
		err := eachLine(ctx, tx, "WHERE id IN (SELECT value FROM json_each(?))", []any{string(asked)}, collect(&found))
		if err == nil {
			err = placed(ctx, tx, found)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return inOrder(found, ids), nil
}

// inOrder gives those of lines that have the IDs, one for each.
func inOrder(lines []Line, ids []int64) []Line {
	at := make(map[int64]int, len(lines))
	for i := range lines {
		at[lines[i].ID] = i
	}
	all := make([]Line, 0, len(lines))
	for _, id := range ids {
		if i, ok := at[id]; ok {
			all = append(all, lines[i])
		}
	}
	return all
}

// Tracks is an episode's text tracks without their lines (Lines is nil): those inside the film, then those found beside it, as
// Line.Track counts them. Errors: ErrNotFound where there is no such episode.
func (c *Catalog) Tracks(ctx context.Context, episode int64) ([]analysis.Track, error) {
	var all []analysis.Track
	err := c.snapshot(ctx, "read the tracks of library", func(tx *sql.Tx) (err error) {
		if all, _, err = tracks(ctx, tx, episode); err == nil && len(all) == 0 {
			err = known(ctx, tx, episode)
		}
		return err
	})
	return all, err
}

func collect(lines *[]Line) func(Line) error {
	return func(l Line) error {
		*lines = append(*lines, l)
		return nil
	}
}

// eachLine gives lines with the shots that the machine found: see placed.
func eachLine(ctx context.Context, q querier, where string, args []any, do func(Line) error) error {
	const columns = "SELECT id, episode, track, starts, ends, text, lang, style, speaker, kind, shot, shots FROM line "
	return each(ctx, q, columns+where, args, func(rows *sql.Rows) error {
		var l Line
		var shots sql.RawBytes
		err := rows.Scan(&l.ID, &l.Episode, &l.Track, &l.Start, &l.End, &l.Text, &l.Lang, &l.Style, &l.Speaker, &l.Kind, &l.Shot, &shots)
		if err == nil {
			l.Shots, err = unpackNumbers(shots)
		}
		if err != nil {
			return err
		}
		return do(l)
	})
}

// tracks tells also how many of them are inside the film.
func tracks(ctx context.Context, q querier, episode int64) (all []analysis.Track, inside int, err error) {
	const query = `SELECT beside, stream, codec, format, language, title, preferred, forced, file, skipped
		FROM track WHERE episode = ? ORDER BY position`
	err = each(ctx, q, query, []any{episode}, func(rows *sql.Rows) error {
		t, beside, err := scanTrack(rows)
		all = append(all, t)
		if !beside {
			inside = len(all)
		}
		return err
	})
	return all, inside, err
}

func scanTrack(rows *sql.Rows) (t analysis.Track, beside bool, err error) {
	var file, skipped []byte
	err = rows.Scan(&beside, &t.Stream, &t.Codec, &t.Format, &t.Language, &t.Title, &t.Default, &t.Forced, &file, &skipped)
	if err != nil {
		return t, beside, err
	}
	t.File = string(file)
	t.Skipped, err = unpackStrings(skipped)
	return t, beside, err
}
