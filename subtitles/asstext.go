package subtitles

import "strings"

// override is what an event's text says once its override blocks are read.
type override struct {
	text    string
	karaoke bool // \k, \kf, \ko, \K
	moved   bool // \move, \clip, \org or turned: only typesetting is
	pos     bool // \pos
	drawn   bool // \p1 and shapes

	unclosed bool // no brace closes from here on; kept so that a line of braces is not searched to its end for each
}

// plain reads an event's text: blocks in braces are tags or comments, shapes under \p1 are no words, the syllables of a karaoke
// line join by themselves. As libass does, a brace that is never closed is text, and \{ is a brace.
func (s *script) plain(raw string) (o override) {
	var b strings.Builder
	drawing := false
	for raw != "" {
		i := strings.IndexAny(raw, `{\`)
		if i < 0 {
			i = len(raw)
		}
		o.say(&b, raw[:i], drawing)
		if raw = raw[i:]; raw == "" {
			break
		}
		raw = s.special(&o, &b, raw, &drawing)
	}
	o.text = tidy(b.String())
	return o
}

// say writes text, unless it is the strokes of a drawing.
func (o *override) say(b *strings.Builder, text string, drawing bool) {
	if !drawing {
		b.WriteString(text)
	} else if strings.TrimSpace(text) != "" {
		o.drawn = true
	}
}

// special takes the brace or backslash that raw begins with and returns what follows.
func (s *script) special(o *override, b *strings.Builder, raw string, drawing *bool) string {
	if raw[0] == '{' {
		if !o.unclosed {
			if end := strings.IndexByte(raw, '}'); end > 0 {
				o.tags(raw[1:end], drawing)
				return raw[end+1:]
			}
			o.unclosed = true
		}
		o.say(b, "{", *drawing)
		return raw[1:]
	}
	if len(raw) < 2 {
		o.say(b, raw, *drawing)
		return ""
	}
	out := raw[:1]
	rest := raw[1:]
	switch raw[1] {
	case 'N':
		out, rest = "\n", raw[2:]
	case 'n':
		out, rest = s.softBreak(), raw[2:]
	case 'h':
		out, rest = " ", raw[2:]
	case '{', '}':
		out, rest = raw[1:2], raw[2:]
	}
	o.say(b, out, *drawing)
	return rest
}

func (s *script) softBreak() string {
	if s.softBreaks {
		return "\n"
	}
	return " "
}

// tags reads one override block. Inside \t(...) tags are animated; they count the same here.
func (o *override) tags(block string, drawing *bool) {
	for tag := range strings.SplitSeq(block, `\`) {
		tag = strings.TrimSpace(tag)
		switch {
		case strings.HasPrefix(tag, "pos("):
			o.pos = true
		case strings.HasPrefix(tag, "move("), strings.HasPrefix(tag, "clip("), strings.HasPrefix(tag, "iclip("),
			strings.HasPrefix(tag, "org("), strings.HasPrefix(tag, "frx"), strings.HasPrefix(tag, "fry"), strings.HasPrefix(tag, "frz"),
			strings.HasPrefix(tag, "fax"), strings.HasPrefix(tag, "fay"):
			o.moved = true
		case isLevel(tag, "p"):
			*drawing = strings.Trim(tag[1:], "0 )") != ""
		case isLevel(tag, "k"), isLevel(tag, "K"), isLevel(tag, "kf"), isLevel(tag, "ko"), isLevel(tag, "kt"):
			o.karaoke = true
		}
	}
}

// isLevel tells whether tag is name and a number: p1, and not pos or pbo.
func isLevel(tag, name string) bool {
	rest, ok := strings.CutPrefix(tag, name)
	return ok && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}
