package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/subtitles"
)

// Catalog is what hits are made of.
type Catalog interface {
	Episodes(ctx context.Context) ([]catalog.Episode, error)
	LinesByID(ctx context.Context, ids []int64) ([]catalog.Line, error)
	LinesDuring(ctx context.Context, stretches []catalog.Stretch) ([]catalog.Line, error)
	Shots
	// Words is all that the user said, in order.
	Words(ctx context.Context) ([]catalog.Word, error)
}

// Shots gives shots as they stand, and what is said in them; what is not there gives catalog.ErrNotFound.
type Shots interface {
	Shot(ctx context.Context, episode int64, number int) (catalog.Shot, error)
	// ShotsByName leaves out what is not there.
	ShotsByName(ctx context.Context, names []catalog.ShotName) ([]catalog.Shot, error)
	Effective(ctx context.Context, episode int64) ([]catalog.Shot, error)
	Lines(ctx context.Context, episode int64) ([]catalog.Line, error)
}

// Finder finds lines by their words; it is an [index.Index].
type Finder interface {
	Find(ctx context.Context, q index.Query) ([]index.Match, error)
}

// Searcher answers queries. It may be used from several goroutines where its catalog and index may.
type Searcher struct {
	cat    Catalog
	ix     Finder
	models Questions
	view   Nearer // nil: by words alone
	moods  Moods
	same   Doubles
}

// New joins a catalog and the index that is a view of it.
func New(cat Catalog, ix Finder) *Searcher { return &Searcher{cat: cat, ix: ix} }

// Doubles tells which shots show the same footage: the number of a shot's group, 0 for none, and whether it is the best copy of it.
type Doubles interface {
	Group(e *catalog.Episode, s *catalog.Shot) (group int, best bool)
}

// Heed has groups of the same footage count: Hit.Group names them, and Query.Fold folds them into their best copy.
func (s *Searcher) Heed(d Doubles) { s.same = d }

// Search gives the shots that answer q, best first; none is no error. Errors: ErrEmptyQuery, ErrOnlyExclusions, ErrTooLong,
// ErrLanguage, ErrNoEpisode, ErrNoList, ErrNoShot.
func (s *Searcher) Search(ctx context.Context, q Query) ([]Hit, error) {
	t, err := parse(q.Text)
	if err != nil {
		return nil, err
	}
	if err := q.settle(); err != nil {
		return nil, err
	}
	all, err := s.cat.Episodes(ctx)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(all, q)
	if err != nil {
		return nil, err
	}
	p, err := s.pick(ctx, q, chosen, len(chosen) < len(all))
	if err != nil {
		return nil, err
	}
	looks, err := s.looks(ctx, q)
	if err != nil {
		return nil, err
	}
	pickLooks(q, looks, &p)
	p.worn, p.leave = s.wardrobe(ctx, q), q.Leave
	hits, err := s.answer(ctx, q, t, p, looks)
	if err = cmp.Or(err, p.worn.fault()); err != nil {
		return nil, err
	}
	if hits, err = s.finish(ctx, q, hits, p.said); err == nil {
		err = s.tellFacets(ctx, q, looks, hits)
	}
	return hits, err
}

func (s *Searcher) answer(ctx context.Context, q Query, t terms, p picked, looks Facets) ([]Hit, error) {
	wordless := len(t.words)+len(t.phrases) == 0
	if wordless && q.Like == (ShotName{}) && q.Mood.None() {
		hits, err := s.list(ctx, q, p)
		s.group(hits)
		if q.Spread && err == nil {
			hits = spread(hits, q.Limit)
		}
		return hits, err
	}
	wide := q
	wide.Limit = q.widened()
	hits, err := s.ranked(ctx, wide, t, p, looks)
	if err != nil {
		return nil, err
	}
	s.group(hits)
	return q.narrow(hits), nil
}

// ranked are hits by their scores, more than the query has asked for where that is needed to choose among them.
func (s *Searcher) ranked(ctx context.Context, wide Query, t terms, p picked, looks Facets) ([]Hit, error) {
	wordless := len(t.words)+len(t.phrases) == 0
	if wordless && wide.Like == (ShotName{}) {
		return s.byMood(ctx, wide, looks, p)
	}
	hits, err := s.rankedByWords(ctx, wide, t, p, wordless)
	if err != nil {
		return nil, err
	}
	return s.inMood(ctx, wide, looks, hits)
}

// rankedByWords goes by words, and by what is like a shot.
func (s *Searcher) rankedByWords(ctx context.Context, wide Query, t terms, p picked, wordless bool) ([]Hit, error) {
	if wide.Like == (ShotName{}) {
		return s.byText(ctx, wide, t, p)
	}
	example, err := s.example(ctx, wide.Like)
	if err != nil {
		return nil, err
	}
	if wordless {
		said, err := s.echoesOf(ctx, example)
		if err != nil {
			return nil, err
		}
		return s.alike(ctx, wide, p, example, said)
	}
	hits, err := s.byText(ctx, wide, t, p)
	if err != nil {
		return nil, err
	}
	return resemble(hits, example), nil
}

