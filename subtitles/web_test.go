package subtitles

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

func TestSRTText(t *testing.T) {
	for raw, want := range map[string]string{
		"plain":                                 "plain",
		"two\nlines":                            "two\nlines",
		"<i>Hello</i> <b>you</b>":               "Hello you",
		`<font color="#ff0000">red</font> one`:  "red one",
		`{\an8}up here`:                         "up here",
		`{\an8\pos(3,4)}there`:                  "there",
		"{y:i}MicroDVD leftovers":               "MicroDVD leftovers",
		`a\Nb\hc`:                               "a\nb c",
		"I <3 you":                              "I <3 you",
		"<sigh> so":                             "<sigh> so",
		"x < y > z":                             "x < y > z",
		"{curious} braces":                      "{curious} braces",
		"lone { brace":                          "lone { brace",
		"Tom &amp; Jerry &lt;3 &#9834;&nbsp;x":  "Tom & Jerry <3 ♪ x",
		"&lt;i&gt;literally":                    "<i>literally",
		"AT&T R&not":                            "AT&T R&not",
		"a\u200bb\u202ac\u2069\ufeffd":          "abcd",
		"e\u0301te\u0301":                       "été",
		"  spaced \t  out\u00a0 ":               "spaced out",
		"soft\u00adly":                          "softly",
		"漢字\u3000かな":                            "漢字 かな",
		"a<br>b<br/>c":                          "a\nb\nc",
		"می\u200cخواهم":                         "می\u200cخواهم", // Persian needs its joiner
		"👨\u200d👩":                              "👨\u200d👩",
		"-A\n\n-B":                              "-A\n-B",
		"bell\x07 and nul\x00":                  "bell and nul",
		"<c.yellow>late</c> <00:00:01.500>word": "late word",
		"<ruby>漢<rt>かん</rt></ruby>字":            "漢字",
		"<v Bob>spoken</v>":                     "spoken",
		"<I>shouted</I><U>x</U>":                "shoutedx",
	} {
		doc := mustParse(t, "1\n00:00:01,000 --> 00:00:02,000\n"+raw+"\n\n", "srt")
		if got := texts(doc); got != want {
			t.Errorf("%q reads %q, want %q", raw, got, want)
		}
	}
}

func TestCueTimes(t *testing.T) {
	for line, want := range map[string]timecode.Range{
		"00:00:01,000 --> 00:00:02,500":            {Start: 1000 * ms, End: 2500 * ms},
		"0:1:2,3 --> 0:1:4,50":                     {Start: 62300 * ms, End: 64500 * ms},
		"00:01.000 --> 00:02.500":                  {Start: 1000 * ms, End: 2500 * ms},
		"00:00:01.000-->00:00:02.500":              {Start: 1000 * ms, End: 2500 * ms},
		"00:00:01:000 --> 00:00:02:500":            {Start: 1000 * ms, End: 2500 * ms},
		"00:00:01 --> 00:00:02":                    {Start: 1000 * ms, End: 2000 * ms},
		"00:00:01,0005 --> 00:00:02,1234567":       {Start: 1000500, End: 2123456},
		"00:00:01,000 -> 00:00:02,000":             {Start: 1000 * ms, End: 2000 * ms},
		"O0:00:0l,000 --> 00:00:02,000":            {Start: 1000 * ms, End: 2000 * ms},
		"00:00:01,000 --> 00:00:02,000 X1:40 X2:6": {Start: 1000 * ms, End: 2000 * ms},
		"00:00:01.000 --> 00:00:02.000 align:left": {Start: 1000 * ms, End: 2000 * ms},
		"00 : 00 : 01,000 --> 00:00:02,000":        {Start: 1000 * ms, End: 2000 * ms},
		"00.00.01,000 --> 00.00.02,000":            {Start: 1000 * ms, End: 2000 * ms},
		"10:00:00,000 --> 10:00:00,001":            {Start: 36000 * timecode.Second, End: 36000*timecode.Second + ms},
		"00:00:05,000 --> 00:00:0":                 {Start: 5000 * ms, End: 8000 * ms}, // cut: the end is guessed
		"00:00:05,000 --> 00:00:02,000":            {Start: 5000 * ms, End: 8000 * ms}, // ends before it begins
		"00:00:05,000 -->":                         {Start: 5000 * ms, End: 8000 * ms},
	} {
		doc := mustParse(t, "1\n"+line+"\nx\n", "srt")
		if len(doc.Lines) != 1 || doc.Lines[0].Range() != want {
			t.Errorf("%q is %v, want %v", line, doc.Lines, want)
		}
	}
}

