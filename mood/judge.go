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
	Score   float64 // mean fit of those, 0 to 1; 0 where none was asked for
	Lean    float64 // -1 to 1: how far the shot is as scenes of the mood tend to be; 0 where no axis is named
	Reasons []Reason
	Unknown []string // names of traits that were asked for of which nothing is known
}

// Judge tells how f answers w.
func (w Wish) Judge(f *Facets) Fit {
	fit := Fit{Asked: true}
	for _, t := range w.Traits {
		got, value, known := t.Fit(f)
		if !known {
			fit.Unknown = append(fit.Unknown, t.Name)
		} else {
			fit.Reasons = append(fit.Reasons, Reason{t.Facet, t.Name, value, got, true})
		}
		fit.Asked = fit.Asked && got >= enough
		fit.Score += got / float64(len(w.Traits))
	}
	w.lean(f, &fit)
	return fit
}

// lean judges what scenes of the axes tend to be. Of two axes that tend to opposite things, both are told and they outweigh each other.
func (w Wish) lean(f *Facets, fit *Fit) {
	told, sum, weight := map[string]bool{}, 0.0, 0.0
	for _, r := range fit.Reasons {
		told[r.Name] = true
	}
	for _, a := range w.Axes {
		for _, name := range axes()[axisNamed(a.Axis)].Traits {
			t, _ := traitNamed(name)
			got, value, known := t.Fit(f)
			if !known {
				continue
			}
			sum += a.Weight * (2*got - 1)
			weight += max(a.Weight, -a.Weight)
			if got >= enough && a.Weight > 0 && !told[name] {
				told[name] = true
				fit.Reasons = append(fit.Reasons, Reason{t.Facet, t.Name, value, got, false})
			}
		}
	}
	if weight > 0 {
		fit.Lean = sum / weight
	}
}
