package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// ProblemKind says what does not hold.
type ProblemKind string

// What [Catalog.Audit] looks for.
const (
	NoShots     ProblemKind = "no-shots"     // an episode with frames has no shots
	BrokenShots ProblemKind = "broken-shots" // an episode's shots do not tile it
	LostLines   ProblemKind = "lost-lines"   // lines are said to be in shots that are not there
	LostTracks  ProblemKind = "lost-tracks"  // lines are of text tracks that are not there
	Miscounted  ProblemKind = "miscounted"   // an episode has more or fewer shots or lines than it says
	NoPictures  ProblemKind = "no-pictures"  // shots lack their pictures
	StrayFiles  ProblemKind = "stray-files"  // files are said to hold episodes that are not there
	StrayWords  ProblemKind = "stray-words"  // something was said of episodes that are not there: kept, should they come back
)

// Problem is something that should hold and does not.
type Problem struct {
	Kind    ProblemKind
	Episode int64 // 0 where it is about none
	Words   string
	Fixable bool // by [Catalog.Mend], without losing anything
}

// audit is one thing to look for: its query gives episodes and how often.
type audit struct {
	kind    ProblemKind
	words   string // with a %d for how often
	fixable bool
	query   string
}

var audits = []audit{
	{NoShots, "none of its %d frames is in a shot", false,
		"SELECT id, frames FROM episode WHERE frames > 0 AND id NOT IN (SELECT episode FROM shot)"},
	{BrokenShots, "its shots leave out or double something in %d places", false, `
		SELECT episode, count(*) FROM (
			SELECT shot.episode, shot.number, span_in, span_out, frames,
				lag(span_out, 1, 0) OVER w AS due, row_number() OVER w AS nth, lead(span_in, 1, frames) OVER w AS next
			FROM shot JOIN episode e ON e.id = shot.episode WINDOW w AS (PARTITION BY shot.episode ORDER BY shot.number))
		WHERE span_in <> due OR number <> nth OR span_out <= span_in OR span_out > frames OR next = frames AND span_out <> frames
		GROUP BY episode`},
	{LostLines, "%d of its lines are said to be in shots that are not there", true, `
		SELECT l.episode, count(*) FROM line l WHERE l.shot <> 0
			AND NOT EXISTS (SELECT 1 FROM shot s WHERE s.episode = l.episode AND s.number = l.shot) GROUP BY l.episode`},
	{LostTracks, "%d of its lines are of a text track that is not there", false, `
		SELECT l.episode, count(*) FROM line l
		WHERE NOT EXISTS (SELECT 1 FROM track t WHERE t.episode = l.episode AND t.position = l.track) GROUP BY l.episode`},
	{Miscounted, "it has %d shots and lines more or fewer than it says", true, `
		SELECT id, abs(shots - hasShots) + abs(lines - hasLines) FROM (SELECT id, shots, lines,
			(SELECT count(*) FROM shot WHERE episode = id) AS hasShots, (SELECT count(*) FROM line WHERE episode = e.id) AS hasLines
			FROM episode e) WHERE shots <> hasShots OR lines <> hasLines`},
	{NoPictures, "%d of its shots have no picture", false, `
		SELECT s.episode, count(*) FROM shot s
		WHERE NOT EXISTS (SELECT 1 FROM thumb t WHERE t.episode = s.episode AND t.number = s.number AND length(t.jpeg) > 0)
		GROUP BY s.episode`},
	{StrayFiles, "%d files are said to hold episodes that are not there", true,
		"SELECT 0, count(*) FROM file WHERE episode NOT IN (SELECT id FROM episode) HAVING count(*) > 0"},
	{StrayWords, "%d things were said of episodes that are not there; they are kept, should the episodes come back", false, `
		SELECT 0, count(*) FROM word WHERE NOT undone AND key <> '' AND key NOT IN (SELECT key FROM episode) HAVING count(*) > 0`},
}

// Audit looks for what should hold from table to table and does not, in order of episodes. A library that only this program wrote,
// and that [Catalog.Check] finds sound, has at most NoPictures of films that gave none, and StrayWords.
func (c *Catalog) Audit(ctx context.Context) ([]Problem, error) {
	var all []Problem
	err := c.snapshot(ctx, "audit library", func(tx *sql.Tx) (err error) {
		all, err = auditAll(ctx, tx)
		return err
	})
	return all, err
}

func auditAll(ctx context.Context, q querier) ([]Problem, error) {
	var all []Problem
	for _, a := range audits {
		err := each(ctx, q, a.query, nil, func(rows *sql.Rows) error {
			var n int64
			p := Problem{Kind: a.kind, Fixable: a.fixable}
			err := rows.Scan(&p.Episode, &n)
			p.Words = fmt.Sprintf(a.words, n)
			all = append(all, p)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	withoutShots(all)
	slices.SortStableFunc(all, func(a, b Problem) int { return int(a.Episode - b.Episode) })
	return all, nil
}

// withoutShots takes the hope from problems of episodes whose shots are broken: what follows from shots cannot be told anew from them.
func withoutShots(all []Problem) {
	broken := map[int64]bool{}
	for _, p := range all {
		broken[p.Episode] = broken[p.Episode] || p.Kind == NoShots || p.Kind == BrokenShots
	}
	for i := range all {
		all[i].Fixable = all[i].Fixable && !broken[all[i].Episode]
	}
}
