package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// standing is an episode whose boundaries the user put right: what analysis learnt of it, and its boundaries as they stand.
type standing struct {
	*analysis.Analysis // of which only Rate and Times are read at first, and Shots, the machine's
	edges
	episode int64
	key     Key
	stills  []int64 // the frames of which there are small pictures, in order
}

// cutByHand tells of which of these episodes a boundary was said. Of most none was, and then nothing has to be laid over anything.
func cutByHand(ctx context.Context, q querier, episodes ...int64) (by []int64, err error) {
	const query = `SELECT e.id FROM json_each(?) j JOIN episode e ON e.id = j.value
		WHERE EXISTS (SELECT 1 FROM word w WHERE w.subject = 'boundary' AND NOT w.undone AND w.key = e.key)`
	asked, err := json.Marshal(episodes)
	if err != nil {
		return nil, err
	}
	err = each(ctx, q, query, []any{string(asked)}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		by = append(by, id)
		return err
	})
	return by, err
}

// standingIfCut is nil for an episode of which no boundary was said, and for one whose shots are broken: what was said cannot be laid
// over them, and Audit tells of them.
func standingIfCut(ctx context.Context, tx *sql.Tx, episode int64) (*standing, error) {
	by, err := cutByHand(ctx, tx, episode)
	if err != nil || len(by) == 0 {
		return nil, err
	}
	s, sound, err := readStanding(ctx, tx, episode)
	if err != nil || !sound {
		return nil, err
	}
	return s, nil
}

// standingOf is the same of any episode that there is. Errors: ErrNotFound, ErrCorrupt.
func standingOf(ctx context.Context, tx *sql.Tx, episode int64) (*standing, error) {
	s, sound, err := readStanding(ctx, tx, episode)
	if err == nil && !sound {
		err = fmt.Errorf("%w: the shots of episode %d leave out or double something", ErrCorrupt, episode)
	}
	return s, err
}

// readStanding lays what was said over what was learnt, where the shots are sound.
func readStanding(ctx context.Context, tx *sql.Tx, episode int64) (s *standing, sound bool, err error) {
	s = &standing{Analysis: &analysis.Analysis{}, episode: episode}
	for _, read := range []func(context.Context, *sql.Tx) error{s.readEpisode, s.readTimes, s.readShots} {
		if err := read(ctx, tx); err != nil {
			return nil, false, err
		}
	}
	if len(s.Times) == 0 {
		return s, false, nil
	}
	if s.edges, sound = edgesOf(s.Shots, s.Times, end(s.Analysis)); !sound {
		return s, false, nil
	}
	// The subject is not a parameter: only so is the index on words about boundaries used.
	said, err := spoken(ctx, tx, "WHERE subject = 'boundary' AND NOT undone AND key = ? ORDER BY id", string(s.key))
	for _, w := range said {
		s.hear(w)
	}
	return s, true, err
}

func (s *standing) readEpisode(ctx context.Context, tx *sql.Tx) error {
	const query = "SELECT key, rate_num, rate_den FROM episode WHERE id = ?"
	found := false
	err := each(ctx, tx, query, []any{s.episode}, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(&s.key, &s.Rate.Num, &s.Rate.Den)
	})
	if err == nil && !found {
		err = noEpisode(s.episode)
	}
	return err
}

func (s *standing) readTimes(ctx context.Context, tx *sql.Tx) error {
	return readColumns(ctx, tx, "times, x'', x'', x'', x''", s.episode, s.Analysis)
}

func (s *standing) readShots(ctx context.Context, tx *sql.Tx) error {
	return readShots(ctx, tx, s.episode, s.Analysis)
}

// gather reads what shots cut by hand are portrayed from, where any of tiles is one. It is most of what there is to read.
func (s *standing) gather(ctx context.Context, tx *sql.Tx, tiles ...shotdetect.Shot) error {
	if !slices.ContainsFunc(tiles, func(t shotdetect.Shot) bool { return s.found(t) < 0 }) {
		return nil
	}
	var kept analysis.Analysis
	if err := readColumns(ctx, tx, "x'', x'', samples, loudness, x''", s.episode, &kept); err != nil {
		return err
	}
	s.Samples, s.Loudness = kept.Samples, kept.Loudness
	const query = "SELECT frame FROM still WHERE episode = ? ORDER BY frame"
	return each(ctx, tx, query, []any{s.episode}, func(rows *sql.Rows) error {
		var frame int64
		err := rows.Scan(&frame)
		s.stills = append(s.stills, frame)
		return err
	})
}

// shots are the episode's as they stand.
func (s *standing) shots(ctx context.Context, tx *sql.Tx) ([]Shot, error) {
	tiles := s.tiles()
	if err := s.gather(ctx, tx, tiles...); err != nil {
		return nil, err
	}
	all := make([]Shot, len(tiles))
	for i, t := range tiles {
		one, _ := s.portray(t)
		all[i] = Shot{Shot: one, Episode: s.episode, Number: i + 1}
	}
	return all, nil
}

// shot is one of them, and where its picture is; false where there is none of that number.
func (s *standing) shot(ctx context.Context, tx *sql.Tx, number int) (Shot, likeness, bool, error) {
	if number < 1 || number > len(s.all)+1 {
		return Shot{}, likeness{}, false, nil
	}
	tile := s.tiles()[number-1]
	if err := s.gather(ctx, tx, tile); err != nil {
		return Shot{}, likeness{}, false, err
	}
	one, of := s.portray(tile)
	return Shot{Shot: one, Episode: s.episode, Number: number}, of, true, nil
}

// numberAt is the number of the shot that frame is counted to.
func (s *standing) numberAt(frame int64) int {
	return 1 + slices.IndexFunc(s.tiles(), func(t shotdetect.Shot) bool { return t.Span.Contains(frame) })
}

// finder finds the shots of lines.
func (s *standing) finder() finder {
	tiles := s.tiles()
	f := make(finder, len(tiles))
	for i, t := range tiles {
		f[i] = timecode.Range{Start: s.time(t.Span.In), End: s.time(t.Span.Out)}
	}
	return f
}

// placed gives lines, which have the shots that the machine found, those of episodes as they stand.
func placed(ctx context.Context, tx *sql.Tx, lines []Line) error {
	of := map[int64][]*Line{}
	var episodes []int64
	for i := range lines {
		l := &lines[i]
		if of[l.Episode] == nil {
			episodes = append(episodes, l.Episode)
		}
		of[l.Episode] = append(of[l.Episode], l)
	}
	if len(episodes) == 0 {
		return nil
	}
	cut, err := cutByHand(ctx, tx, episodes...)
	for _, episode := range cut {
		if err == nil {
			err = placeIn(ctx, tx, episode, of[episode])
		}
	}
	return err
}

func placeIn(ctx context.Context, tx *sql.Tx, episode int64, lines []*Line) error {
	s, err := standingIfCut(ctx, tx, episode)
	if err != nil || s == nil {
		return err
	}
	find := s.finder()
	for _, l := range lines {
		l.Shot = find.shot(l.Range())
		l.Shots = find.shots(l.Range(), l.Shot)
	}
	return nil
}
