package shotdetect

import "math"

// blend says how a frame lies between two others: as their mixture, as one here and the other there, or not at all.
type blend struct {
	size     float32 // mean difference of the two, in levels
	alpha    float32 // how much of the second is in it, by least squares
	residual float32 // what no mixture explains, as a share of size; small in a dissolve or fade
	nearest  float32 // distance of each pixel to the nearer of the two, as a share of size; small in a wipe
	uneven   float32 // deviation of alpha over the picture; small in a dissolve or fade, large in a wipe
	turned   float32 // how much of the changing parts has become the second, all parts counting alike
}

// Pictures are cut into parts of 4x3 pixels to see whether they change evenly.
const (
	partWidth   = 4
	partHeight  = 3
	partColumns = tintWidth / partWidth
	parts       = partColumns * tintHeight / partHeight
)

// mixture gathers the sums that a blend is made of.
type mixture struct {
	uu, du, dd    int // of squares: u from first to second, d from first to the frame
	apart, near   int
	partUU, partU [parts]int
}

func mix(first, frame, second *look) blend {
	var m mixture
	for c := range first.tints {
		m.plane(&first.tints[c], &frame.tints[c], &second.tints[c])
	}
	return m.blend()
}

func (m *mixture) plane(first, frame, second *[tintSize]byte) {
	for y := range tintHeight {
		for x := range tintWidth {
			i := y*tintWidth + x
			u, d := int(second[i])-int(first[i]), int(frame[i])-int(first[i])
			k := y/partHeight*partColumns + x/partWidth
			m.partUU[k] += u * u
			m.partU[k] += d * u
			m.dd += d * d
			m.apart += magnitude(u)
			m.near += min(magnitude(d), magnitude(d-u))
		}
	}
}

const (
	mixNoise   = 3 * 4 * tintSize            // power of noise over a whole picture
	partChange = 60 * partWidth * partHeight // power from which a part changes
)

func (m *mixture) blend() blend {
	for k := range m.partU {
		m.uu += m.partUU[k]
		m.du += m.partU[k]
	}
	power := float64(m.uu + mixNoise)
	alpha := float64(m.du) / power
	rest := max(0, float64(m.dd)-2*alpha*float64(m.du)+alpha*alpha*float64(m.uu))
	var uneven, turned, changing float64
	for k, uu := range m.partUU {
		part := max(-.5, min(1.5, float64(m.partU[k])/(float64(uu)+mixNoise/parts)))
		if uu > partChange {
			turned += max(0, min(1, part))
			changing++
		}
		uneven += (part - alpha) * (part - alpha) * float64(uu)
	}
	return blend{
		turned: float32(turned / max(1, changing)),
		size:   float32(m.apart) / tintSize, alpha: float32(alpha), residual: float32(math.Sqrt(rest / power)),
		nearest: float32(m.near) / float32(max(1, m.apart)), uneven: float32(math.Sqrt(uneven / power)),
	}
}

// gap is the mean difference of two frames, in levels: luma and both chromas together.
func gap(a, b *look) float32 {
	sum := 0
	for c := range a.tints {
		p, q := &a.tints[c], &b.tints[c]
		for i, v := range p {
			sum += magnitude(int(v) - int(q[i]))
		}
	}
	return float32(sum) / tintSize
}

func magnitude(v int) int {
	s := v >> 63
	return (v ^ s) - s
}
