package catalog

import (
	"context"
	"database/sql"
	"slices"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/timecode"
)

// Mend puts right what [Catalog.Audit] calls fixable, in one transaction, and tells what that was. What can be told from the rest is
// told anew; nothing that was learnt or said is lost.
//
// Errors: those of [Catalog.Commit].
func (c *Catalog) Mend(ctx context.Context) ([]Problem, error) {
	all, err := c.Audit(ctx)
	if err != nil || !slices.ContainsFunc(all, func(p Problem) bool { return p.Fixable }) {
		return nil, err
	}
	var mended []Problem
	err = c.write(ctx, "mend library", func(ch *change) error {
		if all, err = auditAll(ctx, ch); err != nil {
			return err
		}
		for _, p := range all {
			if !p.Fixable {
				continue
			}
			if err := ch.mend(ctx, p); err != nil {
				return err
			}
			mended = append(mended, p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return mended, nil
}

func (ch *change) mend(ctx context.Context, p Problem) error {
	var err error
	switch p.Kind {
	case LostLines:
		err = ch.renumber(ctx, p.Episode)
	case Miscounted:
		const query = `UPDATE episode SET shots = (SELECT count(*) FROM shot WHERE episode = ?1),
			lines = (SELECT count(*) FROM line WHERE episode = ?1) WHERE id = ?1`
		_, err = ch.ExecContext(ctx, query, p.Episode)
	case StrayFiles:
		_, err = ch.ExecContext(ctx, "DELETE FROM file WHERE episode NOT IN (SELECT id FROM episode)")
		return err
	}
	if err != nil {
		return err
	}
	return ch.note(ctx, p.Episode, false)
}

// renumber finds the shots of an episode's lines anew.
func (ch *change) renumber(ctx context.Context, episode int64) error {
	e, err := episodeWhere(ctx, ch, "id = ?", episode)
	if err != nil {
		return err
	}
	a := &analysis.Analysis{Rate: e.Rate}
	if err := readSignal(ctx, ch.Tx, episode, a); err != nil {
		return err
	}
	if err := readShots(ctx, ch.Tx, episode, a); err != nil {
		return err
	}
	ids, times, err := ch.lineTimes(ctx, episode)
	if err != nil {
		return err
	}
	find := shotFinder(a)
	return ch.each(ctx, "UPDATE line SET shot = ?, shots = ? WHERE id = ?", len(ids), func(i int) []any {
		shot := find.shot(times[i])
		return []any{shot, packNumbers(find.shots(times[i], shot)), ids[i]}
	})
}

// lineTimes reads no more of lines than is needed: the rest may be what is wrong with them.
func (ch *change) lineTimes(ctx context.Context, episode int64) (ids []int64, times []timecode.Range, err error) {
	const query = "SELECT id, starts, ends FROM line WHERE episode = ?"
	err = each(ctx, ch, query, []any{episode}, func(rows *sql.Rows) error {
		var id int64
		var r timecode.Range
		err := rows.Scan(&id, &r.Start, &r.End)
		ids, times = append(ids, id), append(times, r)
		return err
	})
	return ids, times, err
}
