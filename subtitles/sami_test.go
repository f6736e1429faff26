package subtitles

import (
	"fmt"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

const samiHead = `<SAMI>
<HEAD>
<TITLE>달의 나루 &amp; co.</TITLE>
<STYLE TYPE="text/css">
<!--
P { margin-left: 8pt; font-size: 20pt; }
.KRCC { Name: 한국어; lang: ko-KR; SAMIType: CC; }
.SUBTTL { Name: English; SAMIType: CC; }
#STDPrn { Name: Standard Print; }
-->
</STYLE>
</HEAD>
<BODY>
`

func TestSAMI(t *testing.T) {
	text := samiHead + `<SYNC Start=1000><P Class=KRCC>달이 뜬다<br><i>정말로</i>
<SYNC Start=2500><P Class=KRCC>&nbsp;
<SYNC Start=4000><P Class=KRCC>가자
<SYNC Start=5000><P Class=KRCC>&nbsp
<SYNC Start=1200><P Class=SUBTTL>The moon
is up
<SYNC Start=3000><P Class=SUBTTL>Tom &amp; I, <font color="red">go</font>!
<SYNC Start=4500><P Class=SUBTTL>&nbsp;
</BODY>
</SAMI>`
	doc, err := Parse([]byte(text), "smi")
	if err != nil || doc.Format != "sami" || doc.Title != "달의 나루 & co." || doc.Lost != 0 {
		t.Fatalf("%+v, %v", doc, err)
	}
	wantSAMI(t, doc, "1000-2500 ko 달이 뜬다/정말로", "1200-3000 en The moon is up", "3000-4500 en Tom & I, go!", "4000-5000 ko 가자")
}

func wantSAMI(t *testing.T, doc *Document, want ...string) {
	t.Helper()
	var got []string
	for _, l := range doc.Lines {
		got = append(got, fmt.Sprintf("%d-%d %s %s", l.Start/ms, l.End/ms, l.Lang, strings.ReplaceAll(l.Text, "\n", "/")))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Two languages at one instant are two lines; a class that no style tells is known by what classes are called.
func TestSAMIClasses(t *testing.T) {
	doc, err := Parse([]byte(`<SAMI><BODY>
<SYNC Start=1000><P Class='KRCC'>하나<P Class="ENUSCC">one</P>
<SYNC Start=2000><P Class=KRCC>&nbsp;
<SYNC Start=3000><P Class=EGCC>two<P Class=JPCC>二<P Class=XYZ>three
<SYNC Start=4000><P Class=enuscc>four`), "")
	if err != nil {
		t.Fatal(err)
	}
	wantSAMI(t, doc, "1000-2000 ko 하나", "1000-4000 en one", "3000-6000 en two", "3000-6000 ja 二", "3000-6000  three", "4000-7000 en four")
	if doc.Lines[1].Style != "enuscc" {
		t.Errorf("style %q", doc.Lines[1].Style)
	}
}

func TestSAMIOddities(t *testing.T) {
	for text, want := range map[string][]string{
		`<sync start="1000" end="1500"><p class=ENCC>quoted`:                                                      {"1000-1500 en quoted"},
		`<SYNC Start=1000><P Class=ENCC>a<P Class=ENCC>b<SYNC Start=2000><P Class=ENCC>`:                          {"1000-2000 en a/b"},
		`<SYNC Start=1000>no paragraph<SYNC Start=2000>&nbsp;`:                                                    {"1000-2000  no paragraph"},
		`<SYNC Start=1000><P Class=ENCC>a<SYNC Start=x><P Class=ENCC>b<SYNC Start=3000><P Class=ENCC>c`:           {"1000-3000 en a", "3000-6000 en c"},
		`<SYNC Start=1000><P Class=ENCC>last</BODY></SAMI>junk`:                                                   {"1000-4000 en last"},
		`<SYNC Start=-5><P Class=ENCC>a<SYNC Start=1000><P Class=ENCC>b`:                                          {"1000-4000 en b"},
		`<SYNC Start=1000><P Class=ENCC>a<!-- <SYNC Start=1500><P>hidden --><SYNC Start=2000><P Class=ENCC>&nbsp`: {"1000-2000 en a"},
		"<SYNC Start=9000><P Class=ENCC>late<SYNC Start=1000><P Class=ENCC>early":                                 {"1000-9000 en early", "9000-12000 en late"},
		`<SYNC Start=1000><P Class=ENCC>a<SXNC Start=2000><P Class=ENCC>b`:                                        {"1000-2000 en a", "2000-5000 en b"},
	} {
		doc, err := Parse([]byte(text), "smi")
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		wantSAMI(t, doc, want...)
	}
}

func TestSAMISpeaker(t *testing.T) {
	doc, err := Parse([]byte(`<SAMI><SYNC Start=0><P Class=ENCC ID=Source>Ala<SYNC Start=1000><P Class=ENCC>Hello
<SYNC Start=2000><P Class=ENCC ID="Source">Ola<P Class=ENCC>Hi<P Class=KRCC>안녕`), "smi")
	if err != nil || len(doc.Lines) != 3 {
		t.Fatalf("%+v, %v", doc, err)
	}
	for i, want := range []string{"Ala", "Ola", ""} {
		if doc.Lines[i].Speaker != want {
			t.Errorf("line %d is said by %q, want %q", i, doc.Lines[i].Speaker, want)
		}
	}
}

// Such files come from before UTF-8: in the charset of Korea, and in UTF-16 with a mark and without.
func TestSAMICharsets(t *testing.T) {
	var lines strings.Builder
	for i := range 40 {
		fmt.Fprintf(&lines, "<SYNC Start=%d><P Class=KRCC>나는 정말 몰라 %c\r\n<SYNC Start=%d><P Class=KRCC>&nbsp;\r\n", i*2000, 'a'+i%26, i*2000+1500)
	}
	text := samiHead + lines.String()
	wide := func(order func(byte, byte) []byte) (out []byte) {
		for _, r := range text {
			out = append(out, order(byte(r), byte(r>>8))...)
		}
		return out
	}
	little, big := func(lo, hi byte) []byte { return []byte{lo, hi} }, func(lo, hi byte) []byte { return []byte{hi, lo} }
	for name, data := range map[string][]byte{
		"euc-kr": encode(t, "euc-kr", text), "utf-8": []byte(text), "utf-8 marked": []byte("\ufeff" + text), "utf-16le": wide(little), "utf-16be": wide(big),
		"utf-16le marked": append([]byte{0xff, 0xfe}, wide(little)...), "utf-16be marked": append([]byte{0xfe, 0xff}, wide(big)...),
	} {
		doc, err := Parse(data, "smi")
		charset, _, _ := strings.Cut(name, " ")
		if err != nil || len(doc.Lines) != 40 || doc.Charset != charset || doc.Title != "달의 나루 & co." {
			t.Errorf("%s: %v", name, err)
			continue
		}
		last := doc.Lines[39]
		if last.Text != "나는 정말 몰라 n" || last.Lang != "ko" || last.Range() != (timecode.Range{Start: 78 * timecode.Second, End: 79500 * ms}) {
			t.Errorf("%s: %+v", name, last)
		}
	}
}

func TestSAMINames(t *testing.T) {
	for _, name := range []string{"a.smi", "A.SMI", "a.sami"} {
		if FormatOf(name) != "smi" {
			t.Errorf("%s promises %q", name, FormatOf(name))
		}
	}
	if doc, err := Parse([]byte("<SYNC Start=1000><P Class=KRCC>x"), "srt"); err != nil || doc.Format != "sami" {
		t.Errorf("a wrong name hides what it is: %v", err)
	}
}
