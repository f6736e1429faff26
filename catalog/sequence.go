package catalog

import (
	"context"
	"database/sql"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/timecode"
)

// Sequence is an episode as a row of pictures: the hashes that are kept a few times a second, and the time of every frame.
type Sequence struct {
	Episode int64
	Rate    timecode.Rate
	Times   []timecode.Time // of every frame
	Samples []analysis.Sample
}

// Time is when a frame begins, the last one's time for what is beyond.
func (s *Sequence) Time(frame int64) timecode.Time {
	if len(s.Times) == 0 {
		return 0
	}
	return s.Times[max(0, min(frame, int64(len(s.Times))-1))]
}

// Sequence reads what footage is recognised by, and nothing else of an episode. Errors: ErrNotFound, ErrCorrupt.
func (c *Catalog) Sequence(ctx context.Context, episode int64) (*Sequence, error) {
	q := &Sequence{Episode: episode}
	err := c.snapshot(ctx, "read the pictures of an episode of library", func(tx *sql.Tx) error {
		e, err := episodeWhere(ctx, tx, "id = ?", episode)
		if err != nil {
			return err
		}
		var a analysis.Analysis
		err = readColumns(ctx, tx, "times, x'', samples, x'', centres", episode, &a)
		q.Rate, q.Times, q.Samples = e.Rate, a.Times, a.Samples
		return err
	})
	if err != nil {
		return nil, err
	}
	return q, nil
}

// Stills are the small pictures kept of the frames of span, in order. Errors: none of its own where there are none.
func (c *Catalog) Stills(ctx context.Context, episode int64, span timecode.Span) ([]analysis.Still, error) {
	var all []analysis.Still
	const query = "SELECT frame, jpeg FROM still WHERE episode = ? AND frame >= ? AND frame < ? ORDER BY frame"
	err := c.query(ctx, "read the small pictures of library", query, []any{episode, span.In, span.Out}, func(rows *sql.Rows) error {
		var s analysis.Still
		err := rows.Scan(&s.Frame, &s.JPEG)
		all = append(all, s)
		return err
	})
	return all, err
}
