package subtitles

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

var damages = flag.Int("damages", 80, "damaged files of each format, charset and kind of damage")

// specimen is a file whose every cue is known, as lines; a blank line between two cues belongs to both.
type specimen struct {
	format, charset string
	header          []string
	cue             func(i int, start, end timecode.Time, text string) []string
	spaced          bool // blank lines part the cues
	looseEnds       bool // an end depends on the next cue
}

const specimenCues = 24

func stampOf(t timecode.Time, sep string) string {
	n := int64(t / ms)
	return fmt.Sprintf("%02d:%02d:%02d%s%03d", n/3_600_000, n/60_000%60, n/1000%60, sep, n%1000)
}

func srtCue(i int, start, end timecode.Time, text string) []string {
	return []string{fmt.Sprint(i + 1), stampOf(start, ",") + " --> " + stampOf(end, ","), text}
}

var specimens = []specimen{
	{format: "srt", charset: "utf-8", spaced: true, cue: srtCue},
	{format: "srt", charset: "windows-1250", spaced: true, cue: srtCue},
	{format: "srt", charset: "shift_jis", spaced: true, cue: srtCue},
	{format: "vtt", charset: "utf-8", spaced: true, header: []string{"WEBVTT", ""}, cue: func(i int, start, end timecode.Time, text string) []string {
		return []string{stampOf(start, ".") + " --> " + stampOf(end, ".") + " align:start", "<v Ala>" + text}
	}},
	{format: "ass", charset: "utf-8", header: strings.Split(strings.TrimSuffix(assHead, "\n"), "\n"), cue: func(i int, start, end timecode.Time, text string) []string {
		return []string{fmt.Sprintf("Dialogue: 0,%s,%s,Default,Ala,0,0,0,,{\\i1}%s", stampOf(start, ".")[1:11], stampOf(end, ".")[1:11], text)}
	}},
	{format: "ttml", charset: "utf-8", header: []string{`<?xml version="1.0"?>`, `<tt xmlns="http://www.w3.org/ns/ttml">`, "<body>"}, cue: func(i int, start, end timecode.Time, text string) []string {
		return []string{fmt.Sprintf(`<p begin="%s" end="%s">%s</p>`, stampOf(start, "."), stampOf(end, "."), text)}
	}},
	{format: "smi", charset: "windows-1250", looseEnds: true, header: []string{"<SAMI><HEAD><STYLE TYPE=\"text/css\"><!--", ".PLCC { Name: Polish; lang: pl-PL; }", "--></STYLE></HEAD><BODY>"},
		cue: func(i int, start, end timecode.Time, text string) []string {
			return []string{fmt.Sprintf("<SYNC Start=%d><P Class=PLCC>%s", start/ms, text), fmt.Sprintf("<SYNC Start=%d><P Class=PLCC>&nbsp;", end/ms)}
		}},
	{format: "lrc", charset: "utf-8", looseEnds: true, header: []string{"[ti:x]"}, cue: func(i int, start, end timecode.Time, text string) []string {
		return []string{fmt.Sprintf("[%s]%s", stampOf(start, ".")[3:], text)}
	}},
	{format: "sub", charset: "utf-8", cue: func(i int, start, end timecode.Time, text string) []string {
		return []string{fmt.Sprintf("{%d}{%d}%s", start/(40*ms), end/(40*ms), text)}
	}},
	{format: "stl", charset: "windows-1250", header: []string{"$FontName = Arial"}, cue: func(i int, start, end timecode.Time, text string) []string {
		at := func(t timecode.Time) string { return fmt.Sprintf("%s:%02d", stampOf(t, ",")[:8], t/(40*ms)%25) }
		return []string{at(start) + " , " + at(end) + " , " + text}
	}},
}

// built is a specimen as a file.
type built struct {
	lines  []string
	owners [][]int // of each line
	want   []Line
}

func (s specimen) build() (b built) {
	line := func(text string, owners ...int) { b.lines, b.owners = append(b.lines, text), append(b.owners, owners) }
	for _, h := range s.header {
		line(h)
	}
	for i := range specimenCues {
		start := timecode.Time(i+1) * 2 * timecode.Second
		l := Line{Start: start, End: start + 1480*ms, Text: fmt.Sprintf("Żółć numer %c%c, gęślą!", 'a'+i, 'q'+i%7)}
		if s.charset == "shift_jis" {
			l.Text = fmt.Sprintf("夜の歌が聞こえる%c%cよ", 'a'+i, 'q'+i%7)
		}
		for _, text := range s.cue(i, l.Start, l.End, l.Text) {
			line(text, i)
		}
		if s.spaced {
			line("", i, i+1)
		}
		b.want = append(b.want, l)
	}
	return b
}

func (b built) bytes(t testing.TB, charset string) []byte {
	text := strings.Join(b.lines, "\n") + "\n"
	if charset == "utf-8" {
		return []byte(text)
	}
	return encode(t, charset, text)
}

// lineAt is the line that holds a byte.
func lineAt(data []byte, at int) int { return strings.Count(string(data[:at]), "\n") }

type damage func(t testing.TB, r *rand.Rand, s specimen, b built) (data []byte, harmed map[int]bool)

