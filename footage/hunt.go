package footage

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/amvlib/amvlib/footage/hashes"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/timecode"
)

// What is looked up of a shot, and what is taken from it.
const (
	mostHunted  = 12 // pictures of a shot that are looked up
	huntRadius  = 11 // bits by which they may differ from what the library has: its nearest picture may be an eighth of a second off
	mostPlaces  = 200
	mostHunches = 6
	sideOfHunch = timecode.Second / 2
)

// hunch is a place that a shot may be from.
type hunch struct {
	episode int64
	angle   angle // how the shot shows its film
	there   timecode.Range
	weight  float64
}

// clue says that a picture of a shot, seen from an angle, looks like an episode at a time.
type clue struct {
	snap   int
	angle  angle
	time   timecode.Time
	weight float64
}

// side is what clues have to agree in to speak for one place.
type side struct {
	episode    int64
	mirrored   bool
	inner      bool
	wide, high int
}

// hunt finds the places that a shot may be from, the likeliest first, by looking some of its pictures up: as they are and mirrored,
// with bars and without, cropped to another shape, and with zoomed also shown larger.
func (f *Footage) hunt(ctx context.Context, shot []snap, shapes []float64, zoomed bool) ([]hunch, error) {
	clues := map[side][]clue{}
	asked := sparse(shot)
	for i, s := range asked {
		for _, a := range s.sides(shapes, zoomed) {
			if err := f.ask(ctx, i, s, a, clues); err != nil {
				return nil, err
			}
		}
	}
	var all []hunch
	length := shot[len(shot)-1].at - shot[0].at
	for s, of := range clues {
		all = append(all, gathered(s.episode, of, len(asked), min(length, 4*timecode.Second)+sideOfHunch)...)
	}
	slices.SortFunc(all, func(a, b hunch) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.episode, b.episode), cmp.Compare(a.there.Start, b.there.Start))
	})
	return all[:min(len(all), mostHunches)], nil
}

// sides are the angles from which a picture is looked up: those of all that a crop leaves or, with zoomed, larger ones.
func (s snap) sides(shapes []float64, zoomed bool) []angle {
	var all []angle
	for _, a := range s.angles(shapes) {
		zoom := a.wide < 1 && a.wide == a.high
		if zoom == zoomed {
			all = append(all, a)
		}
		if !zoomed || zoom || a.wide == a.high || a.cover != (cover{}) {
			continue
		}
		for _, z := range zooms {
			if both := (angle{part: a.part, mirrored: a.mirrored, wide: z * a.wide, high: z * a.high}); both.take(s.Picture) {
				all = append(all, both)
			}
		}
	}
	return all
}

// sparse chooses pictures of a shot, evenly, that show something.
func sparse(shot []snap) []snap {
	var seen, some []snap
	for _, s := range shot {
		if !s.flat {
			seen = append(seen, s)
		}
	}
	n := min(mostHunted, len(seen))
	for i := range n {
		some = append(some, seen[i*len(seen)/n])
	}
	return some
}

// ask looks one picture up from one angle.
func (f *Footage) ask(ctx context.Context, i int, s snap, a angle, clues map[side][]clue) error {
	key := side{mirrored: a.mirrored, inner: a.part != s.whole(), wide: int(100*a.wide + 0.5), high: int(100*a.high + 0.5)}
	look := func(h phash.Hash, find func(phash.Hash, int) ([]hashes.Place, error)) error {
		places, err := find(h, huntRadius)
		if err != nil {
			return err
		}
		common := 1 + float64(len(places))/40
		for _, p := range places[:min(len(places), mostPlaces)] {
			b, err := f.Reel(ctx, p.Episode)
			if err != nil {
				return err
			}
			if n, ok := b.AtFrame(p.Frame); ok {
				key.episode = p.Episode
				clues[key] = append(clues[key], clue{i, a, b.Looks[n].Time, math.Exp(-float64(p.Distance)/4) / common})
			}
		}
		return ctx.Err()
	}
	if !a.look.Flat {
		if err := look(a.look.Whole, f.hashes.Whole); err != nil {
			return err
		}
	}
	if a.look.Centre == 0 {
		return nil
	}
	return look(a.look.Centre, f.hashes.Centre)
}

// gathered are the stretches, up to so long, in which most clues of one side lie. Each picture counts once, by its best clue.
func gathered(episode int64, all []clue, snaps int, long timecode.Time) (found []hunch) {
	slices.SortFunc(all, func(a, b clue) int { return cmp.Or(cmp.Compare(a.time, b.time), cmp.Compare(a.snap, b.snap)) })
	best := make([]float64, snaps)
	for len(all) > 0 && len(found) < mostHunches {
		top := hunch{episode: episode}
		from, to := 0, 0
		for i := range all {
			clear(best)
			j := i
			for ; j < len(all) && all[j].time-all[i].time <= long; j++ {
				best[all[j].snap] = max(best[all[j].snap], all[j].weight)
			}
			sum := 0.0
			for _, w := range best {
				sum += w
			}
			if sum > top.weight {
				top.weight, from, to = sum, i, j
			}
		}
		likeliest := slices.MaxFunc(all[from:to], func(a, b clue) int { return cmp.Compare(a.weight, b.weight) })
		top.angle = likeliest.angle
		top.there = timecode.Range{Start: likeliest.time, End: likeliest.time}
		for _, c := range all[from:to] {
			if c.weight >= likeliest.weight/4 {
				top.there = timecode.Range{Start: min(top.there.Start, c.time), End: max(top.there.End, c.time)}
			}
		}
		found = append(found, top)
		all = slices.Delete(all, from, to)
	}
	return found
}
