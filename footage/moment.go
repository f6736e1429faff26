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

// WithFilms lets Identify decode films of the library where a picture may be from, and find the very frame.
func (f *Footage) WithFilms(films Films) *Footage {
	f.films = newPieces(films)
	return f
}

const (
	mostLaid     = 4                        // sightings around which a film is decoded
	sure         = 0.93                     // agreement of a film at which no other is looked at
	rival        = 0.04                     // but for one whose small pictures agree so much less than the best do at most
	farthest     = 8 * timecode.Second      // from a sighting that its film is looked at
	besideAlike  = 4 * timecode.Second / 10 // beyond the last samples that are like it
	lookAlike    = 10                       // bits by which samples may be farther than the nearest one
	roughly      = 160                      // pictures that are compared in the middle size
	filmAgrees   = 0.58                     // agreement of a film that is as likely right as wrong
	perAgreement = 30                       // how much likelier it is for each that it agrees more, as a logarithm
	mostMoves    = 3                        // stretches that are looked at one after the other where the best picture is at the edge
	finely       = 64                       // and in the finest
)

// laid looks at the films around the likeliest sightings. What their films speak against is gone.
func (f *Footage) laid(ctx context.Context, p *Picture, found []Sighting) ([]Sighting, error) {
	episodes, err := f.lib.Episodes(ctx)
	if err != nil {
		return nil, err
	}
	paths := map[int64]string{}
	for _, e := range episodes {
		paths[e.ID] = e.Path
	}
	slices.SortStableFunc(found, func(a, b Sighting) int { return cmp.Compare(b.rank(), a.rank()) })
	found = found[:min(len(found), mostLaid)]
	var all []Sighting
	best := Sighting{}
	for _, s := range found {
		if best.agree >= sure && (away(s.Time, best.Time) < farthest && s.Episode == best.Episode || s.agree < found[0].agree-rival) {
			continue
		}
		s.Unread = f.moment(ctx, p, paths[s.Episode], &s)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if all = append(all, s); s.film && s.agree > best.agree {
			best = s
		}
	}
	return all, nil
}

// moment finds the frame of a film that a picture shows, around a sighting. Without the film the sighting stays as it is.
func (f *Footage) moment(ctx context.Context, p *Picture, path string, s *Sighting) error {
	q, err := f.lib.Sequence(ctx, s.Episode)
	if err != nil {
		return err
	}
	reel := ReelOf(q)
	for range mostMoves {
		r := s.stretch(reel)
		pictures, err := f.films.stretch(ctx, path, r)
		if err != nil || len(pictures) == 0 {
			return err
		}
		s.show(p, pictures)
		s.Frame = nearestFrame(q, s.Time)
		s.Time = q.Time(s.Frame)
		if further := s.stretch(reel); s.Time-r.Start > timecode.Second && r.End-s.Time > timecode.Second ||
			further.Start >= r.Start && further.End <= r.End {
			break
		}
	}
	return nil
}

// show finds the one of a film's pictures that is shown, and takes its time.
func (s *Sighting) show(p *Picture, pictures []shown) {
	m := matcher{of: pictures, plates: make([][3]*plate, len(pictures)), lay: layOf(s.angle), zoomed: s.angle.wide*s.angle.high < 1}
	m.ask(p, s.angle)
	best := m.find()
	s.film, s.lay, s.Held = true, m.lay, m.held(best)
	s.agree = m.agreement(best)
	s.Confidence = 1 / (1 + math.Exp(-perAgreement*(s.agree-filmAgrees)))
	s.Time = pictures[best].at
}

// stretch is where a film is to be looked at: as far as its samples are about as like as the one that was sighted.
func (s *Sighting) stretch(r *Reel) timecode.Range {
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
	return timecode.Range{Start: r.Looks[first].Time - besideAlike, End: r.Looks[last].Time + margin}
}

// matcher lays a picture over those of a stretch of film.
type matcher struct {
	of     []shown
	plates [][3]*plate
	asked  [3]*plate
	lay    lay
	zoomed bool // how it lies is known but roughly
}

const finest, medium, coarsest = 0, 1, 2 // of plateSizes

// ask takes the picture in question so, as fine as the film's pictures are in each size.
func (m *matcher) ask(p *Picture, a angle) {
	for size, of := range plateSizes {
		m.asked[size] = p.plate(a.part, a.mirrored, int(math.Round(float64(of[0])*a.wide)), int(math.Round(float64(of[1])*a.high)))
	}
}

func (m *matcher) plate(i, size int) *plate {
	if m.plates[i][size] == nil {
		m.plates[i][size] = plateOf(m.of[i].img, size)
	}
	return m.plates[i][size]
}

