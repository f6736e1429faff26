package subtitles

import (
	"fmt"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// sheet is a document as "start-end text" in milliseconds.
func sheet(d *Document) string {
	var s []string
	for _, l := range d.Lines {
		s = append(s, fmt.Sprintf("%d-%d %s", l.Start/ms, l.End/ms, l.Text))
	}
	return strings.Join(s, ",")
}

func TestLRC(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"decimals":         {"[00:01]a\n[00:02.5]b\n[00:03.25]c\n[00:04.125]d\n", "1000-2500 a,2500-3250 b,3250-4125 c,4125-9125 d"},
		"colon fraction":   {"[00:01:50]a\n[00:03.00]\n", "1500-3000 a"},
		"repeats":          {"[00:01.00][00:05.00]la\n[00:03.00]di\n[00:07.00]\n", "1000-3000 la,3000-5000 di,5000-7000 la"},
		"repeats, spaced":  {"[00:01.00] [00:03.00] la\n[00:05.00]\n", "1000-3000 la,3000-5000 la"},
		"word times":       {"[00:01.00]<00:01.00>So <00:01.50>far <00:02.00>away\n[00:03.00]\n", "1000-3000 So far away"},
		"end of last word": {"[00:01.00]<00:01.00>So <00:01.50>far <00:02.00>\n[00:09.00]x\n[00:10.00]", "1000-2000 So far,9000-10000 x"},
		"older word times": {"[00:01.00]So [00:01.50]far [00:02.00]away[00:02.50]\n[00:05.00]x\n[00:06.00]", "1000-2500 So far away,5000-6000 x"},
		"translation":      {"[00:01.00]夜\n[00:01.00]night\n[00:02.00]朝\n[00:02.00]morning\n[00:03.00]\n", "1000-2000 夜,1000-2000 night,2000-3000 朝,2000-3000 morning"},
		"offset":           {"[offset:+500]\n[00:01.00]a\n[00:03.00]\n", "500-2500 a"},
		"offset back":      {"[offset:-500]\n[00:01.00]a\n[00:03.00]\n", "1500-3500 a"},
		"offset after":     {"[00:01.00]a\n[00:03.00]\n[offset: 250 ]\n", "750-2750 a"},
		"offset past zero": {"[offset:2000]\n[00:01.00]a\n[00:03.00]b\n[00:04.00]\n", "0-1000 a,1000-2000 b"},
		"unsorted":         {"[00:05.00]b\n[00:01.00]a\n[00:08.00]\n", "1000-5000 a,5000-8000 b"},
		"empty ends":       {"[00:01.00]a\n[00:02.00]\n[00:09.00]b\n[00:10.00]\n", "1000-2000 a,9000-10000 b"},
		"length":           {"[length:01:30]\n[01:00.00]a\n", "60000-90000 a"},
		"last":             {"[00:01.00]a\n", "1000-6000 a"},
		"long minutes":     {"[100:00.00]a\n", "6000000-6005000 a"},
		"junk between":     {"la la\n[00:01.00]a\n[re:x]\n[00:2x.00]b\n[00:03.00]\n", "1000-3000 a"},
		"brackets in text": {"[00:01.00][Chorus] la\n[00:02.00]\n", "1000-2000 [Chorus] la"},
	} {
		if got := sheet(mustParse(t, c.data, "lrc")); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestLRCTags(t *testing.T) {
	doc := mustParse(t, "[ti:Noc & dzień]\n[ar: Ktoś ]\n[al:x]\n[lang:pol]\n[length: 3:05]\n[by:me]\n[00:01.00]a\n", "lrc")
	if doc.Title != "Noc & dzień" || doc.Artist != "Ktoś" || doc.Lang != "pl" || doc.Length != 185*timecode.Second || doc.Lines[0].Lang != "pl" || doc.Lines[0].Kind != Song || doc.Lost != 0 {
		t.Errorf("%+v", doc)
	}
}

func TestSongLengthFromTheCaller(t *testing.T) {
	doc, err := ParseWith([]byte("[00:01.00]a\n"), "lrc", Options{Length: 4 * timecode.Second})
	if err != nil || sheet(doc) != "1000-4000 a" {
		t.Errorf("%v %v", doc, err)
	}
}

func TestPlainLyrics(t *testing.T) {
	doc := mustParse(t, "[Verse 1]\r\nFirst line\r\n\r\n  Second &amp; third \r\n", "txt")
	if !doc.Untimed || texts(doc) != "First line|Second & third" || doc.Lines[1].Start != 0 || doc.Lines[1].End != 0 || doc.Lines[0].Kind != Song {
		t.Errorf("%+v", doc)
	}
}

func TestUltraStar(t *testing.T) {
	doc := mustParse(t, "#TITLE:T\n#ARTIST:A\n#LANGUAGE:Polish\n#BPM:300,0\n#GAP:1000\n: 0 4 9 Ha\n* 4 4 11 ru\n: 10 2 9  no\n- 14\nF 20 4 7 yo~\n: 24 4 7 ~\nE\njunk\n", "txt")
	if got := sheet(doc); got != "1000-1600 Haru no,2000-2400 yo" || doc.Lang != "pl" || doc.Title != "T" || doc.Artist != "A" || doc.Format != "ultrastar" {
		t.Errorf("%s %+v", got, doc)
	}
	relative := mustParse(t, "#BPM:300\n#RELATIVE:YES\n: 0 4 9 a\n- 8 20\n: 0 4 9 b\nE\n", "txt")
	if got := sheet(relative); got != "0-200 a,1000-1200 b" {
		t.Error(got)
	}
	duet := mustParse(t, "#BPM:300\nP1\n: 0 4 9 a\nP2\n: 20 4 9 b\nE\n", "txt")
	if duet.Lines[1].Speaker != "P2" {
		t.Errorf("%+v", duet.Lines)
	}
}
