package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

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
		out, err = find(ctx, ix.snap.reader, q)
		return err
	})
	return out, ix.snap, err
}

// asking is a query at work on a snapshot.
type asking struct {
	*survey
	Query
	only *docSet
}

func find(ctx context.Context, r bleve.IndexReader, q Query) ([]Match, error) {
	only, err := episodeDocs(ctx, r, q.Episodes)
	if err != nil {
		return nil, err
	}
	s, err := newSurvey(ctx, r)
	if err != nil {
		return nil, err
	}
	a := &asking{s, q, only}
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
		if a.Lang != "" && f.lang != "" && f.lang != a.Lang {
			continue
		}
		if err := a.walk(f, i, top); err != nil {
			return nil, err
		}
	}
	top.prune()
	return top, nil
}

// walk goes over the lines of f that match.
func (a *asking) walk(f *field, in int, top *best) (err error) {
	e, err := a.evaluation(f)
	if e == nil {
		return err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	keys := keyReader{r: a.r}
	for n, doc := 0, uint64(0); ; n, doc = n+1, doc+1 {
		if n%4096 == 0 && a.ctx.Err() != nil {
			return a.ctx.Err()
		}
		if doc, err = e.candidate(doc); err != nil || doc == end {
			return err
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
}

// filter makes a score 0 that is of no use.
func (a *asking) filter(keys *keyReader, doc uint64, score float64) (float64, error) {
	if a.Lang == "" && a.MinLength <= 0 && a.MaxLength <= 0 {
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

// evaluation is nil where the query cannot match in f. Whether f has any lines is asked first: it spares loading its analyser.
func (a *asking) evaluation(f *field) (*evaluation, error) {
	if a.lines[f] == 0 {
		return nil, nil
	}
	return newEvaluation(a.survey, f, f.plan(a.Query), a.only)
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
	parts := make(map[uint64][]Part, len(hits))
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
		if err := a.explain(f, docs, parts); err != nil {
			return nil, err
		}
	}
	out := make([]Match, len(hits))
	for i, h := range hits {
		out[i] = Match{Line: h.line, Episode: h.episode, Shot: h.shot, Start: h.start, Score: h.score, Parts: parts[h.doc]}
	}
	return out, nil
}

func (a *asking) explain(f *field, docs []uint64, out map[uint64][]Part) error {
	e, err := a.evaluation(f)
	if e == nil {
		return err
	}
	for _, doc := range docs {
		if _, err := e.at(doc, 0); err != nil {
			return errors.Join(err, e.close())
		}
		for i, s := range e.parts {
			if s > 0 {
				part := e.wanted[i].part
				part.Score = s
				out[doc] = append(out[doc], part)
			}
		}
	}
	return e.close()
}

// episodeDocs is nil where every episode is wanted.
func episodeDocs(ctx context.Context, r bleve.IndexReader, episodes []int64) (*docSet, error) {
	if episodes == nil {
		return nil, nil
	}
	set := &docSet{}
	for _, e := range episodes {
		add := func(doc uint64) error { set.add(doc); return nil }
		if err := eachTagged(ctx, r, episodeTag(e), add); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// tagField holds, for every line, the episode and the field that it belongs to.
const tagField = "tag"

func episodeTag(episode int64) string { return "e" + strconv.FormatInt(episode, 10) }

func (f *field) tag() string { return "f" + f.name }

func (f *field) fieldName() string { return "text_" + f.name }

func eachTagged(ctx context.Context, r bleve.IndexReader, tag string, do func(doc uint64) error) (err error) {
	reader, err := r.TermFieldReader(ctx, []byte(tag), tagField, false, false, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	var posting bleve.TermFieldDoc
	for {
		d, err := reader.Next(posting.Reset())
		if err != nil || d == nil {
			return err
		}
		if err := do(d.ID.Value()); err != nil {
			return err
		}
	}
}
