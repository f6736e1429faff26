package subtitles

import (
	"fmt"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

const assHead = `[Script Info]
Title: Drawn by hand
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour
Style: Default,Arial,20,&H00FFFFFF

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`

// dialogue is an event one second after another.
func dialogue(n int, style, text string) string {
	return fmt.Sprintf("Dialogue: 0,0:00:%02d.00,0:00:%02d.90,%s,,0,0,0,,%s\n", n, n, style, text)
}

func TestASSText(t *testing.T) {
	for raw, want := range map[string]string{
		`{\i1}Hello{\i0}, you`:                   "Hello, you",
		`one\Ntwo\nthree\hfour`:                  "one\ntwo three four",
		`{\p1}m 0 0 l 100 0 100 100{\p0}`:        "",
		`{\p1}m 0 0 l 1 1{\p0}after`:             "after",
		`{\an7\p4\fs20}m 0 0 b 1 2 3 4`:          "",
		`before{\p1}m 0 0{\p0} after`:            "before after",
		`{\pos(1,2)\pbo10}word`:                  "word",
		`{\k20}sa{\k30}ku{\kf15}ra {\ko10}no`:    "sakura no",
		`{\K20}ha{\K5}na`:                        "hana",
		`a {translator's note} b`:                "a b",
		`never {closed`:                          "never {closed",
		`closed} only`:                           "closed} only",
		`\{literal\}`:                            "{literal}",
		`a, b, and c`:                            "a, b, and c",
		`{\t(0,500,\fscx200\p1)}x`:               "",
		`back\slash`:                             `back\slash`,
		`ends in \`:                              `ends in \`,
		`{\fad(200,200)}{\blur3}  spaced   out `: "spaced out",
		`{}empty{}`:                              "empty",
		`\N\Nfirst\N\N`:                          "first",
		`{\c&HFFFFFF&\3c&H0&}coloured`:           "coloured",
		"cafe\u0301":                             "café",
		`{\1a&HFF&}{\r}{=0}tagged`:               "tagged",
		`I &lt;3 entities are text in ASS`:       "I &lt;3 entities are text in ASS",
	} {
		if got := texts(mustParse(t, assHead+dialogue(1, "Default", raw), "ass")); got != want {
			t.Errorf("%s reads %q, want %q", raw, got, want)
		}
	}
}

func TestASSFields(t *testing.T) {
	doc := mustParse(t, assHead+"Dialogue: 0,0:00:01.23,0:00:02.5,*Main,Ala, 0,0,0,,Yes, I do\nComment: 0,0:00:03.00,0:00:04.00,Main,,0,0,0,,not shown\n", "ass")
	want := Line{Start: 1230 * ms, End: 2500 * ms, Text: "Yes, I do", Style: "Main", Speaker: "Ala", Kind: Dialogue}
	if len(doc.Lines) != 1 || doc.Lines[0] != want || doc.Title != "Drawn by hand" {
		t.Errorf("%+v", doc)
	}
}

func TestASSFormatOrder(t *testing.T) {
	doc := mustParse(t, "[Events]\nFormat: Start, Style, End, Actor, Text\nDialogue: 0:00:01.00,Main,0:00:02.00,Ola,a, b\n", "ass")
	if l := doc.Lines[0]; l.Text != "a, b" || l.Speaker != "Ola" || l.Style != "Main" || l.End != 2*timecode.Second {
		t.Errorf("%+v", l)
	}
	ssa := mustParse(t, "[Script Info]\nScriptType: v4.00\n[Events]\nDialogue: Marked=0,0:00:01.00,0:00:02.00,Main,Ola,0000,0000,0000,,a\\nb\n", "ssa")
	if l := ssa.Lines[0]; l.Text != "a\nb" || l.Speaker != "Ola" {
		t.Errorf("%+v", l)
	}
}

// One bad field fails the whole file in go-astisub.
func TestBadEventsCostThemselves(t *testing.T) {
	for _, bad := range []string{
		"Dialogue: 0,0:00:0x.00,0:00:02.00,Default,,0,0,0,,bad", "Dialogue: too,few", "Dialog", "Dialogue:",
		"Dialogue: 0,,,Default,,0,0,0,,bad", "[Eve", "a continuation of the line before",
	} {
		doc := mustParse(t, assHead+dialogue(1, "Default", "one")+bad+"\n"+dialogue(3, "Default", "three"), "ass")
		if got := texts(doc); got != "one|three" || doc.Lost != 1 {
			t.Errorf("%q: %q, lost %v", bad, got, doc.Skipped)
		}
	}
	for _, odd := range []string{"Dialogue: zz,0:00:02.00,0:00:02.90,Nowhere,,x,y,z,,two", "Dialogue: 0,0:00:02.00,0:00:0,Default,,0,0,0,,two"} {
		doc := mustParse(t, assHead+dialogue(1, "Default", "one")+odd+"\n"+dialogue(3, "Default", "three"), "ass")
		if got := texts(doc); got != "one|two|three" {
			t.Errorf("%q: %q", odd, got)
		}
	}
}

func TestEventsWithoutTheirHeaders(t *testing.T) {
	if got := texts(mustParse(t, dialogue(1, "Default", "one")+dialogue(2, "Default", "two"), "ass")); got != "one|two" {
		t.Error(got)
	}
}

func TestASSKinds(t *testing.T) {
	for _, c := range []struct {
		style, text string
		want        Kind
	}{
		{"Default", "talk", Dialogue}, {"Main", `{\pos(1,2)}moved out of the way`, Dialogue}, {"Default - Top", `{\an8}up`, Dialogue},
		{"Signs", "SHOP", Sign}, {"TS", "SHOP", Sign}, {"Typesetting", "x", Sign}, {"sign_01", "x", Sign}, {"EpisodeTitle", "x", Sign},
		{"Blue Box", `{\pos(100,200)}SHOP`, Sign}, {"Default", `{\move(0,0,1,1)}SHOP`, Sign}, {"Default", `{\clip(0,0,1,1)}SHOP`, Sign},
		{"Default", `{\frz12\pos(1,2)}SHOP`, Sign}, {"Default", `{\p1}m 0 0{\p0}SHOP`, Sign},
		{"OP", "la", Song}, {"OP1-Romaji", "la", Song}, {"ED Kanji", `{\pos(1,2)}la`, Song}, {"Insert Song", "la", Song}, {"Lyrics_EN", "la", Song},
		{"Default", `{\k20}la{\k10}la`, Song}, {"Default", "♪ la la", Song}, {"karaoke-ed", "la", Song},
		{"Operator", "talk", Dialogue}, {"Edward", "talk", Dialogue}, {"Designer", "talk", Dialogue},
	} {
		if l := mustParse(t, assHead+dialogue(1, c.style, c.text), "ass").Lines[0]; l.Kind != c.want {
			t.Errorf("%s %s is a %s, want %s", c.style, c.text, l.Kind, c.want)
		}
	}
}

func event0(layer int, start, end, style, name, text string) string {
	return fmt.Sprintf("Dialogue: %d,%s,%s,%s,%s,0,0,0,,%s\n", layer, start, end, style, name, text)
}

func TestFolding(t *testing.T) {
	for name, c := range map[string]struct {
		events string
		want   string
	}{
		"three layers": {
			event0(0, "0:00:01.00", "0:00:02.00", "Sign", "", `{\blur3\bord4}SHOP`) + event0(1, "0:00:01.00", "0:00:02.00", "Sign", "", `{\blur1}SHOP`) +
				event0(2, "0:00:01.00", "0:00:02.00", "Sign", "", `SHOP`), "1000-2000 SHOP"},
		"frame by frame": {
			event0(0, "0:00:01.00", "0:00:01.04", "Sign", "", `{\pos(1,1)}SHOP`) + event0(0, "0:00:01.04", "0:00:01.08", "Sign", "", `{\pos(2,1)}SHOP`) +
				event0(0, "0:00:01.09", "0:00:01.13", "Sign", "", `{\pos(3,1)}SHOP`), "1000-1130 SHOP"},
		"frames out of order": {
			event0(0, "0:00:01.08", "0:00:01.12", "Sign", "", `SHOP`) + event0(0, "0:00:01.04", "0:00:01.08", "Sign", "", `SHOP`) +
				event0(0, "0:00:01.00", "0:00:01.04", "Sign", "", `SHOP`), "1000-1120 SHOP"},
		"said again later": {
			event0(0, "0:00:01.00", "0:00:02.00", "Main", "", `No!`) + event0(0, "0:00:04.00", "0:00:05.00", "Main", "", `No!`), "1000-2000 No!,4000-5000 No!"},
		"two people": {
			event0(0, "0:00:01.00", "0:00:02.00", "Main", "Ala", `No!`) + event0(0, "0:00:02.00", "0:00:03.00", "Main", "Ola", `No!`), "1000-2000 No!,2000-3000 No!"},
		"other words": {
			event0(0, "0:00:01.00", "0:00:02.00", "Main", "", `No!`) + event0(0, "0:00:01.00", "0:00:02.00", "Main", "", `Yes!`), "1000-2000 No!,1000-2000 Yes!"},
	} {
		var got []string
		for _, l := range mustParse(t, assHead+c.events, "ass").Lines {
			got = append(got, fmt.Sprintf("%d-%d %s", l.Start/ms, l.End/ms, l.Text))
		}
		if s := strings.Join(got, ","); s != c.want {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
}

// Generated karaoke is hundreds of syllables; the comment that they came from holds the lyric whole.
func TestKaraokeComesWhole(t *testing.T) {
	var fx strings.Builder
	for i, syl := range []string{"sa", "ku", "ra"} {
		fmt.Fprintf(&fx, "Dialogue: 0,0:00:01.%d0,0:00:02.00,OP,,0,0,0,fx,{\\pos(%d,10)}%s\n", i, i, syl)
	}
	lyric := `Comment: 0,0:00:01.00,0:00:02.00,OP,,0,0,0,karaoke,{\k20}sa{\k30}ku{\k10}ra` + "\n"
	doc := mustParse(t, assHead+lyric+fx.String()+dialogue(5, "Default", "talk"), "ass")
	if texts(doc) != "sakura|talk" || doc.Lines[0].Kind != Song || doc.Lines[0].End != 2*timecode.Second {
		t.Errorf("%+v", doc.Lines)
	}
	if doc := mustParse(t, assHead+lyric+dialogue(1, "OP", "sakura"), "ass"); len(doc.Lines) != 1 {
		t.Errorf("a comment without effects is shown: %+v", doc.Lines)
	}
	if doc := mustParse(t, assHead+fx.String(), "ass"); len(doc.Lines) != 3 {
		t.Errorf("effects without a comment are lost: %+v", doc.Lines)
	}
}
