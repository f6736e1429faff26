package mood

import "math"

// What free text counts for beside axes, and how sharply a text that names none chooses among them.
const (
	besideNamed = 0.25 // of the words that name no axis, beside the axes that others name
	besideNear  = 0.5  // of a text that names no axis, beside those that it lies near
	sharpness   = 10   // of the choice: a tenth nearer is e times as much
)

// Toward is the direction in which lines of the mood lie. A wish of Parse has one; one without text has none, and gives zeros.
//
// Errors: ErrVersion; those of the models.
func (w Wish) Toward(m Models) (Direction, error) {
	all, err := directions(m.SentencesVersion())
	if err != nil {
		return Direction{}, err
	}
	size := len(all[0].Any)
	d := Direction{make([]float32, size), make([]float32, size)}
	for _, a := range w.Axes {
		d.add(all[axisNamed(a.Axis)], a.Weight)
	}
	unit(d.Any)
	unit(d.English)
	text, weight := w.Rest, besideNamed
	if len(w.Axes) == 0 {
		text, weight = w.Text, besideNear
	}
	if text == "" {
		return d, nil
	}
	own, err := sense(m, text, w.Lang)
	if err != nil {
		return Direction{}, err
	}
	if len(w.Axes) == 0 {
		d = near(all, own)
	}
	d.add(own, weight)
	unit(d.Any)
	unit(d.English)
	return d, nil
}

// AxisDirections are the directions of single axes, in the order of [Axes], to tell how much a line is of each. They must not be written to.
// Errors: ErrVersion.
func AxisDirections(m Models) ([]Direction, error) { return directions(m.SentencesVersion()) }

// sense is a text as a sentence. One that can be no English is not read by the English model.
func sense(m Models, text, lang string) (d Direction, err error) {
	of, err := m.Sentences([]string{text})
	if err != nil {
		return d, err
	}
	d.Any = of[0]
	if !ascii(text) || lang != "" && lang != "en" {
		return d, nil
	}
	if of, err = m.English([]string{text}); err == nil {
		d.English = of[0]
	}
	return d, err
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] > 0x7e {
			return false
		}
	}
	return true
}

// near mixes the axes by how near a sentence lies to each, by either model by itself. Where the English one does not read the sentence, the
// other's choice stands for both.
func near(all []Direction, own Direction) Direction {
	d := Direction{make([]float32, len(own.Any)), make([]float32, len(own.Any))}
	every := choose(all, own.Any, func(d Direction) []float32 { return d.Any })
	english := every
	if own.English != nil {
		english = choose(all, own.English, func(d Direction) []float32 { return d.English })
	}
	for i, a := range all {
		addTo(d.Any, a.Any, every[i])
		addTo(d.English, a.English, english[i])
	}
	unit(d.Any)
	unit(d.English)
	return d
}

func choose(all []Direction, own []float32, of func(Direction) []float32) []float64 {
	weights, sum := make([]float64, len(all)), 0.0
	for i, a := range all {
		weights[i] = math.Exp(sharpness * dot(of(a), own))
		sum += weights[i]
	}
	for i := range weights {
		weights[i] /= sum
	}
	return weights
}

func (d *Direction) add(o Direction, weight float64) {
	addTo(d.Any, o.Any, weight)
	if o.English != nil {
		addTo(d.English, o.English, weight)
	}
}

func addTo(sum, v []float32, weight float64) {
	for i, x := range v {
		sum[i] += float32(float64(x) * weight)
	}
}
