package index

import (
	"context"
	"fmt"
	"slices"

	bleve "github.com/blevesearch/bleve_index_api"
)

// Find gives the lines that answer q, best first; lines that are worth the same come in order of episode and time. The errors of
// a query that cannot be answered are ErrNothingAsked and ErrTooLong.
func (ix *Index) Find(ctx context.Context, q Query) ([]Match, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	out, from, err := ix.find(ctx, q)
	if err != nil && from != nil && ctx.Err() == nil && ix.mend(ctx, from, err) {
		out, _, err = ix.find(ctx, q)
	}
	if err != nil {
		return nil, fmt.Errorf("search the index: %w", err)
	}
	return out, nil
}

// find tells also which snapshot it asked.
func (ix *Index) find(ctx context.Context, q Query) (out []Match, from *snapshot, err error) {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	if ix.snap == nil {
		return nil, nil, ErrClosed
	}
	err = guard(func() (err error) {
		out, err = find(ctx, ix.snap, q)
		return err
	})
	return out, ix.snap, err
}

// asking is a query at work on a snapshot.
type asking struct {
	*survey
	Query
	only  *docSet
	plans map[*field]plan
}

func find(ctx context.Context, of *snapshot, q Query) ([]Match, error) {
	only, err := onlyDocs(ctx, of.reader, q)
	if err != nil {
		return nil, err
	}
	s, err := newSurvey(ctx, of)
	if err != nil {
		return nil, err
	}
	a := &asking{s, q, only, map[*field]plan{}}
	if err := a.prepare(); err != nil {
		return nil, err
	}
	hits, err := a.first()
	if err != nil {
		return nil, err
	}
	return a.matches(hits)
}

// first gives the hits that come first. Where only one of each shot is wanted, how many lines that takes shows only afterwards.
func (a *asking) first() ([]hit, error) {
	for lines := a.limit(); ; lines *= 8 {
		if a.Shots && lines == a.limit() {
			lines *= 2
		}
		top, err := a.collect(lines)
		if err != nil {
			return nil, err
		}
		hits, err := a.rank(top.docs)
		if err != nil || len(hits) == a.limit() || !a.Shots || top.low == 0 {
			return hits, err
		}
	}
}

// collect gives the lines with the highest scores in all fields.
func (a *asking) collect(lines int) (*best, error) {
	top := newBest(lines)
	for i, f := range fields {
		if err := a.walk(f, i, top); err != nil {
			return nil, err
		}
	}
	top.prune()
	return top, nil
}

// walk goes over the lines of f that match.
func (a *asking) walk(f *field, in int, top *best) error {
	e, err := a.evaluation(f)
	if e == nil {
		return err
	}
	keys, n := keyReader{r: a.r}, 0
	for doc := range e.candidates(&top.low) {
		if n++; n%4096 == 1 && a.ctx.Err() != nil {
			return a.ctx.Err()
		}
		score, err := e.at(doc, top.low)
		if err == nil && score > 0 {
			score, err = a.filter(&keys, doc, score)
		}
		if err != nil {
			return err
		}
		if score > 0 {
			top.add(scored{doc, score, in})
		}
	}
	return nil
}

// filter makes a score 0 that is of no use.
func (a *asking) filter(keys *keyReader, doc uint64, score float64) (float64, error) {
	if a.Lang == "" && a.MinLength <= 0 && a.MaxLength <= 0 && a.Among == nil {
		return score, nil
	}
	k, err := keys.read(doc)
	if err != nil {
		return 0, err
	}
	if _, ok := k.fits(a.Query); !ok {
		return 0, nil
	}
	return score, nil
}

// prepare makes the plans for all fields that may have a match. Whether one has any lines is asked first: it spares loading its analyser.
func (a *asking) prepare() error {
	for _, f := range fields {
		if a.lines[f] > 0 && (a.Lang == "" || f.lang == "" || f.lang == a.Lang) {
			a.plans[f] = f.plan(a.Query)
		}
	}
	if !a.Like {
		return nil
	}
	known, err := a.known()
	for f, p := range a.plans {
		for i := range p.wanted {
			if !known[p.wanted[i].part.Text] {
				f.blur(&p.wanted[i])
			}
		}
	}
	return err
}

// known are the words that some line has. That it has both halves of one says nothing: "forgetten" is no "forget ten".
func (a *asking) known() (map[string]bool, error) {
	out := map[string]bool{}
	for f, p := range a.plans {
		for _, c := range p.wanted {
			for i, w := range c.ways {
				if out[c.part.Text] || i > 0 && len(w.slots) > 1 {
					continue
				}
				ok, err := a.possible(f, w)
				if err != nil {
					return nil, err
				}
				out[c.part.Text] = ok
			}
		}
	}
	return out, nil
}

// evaluation is nil where the query cannot match in f.
func (a *asking) evaluation(f *field) (*evaluation, error) {
	return newEvaluation(a.survey, f, a.plans[f], a.only)
}

// keyReader reads keys one after another.
type keyReader struct {
	r  bleve.IndexReader
	id bleve.IndexInternalID
}

func (kr *keyReader) read(doc uint64) (key, error) {
	kr.id = bleve.NewIndexInternalID(kr.id, doc)
	name, err := kr.r.ExternalID(kr.id)
	if err != nil {
		return key{}, err
	}
	k, ok := parseKey(name)
	if !ok {
		return key{}, errDamaged
	}
	return k, nil
}

// rank reads the keys of docs and keeps the first few.
func (a *asking) rank(docs []scored) ([]hit, error) {
	order, keys := newRanking(a.Query), keyReader{r: a.r}
	last := map[int64]bool{}
	for _, e := range a.Last {
		last[e] = true
	}
	for _, d := range docs {
		k, err := keys.read(d.doc)
		if err != nil {
			return nil, err
		}
		shot, _ := k.fits(a.Query)
		order.add(hit{d, k, shot, last[k.episode]})
	}
	return order.settle(), nil
}

// matches works out what each hit owes to which word, by asking the few hits again.
func (a *asking) matches(hits []hit) ([]Match, error) {
	parts, full := make(map[uint64][]Part, len(hits)), make([]float64, len(fields))
	for i, f := range fields {
		var docs []uint64
		for _, h := range hits {
			if h.in == i {
				docs = append(docs, h.doc)
			}
		}
		if len(docs) == 0 {
			continue
		}
		slices.Sort(docs)
		var err error
		if full[i], err = a.explain(f, docs, parts); err != nil {
			return nil, err
		}
	}
	out := make([]Match, len(hits))
	for i, h := range hits {
		out[i] = Match{Line: h.line, Episode: h.episode, Shot: h.shot, Start: h.start, Score: h.score, Share: h.score / full[h.in],
			Parts: parts[h.doc]}
	}
	return out, nil
}

// explain gives also the score of a line that has all of the query once.
func (a *asking) explain(f *field, docs []uint64, out map[uint64][]Part) (full float64, err error) {
	e, err := a.evaluation(f)
	if e == nil {
		return 0, err
	}
	for _, doc := range docs {
		if _, err := e.at(doc, 0); err != nil {
			return 0, err
		}
		for i, s := range e.parts {
			if s > 0 {
				part := e.wanted[i].part
				part.Score, part.Like = s, e.wanted[i].likened()
				out[doc] = append(out[doc], part)
			}
		}
	}
	return e.full, nil
}

func (f *field) fieldName() string { return "text_" + f.name }