func TestBadTimesCostOneCue(t *testing.T) {
	for _, bad := range []string{
		"00:00:xx,000 --> 00:00:02,000", "99999999999:00:00,000 --> 99999999999:00:01,000", "-1:00:00,000 --> 00:00:02,000",
		"00:00:01,000 00:00:02,000", "", "garbage", "--> 00:00:05,000", "200:00:00,000 --> 200:00:01,000",
	} {
		doc := mustParse(t, "1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n"+bad+"\ntwo\n\n3\n00:00:05,000 --> 00:00:06,000\nthree\n", "srt")
		if got := texts(doc); got != "one|three" || doc.Lost == 0 || len(doc.Skipped) == 0 {
			t.Errorf("%q: %q, lost %d %v", bad, got, doc.Lost, doc.Skipped)
		}
	}
}

func TestSRTShapes(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"no blank between cues":  {"1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:03,000 --> 00:00:04,000\nb\n", "a|b"},
		"no numbers":             {"00:00:01,000 --> 00:00:02,000\na\n\n00:00:03,000 --> 00:00:04,000\nb\n", "a|b"},
		"blank line in a cue":    {"1\n00:00:01,000 --> 00:00:02,000\na\n\nb\n\n2\n00:00:03,000 --> 00:00:04,000\nc\n", "a\nb|c"},
		"a year is text":         {"1\n00:00:01,000 --> 00:00:02,000\n1984\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n", "1984|b"},
		"carriage returns only":  {"1\r00:00:01,000 --> 00:00:02,000\ra\r\r2\r00:00:03,000 --> 00:00:04,000\rb", "a|b"},
		"windows line ends":      {"1\r\n00:00:01,000 --> 00:00:02,000\r\na\r\nb\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nc", "a\nb|c"},
		"out of order":           {"2\n00:00:03,000 --> 00:00:04,000\nb\n\n1\n00:00:01,000 --> 00:00:02,000\na\n", "a|b"},
		"cue without text":       {"1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n", "b"},
		"number parted by blank": {"1\n\n00:00:01,000 --> 00:00:02,000\na\n\n2\n\n00:00:03,000 --> 00:00:04,000\nb\n", "a|b"},
		"blanks that look empty": {"1\n00:00:01,000 --> 00:00:02,000\na\n \t\n2\n00:00:03,000 --> 00:00:04,000\nb\n", "a|b"},
		"an arrow in the text":   {"1\n00:00:01,000 --> 00:00:02,000\nleft --> right\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n", "left --> right|b"},
		"missing number, glued":  {"1\n00:00:01,000 --> 00:00:02,000\na\n00:00:03,000 --> 00:00:04,000\nb\n", "a|b"},
		"time and text swapped":  {"1\n00:00:01,000 --> 00:00:02,000\na\n\n2\nb\n00:00:03,000 --> 00:00:04,000\n\n3\n00:00:05,000 --> 00:00:06,000\nc\n", "a|c"},
	} {
		if got := texts(mustParse(t, c.data, "srt")); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// go-astisub ends a file silently at a line over 64 KB.
func TestLongLine(t *testing.T) {
	long := strings.Repeat("na ", 70<<10/3)
	for format, data := range map[string]string{
		"srt": "1\n00:00:01,000 --> 00:00:02,000\n" + long + "\n\n2\n00:00:03,000 --> 00:00:04,000\nafter\n",
		"vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + long + "\n\n00:03.000 --> 00:04.000\nafter\n",
		"ass": assHead + "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,," + long + "\nDialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,after\n",
		"lrc": "[00:01.00]" + long + "\n[00:03.00]after\n",
	} {
		doc := mustParse(t, data, format)
		if len(doc.Lines) != 2 || len(doc.Lines[0].Text) != len(strings.TrimSpace(long)) || doc.Lines[1].Text != "after" {
			t.Errorf("%s: %d lines", format, len(doc.Lines))
		}
	}
}

func TestVTT(t *testing.T) {
	doc := mustParse(t, "WEBVTT - a title\nKind: captions\nLanguage: pl-PL\n\nNOTE\na remark\nof two lines\n\nSTYLE\n::cue(b) {\n color: red;\n}\n\n"+
		"REGION\nid:fred\nwidth:40%\n\nintro\n00:01.000 --> 00:02.000 region:nowhere line:0\n<v.loud Ala &amp; Ola>Cześć\n- <i>no tak</i>\n\n"+
		"00:00:03.000 --> 00:00:04.000 nonsense\n♪ la la ♪\n", "vtt")
	if texts(doc) != "Cześć\n- no tak|♪ la la ♪" || doc.Lang != "pl" || doc.Lines[0].Lang != "pl" || doc.Lost != 0 {
		t.Errorf("%+v", doc)
	}
	if l := doc.Lines[0]; l.Speaker != "Ala & Ola" || l.Kind != Dialogue || doc.Lines[1].Kind != Song {
		t.Errorf("%+v", doc.Lines)
	}
}

func TestEmptyButSound(t *testing.T) {
	for _, data := range []string{"WEBVTT\n", assHead, `<tt xmlns="http://www.w3.org/ns/ttml"><body/></tt>`} {
		if doc := mustParse(t, data, ""); len(doc.Lines) != 0 {
			t.Errorf("%q has %d lines", data, len(doc.Lines))
		}
	}
}

func TestKindsOfSRT(t *testing.T) {
	for text, want := range map[string]Kind{"♪ sing ♪": Song, "# sing #": Song, "# 1": Dialogue, `{\pos(1,2)}SHOP`: Sign, `{\an8}hi`: Dialogue} {
		if l := mustParse(t, "1\n00:00:01,000 --> 00:00:02,000\n"+text, "srt").Lines[0]; l.Kind != want {
			t.Errorf("%q is a %s", text, l.Kind)
		}
	}
}

func TestUnknown(t *testing.T) {
	for _, data := range []string{"", "\x00\x00\x01\xba\x44\x00\x04", "just a letter to a friend", "\xff\xfe", "\xef\xbb\xbf", "{}", strings.Repeat("\x00", 5000)} {
		for _, format := range []string{"", "srt", "ass", "sub", "stl", "lrc", "nonsense"} {
			if doc, err := Parse([]byte(data), format); !errors.Is(err, ErrUnknown) {
				t.Errorf("%q as %q: %+v, %v", data, format, doc, err)
			}
		}
	}
	if _, err := Parse(make([]byte, maxBytes+1), "srt"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}

func TestWrongNameRightContent(t *testing.T) {
	ass := assHead + "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,hi\n"
	for _, c := range []struct{ data, name, want string }{
		{ass, "srt", "ass"}, {ass, "txt", "ass"}, {ass, "", "ass"}, {"WEBVTT\n\n00:01.000 --> 00:02.000\nx\n", "srt", "srt"},
		{"WEBVTT\n\n00:01.000 --> 00:02.000\nx\n", "", "vtt"}, {"1\n00:00:01,000 --> 00:00:02,000\nx\n", "ass", "srt"},
		{"[00:01.00]x\n", "txt", "lrc"}, {"{10}{20}x\n", "txt", "microdvd"}, {"{10}{20}x\n", "srt", "microdvd"},
		{"[10][20]x\n", "", "mpl2"}, {"00:00:01:x\n", "txt", "tmplayer"}, {"la la la\n", "txt", "txt"},
	} {
		if doc := mustParse(t, c.data, c.name); doc.Format != c.want || len(doc.Lines) != 1 {
			t.Errorf("%q as %q is %s with %d lines, want %s", c.data, c.name, doc.Format, len(doc.Lines), c.want)
		}
	}
}

func TestBombs(t *testing.T) {
	var many strings.Builder
	for i := range 250_000 {
		fmt.Fprintf(&many, "{%d}{%d}x\n", i, i+1)
	}
	if doc := mustParse(t, many.String(), "sub"); len(doc.Lines) != maxLines || doc.Lost == 0 {
		t.Errorf("%d lines", len(doc.Lines))
	}
	for name, data := range map[string]string{
		"line ends":  "1\n00:00:01,000 --> 00:00:02,000\nx\n" + strings.Repeat("\n", 4<<20),
		"repeats":    strings.Repeat("[00:01.00]", 400_000) + "x",
		"nesting":    "<tt>" + strings.Repeat("<div>", 500_000) + `<p begin="1s" end="2s">x</p>`,
		"one letter": assHead + strings.Repeat("Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,x\n", 100_000),
		"braces":     assHead + "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,x" + strings.Repeat("{", 1<<20) + "\n",
		"broken xml": `<tt><p begin="1s" end="2s">x</p>` + strings.Repeat(`<p <`, 200_000),
		"long line":  "[00:01.00]x" + strings.Repeat("[00:01.00]", 4<<20/10) + "\n[00:02.00]y\n",
		"high bytes": "1\n00:00:01,000 --> 00:00:02,000\n" + strings.Repeat("\xb9", 4<<20) + "\n",
		"high, cr":   "1\r00:00:01,000 --> 00:00:02,000\rx" + strings.Repeat("\xb9", 4<<20) + "\r",
		"attributes": `<tt><p begin="1s" end="2s">x</p><p ` + strings.Repeat(`a="b" `, 500_000) + `>y</p><p begin="1s" end="2s">x</p>`,
		"long cue":   "1\n00:00:01,000 --> 00:00:02,000\nx\n" + strings.Repeat("y\n", 1<<20),
	} {
		doc := mustParse(t, data, "")
		if len(doc.Lines) == 0 || len(doc.Skipped) > maxSkipped {
			t.Errorf("%s: %d lines, %d notes", name, len(doc.Lines), len(doc.Skipped))
		}
		for _, l := range doc.Lines {
			if len(l.Text) > 4*maxLine {
				t.Errorf("%s: %d bytes in one line", name, len(l.Text))
			}
		}
	}
}

func TestTTML(t *testing.T) {
	const head = `<?xml version="1.0" encoding="windows-1250"?><tt xml:lang="pl" xmlns:ttp="x" ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ttp:tickRate="10000000"><head><metadata><ttm:title>Tytuł</ttm:title></metadata></head><body><div>`
	for name, c := range map[string]struct{ body, want string }{
		"clock":         {`<p begin="00:00:01.500" end="00:00:02">x</p>`, "1500-2000 x"},
		"frames":        {`<p begin="00:00:01:12" end="00:00:02:00">x</p>`, "1500-2000 x"},
		"offsets":       {`<p begin="1.5s" end="2000ms">x</p><p begin="0.1m" end="0.002h">y</p>`, "1500-2000 x,6000-7200 y"},
		"ticks, frames": {`<p begin="15000000t" end="48f">x</p>`, "1500-2002 x"},
		"dur":           {`<p begin="1s" dur="500ms">x</p>`, "1000-1500 x"},
		"containers":    {`<div begin="10s"><p begin="1s" end="2s">x</p></div><p begin="20s" end="21s">y</p>`, "11000-12000 x,20000-21000 y"},
		"spans":         {`<p begin="1s" end="2s"><span>one</span> <span>two<span> three</span></span><br/>four</p>`, "1000-2000 one two three\nfour"},
		"indented":      {"<p begin=\"1s\" end=\"2s\">\n   one\n   two\n</p>", "1000-2000 one two"},
		"entities":      {`<p begin="1s" end="2s">a &amp; b &eacute; &lt;c&gt; &unknown; d</p>`, "1000-2000 a & b é <c> &unknown; d"},
		"timed spans":   {`<p><span begin="1s" end="2s">a</span> <span begin="2s" end="3s">b</span></p>`, "1000-3000 a b"},
		"prefixed":      {`<tt:p begin="1s" end="2s">x<tt:br/>y</tt:p>`, "1000-2000 x\ny"},
		"metadata":      {`<p begin="1s" end="2s"><metadata>hidden</metadata>shown</p>`, "1000-2000 shown"},
		"comment":       {`<!-- <p begin="1s" end="2s">gone</p> --><p begin="3s" end="4s">x</p>`, "3000-4000 x"},
		"no begin":      {`<p end="2s">lost</p><p begin="3s" end="4s">x</p>`, "3000-4000 x"},
		"bad style":     {`<p begin="3s" end="4s" style="nowhere" region="none">x</p>`, "3000-4000 x"},
		"broken attr":   {`<p begin="1s" end="2s">x</p><p begin="2s end="3s">lost</p><p begin="3s" end="4s">y</p>`, "1000-2000 x,3000-4000 y"},
		"broken quote":  {`<p begin="1s" end="2s">x</p><p begin='2s end="3s">lost</p><p begin="3s" end="4s">y</p>`, "1000-2000 x,3000-4000 y"},
		"stray <":       {`<p begin="1s" end="2s">x</p><p begin="2s" end="3s">a <</p><p begin="3s" end="4s">y</p>`, "1000-2000 x,2000-3000 a,3000-4000 y"},
		"not closed":    {`<p begin="1s" end="2s">x<p begin="3s" end="4s">y`, "1000-2000 x,3000-4000 y"},
	} {
		doc := mustParse(t, head+c.body+`</div></body></tt>`, "ttml")
		if got := sheet(doc); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if doc.Lang != "pl" || doc.Title != "Tytuł" {
			t.Errorf("%s: %q %q", name, doc.Lang, doc.Title)
		}
	}
}