// byText answers by words and meaning, or by words.
func (s *Searcher) byText(ctx context.Context, q Query, t terms, p picked) ([]Hit, error) {
	if s.byMeaning(q, t) {
		return s.fuse(ctx, q, t, p)
	}
	return s.find(ctx, q, t, p)
}

// widened is how many hits are looked at: some fold, some stand back behind those of other anime, and some look less alike.
func (q Query) widened() int {
	n := q.Limit
	if q.Fold {
		n += q.Limit + 20
	}
	if q.Spread || q.Like != (ShotName{}) || q.Mood.Text != "" {
		n = max(n, 10*q.Limit, 200)
	}
	return min(n, MaxLimit)
}

// group sets the groups of hits.
func (s *Searcher) group(hits []Hit) {
	if s.same == nil {
		return
	}
	for i := range hits {
		h := &hits[i]
		h.Group, h.best = s.same.Group(h.Episode, &h.Shot)
	}
}

// narrow leaves what is asked for of hits in the order of their scores.
func (q Query) narrow(hits []Hit) []Hit {
	if q.Fold {
		hits = fold(hits)
	}
	if q.Spread {
		hits = spread(hits, q.Limit)
	}
	return hits[:min(len(hits), q.Limit)]
}

// settle puts the bounds and the language as they are meant.
func (q *Query) settle() error {
	if q.Limit <= 0 {
		q.Limit = 20
	}
	q.Limit, q.Context = min(q.Limit, MaxLimit), min(q.Context, MaxContext)
	if q.Lang == "" {
		return nil
	}
	code := subtitles.ParseLanguage(q.Lang)
	if code == "" {
		return fmt.Errorf("%.40q: %w", q.Lang, ErrLanguage)
	}
	q.Lang = code
	return nil
}

func (s *Searcher) find(ctx context.Context, q Query, t terms, p picked) ([]Hit, error) {
	iq := p.narrow(indexQuery(q, t))
	matches, err := s.ix.Find(ctx, iq)
	if errors.Is(err, index.ErrTooLong) {
		return nil, ErrTooLong
	}
	if err != nil {
		return nil, err
	}
	return s.hits(ctx, iq, matches, byID(p.episodes))
}

// narrow asks for lines of p alone.
func (p picked) narrow(iq index.Query) index.Query {
	if p.fewer {
		iq.Episodes = ids(p.episodes)
	}
	if p.some() {
		iq.Among = p.hasLine
	}
	iq.Last = ids(keep(p.episodes, func(e catalog.Episode) bool { return e.Path == "" }))
	return iq
}

// indexQuery asks for a phrase's words too where one word is enough: a lyric line with a quotation in it is still a lyric line. There
// a word that no line has may well be missing, so nothing is taken for it.
func indexQuery(q Query, t terms) index.Query {
	iq := index.Query{Words: t.words, Phrases: t.phrases, Exclude: t.exclude, Any: q.Any, Lang: q.Lang, MinLength: q.Min, MaxLength: q.Max,
		Kind: q.Kind, Speaker: q.Speaker, Style: q.Style, Shots: true, Like: !q.Any, Limit: q.Limit}
	if q.Any {
		for _, p := range t.phrases {
			words, _ := parse(p)
			iq.Words = append(iq.Words, words.words...)
		}
	}
	return iq
}

// hits reads the lines and shots of matches. What is gone since the index saw it is left out.
func (s *Searcher) hits(ctx context.Context, q index.Query, matches []index.Match, episodes map[int64]*catalog.Episode) ([]Hit, error) {
	lines, err := s.lines(ctx, matches)
	if err != nil {
		return nil, err
	}
	shots, err := s.shotsOf(ctx, matches)
	if err != nil {
		return nil, err
	}
	var out []Hit
	marker := index.NewMarker(q)
	for _, m := range matches {
		shot, ok := shots[ShotName{m.Episode, m.Shot}]
		line, episode := lines[m.Line], episodes[m.Episode]
		if ok && line != nil && episode != nil {
			out = append(out, newHit(marker, m, episode, shot, line))
		}
	}
	return out, nil
}

func (s *Searcher) lines(ctx context.Context, matches []index.Match) (map[int64]*catalog.Line, error) {
	wanted := make([]int64, len(matches))
	for i, m := range matches {
		wanted[i] = m.Line
	}
	found, err := s.cat.LinesByID(ctx, wanted)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]*catalog.Line, len(found))
	for i := range found {
		out[found[i].ID] = &found[i]
	}
	return out, nil
}

// shotsOf reads the shots of matches at once.
func (s *Searcher) shotsOf(ctx context.Context, matches []index.Match) (map[ShotName]catalog.Shot, error) {
	names := make([]catalog.ShotName, len(matches))
	for i, m := range matches {
		names[i] = catalog.ShotName{Episode: m.Episode, Number: m.Shot}
	}
	return s.shotsNamed(ctx, names)
}

func (s *Searcher) shotsNamed(ctx context.Context, names []catalog.ShotName) (map[ShotName]catalog.Shot, error) {
	found, err := s.cat.ShotsByName(ctx, names)
	if err != nil {
		return nil, fmt.Errorf("read the shots that were found: %w", err)
	}
	out := make(map[ShotName]catalog.Shot, len(found))
	for _, shot := range found {
		out[ShotName{shot.Episode, shot.Number}] = shot
	}
	return out, nil
}
