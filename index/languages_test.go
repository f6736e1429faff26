package index

import (
	"slices"
	"testing"
)

// spoken are, by language, what is typed and the lines that it must find: other endings, missing accents, articles that are joined.
var spokenIn = map[string][]struct {
	query string
	lines []string
}{
	"de": {
		{"Haus", []string{"In den Häusern brennt Licht.", "Das Haus ist leer."}},
		{"schön", []string{"Du bist schöner als alle.", "Wie schoen!"}},
		{"schoen", []string{"Du bist schöner als alle.", "Wie schoen!"}},
		{"strasse", []string{"Die Straße ist lang."}},
		{"träume", []string{"Ich habe einen Traum."}},
	},
	"fr": {
		{"amour", []string{"L'amour est mort.", "L’amour est mort !", "Nos amours."}},
		{"l'amour", []string{"L'amour est mort.", "L’amour est mort !", "Nos amours."}},
		{"larmes", []string{"Une larme coule."}},
		{"etoile", []string{"Sous les étoiles."}},
		{"aujourd'hui", []string{"Aujourd’hui il pleut."}},
	},
	"es": {
		{"lágrima", []string{"No quedan lagrimas.", "Tus lágrimas."}},
		{"corazones", []string{"Mi corazón."}},
		{"corazon", []string{"Mi corazón.", "Dos corazones."}},
	},
	"ru": {
		{"дождь", []string{"Под дождём."}},
		{"звезда", []string{"Смотри на звёзды!", "Смотри на звезды!"}},
		{"мои", []string{"Это мой дом.", "Мои друзья."}},
	},
	"pt": {
		{"coração", []string{"Dois corações.", "Meu coração.", "Meu coracao."}},
		{"coracao", []string{"Meu coração.", "Meu coracao."}},
		{"noites", []string{"Boa noite."}},
	},
	"it": {
		{"stelle", []string{"Una stella cade."}},
		{"amore", []string{"L'amore è finito."}},
		{"perche", []string{"Perché piangi?"}},
	},
}

// TestLanguagesAreStemmed asks each word in a library that has lines in all languages.
func TestLanguagesAreStemmed(t *testing.T) {
	f, episode := newFake(), int64(0)
	for lang, cases := range spokenIn {
		var lines []string
		for _, c := range cases {
			for _, l := range c.lines {
				if l = lang + ":" + l; !slices.Contains(lines, l) {
					lines = append(lines, l)
				}
			}
		}
		episode++
		f.put(episode, append(lines, lang+":123 xyz")...)
	}
	ix := f.open(t, t.TempDir(), Options{})
	for lang, cases := range spokenIn {
		for _, c := range cases {
			q := words(c.query)
			q.Lang = lang
			got := ask(t, f, ix, q)
			slices.Sort(got)
			slices.Sort(c.lines)
			for _, want := range c.lines {
				if !slices.Contains(got, want) {
					t.Errorf("%s: %q does not find %q, but %q", lang, c.query, want, got)
				}
			}
		}
	}
}

// TestOneStopWordIsNoLanguage: "die" and "come" are words in English, though German and Italian have them for nothing.
func TestOneStopWordIsNoLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"die tomorrow": "", "come home": "", "der Regen und die Nacht": "de", "the rain": "en", "il pleut dans le noir et je t'aime": "fr",
		"ты и я не одни": "ru",
	} {
		got := ""
		if f := words(text).tongue(); f != nil {
			got = f.name
		}
		if got != want {
			t.Errorf("%q is taken for %q, want %q", text, got, want)
		}
	}
}

// TestStemsMark: what is found by a stem is marked where it stands in the line.
func TestStemsMark(t *testing.T) {
	for _, c := range []struct{ lang, query, line, want string }{
		{"fr", "amour", "Car l'amour est mort.", "l'amour"}, {"de", "haus", "In den Häusern.", "Häusern"}, {"pt", "coracao", "Meu coração!", "coração"},
		{"ru", "звезда", "Смотри на звёзды!", "звёзды"},
	} {
		marks := Marks(words(c.query), c.lang, c.line)
		if len(marks) != 1 || c.line[marks[0].Start:marks[0].End] != c.want {
			t.Errorf("%s: %q marks %+v in %q", c.lang, c.query, marks, c.line)
		}
	}
}
