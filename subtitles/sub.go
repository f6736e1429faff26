package subtitles

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/timecode"
)

var (
	microLine = regexp.MustCompile(`^\s*\{(\d{1,9})\}\s*\{(\d{0,9})\}(.*)$`)
	mplLine   = regexp.MustCompile(`^\s*\[(\d{1,9})\]\s*\[(\d{0,9})\](.*)$`)
	tmLine    = regexp.MustCompile(`^\s*(\d{1,2}:\d\d:\d\d)(?:,\d)?[:=](.*)$`)
	pairLine  = regexp.MustCompile(`^\s*(\d+:\d\d:\d\d[.:]\d+)\s*,\s*(\d+:\d\d:\d\d[.:]\d+)\s*$`)
	spruce    = regexp.MustCompile(`^\s*(\d\d:\d\d:\d\d)[:;.](\d\d)\s*,\s*(\d\d:\d\d:\d\d)[:;.](\d\d)\s*,(.*)$`)
)

// pipes is the text of the formats that part lines with "|", begin italics with "/" and put styles in {y:i}.
func pipes(s string) string {
	lines := strings.Split(overrides.ReplaceAllString(s, ""), "|")
	for i, l := range lines {
		lines[i] = strings.TrimPrefix(strings.TrimSpace(l), "/")
	}
	return webText(strings.Join(lines, "\n"))
}

// readMicroDVD reads {start}{end}text in frames. The first line may give the rate: {1}{1}23.976.
func readMicroDVD(p *parser) {
	rate := p.opt.Rate
	p.counted(microLine, func(start, end, text string) (Line, bool) {
		if r, err := timecode.ParseRate(strings.TrimSpace(text)); err == nil && start == end && len(start) == 1 && plausible(r) {
			rate = r
			return Line{}, false
		}
		return Line{Start: rate.At(number(start)), End: rate.At(number(end)), Text: pipes(text)}, true
	})
}

// plausible keeps a line that is a number from being taken for a rate.
func plausible(r timecode.Rate) bool { return r.Float() >= 10 && r.Float() <= 120 }

// readMPL2 reads [start][end]text in tenths of a second.
func readMPL2(p *parser) {
	tenth := timecode.Rate{Num: 10, Den: 1}
	p.counted(mplLine, func(start, end, text string) (Line, bool) {
		return Line{Start: tenth.At(number(start)), End: tenth.At(number(end)), Text: pipes(text)}, true
	})
}

// counted reads a cue a line.
func (p *parser) counted(shape *regexp.Regexp, read func(start, end, text string) (Line, bool)) {
	for no, line := range physical(p.text) {
		if p.full() {
			return
		}
		m := shape.FindStringSubmatch(line)
		if m == nil {
			if strings.TrimSpace(line) != "" {
				p.doc.skip(no, "not a cue")
			}
			continue
		}
		if l, ok := read(m[1], m[2], m[3]); ok {
			l.Kind = webKind(line, l.Text)
			p.add(no, l)
		}
	}
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// readTMPlayer reads hh:mm:ss:text, which says no ends: a line is up as long as it takes to read, or until the next.
func readTMPlayer(p *parser) {
	var lines []Line
	var nos []int
	for no, line := range physical(p.text) {
		m := tmLine.FindStringSubmatch(line)
		if m == nil || len(lines) >= maxLines {
			if strings.TrimSpace(line) != "" {
				p.doc.skip(no, "not a cue")
			}
			continue
		}
		at, _ := clock(m[1])
		text := pipes(m[2])
		lines, nos = append(lines, Line{Start: at, End: at + readingTime(text), Text: text, Kind: webKind(line, text)}), append(nos, no)
	}
	for i, l := range lines {
		if i+1 < len(lines) && lines[i+1].Start > l.Start {
			l.End = min(l.End, lines[i+1].Start)
		}
		p.add(nos[i], l)
	}
}

// readingTime is a second and another for every 15 letters, seven at most.
func readingTime(text string) timecode.Time {
	return min(7*timecode.Second, timecode.Second+timecode.Time(len([]rune(text)))*timecode.Second/15)
}

// readSubViewer reads a line of two times and a line of text, its lines parted by [br].
func readSubViewer(p *parser) {
	var open *Line
	at := 0
	for no, line := range physical(p.text) {
		m := pairLine.FindStringSubmatch(line)
		switch {
		case p.full():
			return
		case m != nil:
			start, _ := clock(m[1])
			end, _ := clock(m[2])
			open, at = &Line{Start: start, End: end}, no
		case open != nil && strings.TrimSpace(line) != "":
			open.Text = webText(strings.ReplaceAll(strings.ReplaceAll(line, "[br]", "\n"), "|", "\n"))
			open.Kind = webKind(line, open.Text)
			p.add(at, *open)
			open = nil
		}
	}
}

// readSpruce reads the text kind of STL, "hh:mm:ss:ff , hh:mm:ss:ff , text | text", whose frames count by the film's rate.
func readSpruce(p *parser) {
	for no, line := range physical(p.text) {
		head := strings.TrimSpace(line)
		if p.full() {
			return
		}
		if head == "" || strings.HasPrefix(head, "$") || strings.HasPrefix(head, "//") {
			continue
		}
		m := spruce.FindStringSubmatch(line)
		if m == nil {
			p.doc.skip(no, "not a cue")
			continue
		}
		text := webText(strings.ReplaceAll(spruceStyles.Replace(m[5]), "|", "\n"))
		p.add(no, Line{Start: p.frames(m[1], m[2]), End: p.frames(m[3], m[4]), Text: text, Kind: webKind(line, text)})
	}
}

var spruceStyles = strings.NewReplacer("^B", "", "^I", "", "^U", "")

// frames reads a clock with frames as non-drop timecode of the film's rate.
func (p *parser) frames(hms, ff string) timecode.Time {
	t, _ := clock(hms)
	base := p.opt.Rate.Timebase()
	return p.opt.Rate.At(int64(t/timecode.Second)*base + min(number(ff), base-1))
}
