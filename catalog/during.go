package catalog

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/amvlib/amvlib/timecode"
)

// Stretch is a part of an episode.
type Stretch struct {
	Episode int64
	timecode.Range
}

// LinesDuring is the lines of all tracks that are there at some time in any of the stretches, each once, but for those that began a minute or
// more before. They come by episode and when they start.
func (c *Catalog) LinesDuring(ctx context.Context, stretches []Stretch) ([]Line, error) {
	asked := make([][3]int64, len(stretches))
	for i, s := range stretches {
		asked[i] = [3]int64{s.Episode, int64(s.Start), int64(s.End)}
	}
	list, err := json.Marshal(asked)
	if err != nil || len(asked) == 0 {
		return nil, err
	}
	const query = `WHERE id IN (SELECT l.id FROM json_each(?1) j JOIN line l ON l.episode = j.value ->> '$[0]'
		AND l.starts > (j.value ->> '$[1]') - ?2 AND l.starts < j.value ->> '$[2]' AND l.ends > j.value ->> '$[1]')
		ORDER BY episode, starts, id`
	var found []Line
	err = c.snapshot(ctx, "read lines of library", func(tx *sql.Tx) error {
		err := eachLine(ctx, tx, query, []any{string(list), int64(60 * timecode.Second)}, collect(&found))
		if err == nil {
			err = placed(ctx, tx, found)
		}
		return err
	})
	return found, err
}
