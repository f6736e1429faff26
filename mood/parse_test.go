package mood

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func shown(w Wish) string {
	var parts []string
	for _, a := range w.Axes {
		parts = append(parts, fmt.Sprintf("%s%+g", a.Axis, a.Weight))
	}
	return strings.Join(parts, " ") + " | " + w.Rest
}

func TestParse(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"sad", "sadness+1 | "},
		{"SADNESS!!!", "sadness+1 | "},
		{"lonely but hopeful", "loneliness+1 hope+1 | "},
		{"bittersweet", "joy+1 sadness+1 nostalgia+1 | "},
		{"lonely, at night", "loneliness+1 | night"},
		{"a very tense chase scene in the rain", "tension+1 | rain"},
		{"not sad", "joy+1 | "},
		{"lonely but not sad", "loneliness+1 sadness-0.5 | "},
		{"not happy but calm", "joy-0.5 calm+1 | "},
		{"isn't scary", "courage+1 | "},
		{"getting up again", "courage+1 | again"},
		{"purple monkey dishwasher", " | purple monkey dishwasher"},
		// what begins like a mood and is none
		{"angel saddle comet winter window", " | angel saddle comet winter window"},
		{"smutno i samotnie", "sadness+1 loneliness+1 | "},
		{"wściekłość", "anger+1 | "},
		{"bez nadziei", "despair+1 | "},
		{"pierwsza miłość", "love+1 | "},
		{"ŚMIESZNE", "comedy+1 | "},
		{"懐かしい", "nostalgia+1 | "},
		{"切ない片思い", "sadness+1 longing+1 love+1 | "},
		{"悲しくない", "joy+1 | "},
		{"静かな雪の夜", "calm+1 | 雪の夜"},
		{"ｓａｄ", "sadness+1 | "},
		{"triste", " | triste"},
	} {
		w, err := Parse(test.text)
		if err != nil || shown(w) != test.want || w.Text == "" {
			t.Errorf("%q: %q, %v; want %q", test.text, shown(w), err, test.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "   ", "?!", "\x00\x01", "😢", "123"} {
		if _, err := Parse(text); !errors.Is(err, ErrNoMood) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := Parse(strings.Repeat("sad ", MaxText)); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
	for _, text := range []string{"\xff\xfe sad", "שמח", strings.Repeat("ł", MaxText/2)} {
		if _, err := Parse(text); err != nil {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"lonely but hopeful", "悲しくない", "not", "-", "n't", "ー々", "a*b \"c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w, err := Parse(text)
		if err != nil {
			return
		}
		for _, a := range w.Axes {
			if axisNamed(a.Axis) < 0 || a.Weight == 0 {
				t.Errorf("%q: %+v", text, a)
			}
		}
		for _, facet := range []Facet{Picture, Pace, Sound} {
			if all, err := ParseTraits(facet, text); err == nil && len(all) == 0 {
				t.Errorf("%q: no trait and no error", text)
			}
		}
	})
}

func TestAxesHoldTogether(t *testing.T) {
	count := map[string]int{}
	for _, s := range sentences() {
		if s.axis < 0 {
			t.Fatalf("a sentence of no axis: %q", s.texts)
		}
		count[axes()[s.axis].Name]++
	}
	for _, a := range Axes() {
		if count[a.Name] < 12 {
			t.Errorf("%s has %d sentences, want a dozen", a.Name, count[a.Name])
		}
		if a.Opposite != "" && (a.Opposite == a.Name || axisNamed(a.Opposite) < 0) {
			t.Errorf("%s has the opposite %q", a.Name, a.Opposite)
		}
		for _, name := range a.Traits {
			if _, ok := traitNamed(name); !ok {
				t.Errorf("%s has the trait %q, which there is not", a.Name, name)
			}
		}
		for _, w := range append([]string{a.Name}, a.Words...) {
			wish, err := Parse(strings.TrimSuffix(w, "*"))
			if err != nil || !strings.Contains(shown(wish), a.Name+"+1") {
				t.Errorf("%s by its word %q: %q, %v", a.Name, w, shown(wish), err)
			}
		}
	}
}

func TestBare(t *testing.T) {
	for text, want := range map[string]bool{"lonely at night": true, "furious": true, "smutno i pusto": true, "切ない片思い": true, "not sad": true,
		"rain": false, "": false, "I burned the map that led me home": false, "the dark river under the bridge": false,
		"何度倒れても立ち上がる": false, "sad slow summer": false} {
		w, err := Parse(text)
		if got := w.Bare(); got != want || err != nil && text != "" {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}
