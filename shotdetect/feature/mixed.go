package feature

// A frame that is half of the one before and half of the one after it belongs to no shot, if those are of two: pulldown puts fields of
// both into one frame at every other cut of a film, and conversions of the rate blend them. It is taken for the frame before it, so
// that the cut is where the new shot shows alone.
const (
	// leastApart is by how many steps of luma its neighbours differ on average, in the units of quarters.
	leastApart = 6 * 4 * coarse
	// mixtureRest is how much of that is not explained by a half of each; and neighbourRest how much there may be to the next frames
	// on either side, which in a dissolve is half.
	mixtureRest   = 4
	neighbourRest = 3
)

// unmix replaces frame n, after which two more have been seen, where it is such a mixture.
func (s *Stream) unmix(n int) {
	a, m, b := s.look(n-1), s.look(n), s.look(n+1)
	size := differ(a, b)
	if size < leastApart || unblended(a, m, b) > size/mixtureRest {
		return
	}
	if max(differ(s.look(n-2), a), differ(b, s.look(n+2))) > size/neighbourRest {
		return
	}
	s.frames[n%window] = s.frames[(n-1)%window]
	*m = *a
	s.mixed = append(s.mixed, int64(n-(window-1)))
}

// Mixed tells which frames of the film, counted from 0, were found to be of two shots since it was last asked.
func (s *Stream) Mixed() []int64 {
	m := s.mixed
	s.mixed = nil
	return m
}

// differ is the sum of differences of two pictures' luma.
func differ(a, b *look) (sum int) {
	for i, v := range a.quarters[0] {
		sum += distance(int(v), int(b.quarters[0][i]))
	}
	return sum
}

// unblended is the sum of differences of twice a picture and the sum of two others.
func unblended(a, m, b *look) (sum int) {
	for i, v := range m.quarters[0] {
		sum += distance(2*int(v), int(a.quarters[0][i])+int(b.quarters[0][i]))
	}
	return sum
}
