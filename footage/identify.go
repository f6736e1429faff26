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

// Sighting is where a picture or clip may be from.
type Sighting struct {
	Episode    int64
	Frame      int64         // of the sample that looks most like it
	Time       timecode.Time // the best guess at when it is
	Confidence float64       // 0 to 1
	Mirrored   bool
	Run        Run            // of a clip: the stretch of it that is there; zero where its pictures were found one by one
	Cropped    bool           // shows a part of the frame: it was cropped or zoomed
	Held       timecode.Range // from the first to the last frame beside it that shows the very same; zero where its film was not looked at
	Equal      bool           // fits as well as the first, as a picture of a loop does
	Unread     error          // why its film could not be looked at, where it was to be

	whole, centre int     // bits
	agree         float64 // with the small picture that agrees most
	fit           float64 // with those right before and after
	angle         angle
	twins         []Sighting // the same of other moments
	small         bool       // found by small pictures alone
	near          bool       // found by those of all pictures of a film
	film          bool       // its film was looked at
	lay           lay        // of which all below is known
	cost, score   float64    // see fitting
	parts         float64    // see agreement
}

const (
	wideRadius   = 12 // bits within which candidates are looked for
	mostRefined  = 48 // candidates whose neighbours in time are looked at
	mostVerified = 24 // candidates that are compared with the small pictures that were kept
)

// Identify tells where a picture may be from, at most n places, the likeliest first; none where it is from nowhere in the library, or
// shows too little to tell. With films ([Footage.WithFilms]) the very frame is found, and what merely looks like it is known from it.
func (f *Footage) Identify(ctx context.Context, p *Picture, n int) ([]Sighting, error) {
	found, err := f.sightings(ctx, p)
	if err != nil {
		return nil, err
	}
	if f.films != nil {
		if found, err = f.laid(ctx, p, found); err != nil {
			return nil, err
		}
	}
	return f.located(ctx, p, found, n)
}

// kept is Identify by what the library keeps alone.
func (f *Footage) kept(ctx context.Context, p *Picture, n int) ([]Sighting, error) {
	found, err := f.sightings(ctx, p)
	if err != nil {
		return nil, err
	}
	return f.located(ctx, p, found, n)
}

// located are those of found that can be believed, at their moments.
func (f *Footage) located(ctx context.Context, p *Picture, found []Sighting, n int) ([]Sighting, error) {
	found = chosen(found, n)
	for i := range found {
		if found[i].film {
			continue
		}
		if err := f.locate(ctx, p, &found[i]); err != nil {
			return nil, err
		}
	}
	return apartInTime(found, n, apartTwins), nil // several may have come to one moment
}

