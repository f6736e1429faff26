package subtitles

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// check holds what must be true of any document from any bytes.
func check(t *testing.T, data []byte, format string) {
	doc, err := Parse(data, format)
	if err != nil {
		return
	}
	if len(doc.Lines) > maxLines || len(doc.Skipped) > maxSkipped || doc.Format == "" || doc.Charset == "" {
		t.Fatalf("%d lines, %d notes, %q, %q", len(doc.Lines), len(doc.Skipped), doc.Format, doc.Charset)
	}
	for i, l := range doc.Lines {
		if l.Text == "" || !utf8.ValidString(l.Text) || !norm.NFC.IsNormalString(l.Text) || tidy(l.Text) != l.Text {
			t.Fatalf("text %q of %q", l.Text, data)
		}
		if l.Start < 0 || l.Start > maxTime || l.End <= l.Start && !doc.Untimed || i > 0 && l.Start < doc.Lines[i-1].Start {
			t.Fatalf("time %v-%v of %q", l.Start, l.End, data)
		}
		if l.Kind != Dialogue && l.Kind != Song && l.Kind != Sign {
			t.Fatalf("kind %q", l.Kind)
		}
	}
	Language(doc.Lines)
}

// seed gives a fuzz target its format's specimens and real files.
func seed(f *testing.F, format string, more ...string) {
	for _, s := range specimens {
		if s.format == format {
			f.Add(s.build().bytes(f, s.charset))
		}
	}
	for _, s := range more {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data, format) })
}

func FuzzSRT(f *testing.F) {
	seed(f, "srt", "1\n00:00:01,000 --> 00:00:02,000\n<i>{\\an8}&amp;\u200d</i>\n\n-->\n", "00:00 -> 1:2:3:4:5\nx")
}

func FuzzVTT(f *testing.F) {
	seed(f, "vtt", "WEBVTT\nLanguage: pl\n\nNOTE x\n\nSTYLE\n\nid\n00:01.000 --> 00:02.000\n<v A><c.x>b</c><ruby>a<rt>b</rt></ruby>")
}

func FuzzASS(f *testing.F) {
	seed(f, "ass", assHead+"Comment: 0,0:00:01.00,0:00:02.00,OP,,0,0,0,karaoke,{\\k1}a\nDialogue: 0,0:00:01.00,0:00:02.00,OP,,0,0,0,fx,{\\p1}m 0 0{\\p0}\\N\\h\\{x",
		"[Events]\nFormat: Text, Start, End\nDialogue: a,0:00:01.00,0:00:02.00")
}

func FuzzTTML(f *testing.F) {
	seed(f, "ttml", `<tt ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ttp:tickRate="10"><div begin="1s"><p begin="1t" dur="00:00:01:02">x<br/><span begin="1f">&eacute;</span><metadata>y</metadata></p></div>`)
}

func FuzzSAMI(f *testing.F) {
	seed(f, "smi", "<SAMI><HEAD><STYLE><!--.ENCC {lang:en-US}.KRCC{Name:Korean}--></STYLE><BODY><SYNC Start=1000 End=2000><P Class=ENCC ID=Source>A<P Class=ENCC>b<br>c<P Class=KRCC>&nbsp\n<SYNC start='3'>x</BODY>")
}

func FuzzLRC(f *testing.F) {
	seed(f, "lrc", "[ti:x][ar:y]\n[offset:-5]\n[length:1:00]\n[00:01.00][00:02.000]a<00:01.50>b[00:03]\n[01:02:03.4]\n")
}

func FuzzSub(f *testing.F) {
	seed(f, "sub", "[10][20]/a|b\n", "00:00:01:x\n", "00:00:01.00,00:00:02.00\na[br]b\n", "{1}{1}23.976\n{0}{}{y:i}x|y\n")
}

func FuzzSTL(f *testing.F) {
	data := append(gsi("STL25.01", "10000000"), tti(1, 0xff, [4]byte{10, 0, 1, 5}, [4]byte{10, 0, 2, 0}, "\x0bZa\xc7z\xc2o\x8a\x80x\x81")...)
	seed(f, "stl", string(data), "$x\n00:00:01:12 , 00:00:02:00 , ^Ia|b\n")
}

func FuzzText(f *testing.F) {
	seed(f, "txt", "#BPM:300\n#RELATIVE:YES\nP1\n: 0 4 9 a\n- 8 20\n* 0 4 9 b~\nE\n", "la la\n[Chorus]\n", "\xff\xfea\x00", "\x1b$B%F\x1b(B", "Za\xbf\xf3\xb3\xe6 g\xea\x9cl\xb9")
}

func FuzzNames(f *testing.F) {
	f.Add("Title - 01.mkv", "Title - 01.pl.srt", "pl-PL")
	f.Add("[G] T - 07v2 (1080p) [ABCD1234].mkv", "T - 07v2.jpn.forced.ass", "日本語")
	f.Fuzz(func(t *testing.T, film, sub, tag string) {
		if s, ok := SidecarOf(film, sub); !ok && s != (Sidecar{}) {
			t.Fatalf("%+v", s)
		}
		if code := ParseLanguage(tag); len(code) == 1 || len(code) > 8 {
			t.Fatalf("%q is %q", tag, code)
		}
	})
}

// Real files read the same after the fuzz checks, too.
func TestRealFilesHoldTheRules(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t), "subs", "*", "*.srt"))
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		check(t, data, "srt")
	}
}
