package footage

import (
	"cmp"
	"context"
	"image"
	"math"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// Where no place fits as the very frame would, the likeliest films are watched whole: every picture of them is compared, small.
const (
	mostFilms     = 2                         // that are watched for a picture
	mostWatched   = 45 * 60 * timecode.Second // of film, for a picture
	mostOfFilm    = 20000                     // pictures that are kept of a film; of a longer one every second or third
	mostSmalls    = 45000                     // of all films, of 3.6 KB each
	mostPlacesIn  = 8                         // places of watched films that are looked at closely
	mostForWays   = 2000                      // pictures of a film that tell which ways those are
	mostWays      = 5                         // ways to look at a picture that are compared with every picture of a film
	watchStep     = 3 * timecode.Second / 10
	besideWatched = 5 * timecode.Second / 10
	shortFilm     = 5 * 60 * timecode.Second // watched where a long one is not, for a fit that will do
	likelyAgrees  = 0.6                      // agreement somewhere in a film with which it is likely
	likelySmall   = 0.5                      // unexplained of its small pictures, with which it is
	nearlyAsWell  = 1.5                      // times what the best place leaves unexplained, up to which others are looked at
)

// OnWatch lets tell be told how far a film has been watched where one is watched whole, and at its end with both times equal.
func (f *Footage) OnWatch(tell func(path string, at, of timecode.Time)) *Footage {
	f.tell = tell
	return f
}

// watched is a film in small pictures, as plates of the coarsest size in bytes.
type watched struct {
	times    []timecode.Time
	pictures [][]byte
}

// seenWhole are the small pictures of a film, decoded once for the questions that are asked together.
func (f *Footage) seenWhole(ctx context.Context, e *catalog.Episode) (*watched, error) {
	if w, ok := f.watched.get(e.ID); ok {
		return w, nil
	}
	w := &watched{}
	every, n := max(1, (int(e.Frames)+mostOfFilm-1)/mostOfFilm), 0
	err := f.films.films(ctx, e.Path, timecode.Range{End: e.Duration + timecode.Second}, func(at timecode.Time, img *image.Gray) error {
		if f.tell != nil && at < e.Duration {
			f.tell(e.Path, at, e.Duration)
		}
		if n++; (n-1)%every == 0 && len(w.times) < mostOfFilm {
			w.times, w.pictures = append(w.times, at), append(w.pictures, smallOf(img))
		}
		return nil
	})
	if f.tell != nil {
		f.tell(e.Path, e.Duration, e.Duration)
	}
	if err != nil {
		return nil, err
	}
	f.watched.put(e.ID, w, len(w.times))
	return w, nil
}

// smallOf is a picture of a film in the coarsest size.
func smallOf(img *image.Gray) []byte {
	p := plateOf(img, coarsest)
	small := make([]byte, len(p.v))
	for i, v := range p.v {
		small[i] = byte(v + 0.5)
	}
	return small
}

// isWatched tells whether a film's pictures are at hand.
func (f *Footage) isWatched(id int64) bool {
	_, ok := f.watched.get(id)
	return ok
}

// placesIn are the places of a film that are most like p, seen in one of some ways.
func (w *watched) placesIn(p *Picture, e *catalog.Episode, ways []angle) []Sighting {
	best := make([]Sighting, len(w.times))
	sheets := make([]*sheet, len(ways))
	for i, a := range ways {
		sheets[i] = a.laid(p, e.Info.Video.Shape(), coarsest)
	}
	film := newPlate(plateSizes[coarsest][0], plateSizes[coarsest][1])
	for i, small := range w.pictures {
		for k, v := range small {
			film.v[k] = float32(v)
		}
		best[i].score = math.Inf(1)
		for k, s := range sheets {
			if score := (s.differs(film) + leastOff) * ways[k].odds(); score < best[i].score {
				best[i].score, best[i].angle = score, ways[k]
			}
		}
	}
	for i := range best {
		s := &best[i]
		s.Episode, s.Time, s.small, s.near = e.ID, w.times[i], true, true
	}
	return bestApart(seenSo(best), mostPlacesIn, watchStep)
}

// watch looks at the likeliest films whole, and at their likeliest places closely.
func (l *laying) watch(ctx context.Context, ids []int64) error {
	var all []Sighting
	left := mostWatched
	for _, id := range ids {
		e := l.episode(id)
		if e.Path == "" || e.Duration <= 0 || l.content() && e.Duration > shortFilm && !l.f.isWatched(id) {
			continue
		}
		if left -= e.Duration; left < 0 && !l.f.isWatched(id) {
			continue
		}
		w, err := l.f.seenWhole(ctx, e)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil { // a film that is not at hand: its sightings say so
			continue
		}
		all = append(all, w.placesIn(l.p, e, l.likelyWays(e, w))...)
		l.done = append(l.done, id)
	}
	slices.SortStableFunc(all, func(a, b Sighting) int { return cmp.Compare(a.score, b.score) })
	if len(all) > mostPlacesIn {
		all = all[:mostPlacesIn]
	}
	if len(all) > 0 {
		least := all[0].score
		all = slices.DeleteFunc(all, func(s Sighting) bool { return s.score > nearlyAsWell*least+0.02 || s.score > hopeless*s.angle.odds() })
	}
	return l.look(ctx, all)
}

// likelyWays are the ways to look at a picture that the film's pictures, smaller still, speak for most, the plainest among them.
func (l *laying) likelyWays(e *catalog.Episode, w *watched) []angle {
	type way struct {
		angle
		laid  *sheet
		least float64
	}
	var all []way
	for _, a := range l.ways {
		all = append(all, way{a, a.laid(l.p, e.Info.Video.Shape(), smallest), math.Inf(1)})
	}
	film := newPlate(plateSizes[smallest][0], plateSizes[smallest][1])
	for i := 0; i < len(w.pictures); i += 1 + len(w.pictures)/mostForWays {
		halve(w.pictures[i], film)
		for k := range all {
			all[k].least = min(all[k].least, all[k].laid.differs(film))
		}
	}
	for k := range all {
		all[k].least = (all[k].least + leastOff) * all[k].odds()
	}
	all[0].least, all[len(all)-1].least = 0, 0 // lines below are looked for in any case
	slices.SortStableFunc(all, func(a, b way) int { return cmp.Compare(a.least, b.least) })
	var ways []angle
	if l.best.film {
		ways = append(ways, l.best.angle)
	}
	for _, w := range all {
		if len(ways) < mostWays && !slices.ContainsFunc(ways, func(a angle) bool { return a.like(w.angle) && a.cover == w.cover }) {
			ways = append(ways, w.angle)
		}
	}
	return ways
}

// halve makes a picture in the coarsest size one in the smallest.
func halve(small []byte, film *plate) {
	wide := plateSizes[coarsest][0]
	for y := range film.high {
		above, below := small[2*y*wide:], small[(2*y+1)*wide:]
		for x := range film.wide {
			film.v[y*film.wide+x] = float32(int(above[2*x])+int(above[2*x+1])+int(below[2*x])+int(below[2*x+1])) / 4
		}
	}
}

// likelyFilms are those that a picture is likely to be from: of which a place, or the small pictures, are much like it.
func (l *laying) likelyFilms(more []Sighting) []int64 {
	score := map[int64]float64{}
	say := func(id int64, how float64) {
		if have, ok := score[id]; !ok || how < have {
			score[id] = how
		}
	}
	for _, s := range l.all {
		if s.film && s.agree >= likelyAgrees {
			say(s.Episode, s.score)
		}
	}
	for _, s := range more {
		if s.score < likelySmall {
			say(s.Episode, 2*s.score)
		}
	}
	var all []int64
	for _, e := range l.episodes {
		if _, ok := score[e.ID]; ok && !slices.Contains(l.done, e.ID) {
			all = append(all, e.ID)
		}
	}
	slices.SortStableFunc(all, func(a, b int64) int { return cmp.Compare(score[a], score[b]) })
	return all[:min(len(all), mostFilms)]
}

// atHand are those of the likeliest films of which all pictures are.
func (f *Footage) atHand(likely []int64) []int64 {
	var all []int64
	for _, id := range likely[:min(len(likely), mostFilms)] {
		if f.isWatched(id) {
			all = append(all, id)
		}
	}
	return all
}
