package mood

import (
	"errors"
	"math"
	"slices"
	"testing"
)

func names(traits []Trait) (out []string) {
	for _, t := range traits {
		out = append(out, t.Name)
	}
	return out
}

func TestParseTraits(t *testing.T) {
	for _, test := range []struct {
		of   Facet
		text string
		want []string
	}{
		{Picture, "dark,still,red", []string{"dark", "still", "red"}},
		{Picture, "dark still  red", []string{"dark", "still", "red"}},
		{Picture, "Black Background", []string{"black background"}},
		{Picture, "black, white background", []string{"black", "white background"}},
		{Picture, "dark,ciemne,暗い", []string{"dark"}},
		{Picture, "赤い", []string{"red"}},
		{Picture, "grey", []string{"gray"}},
		{Picture, "high contrast", []string{"contrasty"}},
		{Pace, "szybkie", []string{"fast"}},
		{Sound, "silence", []string{"silent"}},
	} {
		got, err := ParseTraits(test.of, test.text)
		if err != nil || !slices.Equal(names(got), test.want) {
			t.Errorf("%s %q: %q, %v; want %q", test.of, test.text, names(got), err, test.want)
		}
	}
	for _, text := range []string{"", ",", "dark,blurple", "fast", "赤い猫"} {
		var told *ErrTrait
		if got, err := ParseTraits(Picture, text); !errors.As(err, &told) {
			t.Errorf("%q: %q, %v", text, names(got), err)
		}
	}
}

// night is a dark red room in which nothing moves, long shots around it, and hardly a sound.
var night = Facets{Brightness: .08, Contrast: .2, Saturation: .2, Warmth: .3, Motion: .001, Shares: shares(map[string]float64{"red": .4, "black": .5}),
	CutRate: 3, Level: -12, Sounds: true}

func shares(of map[string]float64) []float64 {
	out := make([]float64, len(colours))
	for i, c := range colours {
		out[i] = of[c]
	}
	return out
}

func wish(t *testing.T, mood, look, pace, sound string) (w Wish) {
	t.Helper()
	var err error
	if mood != "" {
		if w, err = Parse(mood); err != nil {
			t.Fatal(err)
		}
	}
	for facet, text := range map[Facet]string{Picture: look, Pace: pace, Sound: sound} {
		if text == "" {
			continue
		}
		all, err := ParseTraits(facet, text)
		if err != nil {
			t.Fatal(err)
		}
		w.Traits = append(w.Traits, all...)
	}
	return w
}

func TestJudgeTellsWhatWasAskedFor(t *testing.T) {
	for _, test := range []struct {
		look, pace, sound string
		want              bool
	}{
		{"dark,still,red", "", "", true}, {"bright", "", "", false}, {"dark,blue", "", "", false}, {"warm", "slow", "quiet", true},
		{"dark", "fast", "", false}, {"dark", "", "loud", false}, {"dark", "", "silent", false}, {"black background", "", "", false},
		{"moving", "", "", false},
	} {
		fit := wish(t, "", test.look, test.pace, test.sound).Judge(&night)
		if fit.Asked != test.want || test.want && fit.Score < .5 || fit.Lean != 0 {
			t.Errorf("%+v: %+v", test, fit)
		}
		for _, r := range fit.Reasons {
			if !r.Asked || r.Fit < 0 || r.Fit > 1 || math.IsNaN(r.Value) {
				t.Errorf("%+v: %+v", test, r)
			}
		}
	}
}

func TestJudgeTellsValues(t *testing.T) {
	fit := wish(t, "", "dark,red", "slow", "quiet").Judge(&night)
	for _, want := range []Reason{{Picture, "dark", .08, 1, true}, {Picture, "red", .4, 1, true}, {Pace, "slow", 3, 1, true}, {Sound, "quiet", -12, 1, true}} {
		if !slices.Contains(fit.Reasons, want) {
			t.Errorf("%+v is not among %+v", want, fit.Reasons)
		}
	}
}

// TestJudgeKnowsWhatItDoesNotKnow: a colour that nobody counted is no reason against dark, but no red shot either.
func TestJudgeKnowsWhatItDoesNotKnow(t *testing.T) {
	f := night
	f.Shares, f.Sounds = nil, false
	fit := wish(t, "", "dark,red", "", "quiet").Judge(&f)
	if fit.Asked || len(fit.Unknown) != 2 || len(fit.Reasons) != 1 {
		t.Errorf("%+v", fit)
	}
	if fit := wish(t, "", "dark", "", "").Judge(&f); !fit.Asked || fit.Unknown != nil {
		t.Errorf("%+v", fit)
	}
}

// TestMoodsLean: what stirs moves, is quick and loud, and what does not is the other way; the lean tells no sadness from loneliness.
func TestMoodsLean(t *testing.T) {
	fight := Facets{Brightness: .5, Contrast: .6, Saturation: .3, Motion: .1, CutRate: 45, Level: 9, Sounds: true}
	for _, still := range []string{"calm", "sad", "lonely", "longing"} {
		w := wish(t, still, "", "", "")
		if a, b := w.Judge(&night).Lean, w.Judge(&fight).Lean; a <= b || a <= 0 || b >= 0 {
			t.Errorf("%s: the night %.2f, the fight %.2f", still, a, b)
		}
	}
	for _, stirring := range []string{"tense", "triumphant", "angry"} {
		w := wish(t, stirring, "", "", "")
		if a, b := w.Judge(&night).Lean, w.Judge(&fight).Lean; a >= b || b <= 0 {
			t.Errorf("%s: the night %.2f, the fight %.2f", stirring, a, b)
		}
	}
	fit := wish(t, "sad", "dark", "", "").Judge(&night)
	asked := 0
	for _, r := range fit.Reasons {
		if r.Fit < enough {
			t.Errorf("%+v speaks for it", r)
		}
		if r.Asked {
			asked++
		}
	}
	if asked != 1 || len(fit.Reasons) < 3 {
		t.Errorf("%+v: want dark once as asked for, and what sad scenes tend to be", fit.Reasons)
	}
}

func TestNotANumberIsUnknown(t *testing.T) {
	f := night
	f.Brightness = math.NaN()
	if fit := wish(t, "sad", "dark", "", "").Judge(&f); fit.Asked || math.IsNaN(fit.Score) || math.IsNaN(fit.Lean) {
		t.Errorf("%+v", fit)
	}
}
