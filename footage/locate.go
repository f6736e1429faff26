package footage

import (
	"context"
	"image"
	"math"

	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/timecode"
)

const (
	window     = 6 * timecode.Second // to both sides of a sighting, in which the moment is looked for
	perBit     = 0.16                // how much less likely a moment is for each bit in which its hashes differ
	perLevel   = 5.0                 // how much less for each e-fold that its small pictures differ more, where they differ
	fineLevels = 9.0                 // variance of levels that encoders make of the same picture
	leastGain  = 0.4                 // by which a grade takes contrast away at most: any picture is black where all is taken
	fineClip   = 24.0                // levels beyond which a difference is something that lies over the picture
)

// locate finds the moment at which a picture is seen. In a shot that hardly moves all samples look like it, so two things are weighed:
// how far the hashes of each sample are, and how far the small pictures around it are in those places alone where they differ from each
// other. The middle of what is likely is taken: where nothing moves nothing tells, and that is the least wrong.
func (f *Footage) locate(ctx context.Context, p *Picture, s *Sighting) error {
	r, err := f.Reel(ctx, s.Episode)
	if err != nil {
		return err
	}
	low, high := r.From(s.Time-window), r.From(s.Time+window)
	if high-low < 2 {
		return nil
	}
	stills, err := f.lib.Stills(ctx, s.Episode, timecode.Span{In: r.Looks[low].Frame, Out: r.Looks[high-1].Frame + 1})
	if err != nil {
		return err
	}
	g := newGallery(p, s.angle)
	for _, still := range stills {
		if kept, err := stillOf(still.JPEG); err == nil {
			g.add(kept, r.timeOf(still.Frame))
		}
	}
	differs := g.differences()
	costs := make([]float64, high-low)
	for i := range costs {
		l := r.Looks[low+i]
		costs[i] = perBit*float64(s.angle.from(l)) + perLevel*differs(l.Time)
	}
	best := low + middleOfLikely(costs)
	s.Frame, s.Time = r.Looks[best].Frame, r.Looks[best].Time
	s.whole, s.centre = s.angle.distances(r.Looks[best])
	s.Time += s.angle.between(r, best)
	return nil
}

// middleOfLikely is the index at which half of the likelihood lies before and half behind, a cost of 1 being as likely by a factor of e
// as one of 0.
func middleOfLikely(costs []float64) int {
	least := math.Inf(1)
	for _, c := range costs {
		least = min(least, c)
	}
	sum := 0.0
	for _, c := range costs {
		sum += math.Exp(least - c)
	}
	left := sum / 2
	for i, c := range costs {
		if left -= math.Exp(least - c); left <= 0 {
			return i
		}
	}
	return 0
}

// gallery is the small pictures of a stretch beside the picture in question, all of them as levels of 64x64.
type gallery struct {
	angle angle
	asked []float64
	kept  [][]float64
	times []timecode.Time
}

func newGallery(p *Picture, a angle) *gallery {
	g := p.reduced(a.part)
	if a.mirrored {
		g = mirrored(g)
	}
	return &gallery{angle: a, asked: levels(g)}
}

func levels(g *image.Gray) []float64 {
	all := make([]float64, len(g.Pix))
	for i, v := range g.Pix {
		all[i] = float64(v)
	}
	return all
}

func (g *gallery) add(p *Picture, t timecode.Time) {
	part := middleOf(p.whole(), g.angle.wide, g.angle.high)
	g.kept = append(g.kept, levels(phash.Gray64(p.Y[part.Min.Y*p.Stride+part.Min.X:], p.Stride, part.Dx(), part.Dy())))
	g.times = append(g.times, t)
}

// differences gives for a time the logarithm of how far the picture in question is from those on both sides of it: the mean square of
// the differences once its light is made theirs, where they vary, more than encoders do.
func (g *gallery) differences() func(timecode.Time) float64 {
	if len(g.kept) < 2 {
		return func(timecode.Time) float64 { return 0 }
	}
	weights := g.weights()
	logs := make([]float64, len(g.kept))
	for i := range g.kept {
		logs[i] = math.Log(fineLevels + g.apart(g.kept[i], weights))
	}
	return func(t timecode.Time) float64 {
		i := 0
		for i < len(g.times) && g.times[i] <= t {
			i++
		}
		switch {
		case i == 0:
			return logs[0]
		case i == len(g.times):
			return logs[i-1]
		}
		share := float64(t-g.times[i-1]) / float64(g.times[i]-g.times[i-1])
		return logs[i-1]*(1-share) + logs[i]*share
	}
}

// weights are how much the kept pictures vary in each place, beyond noise; they sum to 1.
func (g *gallery) weights() []float64 {
	weights, sum := make([]float64, len(g.asked)), 0.0
	n := float64(len(g.kept))
	for i := range weights {
		var s, ss float64
		for _, k := range g.kept {
			s, ss = s+k[i], ss+k[i]*k[i]
		}
		weights[i] = math.Sqrt(max(0, ss/n-s/n*s/n))
		sum += weights[i] + 1e-9
	}
	for i := range weights {
		weights[i] /= sum
	}
	return weights
}

// apart is the weighted mean square of what differs from a kept picture.
func (g *gallery) apart(kept, weights []float64) float64 {
	gain, lift := light(g.asked, kept, weights)
	sum := 0.0
	for i, w := range weights {
		d := min(fineClip, math.Abs(gain*g.asked[i]+lift-kept[i]))
		sum += w * d * d
	}
	return sum
}

// light is by what the levels of a are to be multiplied, and what is to be added, to be those of b as nearly as can be where it matters.
func light(a, b, weights []float64) (gain, lift float64) {
	const everywhere = 0.1 / (phash.Side * phash.Side)
	var n, sa, sb, saa, sab float64
	for i, w := range weights {
		w += everywhere
		n, sa, sb, saa, sab = n+w, sa+w*a[i], sb+w*b[i], saa+w*a[i]*a[i], sab+w*a[i]*b[i]
	}
	if v := saa - sa*sa/n; v > 0 {
		gain = max(leastGain, min(1/leastGain, (sab-sa*sb/n)/v))
	}
	return gain, (sb - gain*sa) / n
}
