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
		{`rain -sun "never say goodbye"`, terms{[]string{"rain"}, []string{"never say goodbye"}, []string{"sun"}}},
		{`„nigdy nie mów” −nigdy`, terms{phrases: []string{"nigdy nie mów"}, exclude: []string{"nigdy"}}},
		{`„a b" «c d» “e f”`, terms{phrases: []string{"a b", "c d", "e f"}}},
		{`雨「約束を守る」『星 空』`, terms{[]string{"雨"}, []string{"約束を守る", "星 空"}, nil}},
		{"雨\u3000空", terms{words: []string{"雨", "空"}}},
		{`"never say`, terms{words: []string{"never", "say"}}},
		{`never" say -the sun`, terms{words: []string{"never", "say", "sun"}, exclude: []string{"the"}}},
		{`-"the sun" x`, terms{words: []string{"x"}, exclude: []string{"the sun"}}},
		{`good-bye - -- 'til don't`, terms{words: []string{"good-bye", "'til", "don't"}}},
		{`a"b c"d`, terms{[]string{"a", "d"}, []string{"b c"}, nil}},
		{"", terms{}},
	} {
		got, err := parse(c.text)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: got %+v, %v\nwant %+v", c.text, got, err, c.want)
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
