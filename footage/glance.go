package footage

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// What is looked for by the small pictures of the library, because nothing was found by hashes: dark, faded and plain pictures have none.
const (
	mostGlanced  = 5                    // pictures of a shot that are compared with them
	leastMissing = 12                   // shots that are looked for so at least, if nothing of a video was found; else as many as were
	forEach      = 3                    // more for each of them that is found
	aroundFound  = 60 * timecode.Second // of what was found is looked at before the rest of its episode
	mostUsual    = 8                    // pictures by which it is told how near just any are
	mostGlances  = 3                    // places of which the footage is read
	besideLeaf   = timecode.Second / 2  // from a small picture to what it speaks for
	leastVisible = 3                    // variance of levels of a picture in which something can be seen
	worthReading = .8                   // how far pictures are from a place, of how far any are, from which on its footage is not read
)

// leaf is a small picture of an episode.
type leaf struct {
	episode *catalog.Episode
	frame   int64
	at      timecode.Time
	plate   *plate
	usual   float64 // how far any picture is from it: little shows in some, and anything is near them
}

// missed looks for shots that were not found among the small pictures of the library: around what was found, then in the rest of its
// episodes, then in others. Those come first that have least to be looked up by, and no more are looked for than is in keeping with what
// was found: of a video that has nothing from the library, a few.
func (t *tracer) missed(ctx context.Context, all []Traced) ([]Traced, error) {
	missing := t.missing(all)
	if t.o.Frames == nil || len(missing) == 0 {
		return all, nil
	}
	book, err := t.book(ctx, all)
	if err != nil || len(book) == 0 {
		return all, err
	}
	t.compareUsual(all, book)
	parts := make([][]Traced, len(all))
	for i := range all {
		parts[i] = all[i : i+1]
	}
	before := countFound(parts)
	for done := 0; done < len(missing); {
		most := min(len(missing), max(leastMissing, before)+forEach*(countFound(parts)-before))
		if most <= done {
			break
		}
		round := missing[done:most]
		if err := t.round(ctx, all, parts, round, book); err != nil {
			return nil, err
		}
		done += len(round)
	}
	return slices.Concat(parts...), nil
}

// round looks for some of the shots at once.
func (t *tracer) round(ctx context.Context, all []Traced, parts [][]Traced, some []int, book []leaf) error {
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, i := range some {
		g.Go(func() (err error) {
			parts[i], err = t.glance(within, all[i], book)
			return err
		})
	}
	return g.Wait()
}

// countFound is how many shots were found.
func countFound(parts [][]Traced) (n int) {
	for _, p := range parts {
		if slices.ContainsFunc(p, func(one Traced) bool { return one.Found }) {
			n++
		}
	}
	return n
}

// missing are the shots that were not found and show something, those first of which fewest pictures have a hash.
func (t *tracer) missing(all []Traced) (missing []int) {
	flat := map[int]float64{}
	for i, one := range all {
		if one.Found {
			continue
		}
		if seen := visible(t.v.within(one.Clean)); len(seen) > 0 {
			missing = append(missing, i)
			for _, l := range t.v.reel.Looks[one.Clean.In:one.Clean.Out] {
				if l.Flat {
					flat[i] += 1 / float64(one.Clean.Len())
				}
			}
		}
	}
	slices.SortStableFunc(missing, func(a, b int) int { return cmp.Compare(flat[b], flat[a]) })
	return missing
}

// visible are the pictures of a shot in which something can be seen, though it may be too little for a hash.
func visible(shot []snap) (seen []snap) {
	for _, s := range shot {
		if s.flat && variance(s.small().v) < leastVisible {
			continue
		}
		s.flat = false
		seen = append(seen, s)
	}
	return seen
}

func variance(levels []float32) float64 {
	sum, squares := 0.0, 0.0
	for _, v := range levels {
		sum += float64(v)
		squares += float64(v) * float64(v)
	}
	n := float64(len(levels))
	return squares/n - sum/n*sum/n
}

// glance looks for one shot.
func (t *tracer) glance(ctx context.Context, one Traced, book []leaf) ([]Traced, error) {
	shot := visible(t.v.within(one.Clean))
	hunches := t.likely(shot, book)
	if len(hunches) == 0 {
		return []Traced{one}, nil
	}
	if _, err := t.verify(ctx, &one, shot, hunches); err != nil || !one.Found {
		return []Traced{one}, err
	}
	one.Plain = false
	return t.rest(ctx, one, shot, 0)
}

