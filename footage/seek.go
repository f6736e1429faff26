package footage

import (
	"cmp"
	"context"
	"image"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

const (
	mostCompared = 24                       // pictures of a shot that are compared with footage
	aroundHunch  = timecode.Second * 6 / 10 // how far to both sides of what is likely footage is read
	mostStrip    = 60 * timecode.Second
)

// seek compares a shot with the footage of the places that it may be from, and sets what is found. missing tells of a likely place whose
// file is not there.
func (t *tracer) seek(ctx context.Context, one *Traced, shot []snap, zoomed bool) (missing bool, err error) {
	hunches, err := t.hunt(ctx, shot, t.shapes, zoomed)
	if err != nil {
		return false, err
	}
	return t.verify(ctx, one, shot, hunches)
}

// verify compares a shot with the footage of some places.
func (t *tracer) verify(ctx context.Context, one *Traced, shot []snap, hunches []hunch) (missing bool, err error) {
	chosen := toCompare(shot)
	var best Traced
	var all []suspect
	seen := map[sight]bool{}
	for _, h := range hunches {
		if best.Found && best.path.gain > certain && (h.weight < hunches[0].weight/2 || t.pixels(h.episode) < t.pixels(best.Run.Episode)) {
			continue // another copy is worth a look only where it is a better one
		}
		reel, err := t.read(ctx, h, hunches, one.Range.Length())
		if err != nil {
			return false, err
		}
		if reel == nil {
			missing = true
			continue
		}
		k := sight{h.episode, reel.within, h.angle.part, h.angle.mirrored, h.angle.wide, h.angle.high}
		if seen[k] {
			continue // with another that is near it
		}
		seen[k] = true
		got := t.fit(*one, chosen, reel, h.angle)
		if !got.path.claims() {
			continue
		}
		got.Found = true
		all = append(all, suspect{got, reel})
		if !best.Found || t.preferred(got, best) {
			best = got
		}
	}
	if best.Found {
		return false, t.decide(ctx, one, best, all, chosen)
	}
	return missing, nil
}

// suspect is one of the places from which a shot may be.
type suspect struct {
	Traced
	reel *footageReel
}

// mostSuspects are looked at closely.
const mostSuspects = 3

// decide takes of what about as much speaks for what is likeliest once it is looked at closely.
func (t *tracer) decide(ctx context.Context, one *Traced, best Traced, all []suspect, shot []snap) error {
	slices.SortStableFunc(all, func(a, b suspect) int { return cmp.Compare(b.path.gain, a.path.gain) })
	var looked []suspect
	var unlikes []float64
	for _, r := range all {
		if len(looked) == mostSuspects || r.path.gain < worthALook*best.path.gain || t.pixels(r.Run.Episode) != t.pixels(best.Run.Episode) ||
			slices.ContainsFunc(looked, r.beside) {
			continue
		}
		reel, err := t.reaching(ctx, &r.Traced, r.reel)
		if err != nil {
			return err
		}
		r.reel = reel
		unlikes = append(unlikes, t.closely(&r.Traced, shot, reel))
		looked = append(looked, r)
	}
	least := slices.Index(unlikes, slices.Min(unlikes))
	*one = looked[least].Traced
	for i, r := range looked {
		if i != least && unlikes[i] <= unlikes[least]+asGood && r.Run.Episode == one.Run.Episode && len(one.path.also) < mostAgain {
			one.path.also = append(one.path.also, r.path.time(0))
		}
	}
	if err := t.show(one, shot, looked[least].reel); err != nil {
		return err
	}
	t.settle(one)
	return nil
}

// beside tells whether the footage of another suspect holds r, seen the same way.
func (r suspect) beside(o suspect) bool {
	at := r.path.time(0)
	return r.Run.Episode == o.Run.Episode && r.Mirrored == o.Mirrored && o.reel.within.Start <= at && at < o.reel.within.End
}

// sight is a stretch of an episode seen from an angle.
type sight struct {
	episode    int64
	within     timecode.Range
	part       image.Rectangle
	mirrored   bool
	wide, high float64
}

// copyGain is how much of what speaks for a place a copy of more pixels may lack: encodes of one film differ by less.
const copyGain = .95

// preferred tells whether more speaks for a than for b or, where about as much does, its copy has more pixels.
func (t *tracer) preferred(a, b Traced) bool {
	finer := t.pixels(a.Run.Episode) - t.pixels(b.Run.Episode)
	switch {
	case finer > 0:
		return a.path.gain > copyGain*b.path.gain
	case finer < 0:
		return copyGain*a.path.gain > b.path.gain
	}
	return a.path.gain > b.path.gain
}

// pixels are those of an episode's pictures.
func (t *tracer) pixels(episode int64) int {
	e := t.episodes[episode]
	if e == nil || e.Info.Video == nil {
		return 0
	}
	return e.Info.Video.Width * e.Info.Video.Height
}

// show keeps a picture of the shot and the one of the footage that it shows, where pictures are kept.
func (t *tracer) show(one *Traced, shot []snap, reel *footageReel) error {
	if !t.v.keeps {
		return nil
	}
	s := reel.as(one.side)
	most := float32(-1)
	at := 0
	for i, p := range shot {
		j := s.nearest(one.path.time(p.at - one.Range.Start))
		if j < 0 {
			continue
		}
		if agree := one.side.fine(p.Picture).against(s.fines[j]); agree > most {
			most, at, one.Picture = agree, j, shot[i].jpeg
		}
	}
	var err error
	one.Footage, err = stillFrom(reel.images[at], t.episodes[reel.episode].Info.Video)
	return err
}

const certain = 1.8

// claims tells whether a path is enough to say that a shot is from there.
func (p path) claims() bool {
	return 2*p.matched >= p.of && p.gain >= .45 || p.best >= 2.2 && p.matched >= 2 || p.best >= 2.8
}

// toCompare chooses of a shot's pictures that show something the first ones and the rest evenly.
func toCompare(shot []snap) []snap {
	var seen []snap
	for _, s := range shot {
		if !s.flat {
			seen = append(seen, s)
		}
	}
	if len(seen) <= mostCompared {
		return seen
	}
	const first = 4
	out := slices.Clone(seen[:first])
	for i := range mostCompared - first {
		out = append(out, seen[first+i*(len(seen)-first)/(mostCompared-first)])
	}
	return out
}

// fit finds how an episode goes by in a shot.
func (t *tracer) fit(one Traced, shot []snap, reel *footageReel, a angle) Traced {
	s := reel.as(a)
	fines, since := make([]*fine, len(shot)), make([]timecode.Time, len(shot))
	for i, p := range shot {
		fines[i], since[i] = a.fine(p.Picture), p.at-one.Range.Start
	}
	one.Run.Episode, one.side = reel.episode, a
	one.Mirrored, one.Cropped, one.Exact = a.mirrored, a.wide < 1 || a.high < 1, true
	frame := t.frameForFrame(reel)
	one.path = compared(fines, since, s).follow(frame)
	if one.path.gain == 0 {
		return one
	}
	if closer := reel.closer(one.path, a, fines, since, s); closer != a {
		again := one
		again.side, again.Cropped = closer, closer.wide < 1 || closer.high < 1
		again.path = compared(fines, since, reel.as(closer)).follow(frame)
		if again.path.gain > one.path.gain {
			return again
		}
	}
	return one
}

// nearly are shares of what an angle shows that are tried beside it.
var nearly = []float64{1.06, 1.03, .97, .94, .91, .88, .85, .82}

// closer is the angle beside a, a little larger or smaller, from which the pictures of a path agree most.
func (r *footageReel) closer(p path, a angle, shot []*fine, since []timecode.Time, s *strip) angle {
	var on []int
	for i := range shot {
		if j := s.nearest(p.time(since[i])); j >= 0 {
			if gainOf(shot[i].against(s.fines[j])) > 0 {
				on = append(on, i)
			}
		}
	}
	const looked = 6
	sum := func(b angle) (all float32) {
		for k := range min(looked, len(on)) {
			i := on[k*len(on)/min(looked, len(on))]
			q := r.pictures[s.nearest(p.time(since[i]))]
			all += shot[i].against(b.footage(q))
		}
		return all
	}
	best, most := a, sum(a)*1.004
	for _, share := range nearly {
		b := a
		if b.wide, b.high = a.wide*share, a.high*share; b.wide > 1 || b.high > 1 {
			continue
		}
		if worth := sum(b); worth > most {
			best, most = b, worth
		}
	}
	return best
}

// frameForFrame is the speed at which each frame of the video shows the next of an episode.
func (t *tracer) frameForFrame(reel *footageReel) float64 {
	own := t.v.own()
	if own <= 0 || reel.step <= 0 {
		return 1
	}
	return float64(reel.step) / float64(own)
}

// settle sets where a traced shot is from as its path says.
func (t *tracer) settle(one *Traced) {
	from, to, rate := one.path.time(0), one.path.time(one.Range.Length()), one.path.rate
	if one.path.pace != nil && one.Range.Length() > 0 {
		rate = float64(to-from) / float64(one.Range.Length())
	}
	r := span(one.Range.Start, from, rate, one.Range.Start, one.Range.End)
	r.Episode, r.Matches = one.Run.Episode, one.path.matched
	one.Run = r
	one.Seen = float64(one.path.matched) / float64(max(1, one.path.of))
	if q := t.known(r.Episode); q != nil {
		one.First, one.Last = frameAt(q, from), frameAt(q, to)
		early, late := one.path, one.path
		early.at, late.at = early.at-early.early, late.at+late.late
		one.Also = nil
		for _, at := range one.path.also {
			one.Also = append(one.Also, frameAt(q, at))
		}
		slices.Sort(one.Also)
		one.Earliest, one.Latest = frameAt(q, early.time(0)), frameAt(q, late.time(0))
	}
}

// frameAt is the frame nearest to t, of those that there are.
func frameAt(q *catalog.Sequence, t timecode.Time) int64 {
	p := piece{to: q}
	return min(int64(len(q.Times))-1, max(0, p.at(t)))
}

// continued asks for shots that were not found whether the footage of a neighbour goes on in them.
func (t *tracer) continued(ctx context.Context, all []Traced) error {
	for i := range all {
		if all[i].Found || all[i].Plain || t.o.Frames == nil {
			continue
		}
		for _, k := range []int{i - 1, i + 1} {
			if k < 0 || k >= len(all) || !all[k].Found || !all[k].Exact {
				continue
			}
			if err := t.goesOn(ctx, &all[i], all[k]); err != nil || all[i].Found {
				return err
			}
		}
	}
	return nil
}

// goesOn tells whether a stretch shows what its neighbour's footage goes on with.
func (t *tracer) goesOn(ctx context.Context, one *Traced, by Traced) error {
	from, to := by.path.time(one.Range.Start-by.Range.Start), by.path.time(one.Range.End-by.Range.Start)
	reel, err := t.stretch(ctx, by.Run.Episode, timecode.Range{Start: min(from, to) - timecode.Second/4, End: max(from, to) + timecode.Second/4})
	if err != nil || reel == nil || len(reel.times) == 0 {
		return err
	}
	s, shot := reel.as(by.side), toCompare(t.v.within(one.Clean))
	seen := 0
	for _, p := range shot {
		j := s.nearest(by.path.time(p.at - by.Range.Start))
		if j < 0 {
			continue
		}
		if gainOf(by.side.fine(p.Picture).against(s.fines[j])) >= matches {
			seen++
		}
	}
	if 2*seen <= len(shot) {
		return nil
	}
	keep := one.Clean
	*one = by
	one.path.matched, one.path.of = seen, len(shot)
	*one = t.cut(*one, keep)
	return nil
}
