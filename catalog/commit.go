package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/timecode"
)

// Commit stores an episode in one transaction. What was learnt of the same content before is replaced; its ID and the day when it
// was added stay, and so do the other places where the content was seen. The lines get new IDs.
//
// Errors: ErrReadOnly, ErrFull, ErrBusy, ErrNotFound where the library is gone from its place, or one that says which field of in
// makes no sense.
func (c *Catalog) Commit(ctx context.Context, in Ingested) (Episode, error) {
	packed, err := prepareCommit(&in)
	if err != nil {
		return Episode{}, fmt.Errorf("store %s: %w", in.Path, err)
	}
	var e Episode
	err = c.write(ctx, "store "+filepath.Base(in.Path)+" in library", func(ch *change) (err error) {
		e, err = ch.commit(ctx, &in, packed)
		return err
	})
	return e, err
}

// prepareCommit does what can be done before others have to wait.
func prepareCommit(in *Ingested) (signal, error) {
	switch {
	case in.Analysis == nil:
		return signal{}, errors.New("there is no analysis")
	case in.Key == "":
		return signal{}, errors.New("it has no key")
	case in.Name.Source == "":
		return signal{}, errors.New("it has no source")
	case !filepath.IsAbs(in.Path):
		return signal{}, errors.New("its path is not absolute")
	}
	return packSignal(in.Analysis)
}

func (ch *change) commit(ctx context.Context, in *Ingested, packed signal) (Episode, error) {
	e := describe(in, ch.generation, ch.now())
	if err := ch.putEpisode(ctx, &e); err != nil {
		return e, err
	}
	steps := []func() error{
		func() error { return ch.clear(ctx, e.ID) },
		func() error { return ch.putFile(ctx, &e, in.Path, in.Modified, in.Sidecars) },
		func() error { return ch.putSignal(ctx, e.ID, packed) },
		func() error { return ch.putShots(ctx, e.ID, in.Analysis.Shots) },
		func() error { return ch.putStills(ctx, e.ID, in.Analysis.Stills) },
		func() error { return ch.putText(ctx, e.ID, in) },
		func() error { return ch.note(ctx, e.ID, false) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return e, err
		}
	}
	return e, nil
}

// describe is the episode without its ID.
func describe(in *Ingested, g Generation, now time.Time) Episode {
	a := in.Analysis
	e := Episode{Key: in.Key, Path: in.Path, Size: in.Size, Modified: moment(stamp(in.Modified)), Name: in.Name, Info: a.Info,
		Rate: a.Rate, Variable: a.Variable, Frames: int64(len(a.Times)), Shots: len(a.Shots), Versions: a.Versions,
		Generation: g, Added: moment(stamp(now))}
	for _, t := range slices.Concat(a.Tracks, in.Beside) {
		e.Lines += len(t.Lines)
	}
	if len(a.Times) > 0 {
		e.FirstPTS = a.Times[0]
		e.Duration = end(a) - a.Times[0]
	}
	return e
}

// end is when the last frame goes: when its shot ends, else a frame's length after it came.
func end(a *analysis.Analysis) timecode.Time {
	last := a.Times[len(a.Times)-1]
	if n := len(a.Shots); n > 0 && a.Shots[n-1].Range.End > last {
		return a.Shots[n-1].Range.End
	}
	return last + a.Rate.At(1)
}

const putEpisodeQuery = `INSERT INTO episode (key, path, size, modified, source, season, number, version, grouped, info, rate_num,
	rate_den, variable, frames, duration, first_pts, v_shots, v_pictures, v_sound, v_text, v_flags, shots, lines, generation, added)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET path = excluded.path, size = excluded.size, modified = excluded.modified, source = excluded.source,
	season = excluded.season, number = excluded.number, version = excluded.version, grouped = excluded.grouped,
	info = excluded.info, rate_num = excluded.rate_num, rate_den = excluded.rate_den, variable = excluded.variable,
	frames = excluded.frames, duration = excluded.duration, first_pts = excluded.first_pts, v_shots = excluded.v_shots,
	v_pictures = excluded.v_pictures, v_sound = excluded.v_sound, v_text = excluded.v_text,
	v_flags = excluded.v_flags, shots = excluded.shots,
	lines = excluded.lines, generation = excluded.generation
RETURNING id, added`

// putEpisode fills in the ID and, for content that is known, the day when it was added.
func (ch *change) putEpisode(ctx context.Context, e *Episode) error {
	info, err := json.Marshal(e.Info)
	if err != nil {
		return err
	}
	n, v := &e.Name, &e.Versions
	var added int64
	err = ch.QueryRowContext(ctx, putEpisodeQuery, string(e.Key), []byte(e.Path), e.Size, stamp(e.Modified), n.Source, n.Season,
		n.Number, n.Version, n.Group, string(info), e.Rate.Num, e.Rate.Den, e.Variable, e.Frames, int64(e.Duration),
		int64(e.FirstPTS), v.Shots, v.Pictures, v.Sound, v.Text, v.Flags, e.Shots, e.Lines, int64(e.Generation), stamp(e.Added),
	).Scan(&e.ID, &added)
	e.Added = moment(added)
	return err
}

// clear takes away what was learnt of an episode before.
func (ch *change) clear(ctx context.Context, episode int64) error {
	for _, table := range []string{"signal", "shot", "thumb", "still", "track", "line"} {
		if _, err := ch.ExecContext(ctx, "DELETE FROM "+table+" WHERE episode = ?", episode); err != nil {
			return err
		}
	}
	return nil
}

// each runs one statement for many rows.
func (ch *change) each(ctx context.Context, query string, rows int, row func(i int) []any) (err error) {
	if rows == 0 {
		return nil
	}
	var put *sql.Stmt
	if put, err = ch.PrepareContext(ctx, query); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, put.Close()) }()
	for i := range rows {
		if _, err := put.ExecContext(ctx, row(i)...); err != nil {
			return err
		}
	}
	return nil
}

// stamp keeps a moment to the nanosecond; none is 0, so that a file of 1970 and none at all are the one thing not told apart. A
// broken clock may have dated a file beyond the years that 64 bits of nanoseconds reach, 1678 to 2262; those become the last of them.
func stamp(t time.Time) int64 {
	switch {
	case t.IsZero():
		return 0
	case t.Before(time.Unix(0, math.MinInt64)):
		return math.MinInt64
	case t.After(time.Unix(0, math.MaxInt64)):
		return math.MaxInt64
	}
	return t.UnixNano()
}

func moment(stamp int64) time.Time {
	if stamp == 0 {
		return time.Time{}
	}
	return time.Unix(0, stamp).UTC()
}
