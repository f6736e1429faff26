package index

import (
	"cmp"
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

func find(ctx context.Context, r bleve.IndexReader, q Query) ([]Match, error) {
	only, err := episodeDocs(ctx, r, q.Episodes)
	if err != nil {
		return nil, err
	}
	top := newBest(q.limit())
	for i, f := range fields {
		if q.Lang != "" && f.lang != "" && f.lang != q.Lang {
			continue
		}
		if err := f.collect(ctx, r, q, only, func(doc uint64, score float64) { top.add(scored{doc, score, i}) }); err != nil {
			return nil, err
		}
	}
	top.prune()
	return hydrate(ctx, r, q, top.docs)
}

// collect walks the lines of f that match q.
func (f *field) collect(ctx context.Context, r bleve.IndexReader, q Query, only *docSet, found func(uint64, float64)) (err error) {
	e, err := f.evaluation(ctx, r, q, only)
	if e == nil {
		return err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	keys := keyReader{r: r}
	filtered := q.Lang != "" || q.MinLength > 0 || q.MaxLength > 0
	for n, doc := 0, uint64(0); ; n, doc = n+1, doc+1 {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if doc, err = e.candidate(doc); err != nil || doc == end {
			return err
		}
		score, err := e.at(doc, nil)
		if err != nil {
			return err
		}
		if score > 0 && filtered {
			k, err := keys.read(doc)
			if err != nil {
				return err
			}
			if !k.fits(q) {
				continue
			}
		}
		if score > 0 {
			found(doc, score)
		}
	}
}

// evaluation is nil where q cannot match in f. Whether f has any lines is asked first: it spares loading its analyser.
func (f *field) evaluation(ctx context.Context, r bleve.IndexReader, q Query, only *docSet) (*evaluation, error) {
	if lines, err := lineCount(ctx, r, f); err != nil || lines == 0 {
		return nil, err
	}
	return newEvaluation(ctx, r, f, f.plan(q), only)
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

// hit is a document on its way to a Match.
type hit struct {
	scored
	key
}

// before orders by score, then episode and time.
func (h hit) before(o hit) int { return cmp.Or(cmp.Compare(o.score, h.score), h.key.compare(o.key)) }

// hydrate reads the keys of docs, keeps the first few and works out what each owes to which word.
func hydrate(ctx context.Context, r bleve.IndexReader, q Query, docs []scored) ([]Match, error) {
	hits, err := first(&keyReader{r: r}, docs, q.limit())
	if err != nil {
		return nil, err
	}
	parts, err := explain(ctx, r, q, hits)
	if err != nil {
		return nil, err
	}
	out := make([]Match, len(hits))
	for i, h := range hits {
		out[i] = Match{Line: h.line, Episode: h.episode, Shot: h.shot, Start: h.start, Score: h.score, Parts: parts[h.doc]}
	}
	return out, nil
}

// first gives the first few of docs in order. Of docs, many more than the limit may tie: every "Yes." of a library.
func first(keys *keyReader, docs []scored, limit int) ([]hit, error) {
	hits := make([]hit, 0, min(len(docs), limit)+1)
	for _, d := range docs {
		k, err := keys.read(d.doc)
		if err != nil {
			return nil, err
		}
		h := hit{d, k}
		if len(hits) == limit && h.before(hits[limit-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(hits, h, hit.before)
		hits = slices.Insert(hits, at, h)
		hits = hits[:min(len(hits), limit)]
	}
	return hits, nil
}

// explain asks the few hits again, one word after another.
func explain(ctx context.Context, r bleve.IndexReader, q Query, hits []hit) (map[uint64][]Part, error) {
	out := make(map[uint64][]Part, len(hits))
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
		if err := f.explain(ctx, r, q, docs, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (f *field) explain(ctx context.Context, r bleve.IndexReader, q Query, docs []uint64, out map[uint64][]Part) error {
	e, err := f.evaluation(ctx, r, q, nil)
	if e == nil {
		return err
	}
	slices.Sort(docs)
	scores := make([]float64, len(e.wanted))
	for _, doc := range docs {
		if _, err := e.at(doc, scores); err != nil {
			return errors.Join(err, e.close())
		}
		for i, s := range scores {
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

func lineCount(ctx context.Context, r bleve.IndexReader, f *field) (n uint64, err error) {
	reader, err := r.TermFieldReader(ctx, []byte(f.tag()), tagField, false, false, false)
	if err != nil {
		return 0, err
	}
	return reader.Count(), reader.Close()
}

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
