package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/timecode"
)

const (
	phrased  = 5000 // lines with a query's phrases that are weighed at most
	fewWords = 3    // of a query in which a word that no line has is taken for a slip; a lyric line may well have one
)

// pool is how many lines are weighed by each voice for so many hits: what is worth most in both is seldom far down in either.
func pool(limit int) int { return min(3*limit+200, index.MaxLimit) }

// fuse answers by words and by meaning in one list.
func (s *Searcher) fuse(ctx context.Context, q Query, t terms, p picked) ([]Hit, error) {
	f := &fusion{Searcher: s, q: q, terms: t, picked: p, lines: map[int64]*weighed{}, iq: p.narrow(indexQuery(q, t)), of: byID(p.episodes)}
	f.iq.Any, f.iq.Shots, f.iq.Like, f.iq.Limit = true, false, !q.Any && len(t.words) <= fewWords, pool(q.Limit)
	for _, gather := range []func(context.Context) error{f.byPhrases, f.byBoth} {
		if err := gather(ctx); err != nil {
			return nil, err
		}
	}
	first, err := f.first(ctx)
	if err != nil {
		return nil, err
	}
	return f.hits(ctx, first)
}

// fusion is a query at work.
type fusion struct {
	*Searcher
	picked
	q     Query
	terms terms
	iq    index.Query
	of    map[int64]*catalog.Episode
	lines map[int64]*weighed // by ID
	must  map[int64]bool     // lines that have the phrases; nil: there are none that must be
}

// byPhrases finds the lines that have what is in quotes: no other is an answer. In a lyric line quotes are but quotes.
func (f *fusion) byPhrases(ctx context.Context) error {
	if len(f.terms.phrases) == 0 || f.q.Any {
		return nil
	}
	q := f.narrow(indexQuery(f.q, terms{phrases: f.terms.phrases, exclude: f.terms.exclude}))
	q.Shots, q.Limit = false, phrased
	matches, err := f.ix.Find(ctx, q)
	f.must = map[int64]bool{}
	for _, m := range matches {
		f.must[m.Line] = true
	}
	among := f.iq.Among
	f.iq.Among = func(episode, line int64, shot int) bool {
		return f.must[line] && (among == nil || among(episode, line, shot))
	}
	return err
}

// byBoth finds lines by their words while the question is being understood, then by what they mean.
func (f *fusion) byBoth(ctx context.Context) error {
	question := make(chan heard, 1)
	go func() { question <- f.ask(f.terms.question()) }()
	var matches []index.Match
	var err error
	if f.q.Voice != ByMeaning || f.must != nil {
		matches, err = f.ix.Find(ctx, f.iq)
	}
	a := <-question
	switch {
	case errors.Is(err, index.ErrTooLong):
		return ErrTooLong
	case err != nil:
		return err
	case a.err != nil:
		return fmt.Errorf("understand the query: %w", a.err)
	}
	also := map[int64][]int64{}
	for _, m := range matches {
		f.lines[m.Line] = &weighed{Match: m}
		also[m.Episode] = append(also[m.Episode], m.Line)
	}
	if err := f.byMeaningOf(ctx, a, also); err != nil || len(matches) < f.iq.Limit {
		return err
	}
	return f.byWordsOf(ctx)
}

// byMeaningOf adds how near lines are, and those that are near and share no word.
func (f *fusion) byMeaningOf(ctx context.Context, q heard, also map[int64][]int64) error {
	filter := vectors.Filter{Limit: pool(f.q.Limit), Around: aroundWorth, Also: also}
	if f.fewer {
		filter.Only = func(episode int64) bool { return f.of[episode] != nil }
	}
	if f.must != nil {
		filter.Keep = func(l vectors.Line) bool { return f.must[l.ID] }
	}
	found, err := f.view.Find(ctx, q.Query, filter)
	means := q.mood || len(found) > 0 && float64(found[0].Score)/aroundWide >= mostNear
	for _, m := range found {
		near := float64(m.Score) / aroundWide
		if w := f.lines[m.ID]; w != nil {
			w.near = near
		} else if means && near >= leastNear || f.q.Voice == ByMeaning && near > 0 {
			f.lines[m.ID] = &weighed{Match: index.Match{Line: m.ID, Episode: m.Episode}, near: near}
		}
	}
	return err
}

// byWordsOf asks the lines that are nearest for the query's words too: where those are common, the index gave others with them.
func (f *fusion) byWordsOf(ctx context.Context) error {
	var nearest []*weighed
	for _, w := range f.lines {
		if w.Score == 0 {
			nearest = append(nearest, w)
		}
	}
	slices.SortFunc(nearest, func(a, b *weighed) int { return cmp.Or(cmp.Compare(b.near, a.near), cmp.Compare(a.Line, b.Line)) })
	nearest = nearest[:min(len(nearest), 2*f.q.Limit)]
	q, among := f.iq, f.iq.Among
	q.Limit, q.Episodes = len(nearest), []int64{}
	asked := map[int64]*weighed{}
	for _, w := range nearest {
		q.Episodes, asked[w.Line] = append(q.Episodes, w.Episode), w
	}
	q.Among = func(episode, line int64, shot int) bool {
		return asked[line] != nil && (among == nil || among(episode, line, shot))
	}
	matches, err := f.ix.Find(ctx, q)
	for _, m := range matches {
		asked[m.Line].Match = m
	}
	return err
}

