package footage

import (
	"math"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// strip is a stretch of an episode, picture by picture, as a shot would show it.
type strip struct {
	frames []int64
	times  []timecode.Time
	fines  []*fine
	step   timecode.Time // between two frames
	near   []int         // for every tick from the first time on, the picture that is nearest
	pace   *pace         // nil where times are those of the episode
}

// pace is an episode's frames as if they came evenly: so they go by where each frame of a video shows the next, though they are shown
// for longer and shorter in the episode.
type pace struct {
	times []timecode.Time
	step  timecode.Time
}

// real is the time in the episode.
func (p *pace) real(even timecode.Time) timecode.Time {
	last := len(p.times) - 1
	i := int(even / p.step)
	switch {
	case even <= 0:
		return p.times[0] + even
	case i >= last:
		return p.times[last] + even - timecode.Time(last)*p.step
	}
	part := float64(even-timecode.Time(i)*p.step) / float64(p.step)
	return p.times[i] + timecode.Time(math.Round(part*float64(p.times[i+1]-p.times[i])))
}

// uneven tells whether some frames are shown for much longer than others.
func (s *strip) uneven() bool {
	least, most := timecode.Time(math.MaxInt64), timecode.Time(0)
	for i := range len(s.times) - 1 {
		gap := s.times[i+1] - s.times[i]
		least, most = min(least, gap), max(most, gap)
	}
	return float64(most) > 1.5*float64(least)
}

// evenly is the strip with its frames as if they came evenly.
func (s *strip) evenly(times []timecode.Time) *strip {
	e := &strip{frames: s.frames, fines: s.fines, step: s.step, pace: &pace{times, s.step}}
	for _, n := range s.frames {
		e.times = append(e.times, timecode.Time(n)*s.step)
	}
	e.prepare()
	return e
}

const tick = timecode.Second / 240

func (s *strip) prepare() {
	n := int((s.times[len(s.times)-1]-s.times[0])/tick) + 1
	s.near = make([]int, n)
	i := 0
	for k := range s.near {
		t := s.times[0] + timecode.Time(k)*tick
		for i+1 < len(s.times) && away(s.times[i+1], t) <= away(s.times[i], t) {
			i++
		}
		s.near[k] = i
	}
}

// nearest is the picture at about t; -1 where the strip does not reach.
func (s *strip) nearest(t timecode.Time) int {
	k := (t - s.times[0] + tick/2) / tick
	switch {
	case t < s.times[0]-s.step || int(k) > len(s.near)+int(s.step/tick):
		return -1
	case k < 0:
		return 0
	case int(k) >= len(s.near):
		return len(s.times) - 1
	}
	return s.near[k]
}

// path is how an episode goes by in a shot: a straight line from the time at of it on, at the shot's first picture.
type path struct {
	rate    float64
	at      timecode.Time
	gain    float64 // what speaks for it: the mean over the shot's pictures
	best    float64 // and that of the best of them
	matched int     // pictures that are the episode's, of so many
	of      int
	early   timecode.Time // by how much earlier and later in the episode it may as well begin
	late    timecode.Time
	pace    *pace // nil where at is a time of the episode
}

// time is what of the episode is shown so long after the shot's first picture.
func (p path) time(since timecode.Time) timecode.Time {
	t := p.tick(since)
	if p.pace != nil {
		return p.pace.real(t)
	}
	return t
}

// tick is time by the clock of the path.
func (p path) tick(since timecode.Time) timecode.Time {
	return p.at + timecode.Time(math.Round(p.rate*float64(since)))
}

// from is the path from a later picture on.
func (p path) from(since timecode.Time) path {
	p.at = p.tick(since)
	return p
}

// table is a shot's pictures against those of a strip.
type table struct {
	*strip
	since []timecode.Time // of the shot's pictures, from its first on
	gain  [][]float32     // 0 where a picture is no other
	blame [][]float32
}

// gainOf is how much an agreement speaks for two pictures being one: nothing below doubt, 1 at .88, 2.6 at .98.
func gainOf(agree float32) float32 {
	const doubt = .65
	if agree <= doubt {
		return 0
	}
	return float32(math.Log(float64((1-doubt+.01)/(1-min(1, agree)+.01)))) / 1.05
}

func compared(shot []*fine, since []timecode.Time, s *strip) *table {
	t := &table{strip: s, since: since}
	for _, a := range shot {
		gains, blames := make([]float32, len(s.fines)), make([]float32, len(s.fines))
		for j, b := range s.fines {
			agree, blame := a.against(b)
			gains[j], blames[j] = gainOf(agree), blame
		}
		t.gain, t.blame = append(t.gain, gains), append(t.blame, blames)
	}
	return t
}

// rates are the speeds that are tried. frame is the one at which a frame of the episode goes by with each of the video's.
func rates(frame float64) []float64 {
	all := []float64{1, frame, -1, -frame, 0}
	for r := .2; r < 5; r *= 1.04 {
		all = append(all, r, -r)
	}
	return all
}

// fond is by how much a speed is preferred to another that explains as much: pictures that stand still run at any.
func fond(rate, frame float64) float64 {
	switch {
	case rate == 1 || rate == frame:
		return 1.04
	case rate <= 0:
		return .97
	}
	return 1
}

// follow finds the path that most speaks for: the best at the speeds that are usual, unless another explains clearly more.
func (t *table) follow(frame float64) path {
	var best [2]path
	var most [2]float64
	for _, rate := range rates(frame) {
		k := 1
		if rate == 1 || rate == frame {
			k = 0
		}
		for i := range 2*len(t.times) - 1 {
			at := t.times[i/2]
			if i%2 == 1 {
				at = (at + t.times[i/2+1]) / 2
			}
			p := path{rate: rate, at: at}
			if worth := t.along(p) * fond(rate, frame); worth > most[k] {
				best[k], most[k] = p, worth
			}
		}
	}
	var found [2]path
	blame := [2]float64{math.Inf(1), math.Inf(1)}
	for k := range best {
		if most[k] > 0 && most[k] > .8*max(most[0], most[1]) {
			found[k], blame[k] = t.nearer(best[k], frame)
		}
	}
	if blame[1] < clearly*blame[0] {
		return t.judged(found[1])
	}
	return t.judged(found[0])
}

// clearly is how much less another speed is to be blamed than the usual ones.
const clearly = .93

// along is what speaks for a path, summed up.
func (t *table) along(p path) float64 {
	sum := float32(0)
	for i, since := range t.since {
		if j := t.nearest(p.tick(since)); j >= 0 {
			sum += t.gain[i][j]
		}
	}
	return float64(sum)
}

// told are speeds that editing programs are told.
var told = []float64{.5, 2, .25, 4, .75, 1.5, 1.25, .8, 1.2, .4, .6, 3, .9, 1.1}

// nearer is the path beside p, up to some frames off, whose pictures differ least in what little neighbours differ in.
func (t *table) nearer(p path, frame float64) (path, float64) {
	on := []int{}
	for i, since := range t.since {
		if j := t.nearest(p.tick(since)); j >= 0 && t.gain[i][j] > 0 {
			on = append(on, i)
		}
	}
	all := []float64{p.rate}
	if fond(p.rate, frame) == 1 || p.rate < 0 && p.rate != -1 && p.rate != -frame {
		for k := -8; k <= 8; k++ {
			all = append(all, p.rate*(1+.005*float64(k)))
		}
		for _, r := range told {
			if r = math.Copysign(r, p.rate); math.Abs(r/p.rate-1) < .05 {
				all = append(all, r)
			}
		}
	}
	middle := t.since[on[len(on)/2]]
	pivot := p.tick(middle)
	best, least := p, math.Inf(1)
	for n, rate := range all {
		q, cost := t.offset(rate, pivot, middle, on)
		if slices.Contains(told, math.Abs(rate)) || n == 0 {
			cost *= .98
		}
		if cost < least {
			best, least = q, cost
		}
	}
	return best, least
}

// offset is the path of a speed that is near pivot at middle and is blamed least; of several that show the same pictures the middle one.
func (t *table) offset(rate float64, pivot, middle timecode.Time, on []int) (path, float64) {
	const side = 48 // half frames: where little moves, a second is easily missed at first
	var paths []path
	var costs []float64
	for k := -side; k <= side; k++ {
		p := path{rate: rate, at: pivot + timecode.Time(k)*t.step/2 - timecode.Time(math.Round(rate*float64(middle)))}
		cost := float32(0)
		for _, i := range on {
			if j := t.nearest(p.tick(t.since[i])); j >= 0 {
				cost += t.blame[i][j]
			} else {
				cost++
			}
		}
		paths, costs = append(paths, p), append(costs, float64(cost)/float64(len(on)))
	}
	least := slices.Min(costs)
	first := slices.Index(costs, least)
	last := first
	for last+1 < len(costs) && costs[last+1] == least {
		last++
	}
	return paths[(first+last)/2], least
}

// matches is the gain from which on a picture is taken for the episode's.
const matches = .35

func (t *table) judged(p path) path {
	p.of = len(t.since)
	for i, since := range t.since {
		j := t.nearest(p.tick(since))
		if j < 0 {
			continue
		}
		g := float64(t.gain[i][j])
		p.gain, p.best = p.gain+g/float64(p.of), max(p.best, g)
		if g >= matches {
			p.matched++
		}
	}
	return p
}
