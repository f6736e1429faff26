package search

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text string
		want terms
	}{
		{`rain -sun "never say goodbye"`, terms{words: []string{"rain"}, phrases: []string{"never say goodbye"}, exclude: []string{"sun"}}},
		{`„nigdy nie mów” −nigdy`, terms{phrases: []string{"nigdy nie mów"}, exclude: []string{"nigdy"}}},
		{`„a b" «c d» “e f”`, terms{phrases: []string{"a b", "c d", "e f"}}},
		{`雨「約束を守る」『星 空』`, terms{words: []string{"雨"}, phrases: []string{"約束を守る", "星 空"}}},
		{"雨\u3000空", terms{words: []string{"雨", "空"}}},
		{`"never say`, terms{words: []string{"never", "say"}}},
		{`never" say -the sun`, terms{words: []string{"never", "say", "sun"}, exclude: []string{"the"}}},
		{`-"the sun" x`, terms{words: []string{"x"}, exclude: []string{"the sun"}}},
		{`good-bye - -- 'til don't`, terms{words: []string{"good-bye", "'til", "don't"}}},
		{`a"b c"d`, terms{words: []string{"a", "d"}, phrases: []string{"b c"}}},
		{"", terms{}},
	} {
		got, err := parse(c.text)
		got.said = nil
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: got %+v, %v\nwant %+v", c.text, got, err, c.want)
		}
	}
}

func TestQuestion(t *testing.T) {
	for text, want := range map[string]string{
		`rain -sun "never say goodbye" now -"the moon"`: "rain never say goodbye now", "rain*": "", "rain* falls": "falls", "/ one\n two /\n\n": "one / two", "/": "", "either/or": "either/or",
		"雨「約束」": "雨 約束",
	} {
		got, err := parse(text)
		if err != nil || got.question() != want {
			t.Errorf("%q asks %q, %v, want %q", text, got.question(), err, want)
		}
	}
}

func TestTongue(t *testing.T) {
	for text, want := range map[string]string{
		"the rain": "en", "hope": "en", "gdzie jesteś": "pl", "nie ma nic": "pl", "雨の夜": "ja", "дождь": "ru", "Straße": "de", "corazón": "", "": "en",
		"où est la lumière et le jour": "fr",
	} {
		if got := tongue(text); got != want {
			t.Errorf("%q is in %q, want %q", text, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`rain -sun "never say"`, `-"x`, "„a”「b」", "\xff\"", `""""`, "- -", "«»", "−−a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parse(text)
		if err != nil {
			return
		}
		for _, list := range [][]string{got.words, got.phrases, got.exclude} {
			for _, s := range list {
				if !utf8.ValidString(s) || !strings.ContainsFunc(s, spoken) || len(s) > len(text) {
					t.Errorf("%q gives %q", text, s)
				}
			}
		}
	})
}
