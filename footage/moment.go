package footage

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// WithFilms lets Identify decode films of the library where a picture may be from, and find the very frame.
func (f *Footage) WithFilms(films Films) *Footage {
	f.films = newPieces(films)
	return f
}

const (
	mostLaid       = 4                        // sightings of each kind around which a film is decoded
	sure           = 0.93                     // agreement of a film at which no other is looked at
	rival          = 0.04                     // but for one whose small pictures agree so much less than the best do at most
	farthest       = 8 * timecode.Second      // from a sighting that its film is looked at
	nearby         = 3 * timecode.Second      // from one by small pictures
	besideAlike    = 4 * timecode.Second / 10 // beyond the last samples that are like it
	lookAlike      = 10                       // bits by which samples may be farther than the nearest one
	filmAgrees     = 0.58                     // agreement of a film that is as likely right as wrong
	perAgreement   = 30                       // how much likelier it is for each that it agrees more, as a logarithm
	doubtful       = 0.4                      // unexplained, from which on it is the less likely the more there is of it
	perUnexplained = 20                       // by how much, as a logarithm
	mostMoves      = 3                        // stretches that are looked at one after the other where the best picture is at the edge
	alikeAgrees    = 0.5                      // agreement of what may be some seconds before or after
	quite          = 0.15                     // unexplained of what is quite it
	fitsWell       = 0.8                      // agreement of the best place of a whole film, with which no other is looked at
	noise          = 0.02                     // unexplained, which compressing a picture anew leaves
	explained      = 0.06                     // of what a film's frame shows, unexplained, with which a picture may be content
	manyParts      = 10                       // with so many parts that show something a picture is not taken for another
)

// laid looks at the films around the likeliest sightings. What their films speak against is gone.
func (f *Footage) laid(ctx context.Context, p *Picture, found []Sighting) ([]Sighting, error) {
	episodes, err := f.lib.Episodes(ctx)
	if err != nil {
		return nil, err
	}
	shapes, err := f.shapes(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b Sighting) int { return cmp.Compare(b.rank(), a.rank()) })
	l := &laying{f: f, p: p, ways: p.ways(shapes), episodes: episodes}
	err = l.search(ctx, found)
	l.duel()
	l.compare()
	if err == nil {
		err = l.number(ctx)
	}
	return l.all, err
}

// number gives what was found in films the frames of them.
func (l *laying) number(ctx context.Context) error {
	for i := range l.all {
		s := &l.all[i]
		if !s.film {
			continue
		}
		q, err := l.f.lib.Sequence(ctx, s.Episode)
		if err != nil {
			return err
		}
		s.Frame = nearestFrame(q, s.Time)
		s.Time = q.Time(s.Frame)
	}
	return nil
}

// search looks for the picture where it is likeliest, and goes on until what is found is as near as the very frame would be: in films that
// were watched already, around the likeliest places, around what the small pictures show, and in all of the likeliest films.
func (l *laying) search(ctx context.Context, found []Sighting) error {
	likely := votes(found)
	if err := l.watch(ctx, l.f.atHand(likely)); err != nil || len(l.done) > 0 && l.fits() {
		return err
	}
	if err := l.look(ctx, places(found, mostLaid)); err != nil || l.quite() {
		return err
	}
	var more []Sighting
	if !l.content() {
		var err error
		if more, err = l.f.scanned(ctx, l.p, l.ways, l.episodes, likely); err != nil {
			return err
		}
		if err := l.look(ctx, more); err != nil || l.quite() {
			return err
		}
	}
	return l.watch(ctx, l.likelyFilms(more))
}

// quite tells whether the picture fits as the very frame would.
func (l *laying) quite() bool { return l.content() && l.best.cost < noise }

// fits tells whether the picture fits well in a film of which every picture was compared with it.
func (l *laying) fits() bool { return l.best.film && l.best.agree >= fitsWell && l.best.cost < quite }

// compare says of what was found which fits as well as what fits best, and makes of the rest the less the worse it fits.
func (l *laying) compare() {
	for i := range l.all {
		s := &l.all[i]
		if s.film && !s.Equal {
			less := l.best.score / s.score
			if math.IsInf(s.score, 1) { // nothing of it came near
				less = 0
			}
			s.Confidence *= less * less
		}
	}
}

