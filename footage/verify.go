package footage

import (
	"context"
	"image"
	"math"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/timecode"
)

// angleKey names the grain of an angle.
type angleKey struct {
	part     image.Rectangle
	mirrored bool
}

// like tells whether two angles see the same part of a film's frame in the same part of the picture.
func (a angle) like(o angle) bool {
	return a.part == o.part && a.mirrored == o.mirrored && a.wide == o.wide && a.high == o.high
}

// aroundSighting is how far from a sighting the small pictures are that it is compared with: there is one a second.
const aroundSighting = 11 * timecode.Second / 10

// verify compares a picture with the small pictures that were kept around a sighting, and says how far that is to be believed.
func (f *Footage) verify(ctx context.Context, p *Picture, s *Sighting, grains map[angleKey]*grain) error {
	r, err := f.Reel(ctx, s.Episode)
	if err != nil {
		return err
	}
	low, high := r.From(s.Time-aroundSighting), r.From(s.Time+aroundSighting)
	if low >= high {
		return nil
	}
	stills, err := f.lib.Stills(ctx, s.Episode, timecode.Span{In: r.Looks[low].Frame, Out: r.Looks[high-1].Frame + 1})
	if err != nil {
		return err
	}
	key := angleKey{s.angle.part, s.angle.mirrored}
	if grains[key] == nil {
		grains[key] = grainOf(p, s.angle.part, s.angle.mirrored)
	}
	s.compare(grains[key], r, stills)
	s.Confidence = s.believed()
	return nil
}

// compare sets how well the stills agree: the best of all, and those before and after as near as they are.
func (s *Sighting) compare(g *grain, r *Reel, stills []analysis.Still) {
	s.agree, s.fit = -1, 0
	weight := 0.0
	for _, still := range stills {
		kept, err := stillOf(still.JPEG)
		if err != nil {
			continue // one that is broken says nothing
		}
		agree := g.agreement(grainOf(kept, middleOf(kept.whole(), s.angle.wide, s.angle.high), false))
		s.agree = max(s.agree, agree)
		if far := away(r.timeOf(still.Frame), s.Time); far < timecode.Second {
			w := 1 - far.Seconds()
			s.fit, weight = s.fit+w*agree, weight+w
		}
	}
	if weight > 0 {
		s.fit /= weight
	}
}

// timeOf is about when a frame is: as the looks on both sides of it say.
func (r *Reel) timeOf(frame int64) timecode.Time {
	i, ok := r.AtFrame(frame)
	switch {
	case ok:
		return r.Looks[i].Time
	case i == 0 || i == len(r.Looks):
		return r.Looks[min(i, len(r.Looks)-1)].Time
	}
	a, b := r.Looks[i-1], r.Looks[i]
	return a.Time + (b.Time-a.Time)*timecode.Time(frame-a.Frame)/timecode.Time(b.Frame-a.Frame)
}

// unsure is the confidence below which nothing is claimed.
const unsure = 0.5

// believed is how sure a sighting is. Hashes and small pictures are two witnesses; what one is unsure of the other has to be sure of.
func (s Sighting) believed() float64 {
	evidence := 25*(s.agree-0.66) - 0.1*(s.bits()-8)
	return 1 / (1 + math.Exp(-evidence))
}

// rank orders what is believed.
func (s Sighting) rank() float64 { return s.agree*100 - s.bits() }
