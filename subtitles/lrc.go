package subtitles

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/timecode"
)

var (
	lrcStamp = regexp.MustCompile(`^\s*[\[<](?:(\d{1,2}):)?(\d{1,4}):(\d{1,2})(?:[.:,](\d{1,6}))?[\]>]`)
	lrcAny   = regexp.MustCompile(`[\[<](?:\d{1,2}:)?\d{1,4}:\d{1,2}(?:[.:,]\d{1,6})?[\]>]`)
	lrcTag   = regexp.MustCompile(`^\s*\[([A-Za-z#][A-Za-z_ ]*):(.*)\]\s*$`)
)

// lastLyric is how long the last lyric is up when neither the song's length nor an empty line says.
const lastLyric = 5 * timecode.Second

// sung is one lyric at one of its times; an empty one ends the lyric before it.
type sung struct {
	no         int
	start, end timecode.Time // end 0: not said
	text       string
}

type lrc struct {
	p      *parser
	lines  []sung
	offset timecode.Time
}

// readLRC reads lyrics with stamps: [mm:ss.xx], several side by side for repeats, with word times in <> or between words.
func readLRC(p *parser) {
	r := &lrc{p: p}
	for no, line := range physical(p.text) {
		if len(r.lines) >= maxLines {
			break
		}
		r.line(no, line)
	}
	if len(r.lines) > 0 {
		r.emit()
	}
}

func (r *lrc) line(no int, line string) {
	starts, rest := stamps(line)
	switch m := lrcTag.FindStringSubmatch(line); {
	case len(starts) > 0:
		r.sing(no, starts, rest)
	case m != nil:
		r.tag(no, strings.ToLower(strings.TrimSpace(m[1])), strings.TrimSpace(m[2]))
	case strings.TrimSpace(line) != "":
		r.p.doc.skip(no, "no time before "+quoted(line))
	}
}

// stamps takes the times side by side at the head of a line.
func stamps(line string) (starts []timecode.Time, rest string) {
	for len(starts) < 1000 {
		m := lrcStamp.FindStringSubmatch(line)
		if m == nil || len(starts) > 0 && strings.Contains(m[0], "<") {
			break
		}
		starts, line = append(starts, lrcTime(m[1:])), line[len(m[0]):]
	}
	return starts, line
}

// lrcTime takes hours, minutes, seconds and fraction. Three numbers are minutes, seconds and a fraction even where colons part them all.
func lrcTime(m []string) timecode.Time {
	if m[0] != "" && m[3] == "" {
		m = []string{"", m[0], m[1], m[2]}
	}
	var n [3]int64
	for i := range n {
		n[i], _ = strconv.ParseInt(m[i], 10, 32)
	}
	frac, _ := strconv.ParseInt(m[3], 10, 32)
	return timecode.Time((n[0]*60+n[1])*60+n[2])*timecode.Second + fraction(frac, len(m[3]))
}

// sing keeps a lyric once for each of its times. A stamp at the very end of the words says when the last one is over.
func (r *lrc) sing(no int, starts []timecode.Time, rest string) {
	var end timecode.Time
	if at := lrcAny.FindAllStringIndex(rest, -1); len(at) > 0 && len(starts) == 1 {
		if last := at[len(at)-1]; strings.TrimSpace(rest[last[1]:]) == "" {
			end = lrcTime(lrcStamp.FindStringSubmatch(rest[last[0]:last[1]])[1:])
		}
	}
	text := tidy(unescape(lrcAny.ReplaceAllString(rest, "")))
	for _, start := range starts {
		r.lines = append(r.lines, sung{no, start, end, text})
	}
}

// tag reads what the file says of the song. A positive offset shows the lyrics earlier.
func (r *lrc) tag(no int, name, value string) {
	d := r.p.doc
	switch name {
	case "ti", "title":
		d.Title = tidy(value)
	case "ar", "artist":
		d.Artist = tidy(value)
	case "lang", "language", "la":
		d.Lang = ParseLanguage(value)
	case "length":
		if t, ok := clock(value); ok {
			d.Length = t
		}
	case "offset":
		ms, err := strconv.ParseInt(strings.TrimPrefix(value, "+"), 10, 32)
		if err != nil {
			d.skip(no, "bad offset "+quoted(value))
			return
		}
		r.offset = timecode.Time(ms) * timecode.Second / 1000
	}
}

// emit orders the lyrics and ends each where the next begins.
func (r *lrc) emit() {
	for i := range r.lines {
		l := &r.lines[i]
		l.start = max(0, l.start-r.offset)
		if l.end > 0 {
			l.end = max(0, l.end-r.offset)
		}
	}
	slices.SortStableFunc(r.lines, func(a, b sung) int { return int(max(-1, min(1, a.start-b.start))) })
	next := r.length()
	ends := make([]timecode.Time, len(r.lines))
	for i, v := range slices.Backward(r.lines) {
		if i+1 < len(r.lines) && r.lines[i+1].start > v.start {
			next = r.lines[i+1].start
		}
		ends[i] = next
	}
	for i, l := range r.lines {
		if l.end > l.start {
			ends[i] = min(ends[i], l.end)
		}
		r.p.add(l.no, Line{Start: l.start, End: ends[i], Text: l.text, Kind: Song})
	}
}

// length is when the last lyric ends.
func (r *lrc) length() timecode.Time {
	last := r.lines[len(r.lines)-1].start
	for _, known := range []timecode.Time{r.p.doc.Length, r.p.opt.Length} {
		if known > last {
			return known
		}
	}
	return last + lastLyric
}
