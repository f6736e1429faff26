package footage

import (
	"cmp"
	"image"
	"math"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// The places that fit best are compared with each other, on the same parts of the picture, lying in the same way: where a film comes again
// nearly the same, what is laid over a picture, how it was compressed and how well it was laid would tell more than what it shows.
const (
	mostDuellers   = 96                  // pictures of films that are compared with each other
	duelFrom       = 2.5                 // times the best score, up to which a picture takes part
	duelMore       = 0.03                // and so much more
	duelTile       = 10                  // pixels of a side of the parts that are left out or not
	mostHidden     = 0.4                 // of the parts, that may be left out for something lies over them
	hiddenOver     = 100                 // variance of what nothing explains there, at least
	hiddenShare    = 0.25                // and so much of what the film shows there
	equally        = 1e-4                // by how much more may be unexplained of what is equal to the best
	leastNoise     = 0.1                 // variance of noise, at least
	atMostWorse    = 1.25                // times what the best leaves unexplained, what fits as well does
	leastWorse     = 5e-4                // and so much more
	amidGap        = timecode.Second / 3 // between pictures that are of one stretch
	amidMost       = 8 * timecode.Second
	amidDeviations = 2.0 // in which noise, which is no independent one, counts as one
	surely         = 6.0 // deviations by which a picture has to fit worse not to fit as well
)

// dueller is a picture of a film that may be the one in question.
type dueller struct {
	Sighting
	m     *matcher
	img   *image.Gray
	equal timecode.Range // in which the film shows it, to the last bit
	laid  lay            // as it fits best
	size  int            // in which it is compared
	tiles []tileOff
	off   float64 // what it leaves unexplained, summed over what is not hidden
	all   float64 // of so much
}

// tileOff is what is unexplained of a part, around its own mean, and how much there is to explain. A picture that was scaled on another way
// is a little sharper, or less: what that would explain says nothing.
type tileOff struct{ off, all, n, sharp, sharper float32 }

// enter notes the pictures of a stretch that fit about as well as its best, and those beside it that hardly differ.
func (l *laying) enter(s *Sighting, m *matcher) {
	if math.IsInf(m.best.score, 1) {
		return
	}
	laid := m.sheet(m.best.lay, m.best.cover, m.last)
	of := slices.Clone(m.best.near)
	first, last := m.heldFrames(m.best.index)
	for i := first; i <= last; i += 1 + (last-first)/mostDuellers {
		of = append(of, i)
	}
	slices.Sort(of)
	of = slices.Compact(of)
	odds := m.best.score / (m.best.cost + leastOff)
	for _, i := range of {
		score := (laid.differs(m.plate(i, m.last)) + leastOff) * odds
		if score > duelFrom*m.best.score+duelMore {
			continue
		}
		d := dueller{Sighting: *s, m: m.without(), img: m.of[i].img, laid: m.best.lay}
		d.twins, d.score = nil, score
		d.stand(m, i)
		d.equal = m.around(i, 0)
		l.duellers = append(l.duellers, d)
	}
}

// without is a matcher that holds no film.
func (m *matcher) without() *matcher {
	c := *m
	c.of, c.plates = nil, nil
	return &c
}

// duel compares the pictures that fit best, and puts what is from where in their order.
func (l *laying) duel() {
	all := l.entered()
	if len(all) == 0 || all[0].cost > hopeless {
		return
	}
	first := all[0]
	for i := range all {
		all[i].lie(first)
	}
	hidden := hiddenIn(all)
	for i := range all {
		all[i].sum(hidden)
	}
	slices.SortStableFunc(all, func(a, b dueller) int { return cmp.Compare(a.share(), b.share()) })
	alike := 1
	for alike < len(all) && all[alike].share() <= (1+equally)*all[0].share() {
		alike++
	}
	slices.SortStableFunc(all[:alike], dueller.longer)
	l.settle(all, hidden)
}

// entered are the pictures that take part: of those that are seen as the best is, the best, each picture once.
func (l *laying) entered() []dueller {
	all := l.duellers
	slices.SortStableFunc(all, func(a, b dueller) int { return cmp.Compare(a.score, b.score) })
	var kept []dueller
	for _, d := range all {
		if len(kept) == mostDuellers || d.score > duelFrom*all[0].score+duelMore {
			break
		}
		if d.m.as.part != all[0].m.as.part || d.m.as.mirrored != all[0].m.as.mirrored {
			continue
		}
		if !slices.ContainsFunc(kept, func(k dueller) bool { return k.Episode == d.Episode && k.Time == d.Time }) {
			kept = append(kept, d)
		}
	}
	return kept
}

// lie lays the picture over that of d as it does over the best one, or as it fits d's neighbours, whichever fits better.
func (d *dueller) lie(first dueller) {
	d.size = first.m.last
	film := plateOf(d.img, d.size)
	least := math.Inf(1)
	lays := []lay{first.laid}
	if first.m.exact != first.laid {
		lays = append(lays, first.m.exact)
	}
	if d.laid != first.laid && d.laid != first.m.exact {
		lays = append(lays, d.laid)
	}
	for _, l := range lays {
		tiles := first.m.sheet(l, first.m.best.cover, d.size).tiles(film)
		sum := float32(0)
		for _, t := range tiles {
			sum += min(t.off, clip*clip*t.n)
		}
		if float64(sum) < least {
			least, d.laid, d.tiles = float64(sum), l, tiles
		}
	}
}

// tiles are what is unexplained part by part.
func (s *sheet) tiles(film *plate) []tileOff {
	t, _ := s.tones(film)
	across := (s.wide + duelTile - 1) / duelTile
	all := make([]tileOff, across*((s.high+duelTile-1)/duelTile))
	sums := make([]struct{ off, all, sharp float32 }, len(all))
	for j, i := range s.places {
		k, f, sharp := s.steps[j]&(toneSteps-1), film.v[i], film.sharp(int(i))
		to := int(i)/s.wide/duelTile*across + int(i)%s.wide/duelTile
		d := t[k] + s.parts[j]*(t[k+1]-t[k]) - f
		a, sum := &all[to], &sums[to]
		a.n++
		a.off, a.all, a.sharp, a.sharper = a.off+d*d, a.all+f*f, a.sharp+d*sharp, a.sharper+sharp*sharp
		sum.off, sum.all, sum.sharp = sum.off+d, sum.all+f, sum.sharp+sharp
	}
	for i, sum := range sums {
		if a := &all[i]; a.n > 0 {
			a.off, a.all = max(0, a.off-sum.off*sum.off/a.n), max(0, a.all-sum.all*sum.all/a.n)
			a.sharp, a.sharper = a.sharp-sum.off*sum.sharp/a.n, max(0, a.sharper-sum.sharp*sum.sharp/a.n)
		}
	}
	return all
}

// sharp is by how much a place of a picture differs from what is around it.
func (p *plate) sharp(i int) float32 {
	x, y := i%p.wide, i/p.wide
	if x == 0 || y == 0 || x == p.wide-1 || y == p.high-1 {
		return 0
	}
	return p.v[i-1] + p.v[i+1] + p.v[i-p.wide] + p.v[i+p.wide] - 4*p.v[i]
}

// hiddenIn are the parts of which no picture explains much: something lies over them.
func hiddenIn(all []dueller) []bool {
	hidden := make([]bool, len(all[0].tiles))
	least := make([]float32, len(hidden))
	var order []int
	for i := range hidden {
		least[i] = float32(math.Inf(1))
		for _, d := range all {
			if t := d.tiles[i]; t.n > 0 {
				least[i] = min(least[i], t.off/t.n-hiddenShare*t.all/t.n)
			}
		}
		if least[i] > hiddenOver && !math.IsInf(float64(least[i]), 1) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(least[b], least[a]) })
	for _, i := range order[:min(len(order), int(mostHidden*float64(len(hidden))))] {
		hidden[i] = true
	}
	return hidden
}