// book is the small pictures among which shots are looked for.
func (t *tracer) book(ctx context.Context, all []Traced) (book []leaf, err error) {
	episodes, err := t.lib.Episodes(ctx)
	if err != nil {
		return nil, err
	}
	places, used := placesOf(all)
	b := &binder{tracer: t, bound: map[int64]map[int64]bool{}}
	for _, e := range inTurn(episodes, used)[:min(len(used), len(episodes))] {
		for _, r := range places[e.ID] {
			if err := b.bind(ctx, e, timecode.Range{Start: r.Start - aroundFound, End: r.End + aroundFound}); err != nil {
				return nil, err
			}
		}
	}
	for _, e := range inTurn(episodes, used) {
		if err := b.bind(ctx, e, timecode.Range{End: e.Duration + timecode.Second}); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(b.book, func(a, b leaf) int {
		return cmp.Or(cmp.Compare(a.episode.ID, b.episode.ID), cmp.Compare(a.frame, b.frame))
	})
	return b.book, nil
}

// placesOf are the stretches that were found, by their episodes, and those with the most first.
func placesOf(all []Traced) (places map[int64][]timecode.Range, used []int64) {
	places = map[int64][]timecode.Range{}
	for _, one := range all {
		if !one.Found {
			continue
		}
		if places[one.Run.Episode] == nil {
			used = append(used, one.Run.Episode)
		}
		places[one.Run.Episode] = append(places[one.Run.Episode], one.Run.B)
	}
	slices.SortStableFunc(used, func(a, b int64) int { return cmp.Compare(len(places[b]), len(places[a])) })
	return places, used
}

// binder makes a book.
type binder struct {
	*tracer
	book  []leaf
	bound map[int64]map[int64]bool // frames of episodes
}

// bind adds the small pictures of a stretch that are not there yet, while there is room.
func (b *binder) bind(ctx context.Context, e *catalog.Episode, r timecode.Range) error {
	if len(b.book) >= mostScanned {
		return nil
	}
	q, err := b.sequence(ctx, e.ID)
	if err != nil || len(q.Times) == 0 {
		return err
	}
	stills, err := b.lib.Stills(ctx, e.ID, timecode.Span{In: frameAt(q, r.Start), Out: frameAt(q, r.End) + 1})
	if err != nil {
		return err
	}
	if b.bound[e.ID] == nil {
		b.bound[e.ID] = map[int64]bool{}
	}
	for _, s := range stills {
		if len(b.book) >= mostScanned || b.bound[e.ID][s.Frame] {
			continue
		}
		b.bound[e.ID][s.Frame] = true
		if p, err := stillOf(s.JPEG); err == nil {
			b.book = append(b.book, leaf{episode: e, frame: s.Frame, at: q.Time(s.Frame), plate: p.small()})
		}
	}
	return nil
}

// compareUsual sets how far pictures that are from elsewhere are from each of the small ones: those of shots that were found.
func (t *tracer) compareUsual(all []Traced, book []leaf) {
	var some []snap
	for _, one := range all {
		if shot := t.v.within(one.Clean); one.Found && len(shot) > 0 {
			some = append(some, shot[len(shot)/2])
		}
	}
	some = spread(some, mostUsual)
	for _, s := range some {
		for i, off := range together([]snap{s}, angle{part: s.whole(), wide: 1, high: 1}, book, 0) {
			book[i].usual += min(0, off) / float64(len(some))
		}
	}
}

// likely are the places that a shot may be from, by all of some of its pictures together.
func (t *tracer) likely(shot []snap, book []leaf) []hunch {
	some := spread(shot, mostGlanced)
	side := (shot[len(shot)-1].at-shot[0].at)*3/4 + besideLeaf
	best := make([]hunch, len(book))
	for _, a := range some[len(some)/2].ways(t.shapes) {
		if a.zoomed() || !a.cover.Empty() {
			continue
		}
		a.dim = true
		for i, off := range together(some, a, book, side) {
			if weight := math.Exp(book[i].usual-off) / a.odds(); weight > best[i].weight {
				best[i] = hunch{book[i].episode.ID, a, timecode.Range{Start: book[i].at, End: book[i].at}, weight}
			}
		}
	}
	slices.SortStableFunc(best, func(a, b hunch) int { return cmp.Compare(b.weight, a.weight) })
	var few []hunch
	for _, h := range best {
		if len(few) == mostGlances || h.weight < 1/worthReading {
			break
		}
		if !slices.ContainsFunc(few, func(o hunch) bool { return o.episode == h.episode && away(o.there.Start, h.there.Start) < side }) {
			few = append(few, h)
		}
	}
	return few
}

// spread are so many of a shot's pictures, the middle ones of as many parts of it.
func spread(shot []snap, most int) (some []snap) {
	n := min(most, len(shot))
	for i := range n {
		some = append(some, shot[(2*i+1)*len(shot)/(2*n)])
	}
	return some
}

// together is for each small picture how far those of a shot are from it and its neighbours, seen from an angle: the mean of the
// logarithms of what is left unexplained of each by the one that explains it best.
func together(shot []snap, a angle, book []leaf, side timecode.Time) []float64 {
	sum, off := make([]float64, len(book)), make([]float64, len(book))
	for _, s := range shot {
		shape, laid := math.NaN(), (*sheet)(nil)
		for i, l := range book {
			if now := l.episode.Info.Video.Shape(); now != shape {
				shape, laid = now, a.laid(s.Picture, now, smallest)
			}
			off[i] = math.Log(laid.differs(l.plate) + leastOff)
		}
		for i := range book {
			sum[i] += nearestOf(book, off, i, side) / float64(len(shot))
		}
	}
	return sum
}

// nearestOf is the least of what small pictures beside the i-th are off.
func nearestOf(book []leaf, off []float64, i int, side timecode.Time) float64 {
	least := off[i]
	for _, way := range []int{-1, 1} {
		for k := i + way; k >= 0 && k < len(book) && book[k].episode == book[i].episode && away(book[k].at, book[i].at) <= side; k += way {
			least = min(least, off[k])
		}
	}
	return least
}
