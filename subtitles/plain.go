package subtitles

import (
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/timecode"
)

// readPlain reads lyrics without times: a line a line. Headings such as [Chorus] are not sung.
func readPlain(p *parser) {
	if !readable(p.text) {
		return
	}
	p.doc.Untimed = true
	for no, line := range physical(p.text) {
		if p.full() {
			return
		}
		text := tidy(unescape(line))
		if heading := strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]"); !heading {
			p.add(no, Line{Text: text, Kind: Song})
		}
	}
}

// readable tells text from binary data, which holds characters that no text has.
func readable(text string) bool {
	bad, all := 0, 0
	for _, r := range text[:min(len(text), sniffed)] {
		if all++; r == '\ufffd' || r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' {
			bad++
		}
	}
	return all > 0 && bad*20 < all
}

// ultrastar is a chart of a singing game: notes on a grid of quarter beats.
type ultrastar struct {
	p        *parser
	bpm, gap float64 // beats a minute, milliseconds
	relative bool
	origin   int64 // of relative beats
	no       int
	start    int64 // of the open lyric, in quarter beats
	end      int64
	text     strings.Builder
	open     bool
	speaker  string
}

// readUltraStar reads a chart: each note carries a syllable, and a dash ends the lyric.
func readUltraStar(p *parser) {
	u := &ultrastar{p: p}
	for no, line := range physical(p.text) {
		if p.full() || strings.TrimSpace(line) == "E" {
			break
		}
		u.line(no, line)
	}
	u.flush()
}

func (u *ultrastar) line(no int, line string) {
	if line == "" {
		return
	}
	switch line[0] {
	case '#':
		u.header(no, line[1:])
	case ':', '*', 'F', 'R', 'G':
		u.note(no, line)
	case '-':
		u.flush()
		u.shift(strings.Fields(line[1:]))
	case 'P':
		u.flush()
		u.speaker, u.origin = strings.TrimSpace(line), 0
	default:
		u.p.doc.skip(no, "not a note")
	}
}

func (u *ultrastar) header(no int, line string) {
	key, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	number, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
	switch strings.ToUpper(key) {
	case "TITLE":
		u.p.doc.Title = tidy(value)
	case "ARTIST":
		u.p.doc.Artist = tidy(value)
	case "LANGUAGE":
		u.p.doc.Lang = ParseLanguage(value)
	case "RELATIVE":
		u.relative = strings.EqualFold(value, "yes")
	case "BPM":
		if u.bpm = number; err != nil || !(number >= 1 && number <= 10_000) {
			u.bpm = 0
			u.p.doc.skip(no, "bad tempo "+quoted(value))
		}
	case "GAP":
		if err == nil && number >= -1e7 && number <= 1e7 {
			u.gap = number
		}
	}
}

// note takes "type beat length pitch syllable"; the blank before a syllable parts words, so it is kept.
func (u *ultrastar) note(no int, line string) {
	parts := strings.SplitN(line, " ", 5)
	if len(parts) < 5 {
		u.p.doc.skip(no, "not a note")
		return
	}
	at, err1 := strconv.ParseInt(parts[1], 10, 32)
	length, err2 := strconv.ParseInt(parts[2], 10, 32)
	if err1 != nil || err2 != nil || length < 0 {
		u.p.doc.skip(no, "bad beat")
		return
	}
	if at += u.origin; !u.open {
		u.open, u.start, u.no = true, at, no
	}
	u.end = at + length
	if u.text.Len() < sniffed {
		u.text.WriteString(strings.TrimSuffix(parts[4], "~"))
	}
}

// shift moves the origin of relative charts, whose dashes carry the beat that counts as 0 from there.
func (u *ultrastar) shift(fields []string) {
	if !u.relative || len(fields) == 0 {
		return
	}
	if n, err := strconv.ParseInt(fields[len(fields)-1], 10, 32); err == nil {
		u.origin = min(u.origin+n, 1<<40)
	}
}

func (u *ultrastar) flush() {
	if u.open && u.bpm > 0 {
		text := tidy(strings.ReplaceAll(u.text.String(), "~", ""))
		u.p.add(u.no, Line{Start: u.time(u.start), End: u.time(u.end), Text: text, Kind: Song, Speaker: u.speaker})
	}
	u.open = false
	u.text.Reset()
}

func (u *ultrastar) time(quarter int64) timecode.Time {
	return timecode.FromSeconds((u.gap + float64(quarter)*15_000/u.bpm) / 1000)
}