// sum adds up what is not hidden, less what sharpening explains.
func (d *dueller) sum(hidden []bool) {
	sharp, sharper := 0.0, 1e-9
	for i, t := range d.tiles {
		if !hidden[i] {
			d.off, d.all = d.off+float64(t.off), d.all+float64(t.all)
			sharp, sharper = sharp+float64(t.sharp), sharper+float64(t.sharper)
		}
	}
	d.off = max(0, d.off-sharp*sharp/sharper)
}

// agreement is how well the parts agree, but for the worst quarter by what there is to see; what is hidden does not.
func (d *dueller) agreement(hidden []bool) float64 {
	tiles := make([]tile, len(d.tiles))
	for i, t := range d.tiles {
		if t.n == 0 {
			continue
		}
		all := float64(t.all / t.n)
		tiles[i].weight = float64(t.n) * math.Sqrt(min(all, busy))
		if !hidden[i] {
			tiles[i].correlation = math.Sqrt(max(0, all-float64(t.off/t.n)) / (all + tileNoise)) // where there is nothing to see nothing agrees
		}
	}
	return correlation(tiles)
}

// share is what is unexplained of what there is to explain.
func (d *dueller) share() float64 { return (d.off + 1) / (d.all + 1) }

// worse is by how much more d leaves unexplained than the best does, in deviations of what noise of the size that the best leaves, part by
// part, makes of the difference of the two.
func (d *dueller) worse(best *dueller, hidden []bool) float64 {
	more := (d.share() - best.share()) * best.all
	if more <= 0 {
		return 0
	}
	if d.share() > atMostWorse*best.share()+leastWorse {
		return math.Inf(1)
	}
	a, b := plateOf(d.img, d.size), plateOf(best.img, d.size)
	across := (a.wide + duelTile - 1) / duelTile
	apart := make([]float64, len(d.tiles))
	for i, v := range a.v {
		o := float64(v - b.v[i])
		apart[i/a.wide/duelTile*across+i%a.wide/duelTile] += o * o
	}
	variance := 0.0
	for i, t := range best.tiles {
		if !hidden[i] && t.n > 0 {
			variance += 4 * (float64(t.off/t.n) + leastNoise) * apart[i]
		}
	}
	return more / math.Sqrt(max(variance, 1e-9))
}

