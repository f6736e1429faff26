package footage

import (
	"iter"
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

// halves are the times of the pictures, and those in the middle between two.
func (s *strip) halves() iter.Seq[timecode.Time] {
	return func(yield func(timecode.Time) bool) {
		for i, at := range s.times {
			if i > 0 && !yield((s.times[i-1]+at)/2) || !yield(at) {
				return
			}
		}
	}
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
	also    []timecode.Time // of the episode, at which it may begin as well, for it shows the same there again
	pace    *pace           // nil where at is a time of the episode
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
	old := p.time(0)
	p.at = p.tick(since)
	p.also = slices.Clone(p.also)
	for i := range p.also {
		p.also[i] += p.time(0) - old
	}
	return p
}

// table is a shot's pictures against those of a strip.
type table struct {
	*strip
	since []timecode.Time // of the shot's pictures, from its first on
	gain  [][]float32     // 0 where a picture is no other
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
		gains := make([]float32, len(s.fines))
		for j, b := range s.fines {
			gains[j] = gainOf(a.against(b))
		}
		t.gain = append(t.gain, gains)
	}
	return t
}

// rates are the speeds that are tried. frame is the one at which a frame of the episode goes by with each of the video's.
func rates(frame float64) []float64 {
	all := append([]float64{1, frame, -1, -frame, 0}, told...)
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

// follow finds the path that most speaks for, about.
func (t *table) follow(frame float64) path {
	var best path
	most := 0.0
	for _, rate := range rates(frame) {
		for at := range t.halves() {
			k := course{path: path{rate: rate, at: at}, strip: t.strip}
			if worth := t.speaksFor(&k) * fond(rate, frame); worth > most {
				best, most = k.path, worth
			}
		}
	}
	return t.judged(best)
}

// told are speeds that editing programs are told.
var told = []float64{.5, 2, .25, 4, .75, 1.5, 1.25, .8, 1.2, .4, .6, 3, .9, 1.1}

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
