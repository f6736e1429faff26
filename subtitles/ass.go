package subtitles

import (
	"strings"

	"github.com/amvlib/amvlib/timecode"
)

// event is one line of the [Events] section, its fields by what the Format line calls them.
type event struct {
	no                        int
	comment                   bool
	start, end                timecode.Time
	style, name, effect, text string
}

// script is what of an Advanced SubStation file is needed to understand its events.
type script struct {
	p          *parser
	fields     []string // of an event, lower case, in order
	softBreaks bool     // \n breaks the line (WrapStyle 2, and SSA), else it is a blank
	events     []event
}

// The order that both versions of the format mean when the Format line is lost; SSA calls the first Marked.
var defaultFields = []string{"layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"}

// readASS reads SSA and ASS. Sections are not insisted on: a damaged "[Events]" must not lose the events under it.
func readASS(p *parser) {
	s := &script{p: p, fields: defaultFields}
	section := ""
	for no, line := range physical(p.text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			section = strings.ToLower(line)
			p.recognised = p.recognised || section == "[script info]" || section == "[events]"
			continue
		}
		if len(s.events) >= maxLines {
			break
		}
		s.line(no, section, line)
	}
	s.emit()
}

// line takes one physical line outside the section headers.
func (s *script) line(no int, section, line string) {
	key, value, ok := strings.Cut(line, ":")
	if !ok || strings.HasPrefix(line, ";") {
		if ok = section == "[events]" && line != "" && line[0] != ';' && line[0] != '!'; ok {
			s.p.doc.skip(no, "not an event")
		}
		return
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "dialogue":
		s.event(no, value, false)
	case "comment":
		s.event(no, value, true)
	case "format":
		s.format(value)
	case "wrapstyle":
		s.softBreaks = s.softBreaks || value == "2"
	case "scripttype":
		s.softBreaks = s.softBreaks || strings.EqualFold(value, "v4.00")
	case "title":
		s.title(section, value)
	case "language":
		s.p.doc.Lang = ParseLanguage(value)
	default:
		if section == "[events]" {
			s.p.doc.skip(no, "not an event")
		}
	}
}

func (s *script) title(section, value string) {
	if section == "[script info]" && !strings.EqualFold(value, "Default Aegisub file") {
		s.p.doc.Title = tidy(value)
	}
}

// knownFields are all that a Format line may name. One with anything else is damaged, and the usual order is the better guess.
var knownFields = words("layer marked start end style name actor marginl marginr marginv margint marginb effect text")

// format takes the order of an event's fields. Styles have a Format line as well, which has no start.
func (s *script) format(value string) {
	var fields []string
	has := map[string]bool{}
	for f := range strings.SplitSeq(strings.ToLower(value), ",") {
		f = strings.TrimSpace(f)
		if fields, has[f] = append(fields, f), true; !knownFields[f] {
			return
		}
	}
	if has["start"] && has["end"] && has["text"] && len(has) == len(fields) {
		s.fields = fields
	}
}

// event takes the value of one Dialogue or Comment line. The text is the last field and may hold commas.
func (s *script) event(no int, value string, comment bool) {
	parts := strings.SplitN(value, ",", len(s.fields))
	if len(parts) < len(s.fields) {
		s.p.doc.skip(no, "too few fields")
		return
	}
	e := event{no: no, comment: comment}
	var okStart, okEnd bool
	for i, f := range s.fields {
		switch v := strings.TrimSpace(parts[i]); f {
		case "start":
			e.start, okStart = clock(v)
		case "end":
			e.end, okEnd = clock(v)
		case "style":
			e.style = strings.TrimLeft(v, "*")
		case "name", "actor":
			e.name = v
		case "effect":
			e.effect = strings.ToLower(v)
		case "text":
			e.text = parts[i]
		}
	}
	if !okStart {
		s.p.doc.skip(no, "bad time")
		return
	}
	if !okEnd || e.end < e.start {
		s.p.doc.skip(no, "bad end, guessed")
		e.end = e.start + guessedLength
	}
	s.events = append(s.events, e)
}

// emit turns events into Lines. Comments are left out, but for one case: where karaoke effects were generated, syllable by
// syllable, the comment holds the lyric whole, and stands for the pieces.
func (s *script) emit() {
	whole := s.karaoke()
	f := folder{p: s.p, last: map[string][]int{}}
	for _, e := range s.events {
		if s.p.full() {
			return
		}
		lyric := e.comment && strings.HasPrefix(e.effect, "karaoke")
		if e.comment && !lyric || !e.comment && whole.covers(e) || lyric && !whole.needed(e) {
			continue
		}
		if l, ok := s.read(e); ok {
			f.add(e.no, l)
		}
	}
}

// read makes a Line of an event; false for one that has nothing to read: drawings, blank lines. Events of length zero show nothing.
func (s *script) read(e event) (Line, bool) {
	o := s.plain(e.text)
	if o.text == "" || e.start == e.end && !e.comment {
		return Line{}, false
	}
	return Line{Start: e.start, End: e.end, Text: o.text, Style: tidy(e.style), Speaker: tidy(e.name), Kind: assKind(e, o)}, true
}