// sightings are the places that may be right, as the hashes and the small pictures say.
func (f *Footage) sightings(ctx context.Context, p *Picture) ([]Sighting, error) {
	shapes, err := f.shapes(ctx)
	if err != nil {
		return nil, err
	}
	found, err := f.candidates(ctx, p, shapes)
	if err != nil {
		return nil, err
	}
	grains := map[angleKey]*grain{}
	for i := range found {
		if err := f.verify(ctx, p, &found[i], grains); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// chosen are the sightings that can be believed, the likeliest first.
func chosen(found []Sighting, n int) []Sighting {
	found = slices.DeleteFunc(found, func(s Sighting) bool { return s.Confidence < unsure })
	slices.SortStableFunc(found, Sighting.better)
	equal := apartInTime(slices.DeleteFunc(slices.Clone(found), func(s Sighting) bool { return !s.Equal }), n, apartTwins)
	for _, s := range apartInTime(found, n, window) {
		if len(equal) < n && !slices.ContainsFunc(equal, func(k Sighting) bool { return k.Episode == s.Episode && away(k.Time, s.Time) < window }) {
			equal = append(equal, s)
		}
	}
	return equal
}

// better orders what is believed, the likeliest first.
func (s Sighting) better(o Sighting) int {
	if s.film && o.film {
		return cmp.Compare(s.score, o.score)
	}
	return cmp.Compare(o.rank(), s.rank())
}

// candidates are the places that look like p from some angle, the likeliest first.
func (f *Footage) candidates(ctx context.Context, p *Picture, shapes []float64) ([]Sighting, error) {
	var all []Sighting
	for _, a := range p.angles(shapes) {
		found, err := f.seen(ctx, a)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, Sighting.likelier)
	all = apartInTime(all, mostRefined, timecode.Second*6/10)
	for i := range all {
		if err := f.refine(ctx, &all[i]); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, Sighting.likelier)
	return distinct(all, mostVerified), nil
}

// distinct keeps of sightings in order one for each sample.
func distinct(all []Sighting, most int) []Sighting {
	var kept []Sighting
	for _, s := range all {
		if len(kept) == most {
			break
		}
		if !slices.ContainsFunc(kept, func(k Sighting) bool { return k.Episode == s.Episode && k.Frame == s.Frame && k.angle.like(s.angle) }) {
			kept = append(kept, s)
		}
	}
	return kept
}

// seen looks an angle up.
func (f *Footage) seen(ctx context.Context, a angle) ([]Sighting, error) {
	var all []Sighting
	type place struct{ episode, frame int64 }
	there := map[place]bool{}
	look := func(h phash.Hash, find func(phash.Hash, int) ([]hashes.Place, error)) error {
		places, err := find(h, wideRadius)
		if err != nil {
			return err
		}
		for _, pl := range places[:min(len(places), 400)] {
			if there[place{pl.Episode, pl.Frame}] {
				continue
			}
			there[place{pl.Episode, pl.Frame}] = true
			s, ok, err := f.sight(ctx, a, pl.Episode, pl.Frame)
			if err != nil {
				return err
			}
			if ok {
				all = append(all, s)
			}
		}
		return nil
	}
	if !a.look.Flat {
		if err := look(a.look.Whole, f.hashes.Whole); err != nil {
			return nil, err
		}
	}
	if a.look.Centre != 0 {
		if err := look(a.look.Centre, f.hashes.Centre); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// sight measures how far an angle is from a sample.
func (f *Footage) sight(ctx context.Context, a angle, episode, frame int64) (Sighting, bool, error) {
	r, err := f.Reel(ctx, episode)
	if err != nil {
		return Sighting{}, false, err
	}
	i, ok := r.AtFrame(frame)
	if !ok {
		return Sighting{}, false, nil
	}
	s := Sighting{Episode: episode, Frame: frame, Time: r.Looks[i].Time, Mirrored: a.mirrored, Cropped: a.wide*a.high < 1, angle: a}
	s.whole, s.centre = a.distances(r.Looks[i])
	return s, true, nil
}

// distances are in how many bits wholes and centres differ; 33, as unrelated ones do, where either is missing.
func (a angle) distances(l Look) (whole, centre int) {
	whole, centre = 33, 33
	if !a.look.Flat && !l.Flat {
		whole = a.look.Whole.Distance(l.Whole)
	}
	if a.look.Centre != 0 && l.Centre != 0 {
		centre = a.look.Centre.Distance(l.Centre)
	}
	return whole, centre
}

// bits is what sightings are ordered by before they are looked at closely. One hash is forgiven what lies over the picture.
func (s Sighting) bits() float64 {
	if s.Cropped {
		return float64(s.centre) + 5
	}
	low, high := min(s.whole, s.centre), max(s.whole, s.centre)
	return float64(low) + 0.35*float64(min(high, 24))
}

func (s Sighting) likelier(o Sighting) int {
	return cmp.Or(cmp.Compare(s.bits(), o.bits()), cmp.Compare(s.Episode, o.Episode), cmp.Compare(s.Time, o.Time))
}

// apartInTime keeps of sightings in order the first ones that are no neighbours of a better one.
func apartInTime(all []Sighting, most int, apart timecode.Time) []Sighting {
	var kept []Sighting
	for _, s := range all {
		if len(kept) == most {
			break
		}
		if !slices.ContainsFunc(kept, func(k Sighting) bool {
			return k.Episode == s.Episode && away(k.Time, s.Time) < apart
		}) {
			kept = append(kept, s)
		}
	}
	return kept
}

// refine moves a sighting to the sample of its episode that is nearest, within a second, and its time to between that and the nearer of
// its neighbours.
func (f *Footage) refine(ctx context.Context, s *Sighting) error {
	r, err := f.Reel(ctx, s.Episode)
	if err != nil {
		return err
	}
	best, _ := r.AtFrame(s.Frame)
	at := best
	for i := max(0, at-4); i < min(len(r.Looks), at+5); i++ {
		if s.angle.from(r.Looks[i]) < s.angle.from(r.Looks[best]) {
			best = i
		}
	}
	s.Frame, s.Time = r.Looks[best].Frame, r.Looks[best].Time
	s.whole, s.centre = s.angle.distances(r.Looks[best])
	s.Time += s.angle.between(r, best)
	return nil
}

// from is how far an angle is from a look, in bits of the hashes that it goes by.
func (a angle) from(l Look) int {
	whole, centre := a.distances(l)
	if a.look.Flat {
		return 2 * centre
	}
	return whole + centre
}

// between is how far after sample i of r the picture is: towards the neighbour that is more like it, by how much it is.
func (a angle) between(r *Reel, i int) timecode.Time {
	d := float64(a.from(r.Looks[i]))
	by := func(k int) float64 {
		if k < 0 || k >= len(r.Looks) || a.from(r.Looks[k]) > 24 { // beyond a cut
			return math.Inf(1)
		}
		return float64(a.from(r.Looks[k]))
	}
	before, after := by(i-1), by(i+1)
	switch {
	case after < before && d+after > 0:
		return timecode.Time(float64(r.Looks[i+1].Time-r.Looks[i].Time) * d / (d + after))
	case before < after && d+before > 0:
		return -timecode.Time(float64(r.Looks[i].Time-r.Looks[i-1].Time) * d / (d + before))
	}
	return 0
}
