package vectors

import (
	"cmp"
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/amvlib/amvlib/mapped"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/meaning/scan"
)

// Line names a line that has a vector.
type Line struct {
	Episode int64
	ID      int64
	Track   int
}

func compareLines(a, b Line) int {
	return cmp.Or(cmp.Compare(a.Episode, b.Episode), cmp.Compare(a.ID, b.ID))
}

func newBest(most int) *scan.Best[Line] { return scan.NewBest(most, compareLines) }

// Match is a line that was found.
type Match struct {
	Line
	Score float32 // see [meaning.Query.Score]
}

// Filter says which lines Find is to look at, and how many to give.
type Filter struct {
	Limit int             // at most so many; 0 gives none
	Keep  func(Line) bool // nil keeps all; called from several goroutines, for lines that are near enough to be given
	Only  func(episode int64) bool

	Around float32           // how much the lines around one count beside it; 0 is nothing
	Also   map[int64][]int64 // by episode, the IDs of lines that are given besides, however far they are
}

// Find gives the lines nearest to a question, best first; of equal ones the one of the lower number. Those that were asked for besides come
// after them, in the same order. Files that turn out to be damaged are left
// out, and count as missing from the next Refresh on. Errors: that of ctx.
func (v *View) Find(ctx context.Context, q meaning.Query, f Filter) ([]Match, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	files := make([]*file, 0, len(v.state.files))
	for id, file := range v.state.files {
		if file.count() > 0 && (f.Only == nil || f.Only(id)) {
			files = append(files, file)
		}
	}
	best := newBest(f.Limit)
	var also []Match
	var mu sync.Mutex
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		all.Go(func() {
			s := search{query: &q, filter: f, best: newBest(f.Limit), scorer: q.Scorer()}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					break
				}
				if err := s.file(files[i]); err != nil {
					v.discard(files[i], err)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			best.Merge(s.best)
			also = append(also, s.also...)
		})
	}
	all.Wait()
	return withAlso(best.Sorted(), also), ctx.Err()
}

// withAlso puts those of also that are not among the best behind them.
func withAlso(best []scan.Scored[Line], also []Match) (found []Match) {
	there := make(map[int64]bool, len(best))
	for _, s := range best {
		found = append(found, Match{s.Of, s.Score})
		there[s.Of.ID] = true
	}
	also = slices.DeleteFunc(also, func(m Match) bool { return there[m.ID] })
	slices.SortFunc(also, func(a, b Match) int { return cmp.Or(cmp.Compare(b.Score, a.Score), compareLines(a.Line, b.Line)) })
	return append(found, also...)
}

// discard takes a damaged file away, so that whoever catches up next makes it anew. Where that is not allowed it is passed over.
func (v *View) discard(f *file, why error) {
	v.log.Warn("vectors of an episode count as missing", "err", why)
	if errors.Is(why, errDamaged) {
		_ = os.Remove(f.path)
	}
}

// search is one goroutine's part.
type search struct {
	query   *meaning.Query
	filter  Filter
	best    *scan.Best[Line]
	any     []int32
	english []int32
	scores  []float32
	around  []float32
	tracks  []uint32
	scorer  meaning.Scorer
	also    []Match
}

// file offers the lines of a file, if it is sound.
func (s *search) file(f *file) error {
	if err := f.sound(); err != nil {
		return err
	}
	return mapped.Guard(func() error {
		s.products(f)
		s.english = s.english[:0]
		if s.query.IsEnglish() {
			s.english = resize(s.english, f.header.english)
			scan.Products(s.english, f.english, s.query.English[:])
		}
		s.offer(f)
		return nil
	})
}

// products multiplies Any of a file's lines. Those in English, which lie together, may have a vector of the query's to themselves.
func (s *search) products(f *file) {
	s.any = resize(s.any, f.count())
	if s.query.AnyOf(true) == s.query.AnyOf(false) {
		scan.Products(s.any, f.any, s.query.Any[:])
		return
	}
	for from, to := 0, 0; from < len(s.any); from = to {
		english := f.englishRow(from) > 0
		for to = from + 1; to < len(s.any) && f.englishRow(to) > 0 == english; to++ {
		}
		scan.Products(s.any[from:to], f.any[numbers*from:], s.query.AnyOf(english)[:])
	}
}

func (s *search) offer(f *file) {
	s.score(f)
	bar := s.best.Bar()
	for i, score := range s.scores {
		if score < bar {
			continue
		}
		if l := s.line(f, i); s.filter.Keep == nil || s.filter.Keep(l) {
			s.best.Offer(score, l)
			bar = s.best.Bar()
		}
	}
	if also := s.filter.Also[f.stamp.episode]; len(also) > 0 {
		s.give(f, slices.Sorted(slices.Values(also)))
	}
}

// give gives the lines that are asked for besides, in order.
func (s *search) give(f *file, also []int64) {
	for i, score := range s.scores {
		if _, ok := slices.BinarySearch(also, f.line(i)); ok {
			s.also = append(s.also, Match{s.line(f, i), score})
		}
	}
}

func (s *search) line(f *file, i int) Line { return Line{f.stamp.episode, f.line(i), int(f.track(i))} }

// score makes the scores of a file's lines.
func (s *search) score(f *file) {
	s.scores = resize(s.scores, len(s.any))
	for i, product := range s.any {
		if e := f.englishRow(i); e > 0 && e <= len(s.english) {
			s.scores[i] = s.scorer.Both(product, s.english[e-1])
		} else {
			s.scores[i] = s.scorer.Any(product)
		}
	}
	if s.filter.Around > 0 {
		s.around, s.tracks = resize(s.around, len(s.scores)), resize(s.tracks, len(s.scores))
		for i := range s.tracks {
			s.tracks[i] = f.track(i)
		}
		surround(s.scores, s.tracks, s.filter.Around, s.around)
	}
}

func resize[T any](v []T, n int) []T {
	if cap(v) < n {
		return make([]T, n)
	}
	return v[:n]
}

// Vectors gives the vectors of an episode's lines that have these IDs, by ID. Lines without one are left out.
func (v *View) Vectors(episode int64, ids ...int64) (map[int64]meaning.Vector, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	out := map[int64]meaning.Vector{}
	f := v.state.files[episode]
	if f == nil {
		return out, nil
	}
	err := f.sound()
	if err == nil {
		err = mapped.Guard(func() error {
			for i := range f.count() {
				if r := f.row(i); slices.Contains(ids, r.line) {
					out[r.line] = f.vector(i)
				}
			}
			return nil
		})
	}
	if err != nil && !errors.Is(err, errDamaged) && !errors.Is(err, mapped.ErrGone) {
		return nil, err
	}
	return out, nil
}
