package subtitles

import (
	"regexp"
	"strings"
)

// readSRT reads SubRip.
func readSRT(p *parser) {
	(&cues{p: p, take: p.takeCue}).read()
}

// readVTT reads WebVTT: SubRip with a header, notes, styles and voices.
func readVTT(p *parser) {
	p.recognised = strings.HasPrefix(strings.TrimSpace(p.text), "WEBVTT")
	(&cues{p: p, take: p.takeCue, inert: p.inertVTT, blankEnds: true}).read()
}

var vttLanguage = regexp.MustCompile(`(?i)^Language:\s*([\w-]+)`)

// inertVTT tells whether a block that begins so holds no cue, and reads the language out of the header.
func (p *parser) inertVTT(first string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(first), " ")
	switch word {
	case "WEBVTT":
		p.vttHeader()
		return true
	case "NOTE", "STYLE", "REGION", "Region:":
		return true
	}
	return false
}

func (p *parser) vttHeader() {
	for _, s := range physical(p.text[:min(len(p.text), 1024)]) {
		if strings.TrimSpace(s) == "" {
			return
		}
		if m := vttLanguage.FindStringSubmatch(s); m != nil {
			p.doc.Lang = ParseLanguage(m[1])
		}
	}
}

// takeCue makes a Line of a cue.
func (p *parser) takeCue(c *cue) {
	start, end, ok := cueTimes(c.time)
	if !ok {
		p.doc.skip(c.no, "bad time "+quoted(c.time))
		return
	}
	if end <= start {
		p.doc.skip(c.no, "bad end, guessed: "+quoted(c.time))
	}
	raw := strings.Join(c.text, "\n")
	text := webText(raw)
	p.add(c.no, Line{Start: start, End: end, Text: text, Speaker: voice(raw), Kind: webKind(raw, text)})
}

// quoted is s short enough for a note.
func quoted(s string) string {
	if s = strings.ToValidUTF8(strings.TrimSpace(s), "?"); len(s) > 60 {
		s = strings.ToValidUTF8(s[:60], "") + "..."
	}
	return `"` + s + `"`
}

var voiceTag = regexp.MustCompile(`<v(?:\.[^\s<>]*)?\s+([^<>]+)>`)

// voice is who speaks by WebVTT's voice tag, the first of a cue.
func voice(raw string) string {
	if m := voiceTag.FindStringSubmatch(raw); m != nil {
		return tidy(unescape(m[1]))
	}
	return ""
}

var (
	placed = regexp.MustCompile(`\{[^{}]*\\(pos|move|clip)\(`)
	notes  = "♪♫♬♩"
)

// webKind guesses a cue's kind: singing is written between notes or hashes, and only typesetting that was converted has a place.
func webKind(raw, text string) Kind {
	switch {
	case strings.ContainsAny(text, notes), len(text) > 2 && strings.HasPrefix(text, "#") && strings.HasSuffix(text, "#"):
		return Song
	case placed.MatchString(raw):
		return Sign
	}
	return Dialogue
}
