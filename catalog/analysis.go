package catalog

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/amvlib/amvlib/analysis"
)

// Analysis is all that analysis learnt of an episode, as it was committed: for a teammate, or for an upgrade that redoes a part.
// Text found beside the film is not in it, but in [Catalog.Tracks]. A 24-minute episode takes some MB.
//
// Errors: ErrNotFound, ErrCorrupt.
func (c *Catalog) Analysis(ctx context.Context, episode int64) (*analysis.Analysis, error) {
	a := &analysis.Analysis{}
	err := c.snapshot(ctx, "read the analysis of an episode of library", func(tx *sql.Tx) error {
		e, err := episodeWhere(ctx, tx, "id = ?", episode)
		if err != nil {
			return err
		}
		a.Versions, a.Info, a.Rate, a.Variable = e.Versions, e.Info, e.Rate, e.Variable
		for _, read := range []func(context.Context, *sql.Tx, int64, *analysis.Analysis) error{
			readSignal, readShots, readThumbs, readStills, readTracks} {
			if err := read(ctx, tx, episode, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

func readSignal(ctx context.Context, tx *sql.Tx, episode int64, a *analysis.Analysis) error {
	return readColumns(ctx, tx, "times, scores, samples, loudness, centres", episode, a)
}

// readColumns reads those of a signal that are named; for the others an empty blob is to stand.
func readColumns(ctx context.Context, tx *sql.Tx, columns string, episode int64, a *analysis.Analysis) error {
	return each(ctx, tx, "SELECT "+columns+" FROM signal WHERE episode = ?", []any{episode}, func(rows *sql.Rows) error {
		var s signal
		if err := rows.Scan(&s.times, &s.scores, &s.samples, &s.loudness, &s.centres); err != nil {
			return err
		}
		return s.unpackInto(a)
	})
}

func readShots(ctx context.Context, tx *sql.Tx, episode int64, a *analysis.Analysis) error {
	shots, err := machineShots(ctx, tx, "", episode)
	for _, s := range shots {
		a.Shots = append(a.Shots, s.Shot)
	}
	return err
}

func readThumbs(ctx context.Context, tx *sql.Tx, episode int64, a *analysis.Analysis) error {
	return each(ctx, tx, "SELECT number, jpeg FROM thumb WHERE episode = ?", []any{episode}, func(rows *sql.Rows) error {
		var number int
		var jpeg []byte
		if err := rows.Scan(&number, &jpeg); err != nil {
			return err
		}
		if number < 1 || number > len(a.Shots) {
			return fmt.Errorf("%w: a picture of shot %d, which is not there", ErrCorrupt, number)
		}
		if len(jpeg) > 0 {
			a.Shots[number-1].Thumb = jpeg
		}
		return nil
	})
}

func readStills(ctx context.Context, tx *sql.Tx, episode int64, a *analysis.Analysis) error {
	const query = "SELECT frame, jpeg FROM still WHERE episode = ? ORDER BY position"
	return each(ctx, tx, query, []any{episode}, func(rows *sql.Rows) error {
		var s analysis.Still
		err := rows.Scan(&s.Frame, &s.JPEG)
		a.Stills = append(a.Stills, s)
		return err
	})
}

func readTracks(ctx context.Context, tx *sql.Tx, episode int64, a *analysis.Analysis) error {
	all, beside, err := tracks(ctx, tx, episode)
	if err != nil {
		return err
	}
	a.Tracks = all[:beside:beside]
	return eachLine(ctx, tx, "WHERE episode = ? ORDER BY id", []any{episode}, func(l Line) error {
		if l.Track < 0 || l.Track >= len(all) {
			return fmt.Errorf("%w: a line of track %d, which is not there", ErrCorrupt, l.Track)
		}
		all[l.Track].Lines = append(all[l.Track].Lines, l.Line)
		return nil
	})
}