// amidst is the middle of the pictures about that of i which fit as well as it does, each by how well and for how long it stands: where noise
// alone tells which, that is the least wrong.
func amidst(all []dueller, i int, hidden []bool) *dueller {
	first := &all[i]
	var beside []*dueller
	for k := range all {
		if d := &all[k]; d.Episode == first.Episode && away(d.Time, first.Time) < amidMost && d.worse(first, hidden) < surely {
			beside = append(beside, d)
		}
	}
	slices.SortFunc(beside, func(a, b *dueller) int { return cmp.Compare(a.Time, b.Time) })
	at := slices.Index(beside, first)
	from, to := at, at
	for from > 0 && beside[from].equal.Start-beside[from-1].equal.End < amidGap {
		from--
	}
	for to+1 < len(beside) && beside[to+1].equal.Start-beside[to].equal.End < amidGap {
		to++
	}
	beside = beside[from : to+1]
	weights, sum := make([]float64, len(beside)), 0.0
	for k, d := range beside {
		z := d.worse(first, hidden) / amidDeviations
		weights[k] = math.Exp(-z*z/2) * (d.equal.Length().Seconds() + 0.04)
		sum += weights[k]
	}
	for k, left := 0, sum/2; k < len(beside); k++ {
		if left -= weights[k]; left <= 0 {
			return beside[k]
		}
	}
	return first
}

// longer orders what fits equally well: what stands longest is the likeliest, then what comes first.
func (d dueller) longer(o dueller) int {
	return cmp.Or(cmp.Compare(o.Held.Length(), d.Held.Length()), cmp.Compare(d.Episode, o.Episode), cmp.Compare(d.Time, o.Time))
}

// among tells whether s is a moment of one of some.
func among(kept []Sighting, s *Sighting) bool {
	return slices.ContainsFunc(kept, func(k Sighting) bool {
		return k.Episode == s.Episode && (away(k.Time, s.Time) < apartTwins || k.Held.Start <= s.Time && s.Time <= k.Held.End)
	})
}

// settle makes sightings of the pictures in order, one of each moment.
func (l *laying) settle(all []dueller, hidden []bool) {
	best := &all[0]
	best.agree = max(best.agree, best.agreement(hidden))
	sure := max(best.Confidence, best.evident(best.share()))
	var kept []Sighting
	for i := range all {
		d := &all[i]
		if among(kept, &d.Sighting) {
			continue
		}
		middle := amidst(all, i, hidden)
		s := d.Sighting
		s.Time, s.Held = middle.Time, middle.Held
		if among(kept, &s) {
			continue
		}
		s.Equal = d.worse(best, hidden) < surely
		s.Confidence = sure
		s.score = best.score * max(1, d.share()/best.share())
		if !s.Equal {
			s.score = max(s.score, 1.2*best.score)
		}
		kept = append(kept, s)
	}
	others := slices.DeleteFunc(l.all, func(s Sighting) bool {
		return s.film && slices.ContainsFunc(kept, func(k Sighting) bool { return k.Episode == s.Episode && away(k.Time, s.Time) < 2*timecode.Second })
	})
	for i := range others {
		if s := &others[i]; s.film && s.score <= best.score {
			s.score = 1.2 * best.score
		}
	}
	l.all = append(kept, others...)
	l.best = kept[0]
}