// laying is what the films said so far.
type laying struct {
	f        *Footage
	p        *Picture
	ways     []angle
	episodes []catalog.Episode
	all      []Sighting
	best     Sighting
	done     []int64 // films that were watched whole
	looked   []looked
	duellers []dueller
}

// looked is a stretch of a film that was looked at.
type looked struct {
	episode int64
	angle   angle
	timecode.Range
}

func (l *laying) look(ctx context.Context, at []Sighting) error {
	for _, s := range at {
		if l.needless(s, at[0]) {
			continue
		}
		s.Unread = l.moment(ctx, &s)
		if err := ctx.Err(); err != nil {
			return err
		}
		l.all = append(l.all, s)
		l.all = append(l.all, s.twins...)
		if s.film && (!l.best.film || s.score < l.best.score) {
			l.best = s
		}
	}
	return nil
}

// needless tells whether what is sure already makes it needless to look at a sighting.
func (l *laying) needless(s, first Sighting) bool {
	if s.small && !s.near && (s.score > reachable(l.least()) || slices.ContainsFunc(l.all, func(o Sighting) bool { return o.film && o.placed(s) })) {
		return true
	}
	if s.near {
		return slices.ContainsFunc(l.looked, func(o looked) bool {
			return o.episode == s.Episode && o.angle.like(s.angle) && s.Time >= o.Start && s.Time < o.End
		})
	}
	if slices.Contains(l.done, s.Episode) && !s.angle.zoomed() {
		return true // all of that film was compared
	}
	if !l.content() {
		return false
	}
	return away(s.Time, l.best.Time) < farthest && s.Episode == l.best.Episode || s.agree < first.agree-rival
}

// content tells whether it is sure enough where the picture is from: it lies there as it is, and shows so much that nothing else would do.
func (l *laying) content() bool {
	return l.best.film && l.best.agree >= sure && l.best.cost < explained && l.best.parts >= manyParts
}

// least is the best score so far.
func (l *laying) least() float64 {
	if !l.best.film {
		return math.Inf(1)
	}
	return l.best.score
}

func (l *laying) episode(id int64) *catalog.Episode {
	i := slices.IndexFunc(l.episodes, func(e catalog.Episode) bool { return e.ID == id })
	if i < 0 {
		return &catalog.Episode{}
	}
	return &l.episodes[i]
}

// places are the first sightings that are not of one moment seen in about the same way.
func places(found []Sighting, most int) []Sighting {
	var kept []Sighting
	for _, s := range found {
		if len(kept) < most && !slices.ContainsFunc(kept, func(k Sighting) bool { return k.placed(s) }) {
			kept = append(kept, s)
		}
	}
	return kept
}

// placed tells whether two sightings are looked at together.
func (s Sighting) placed(o Sighting) bool {
	return s.Episode == o.Episode && away(s.Time, o.Time) < 2*timecode.Second && s.angle.part == o.angle.part &&
		s.angle.mirrored == o.angle.mirrored && math.Abs(s.angle.wide-o.angle.wide)+math.Abs(s.angle.high-o.angle.high) < 0.03
}

// moment finds the frame of a film that a picture shows, around a sighting. Without the film the sighting stays as it is.
func (l *laying) moment(ctx context.Context, s *Sighting) error {
	q, err := l.f.lib.Sequence(ctx, s.Episode)
	if err != nil {
		return err
	}
	reel, wide := ReelOf(q), false
	for range mostMoves {
		r := s.stretch(reel)
		if wide {
			r = timecode.Range{Start: s.Time - farthest, End: s.Time + farthest}
		}
		pictures, err := l.f.films.stretch(ctx, l.episode(s.Episode).Path, r)
		if err != nil || len(pictures) == 0 {
			return err
		}
		l.show(s, pictures)
		l.looked = append(l.looked, looked{s.Episode, s.angle, r})
		if s.near {
			const edge = timecode.Second / 10
			if wide || s.Held.Start-r.Start > edge && r.End-s.Held.End > edge {
				break
			}
			wide = true // it may stand for longer
			continue
		}
		for _, t := range append([]*Sighting{s}, pointers(s.twins)...) {
			t.Frame = nearestFrame(q, t.Time)
			t.Time = q.Time(t.Frame)
		}
		further := s.stretch(reel)
		if s.Time-r.Start > timecode.Second && r.End-s.Time > timecode.Second || further.Start >= r.Start && further.End <= r.End {
			if wide || !s.lookalike() {
				break
			}
			wide = true // the right one may be near
		}
	}
	return nil
}

