package footage

import "math"

// lay says where in the picture in question a place of the film's frame is, both from 0 to 1: a stretch and a shift each way.
type lay struct{ ax, bx, ay, by float64 }

// layOf is how an angle lies.
func layOf(a angle) lay {
	return lay{1 / a.wide, 0.5 - 0.5/a.wide, 1 / a.high, 0.5 - 0.5/a.high}
}

// missing is the level of a place that the picture in question does not show.
const missing = -1

// over lays a picture over a film's frame of wide x high.
func (l lay) over(q *plate, wide, high int) *plate {
	out := newPlate(wide, high)
	ax, bx := float32(l.ax*float64(q.wide)/float64(wide)), float32(l.bx*float64(q.wide))
	ay, by := float32(l.ay*float64(q.high)/float64(high)), float32(l.by*float64(q.high))
	for y := range high {
		qy := ay*(float32(y)+0.5) + by
		for x := range wide {
			v, ok := q.at(ax*(float32(x)+0.5)+bx, qy)
			if !ok {
				v = missing
			}
			out.v[y*wide+x] = v
		}
	}
	return out
}

// tones is how levels of a picture in question have become those of the film: for each of some levels, the mean of what the film shows
// there, so that a grade of any kind is undone.
type tones [toneSteps + 1]float32

const (
	toneSteps = 16
	toneStep  = 256 / toneSteps
)

func (t *tones) of(q float32) float32 {
	at := q / toneStep
	k := int(at)
	part := at - float32(k)
	return t[k]*(1-part) + t[k+1]*part
}

// toned is q in the film's tones.
func (t *tones) toned(q *plate) *plate {
	out := newPlate(q.wide, q.high)
	for i, v := range q.v {
		if out.v[i] = missing; v != missing {
			out.v[i] = t.of(v)
		}
	}
	return out
}

// sheet is a picture laid over a film's frame, made ready to be compared with many.
type sheet struct {
	*plate
	places []int32   // where the frame is covered
	steps  []uint8   // the step of tones below the level there
	parts  []float32 // how far it is to the next
	counts [toneSteps + 1]float32
	sum    float64 // of the levels
	square float64
}

// sheet lays a picture over a film's frame of wide x high.
func (l lay) sheet(q *plate, wide, high int) *sheet {
	s := &sheet{plate: l.over(q, wide, high)}
	n := len(s.v)
	s.places, s.steps, s.parts = make([]int32, 0, n), make([]uint8, 0, n), make([]float32, 0, n)
	for i, v := range s.v {
		if v == missing {
			continue
		}
		at := v / toneStep
		k := uint8(at)
		part := at - float32(k)
		s.places, s.steps, s.parts = append(s.places, int32(i)), append(s.steps, k), append(s.parts, part)
		s.counts[k] += 1 - part
		s.counts[k+1] += part
		s.sum += float64(v)
		s.square += float64(v) * float64(v)
	}
	return s
}

// tones are those between the sheet and a film's frame, and the mean level of that.
func (s *sheet) tones(film *plate) (*tones, float32) {
	var sums [toneSteps + 1]float32
	var light, both float64
	for j, i := range s.places {
		f, k, part := film.v[i], s.steps[j]&(toneSteps-1), s.parts[j]
		high := part * f
		sums[k] += f - high
		sums[k+1] += high
		light += float64(f)
		both += float64(f * s.v[i])
	}
	n := float64(max(1, len(s.places)))
	gain := 1.0
	if v := s.square - s.sum*s.sum/n; v > 0 {
		gain = max(leastGain, min(1/leastGain, (both-s.sum*light/n)/v))
	}
	lift := (light - gain*s.sum) / n
	t := &tones{}
	const straight = 25 // pixels' worth of belief that it is a plain change of light
	for k := range t {
		t[k] = (sums[k] + straight*float32(gain*float64(k*toneStep)+lift)) / (s.counts[k] + straight)
	}
	return t, float32(light / n)
}

// clip is beyond how many levels a difference is something that lies over the picture, and counts no more.
const clip = 48

// faint is the variance of levels that encoders make of nothing.
const faint = 0.5

// differs is how much of what a film's frame shows the sheet does not explain, in the film's tones: the mean square of what they differ
// in by that of what the frame differs in from its mean, both up to the clip. It is a share because any picture fits a frame that shows
// nothing, once its tones are made those of that; and where the one is clipped so is the other, or any picture would fit a frame of which
// a little stands out much.
func (s *sheet) differs(film *plate) float64 {
	if len(s.places) == 0 {
		return math.Inf(1)
	}
	t, mean := s.tones(film)
	var off, all float32
	var offs, alls float64
	for j, i := range s.places {
		k, f := s.steps[j]&(toneSteps-1), film.v[i]
		d, e := t[k]+s.parts[j]*(t[k+1]-t[k])-f, f-mean
		off += min(clip*clip, d*d)
		all += min(clip*clip, e*e)
		if j&1023 == 1023 { // small sums lose nothing
			offs, alls, off, all = offs+float64(off), alls+float64(all), 0, 0
		}
	}
	n := float64(len(s.places))
	return ((offs+float64(off))/n + faint) / ((alls+float64(all))/n + faint)
}
