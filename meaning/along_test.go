package meaning

import "testing"

// TestAlongLanguagesCompare: of a line that lies nowhere along a direction the score is nought, whether it has an English vector or none, while
// that of a question would be lower for the English one, since English lines lie near any English question.
func TestAlongLanguagesCompare(t *testing.T) {
	axis := make([]float32, Size)
	axis[0] = 1
	var plain, english, far Vector
	plain.Any[1], english.Any[1], english.English[1] = 100, 100, 100
	far.Any[0], far.English[0] = 100, 100
	q, question := Along(axis, axis), Toward(axis, axis)
	if a, b := q.Score(&plain), q.Score(&english); a != 0 || b != 0 {
		t.Errorf("along: %g and %g, want 0", a, b)
	}
	if a, b := question.Score(&plain), question.Score(&english); a <= b {
		t.Errorf("toward: %g and %g", a, b)
	}
	if q.Score(&far) < 1 {
		t.Errorf("what lies along it has %g", q.Score(&far))
	}
}