// lookalike tells whether what was found is like the picture, and not quite it.
func (s *Sighting) lookalike() bool { return s.agree >= alikeAgrees && s.cost > quite }

// show finds the one of a film's pictures that is shown, and takes its time. What cannot come near a score is not looked at closely.
func (l *laying) show(s *Sighting, pictures []shown) {
	shape := l.episode(s.Episode).Info.Video.Shape()
	m := newMatcher(l.p, s.angle, shape, pictures)
	m.find(l.least())
	s.take(m)
	l.enter(s, m)
	if s.lookalike() && !s.near {
		if t := m.otherwise(l.p, l.ways, shape, min(l.least(), s.score)); t != nil && t.best.score < s.score {
			s.take(t)
			l.enter(s, t)
		}
	}
}

// take makes a sighting of what was found.
func (s *Sighting) take(m *matcher) {
	s.angle, s.Cropped = m.as, m.as.wide*m.as.high < 1
	s.film, s.lay, s.cost, s.score = true, m.best.lay, m.best.cost, m.best.score
	s.agree, s.parts = m.agreement()
	s.Confidence = s.evident(s.cost)
	s.twins = nil
	for _, i := range m.twins() {
		twin := *s
		twin.stand(m, i)
		s.twins = append(s.twins, twin)
	}
	s.stand(m, m.best.index)
}

// evident is how sure a sighting is, of which so much is unexplained.
func (s *Sighting) evident(cost float64) float64 {
	evidence := perAgreement*(s.agree-filmAgrees) - perUnexplained*max(0, cost-doubtful)
	return 1 / (1 + math.Exp(-evidence))
}

// stand puts a sighting at a picture, or amid those beside it that are equal to it to the last bit.
func (s *Sighting) stand(m *matcher, i int) {
	s.Held = m.held(i)
	equal := m.around(i, 0)
	s.Time = equal.Start + equal.Length()/2
}

func pointers(all []Sighting) []*Sighting {
	var out []*Sighting
	for i := range all {
		out = append(out, &all[i])
	}
	return out
}

// stretch is where a film is to be looked at: as far as its samples are about as like as the one that was sighted.
func (s *Sighting) stretch(r *Reel) timecode.Range {
	if s.near {
		return timecode.Range{Start: s.Time - besideWatched, End: s.Time + besideWatched}
	}
	if s.small {
		return timecode.Range{Start: s.Time - nearby, End: s.Time + nearby}
	}
	at := r.From(s.Time)
	low, high := r.From(s.Time-farthest), r.From(s.Time+farthest)
	at = max(low, min(at, high-1))
	nearest := 128
	for i := max(low, at-2); i < min(high, at+3); i++ {
		nearest = min(nearest, s.angle.from(r.Looks[i]))
	}
	first, last := at, at
	for i := low; i < high; i++ {
		if s.angle.from(r.Looks[i]) <= nearest+lookAlike {
			first, last = min(first, i), max(last, i)
		}
	}
	return timecode.Range{Start: r.Looks[first].Time - besideAlike, End: r.Looks[last].Time + besideAlike}
}

// nearestFrame is the frame of an episode that begins nearest to t.
func nearestFrame(q *catalog.Sequence, t timecode.Time) int64 {
	i, found := slices.BinarySearch(q.Times, t)
	if !found && i > 0 && (i == len(q.Times) || t-q.Times[i-1] <= q.Times[i]-t) {
		i--
	}
	return int64(i)
}
