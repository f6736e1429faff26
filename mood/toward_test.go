package mood

import (
	"errors"
	"math"
	"testing"
)

// embedded is how much lines are of a mood.
func embedded(t *testing.T, mood string, lines ...string) []float64 {
	t.Helper()
	m := models(t)
	w, err := Parse(mood)
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.Toward(m)
	if err != nil {
		t.Fatal(err)
	}
	if n := dot(d.Any, d.Any); math.Abs(n-1) > 1e-4 {
		t.Errorf("%q: length %g", mood, n)
	}
	vectors, err := m.Sentences(lines)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]float64, len(lines))
	for i, v := range vectors {
		out[i] = dot(v, d.Any)
	}
	return out
}

// TestTowardTellsMoodsApart: of three lines, in any language, the first is most of the mood, named or not.
func TestTowardTellsMoodsApart(t *testing.T) {
	for _, test := range []struct{ mood, want, other, third string }{
		{"sad", "He died, and I never said goodbye.", "Pass the salt, please.", "We won the cup!"},
		{"triumphant", "The title is ours at last!", "I left my keys at home.", "I'm too tired to get up."},
		{"spokojnie", "静かな朝だね。", "逃げろ、爆発するぞ!", "よくも騙したな!"},
		{"怖い", "Ktoś stoi za drzwiami i oddycha.", "Kup jeszcze dwa bochenki chleba.", "Wygraliśmy mistrzostwa!"},
		{"angry", "How could you? Get out of my house!", "The bus leaves at six.", "What a lovely evening."},
		{"my heart is in pieces", "She left me and I can't stop crying.", "The train has three cars.", "Let's have a party!"},
	} {
		s := embedded(t, test.mood, test.want, test.other, test.third)
		if s[0] <= s[1] || s[0] <= s[2] {
			t.Errorf("%s: %.3f, want most for %q", test.mood, s, test.want)
		}
	}
}

func TestNegationTurnsAway(t *testing.T) {
	lines := []string{"I'm so lonely.", "I'm so lonely, I could cry all night."}
	with, without := embedded(t, "lonely", lines...), embedded(t, "lonely but not sad", lines...)
	if with[1]-without[1] <= with[0]-without[0] {
		t.Errorf("%.3f and %.3f: the line with tears should lose more", with, without)
	}
}

// other models than those that directions.bin was made by.
type other struct{ Models }

func (other) SentencesVersion() string { return "other" }

func TestOtherModelsAreRefused(t *testing.T) {
	w, _ := Parse("sad")
	if _, err := w.Toward(other{}); !errors.Is(err, ErrVersion) {
		t.Error(err)
	}
	for _, file := range []string{"", "x", stamp("v"), stamp("v") + "abc"} {
		if _, err := unpack("v", []byte(file)); !errors.Is(err, ErrVersion) {
			t.Errorf("%.30q: %v", file, err)
		}
	}
}
