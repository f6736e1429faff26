package subtitles

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/timecode"
)

// ttml reads tokens one by one instead of a tree: a paragraph that is no XML costs only itself, and depth costs no memory.
type ttml struct {
	p          *parser
	rate       timecode.Rate
	ticks      int64
	containers []timecode.Time // begins of the elements that the current one is timed by, innermost last
	depth      []string        // their names
	para       *paragraph
	inTitle    bool
}

type paragraph struct {
	no           int
	start, end   timecode.Time
	timed, ended bool
	text         strings.Builder
	lang, style  string
	hidden       int // depth inside metadata, whose text is not shown
}

const maxNesting = 64

// readTTML reads Timed Text, also as DFXP. Times are absolute within the begin of what encloses them.
func readTTML(p *parser) {
	t := &ttml{p: p, rate: timecode.Thirty, ticks: 1}
	text, line := comments.ReplaceAllStringFunc(p.text, lineEnds), 1
	for text != "" && !p.full() {
		n := nextParagraph(text)
		t.stretch(line, text[:min(n, maxLine)])
		line += strings.Count(text[:n], "\n")
		text = text[n:]
	}
	t.close()
}

var paragraphTag = regexp.MustCompile(`^<(?:\w{1,12}:)?p[\s>]`)

var comments = regexp.MustCompile(`(?s)<!--.*?-->`)

// lineEnds is what remains of a comment, so that lines keep their numbers.
func lineEnds(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) }

// nextParagraph is where the next paragraph begins, after the one that text may begin with.
func nextParagraph(text string) int {
	for i := 1; i < len(text); i++ {
		next := strings.IndexByte(text[i:], '<')
		if next < 0 {
			break
		}
		i += next
		if paragraphTag.MatchString(text[i:min(len(text), i+20)]) {
			return i
		}
	}
	return len(text)
}

// stretch reads the tokens of a text that begins at a paragraph and ends before the next. Raw tokens need no context but what is
// kept here, so that trouble ends with the stretch.
func (t *ttml) stretch(line int, text string) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is decoded already
	for {
		token, err := d.RawToken()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.p.doc.skip(line, "not XML")
			}
			return
		}
		t.token(line, token)
	}
}

func (t *ttml) token(no int, token xml.Token) {
	switch e := token.(type) {
	case xml.StartElement:
		t.open(no, e)
	case xml.EndElement:
		t.end(e.Name.Local)
	case xml.CharData:
		t.say(string(e))
	}
}

func (t *ttml) say(s string) {
	switch {
	case t.para != nil && t.para.hidden == 0:
		t.para.text.WriteString(strings.NewReplacer("\r", " ", "\n", " ").Replace(s))
	case t.para == nil && t.inTitle && t.p.doc.Title == "":
		t.p.doc.Title = tidy(s)
	}
}

func (t *ttml) open(no int, e xml.StartElement) {
	switch e.Name.Local {
	case "tt":
		t.header(e)
	case "title":
		t.inTitle = true
	case "body", "div":
		t.enter(e)
	case "p":
		t.close()
		t.paragraph(no, e)
	case "br":
		if t.para != nil {
			t.para.text.WriteByte('\n')
		}
	case "span":
		t.span(e)
	case "metadata":
		if t.para != nil {
			t.para.hidden++
		}
	}
}

func (t *ttml) end(name string) {
	switch name {
	case "p":
		t.close()
	case "title":
		t.inTitle = false
	case "metadata":
		if t.para != nil && t.para.hidden > 0 {
			t.para.hidden--
		}
	case "body", "div":
		t.close()
		for n := len(t.depth); n > 0; n = len(t.depth) {
			top := t.depth[n-1]
			t.depth, t.containers = t.depth[:n-1], t.containers[:n-1]
			if top == name {
				break
			}
		}
	}
}