// find is the picture that differs least. It is laid over coarsely first; what fits best so tells how it lies exactly, and that how well
// each fits.
func (m *matcher) find() int {
	all := make([]int, len(m.of))
	for i := range all {
		all[i] = i
	}
	m.start(m.apart(m.least(all, coarsest)))
	some := m.least(all, coarsest)
	some = m.least(some[:min(len(some), roughly)], medium)
	m.settle(some[0], finest)
	return m.least(some[:min(len(some), finely)], finest)[0]
}

// start lays the picture as it fits that of a few best which fits best once it lies as it should. On one of another moment it may come to
// lie wrong, and then fits that moment better than its own.
func (m *matcher) start(some []int) {
	from, best, least := m.lay, m.lay, math.Inf(1)
	for _, i := range some {
		m.lay = from
		m.settle(i, coarsest)
		m.settle(i, medium)
		if cost := m.sheet(medium).differs(m.plate(i, medium)); cost < least {
			best, least = m.lay, cost
		}
	}
	m.lay = best
}

// apart are the first of some that are no neighbours: one where it is known how the picture lies, a few where it was zoomed or cropped.
func (m *matcher) apart(some []int) []int {
	most := 1
	if m.zoomed {
		most = 4
	}
	var kept []int
	for _, i := range some {
		if len(kept) < most && !slices.ContainsFunc(kept, func(k int) bool { return away(m.of[k].at, m.of[i].at) < timecode.Second*3/10 }) {
			kept = append(kept, i)
		}
	}
	return kept
}

// sheet is the picture as it lies, in a size.
func (m *matcher) sheet(size int) *sheet {
	return m.lay.sheet(m.asked[size], plateSizes[size][0], plateSizes[size][1])
}

// least are pictures in order of how much they differ in a size.
func (m *matcher) least(of []int, size int) []int {
	laid := m.sheet(size)
	costs := make(map[int]float64, len(of))
	for _, i := range of {
		costs[i] = laid.differs(m.plate(i, size))
	}
	of = slices.Clone(of)
	slices.SortStableFunc(of, func(a, b int) int { return cmp.Compare(costs[a], costs[b]) })
	return of
}

// settle makes it lie better over one of the pictures.
func (m *matcher) settle(i, size int) {
	m.lay = m.lay.settled(m.asked[size], m.plate(i, size))
}

// agreement is how well a picture agrees with the one in question, -1 to 1.
func (m *matcher) agreement(i int) float64 {
	film := m.plate(i, medium)
	laid := m.lay.over(m.asked[medium], film.wide, film.high)
	var tiles []tile
	const side = 20
	for y := 0; y+side <= film.high; y += side {
		for x := 0; x+side <= film.wide; x += side {
			tiles = append(tiles, laid.tile(film, image.Rect(x, y, x+side, y+side)))
		}
	}
	return correlation(tiles)
}

// tile correlates a part of p with that of o.
func (p *plate) tile(o *plate, part image.Rectangle) tile {
	var n, sx, sy, sxx, syy, sxy float64
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			i := y*p.wide + x
			if p.v[i] == missing {
				continue
			}
			a, b := float64(p.v[i]), float64(o.v[i])
			n, sx, sy, sxx, syy, sxy = n+1, sx+a, sy+b, sxx+a*a, syy+b*b, sxy+a*b
		}
	}
	if n < float64(part.Dx()*part.Dy())/4 {
		return tile{}
	}
	va, vb := max(0, sxx-sx*sx/n), max(0, syy-sy*sy/n)
	const noise, busy = 4, 900 // variances: what an encoder makes of nothing; beyond which a part counts no more
	return tile{(sxy - sx*sy/n) / math.Sqrt((va+noise*n)*(vb+noise*n)), n * math.Sqrt(min(max(va, vb)/n, busy))}
}

// held is the stretch around a picture in which the film shows the very same one.
func (m *matcher) held(best int) timecode.Range {
	same := func(i int) bool {
		a, b := m.plate(i, finest), m.plate(best, finest)
		for k := range a.v {
			if d := a.v[k] - b.v[k]; d > 1 || d < -1 {
				return false
			}
		}
		return true
	}
	first, last := best, best
	for first > 0 && same(first-1) {
		first--
	}
	for last < len(m.of)-1 && same(last+1) {
		last++
	}
	return timecode.Range{Start: m.of[first].at, End: m.of[last].at}
}

// nearestFrame is the frame of an episode that begins nearest to t.
func nearestFrame(q *catalog.Sequence, t timecode.Time) int64 {
	i, found := slices.BinarySearch(q.Times, t)
	if !found && i > 0 && (i == len(q.Times) || t-q.Times[i-1] <= q.Times[i]-t) {
		i--
	}
	return int64(i)
}
