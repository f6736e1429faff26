package mood

// Reason is what one facet of a shot says to a wish.
type Reason struct {
	Facet Facet
	Name  string  // of the trait, or of the axis
	Value float64 // what was measured, in the trait's own unit; of words how much the line is of the axis, in units by which lines differ
	Fit   float64 // 0 to 1; half and more is worth telling. Of words 0
	Asked bool    // for by name, and not only because scenes of that mood tend to be so
}

// Fit is how a shot's picture, pace and sound answer a wish.
type Fit struct {
	Asked   bool    // every trait that was asked for is there
	Score   float64 // mean fit of those, 0 to 1; 0 where one is not there, and where none was asked for
	Lean    float64 // -1 to 1: how far the shot is as scenes of the mood tend to be; 0 where no axis is named
	Reasons []Reason
	Unknown []string // names of traits that were asked for of which nothing is known
}

// Judge tells how f answers the wish, and why. Where two axes tend to opposite things, these outweigh each other, and both are told.
func (s *Scorer) Judge(f *Facets) (fit Fit) {
	fit.Score, fit.Asked = s.Asked(f)
	fit.Lean = s.Lean(f)
	told := map[string]bool{}
	for i := range s.traits {
		t := &s.traits[i]
		told[t.Name] = true
		got, value, known := t.Fit(f)
		if !known {
			fit.Unknown = append(fit.Unknown, t.Name)
			continue
		}
		fit.Reasons = append(fit.Reasons, Reason{t.Facet, t.Name, value, got, true})
	}
	for i := range s.leans {
		t := &s.leans[i]
		if got, value, known := t.Fit(f); known && got >= enough && t.weight > 0 && !told[t.Name] {
			told[t.Name] = true
			fit.Reasons = append(fit.Reasons, Reason{t.Facet, t.Name, value, got, false})
		}
	}
	return fit
}

// Judge is that of the wish's [Scorer], for one shot.
func (w Wish) Judge(f *Facets) Fit { return w.Scorer().Judge(f) }