// header takes the units of time and the language.
func (t *ttml) header(e xml.StartElement) {
	t.p.recognised = true
	if n := attrInt(e, "frameRate"); n > 0 && n <= 1000 {
		t.rate = timecode.Rate{Num: n, Den: 1}
	}
	if m := strings.FieldsFunc(attr(e, "frameRateMultiplier"), func(r rune) bool { return r == ' ' || r == ':' }); len(m) == 2 {
		if r, err := timecode.ParseRate(m[0] + "/" + m[1]); err == nil && r.Num <= 10_000 && r.Den <= 10_000 {
			t.rate = timecode.Rate{Num: t.rate.Num * r.Num, Den: r.Den}
		}
	}
	if n := attrInt(e, "tickRate"); n > 0 && n <= 1e9 {
		t.ticks = n
	}
	t.p.doc.Lang = ParseLanguage(attr(e, "lang"))
}

// enter opens what times its children.
func (t *ttml) enter(e xml.StartElement) {
	t.close()
	if len(t.depth) >= maxNesting {
		return
	}
	begin, _ := t.time(attr(e, "begin"))
	t.containers, t.depth = append(t.containers, t.base()+begin), append(t.depth, e.Name.Local)
}

func (t *ttml) base() timecode.Time {
	if n := len(t.containers); n > 0 {
		return t.containers[n-1]
	}
	return 0
}

func (t *ttml) paragraph(no int, e xml.StartElement) {
	p := &paragraph{no: no, lang: ParseLanguage(attr(e, "lang")), style: attr(e, "style")}
	p.start, p.timed = t.time(attr(e, "begin"))
	p.end, p.ended = t.time(attr(e, "end"))
	if dur, ok := t.time(attr(e, "dur")); ok && !p.ended {
		p.end, p.ended = p.start+dur, true
	}
	t.para = p
}

// span gives a paragraph without times those of its words.
func (t *ttml) span(e xml.StartElement) {
	p := t.para
	if p == nil {
		return
	}
	if begin, ok := t.time(attr(e, "begin")); ok && !p.timed {
		p.start, p.timed = begin, true
	}
	if end, ok := t.time(attr(e, "end")); ok && !p.ended {
		p.end = max(p.end, end)
	}
}

// close keeps the open paragraph.
func (t *ttml) close() {
	p := t.para
	if t.para = nil; p == nil {
		return
	}
	text := tidy(p.text.String())
	if !p.timed && text != "" {
		t.p.doc.skip(p.no, "paragraph without a time")
		return
	}
	t.p.add(p.no, Line{Start: t.base() + p.start, End: t.base() + p.end, Text: text, Lang: p.lang, Style: p.style, Kind: webKind("", text)})
}

// time reads a clock ("00:01:02.5", "00:01:02:12" with frames) or an offset ("12.5s", "300f", "10000000t").
func (t *ttml) time(s string) (timecode.Time, bool) {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexByte(s, ':'); strings.Count(s, ":") == 3 {
		whole, ok := clock(s[:i])
		frames, err := strconv.ParseInt(s[i+1:], 10, 16)
		return whole + t.rate.At(frames), ok && err == nil
	}
	if strings.Contains(s, ":") {
		return clock(s)
	}
	digits := strings.TrimRight(s, "hmsft")
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || !(v >= 0 && v < 1e16) {
		return 0, false
	}
	return t.offset(v, s[len(digits):])
}

func (t *ttml) offset(v float64, unit string) (at timecode.Time, ok bool) {
	switch unit {
	case "t":
		at = timecode.Rate{Num: t.ticks, Den: 1}.At(int64(v))
	case "f":
		at = timecode.Rate{Num: t.rate.Num * 1000, Den: t.rate.Den}.At(int64(min(v, 1e12) * 1000))
	default:
		scale, known := map[string]float64{"h": 3600, "m": 60, "s": 1, "": 1, "ms": 0.001}[unit]
		at = timecode.FromSeconds(min(v*scale, 1e9))
		return at, known && at <= maxTime
	}
	return at, at >= 0 && at <= maxTime
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func attrInt(e xml.StartElement, name string) int64 {
	n, _ := strconv.ParseInt(attr(e, name), 10, 64)
	return n
}
