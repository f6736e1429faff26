package subtitles

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/timecode"
)

// sami is SAMI: a text of points in time, each of which shows a paragraph for each class, a language, until the next of that class.
// It is read by its tags alone, for hardly a file of this kind is the HTML that it claims to be.
type sami struct {
	p       *parser
	langs   map[string]string // of the classes that the head declares, in lower case
	class   string            // of the last paragraph, for those that name none
	speaker map[string]string
	events  []samiEvent
}

type samiEvent struct {
	no             int
	class, speaker string
	text           []string      // a line each; none clears what is shown
	start, end     timecode.Time // end is 0 where only the next event tells it
}

var (
	samiSync    = regexp.MustCompile(`(?i)<?[^<>\s]{0,8}\s{0,3}\bstart\s{0,3}=[^<>\n]{0,200}>?|<sync\b[^<>\n]{0,200}>?`)
	samiStart   = regexp.MustCompile(`(?i)\bstart\s*=\s*["']?\s*(-?\d{1,12})`)
	samiEnd     = regexp.MustCompile(`(?i)\bend\s*=\s*["']?\s*(\d{1,12})`)
	samiPara    = regexp.MustCompile(`(?i)<p\b([^<>]{0,300})>`)
	samiClass   = regexp.MustCompile(`(?i)\bclass\s*=\s*["']?\s*([\w-]+)`)
	samiSource  = regexp.MustCompile(`(?i)\bid\s*=\s*["']?\s*#?source\b`)
	samiRule    = regexp.MustCompile(`\.([\w-]+)\s*\{([^{}]*)\}`)
	samiRuleTag = regexp.MustCompile(`(?i)\blang\s*:\s*["']?([\w-]+)`)
	samiName    = regexp.MustCompile(`(?i)\bname\s*:\s*["']?([^;"']+)`)
	samiTitle   = regexp.MustCompile(`(?is)<title>([^<>]{0,1000})</title>`)
	samiOver    = regexp.MustCompile(`(?i)</body\b|</sami\b`)
	lineEndings = strings.NewReplacer("\r", " ", "\n", " ") // blanks in a markup that has <br>
	samiBlank   = regexp.MustCompile(`(?i)&nbsp\b;?`)
)

// readSAMI reads a file of one language or several, one after the other or side by side.
func readSAMI(p *parser) {
	s := &sami{p: p, langs: map[string]string{}, speaker: map[string]string{}}
	text, no := comments.ReplaceAllStringFunc(p.text, s.comment), 1
	at := samiSync.FindStringIndex(text)
	if at == nil {
		return
	}
	s.head(text[:at[0]])
	for len(s.events) < 2*maxLines {
		no += strings.Count(text[:at[0]], "\n")
		tag, rest := text[at[0]:at[1]], text[at[1]:]
		next := samiSync.FindStringIndex(rest)
		if next == nil {
			s.sync(no, tag, rest)
			break
		}
		s.sync(no, tag, rest[:next[0]])
		no, text, at = no+strings.Count(tag, "\n"), rest, next
	}
	s.finish()
}

// comment keeps of a comment the styles in it, which every file hides there, and its line ends.
func (s *sami) comment(c string) string {
	s.styles(c)
	return lineEnds(c)
}

func (s *sami) head(text string) {
	if s.styles(text); s.p.doc.Title == "" {
		s.p.doc.Title = tidy(unescape(first(samiTitle, text)))
	}
}

// styles reads which language each class is.
func (s *sami) styles(text string) {
	for _, rule := range samiRule.FindAllStringSubmatch(text[:min(len(text), sniffed)], 100) {
		lang := ParseLanguage(first(samiRuleTag, rule[2]))
		if lang == "" {
			lang = ParseLanguage(first(samiName, rule[2]))
		}
		if lang != "" {
			s.langs[strings.ToLower(rule[1])] = lang
		}
	}
}

// first is what the first group of re takes in text.
func first(re *regexp.Regexp, text string) string {
	if m := re.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// sync takes what one point in time shows.
func (s *sami) sync(no int, tag, text string) {
	start, err := strconv.ParseInt(first(samiStart, tag), 10, 64)
	if err != nil {
		s.p.doc.skip(no, "bad time "+quoted(tag))
		return
	}
	end, _ := strconv.ParseInt(first(samiEnd, tag), 10, 64)
	if over := samiOver.FindStringIndex(text); over != nil {
		text = text[:over[0]]
	}
	text = text[:min(len(text), maxLine)]
	e := samiEvent{no: no, start: timecode.Time(start) * timecode.Second / 1000, end: timecode.Time(end) * timecode.Second / 1000}
	at := samiPara.FindStringSubmatchIndex(text)
	if at == nil || tidy(text[:at[0]]) != "" {
		s.paragraph(e, "", text[:head(at, len(text))])
	}
	for at != nil {
		attributes, rest := text[at[2]:at[3]], text[at[1]:]
		next := samiPara.FindStringSubmatchIndex(rest)
		s.paragraph(e, attributes, rest[:head(next, len(rest))])
		text, at = rest, next
	}
}

// head is where a match begins, or all where there is none.
func head(at []int, all int) int {
	if at == nil {
		return all
	}
	return at[0]
}

// paragraph keeps one paragraph of an event. That of a source names who speaks from then on.
func (s *sami) paragraph(e samiEvent, attributes, html string) {
	if class := strings.ToLower(first(samiClass, attributes)); class != "" {
		s.class = class
	}
	html = samiBlank.ReplaceAllString(lineEndings.Replace(html), " ")
	e.class, e.speaker = s.class, s.speaker[s.class]
	text := webText(html)
	if samiSource.MatchString(attributes) {
		s.speaker[e.class] = text
		return
	}
	if text != "" {
		e.text = []string{text}
	}
	if n := len(s.events) - 1; n >= 0 && s.events[n].no == e.no && s.events[n].start == e.start && s.events[n].class == e.class {
		s.events[n].text = append(s.events[n].text, e.text...)
		return
	}
	s.events = append(s.events, e)
}

// finish ends each line where the next of its class begins, be it empty.
func (s *sami) finish() {
	slices.SortStableFunc(s.events, func(a, b samiEvent) int { return int(max(-1, min(1, a.start-b.start))) })
	next := map[string]timecode.Time{}
	for i, e := range slices.Backward(s.events) {
		if after, ok := next[e.class]; ok && e.end <= e.start {
			s.events[i].end = after
		}
		if i == 0 || s.events[i-1].start != e.start || s.events[i-1].class != e.class {
			next[e.class] = e.start
		}
	}
	for _, e := range s.events {
		text := strings.Join(e.text, "\n")
		s.p.add(e.no, Line{Start: e.start, End: e.end, Text: text, Lang: s.lang(e.class), Style: e.class, Speaker: e.speaker, Kind: webKind("", text)})
	}
	s.p.recognised = s.p.recognised || len(s.events) > 0
}

// lang is the language of a class, by what the head declares, else by how classes are called: KRCC, ENUSCC.
func (s *sami) lang(class string) string {
	if lang, ok := s.langs[class]; ok {
		return lang
	}
	country, ok := strings.CutSuffix(class, "cc")
	if !ok || len(country) < 2 {
		return ""
	}
	if lang, ok := map[string]string{"eg": "en", "us": "en", "ch": "zh", "kr": "ko", "jp": "ja"}[country[:2]]; ok {
		return lang
	}
	if lang := ParseLanguage(country[:2]); spokenWidely[lang] {
		return lang
	}
	return ""
}