func harm(b built, lines ...int) map[int]bool {
	m := map[int]bool{}
	for _, l := range lines {
		if l < len(b.owners) {
			for _, o := range b.owners[l] {
				m[o] = true
			}
		}
	}
	return m
}

var kindsOfDamage = map[string]damage{
	"cut": func(t testing.TB, r *rand.Rand, s specimen, b built) ([]byte, map[int]bool) {
		data := b.bytes(t, s.charset)
		at := r.IntN(len(data))
		m := map[int]bool{}
		for l := lineAt(data, at); l < len(b.owners); l++ {
			for o := range harm(b, l) {
				m[o] = true
			}
		}
		return data[:at], m
	},
	"flip": func(t testing.TB, r *rand.Rand, s specimen, b built) ([]byte, map[int]bool) {
		data := b.bytes(t, s.charset)
		at := r.IntN(len(data))
		l := lineAt(data, at)
		m := harm(b, l)
		if data[at] == '\n' {
			m = harm(b, l, l+1)
		}
		data[at] ^= 1 << r.IntN(8)
		return data, m
	},
	"swap": func(t testing.TB, r *rand.Rand, s specimen, b built) ([]byte, map[int]bool) {
		l := len(s.header) + r.IntN(len(b.lines)-len(s.header)-1)
		b.lines[l], b.lines[l+1] = b.lines[l+1], b.lines[l]
		if len(s.cue(0, 0, 0, "")) == 1 && !s.spaced {
			return b.bytes(t, s.charset), nil // a line a cue: in any order all is there
		}
		return b.bytes(t, s.charset), harm(b, l, l+1)
	},
	"lose a line": func(t testing.TB, r *rand.Rand, s specimen, b built) ([]byte, map[int]bool) {
		l := len(s.header) + r.IntN(len(b.lines)-len(s.header))
		m := harm(b, l)
		b.lines = append(b.lines[:l:l], b.lines[l+1:]...)
		return b.bytes(t, s.charset), m
	},
	"junk": func(t testing.TB, r *rand.Rand, s specimen, b built) ([]byte, map[int]bool) {
		data := b.bytes(t, s.charset)
		at := r.IntN(len(data) - 8)
		m := harm(b, lineAt(data, at), lineAt(data, at+8))
		for i := range 8 {
			data[at+i] = byte(r.IntN(256))
		}
		if strings.Contains(string(data[at:at+8]), "\n") {
			m = harm(b, lineAt(data, at), lineAt(data, at)+1, lineAt(data, at+8), lineAt(data, at+8)+1)
		}
		return data, m
	},
	"mix encodings": func(t testing.TB, r *rand.Rand, s specimen, b built) ([]byte, map[int]bool) {
		lines, other := bytes.SplitAfter(b.bytes(t, s.charset), []byte("\n")), "utf-8"
		if s.charset == "utf-8" {
			other = []string{"windows-1250", "windows-1251"}[r.IntN(2)]
		}
		m := map[int]bool{}
		for range 1 + r.IntN(3) { // pasted from a file in another encoding
			l := len(s.header) + r.IntN(len(b.lines)-len(s.header))
			text := b.lines[l]
			if other == "windows-1251" {
				text = strings.NewReplacer("Żółć", "Желчь", "gęślą", "гусли").Replace(text)
			}
			lines[l] = built{lines: []string{text}}.bytes(t, other)
			for o := range harm(b, l) {
				m[o] = true
			}
		}
		return bytes.Join(lines, nil), m
	},
}

// What is not damaged is read, whatever the damage next to it.
func TestDamageCostsOnlyWhatItHits(t *testing.T) {
	for _, s := range specimens {
		for name, hurt := range kindsOfDamage {
			r := rand.New(rand.NewPCG(7, uint64(len(name))))
			failed := 0
			for range *damages {
				b := s.build()
				data, harmed := hurt(t, r, s, b)
				doc, err := ParseWith(data, s.format, Options{Rate: timecode.PAL})
				if err != nil {
					doc = &Document{}
				}
				if missing := lost(s, b, doc, harmed); missing != "" {
					if failed++; failed <= 2 {
						t.Errorf("%s %s, %s: lost %s; skipped %v; where %q", s.charset, s.format, name, missing, doc.Skipped, differing(b, data))
					}
				}
			}
		}
	}
}

// differing is the damaged stretch of data with some of what follows.
func differing(b built, data []byte) string {
	whole, at := strings.Join(b.lines, "\n"), 0
	for at < len(data) && at < len(whole) && data[at] == whole[at] {
		at++
	}
	return string(data[max(0, at-60):min(len(data), at+120)])
}

// lost names the first unharmed cue that doc has not.
func lost(s specimen, b built, doc *Document, harmed map[int]bool) string {
	have := map[string]bool{}
	key := func(l Line) string {
		if s.looseEnds {
			l.End = 0
		}
		return fmt.Sprint(l.Start, l.End, l.Text)
	}
	for _, l := range doc.Lines {
		have[key(l)] = true
	}
	for i, l := range b.want {
		if !harmed[i] && !have[key(l)] {
			return fmt.Sprint(l)
		}
	}
	return ""
}