// first gives the lines that are worth most, one of each shot. Lines are read in the order of what they are worth at best, for as
// long as one that is not read yet may be among the first.
func (f *fusion) first(ctx context.Context) ([]*weighed, error) {
	waiting := make([]*weighed, 0, len(f.lines))
	for _, w := range f.lines {
		waiting = append(waiting, w)
	}
	slices.SortFunc(waiting, func(a, b *weighed) int { return cmp.Or(cmp.Compare(b.most(), a.most()), cmp.Compare(a.Line, b.Line)) })
	var first []*weighed
	r := f.reader()
	for len(waiting) > 0 {
		n := min(len(waiting), 2*f.q.Limit)
		read, err := r.read(ctx, waiting[:n])
		if err != nil {
			return nil, err
		}
		first, waiting = ofEachShot(append(first, read...)), waiting[n:]
		if len(waiting) > 0 && len(first) >= f.q.Limit && first[f.q.Limit-1].worth() >= waiting[0].most() {
			break
		}
	}
	return first[:min(len(first), f.q.Limit)], nil
}

// ofEachShot puts lines in order and keeps the best of each shot.
func ofEachShot(lines []*weighed) []*weighed {
	slices.SortFunc(lines, (*weighed).before)
	type spot struct {
		episode int64
		shot    int
	}
	taken := map[spot]bool{}
	return slices.DeleteFunc(lines, func(w *weighed) bool {
		at := spot{w.Episode, w.Shot}
		was := taken[at]
		taken[at] = true
		return was
	})
}

// reader reads lines and finds the shots that they answer in.
type reader struct {
	*fusion
	measured map[ShotName]catalog.Shot // of the lines at hand, where their lengths are asked for
	excluded *index.Marker
}

func (f *fusion) reader() *reader {
	return &reader{fusion: f, excluded: index.NewMarker(index.Query{Phrases: f.terms.exclude, Any: true})}
}

// read leaves out lines that the query does not welcome: those that the index found have been asked already.
func (r *reader) read(ctx context.Context, some []*weighed) (out []*weighed, err error) {
	matches := make([]index.Match, len(some))
	for i, w := range some {
		matches[i] = w.Match
	}
	lines, err := r.Searcher.lines(ctx, matches)
	if err != nil {
		return nil, err
	}
	if err := r.measure(ctx, lines); err != nil {
		return nil, err
	}
	for _, w := range some {
		if w.line = lines[w.Line]; w.line == nil || r.of[w.Episode] == nil {
			continue
		}
		w.last = r.of[w.Episode].Path == ""
		if w.Score == 0 && !r.welcome(w) {
			continue
		}
		if w.Shot > 0 {
			out = append(out, w)
		}
	}
	return out, ctx.Err()
}

// measure reads the shots of lines, where the query asks for their lengths.
func (r *reader) measure(ctx context.Context, lines map[int64]*catalog.Line) (err error) {
	if r.q.Min <= 0 && r.q.Max <= 0 {
		return nil
	}
	var names []catalog.ShotName
	for _, l := range lines {
		for _, n := range append([]int{l.Shot}, l.Shots...) {
			names = append(names, catalog.ShotName{Episode: l.Episode, Number: n})
		}
	}
	r.measured, err = r.shotsNamed(ctx, names)
	return err
}

// welcome does for a line that was found by its meaning what the index does for others, and chooses its shot.
func (r *reader) welcome(w *weighed) bool {
	if !r.q.passes(w.line) || len(r.terms.exclude) > 0 && len(r.excluded.Marks(w.line.Lang, w.line.Text)) > 0 {
		return false
	}
	for _, n := range append([]int{w.line.Shot}, w.line.Shots...) {
		if n == 0 || r.picked.some() && !r.hasLine(w.Episode, w.Line, n) {
			continue
		}
		if r.q.Min > 0 || r.q.Max > 0 {
			shot, ok := r.measured[ShotName{w.Episode, n}]
			if !ok || !r.q.long(shot.Range.Length()) {
				continue
			}
		}
		w.Shot = n
		return true
	}
	return false
}

// long tells whether shots of such a length are asked for.
func (q Query) long(t timecode.Time) bool { return t >= q.Min && (q.Max <= 0 || t <= q.Max) }

// hits are the lines as they are shown.
func (f *fusion) hits(ctx context.Context, first []*weighed) ([]Hit, error) {
	matches := make([]index.Match, len(first))
	for i, w := range first {
		matches[i] = w.Match
	}
	shots, err := f.shotsOf(ctx, matches)
	if err != nil {
		return nil, err
	}
	out, marker := make([]Hit, 0, len(first)), index.NewMarker(f.iq)
	for _, w := range first {
		shot, ok := shots[ShotName{w.Episode, w.Shot}]
		if !ok {
			continue
		}
		h := newHit(marker, w.Match, f.of[w.Episode], shot, w.line)
		w.weigh(&h)
		out = append(out, h)
	}
	return out, nil
}
