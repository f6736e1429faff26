package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/picture"
)

// ErrNoShot is a query for shots like one that is not there.
var ErrNoShot = errors.New("no shot is called so: amvlib show EPISODE lists those of an episode")

// ShotName names a shot: its episode's ID, and its number there.
type ShotName catalog.ShotName

// aspect is one thing in which pictures are compared. Half of all pairs of shots are nearer to each other than its scale.
type aspect struct {
	name   string
	weight float64
	scale  float64
	of     func(picture.Features) float64
}

// motions are many and small, or few and great, so their roots are compared.
var aspects = []aspect{
	{"brightness", .16, .18, func(f picture.Features) float64 { return float64(f.Brightness) }},
	{"contrast", .10, .10, func(f picture.Features) float64 { return float64(f.Contrast) }},
	{"saturation", .14, .08, func(f picture.Features) float64 { return float64(f.Saturation) }},
	{"warmth", .18, .10, func(f picture.Features) float64 { return float64(f.Warmth) }},
	{"motion", .12, .07, func(f picture.Features) float64 { return math.Sqrt(max(0, float64(f.Motion))) }},
	{"stillness", .05, .20, func(f picture.Features) float64 { return float64(f.Stillness) }},
}

const (
	weighPicture = .25 // what the arrangement of light and dark counts, beside the aspects
	unlike       = 26. // bits by which the hashes of pictures that have nothing in common differ, or more
)

// resemblance is how like b is to a, from 0 to 1, and what makes it so: the reasons add up to it.
func resemblance(a, b *catalog.Shot) (sum float64, why []Reason) {
	add := func(text string, score float64) {
		if score > 0 {
			sum += score
			why = append(why, Reason{Kind: "look", Text: text, Score: score})
		}
	}
	if !phash.Flat(a.Variance) && !phash.Flat(b.Variance) {
		bits := a.Hash.Distance(b.Hash)
		add("composition", weighPicture*max(0, 1-float64(bits)/unlike))
	}
	for _, s := range aspects {
		x, y := s.of(a.Features), s.of(b.Features)
		add(s.name, s.weight*math.Exp(-(x-y)*(x-y)/(s.scale*s.scale)))
	}
	return sum, why
}

// example is the shot that others are to be like.
func (s *Searcher) example(ctx context.Context, n ShotName) (*catalog.Shot, error) {
	shot, err := s.cat.Shot(ctx, n.Episode, n.Number)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, fmt.Errorf("%d:%d: %w", n.Episode, n.Number, ErrNoShot)
	}
	return &shot, err
}

// resemble adds to hits that were found by words how like they are to an example, and puts them in order anew. The example itself is
// left out.
func resemble(hits []Hit, of *catalog.Shot) []Hit {
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return h.Shot.Episode == of.Episode && h.Shot.Number == of.Number })
	best := 0.
	for i := range hits {
		best = max(best, hits[i].Score)
	}
	for i := range hits {
		h := &hits[i]
		sum, why := resemblance(of, &h.Shot)
		for k := range why { // words and looks count the same, whatever the words' scores mean
			why[k].Score *= max(best, 1)
		}
		h.Score, h.Why = h.Score+sum*max(best, 1), append(h.Why, byWeight(why)...)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

func byWeight(why []Reason) []Reason {
	slices.SortStableFunc(why, func(a, b Reason) int { return cmp.Compare(b.Score, a.Score) })
	return why
}

// alike gives the shots that are most like an example, by their pictures and by what is said in them, of those that the filters of q leave.
func (s *Searcher) alike(ctx context.Context, q Query, p picked, of *catalog.Shot, said echoes) ([]Hit, error) {
	var mu sync.Mutex
	var all []Hit
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range p.episodes {
		g.Go(func() error {
			hits, err := s.likeIn(ctx, q, &p.episodes[i], p, of, said)
			mu.Lock()
			defer mu.Unlock()
			if all = append(all, hits...); len(all) > 4*q.Limit+4096 {
				all = nearest(all, q.Limit)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	all = nearest(all, q.Limit)
	for i := range all {
		_, why := resemblance(of, &all[i].Shot)
		all[i].Why = byWeight(append(all[i].Why, why...))
	}
	return all, nil
}

// likeIn scores an episode's shots; of one that was forgotten since there are none.
func (s *Searcher) likeIn(ctx context.Context, q Query, e *catalog.Episode, p picked, of *catalog.Shot, said echoes) ([]Hit, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	hits, err := s.listed(ctx, q, e, p)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return e.ID == of.Episode && h.Shot.Number == of.Number })
	for i := range hits {
		hits[i].Score, _ = resemblance(of, &hits[i].Shot)
		said.add(&hits[i])
	}
	return nearest(hits, q.Limit), nil
}

// nearest are the n best; those that are worth the same come in the order of the library, those without a file last.
func nearest(hits []Hit, n int) []Hit {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(lastOf(a), lastOf(b)), byTime(a, b))
	})
	return hits[:min(n, len(hits))]
}

func lastOf(h Hit) int {
	if h.Episode.Path == "" {
		return 1
	}
	return 0
}
