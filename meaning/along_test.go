package meaning

import "testing"

// TestAlongLanguagesCompare: of a line that lies nowhere along a direction the score is nought, whether it has an English vector or none, while
// that of a question would be another for the English one.
func TestAlongLanguagesCompare(t *testing.T) {
	axis := make([]float32, Size)
	axis[0] = 1
	q := Along(axis, axis)
	var along, none, english Vector
	for i, x := range q.Any {
		along.Any[i] = int8(max(-7, min(7, x/64)))
	}
	english.English[0] = 1
	if a := q.Score(&none); a != 0 {
		t.Errorf("what lies nowhere has %g", a)
	}
	if a := q.Score(&english); a > 0.2 || a < -0.2 {
		t.Errorf("what lies nowhere in English has %g", a)
	}
	if a := q.Score(&along); a < 1 {
		t.Errorf("what lies along it has %g", a)
	}
}

// TestAlongGuessesEnglish: where nothing is known of a direction among English vectors, English lines are judged by both models all the same.
func TestAlongGuessesEnglish(t *testing.T) {
	axis := make([]float32, Size)
	axis[5] = 1
	one, two := Along(axis, nil), Along(axis, make([]float32, Size))
	if !one.IsEnglish() || one != two {
		t.Error("nothing is guessed")
	}
}
