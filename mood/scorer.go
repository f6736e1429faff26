package mood

// Scorer judges many shots by one wish, without telling why.
type Scorer struct {
	traits []Trait
	leans  []leaning
}

// leaning is a trait that scenes of the wanted moods tend to have.
type leaning struct {
	Trait
	weight float64 // below 0 for what they tend not to have
}

// Scorer is w, made ready.
func (w Wish) Scorer() *Scorer {
	s := &Scorer{traits: w.Traits}
	for _, a := range w.Axes {
		for _, name := range axes()[axisNamed(a.Axis)].Traits {
			t, _ := traitNamed(name)
			s.leans = append(s.leans, leaning{t, a.Weight})
		}
	}
	return s
}

// Asked is the mean fit of the traits that are asked for, and whether f has every one: see [Fit].
func (s *Scorer) Asked(f *Facets) (score float64, all bool) {
	for i := range s.traits {
		got, _, _ := s.traits[i].Fit(f)
		if got < enough {
			return 0, false
		}
		score += got / float64(len(s.traits))
	}
	return score, true
}

// Lean is how far f is as scenes of the moods tend to be: see [Fit].
func (s *Scorer) Lean(f *Facets) float64 {
	sum, weight := 0.0, 0.0
	for i := range s.leans {
		l := &s.leans[i]
		got, _, known := l.Fit(f)
		if !known {
			continue
		}
		sum += l.weight * (2*got - 1)
		weight += max(l.weight, -l.weight)
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}
