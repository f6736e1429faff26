package subtitles

import (
	"strings"
	"unicode"
)

// What fansubbers call the styles of songs, of signs, and of talk that may be moved out of a sign's way.
var (
	songStyles = words("op ed opening ending song songs insert karaoke kara lyric lyrics romaji romanji kanji opkara edkara theme")
	signStyles = words("sign signs ts typeset typesetting typesets title titles titlecard screen onscreen caption captions eyecatch " +
		"nextep card letter note notes logo text cartel cartels carteles napis napisy")
	talkStyles = words("default main dialogue dialog dialogues top alt alternate italic italics internal thought thoughts narrator " +
		"narration flashback overlap subtitle subtitles normal standard regular")
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// assKind guesses what an event is. The style's name goes before what is in the text; a place alone makes a sign only of what is
// not styled as talk, for talk is moved out of a sign's way.
func assKind(e event, o override) Kind {
	style := styleWords(e.style)
	switch {
	case anyOf(style, songStyles), o.karaoke, strings.HasPrefix(e.effect, "karaoke"), strings.ContainsAny(o.text, notes):
		return Song
	case anyOf(style, signStyles), o.drawn, o.moved, o.pos && !anyOf(style, talkStyles):
		return Sign
	}
	return Dialogue
}

// styleWords parts a style's name into lower-case words: "OP1-Romaji" is op and romaji, "SignsTop" signs and top.
func styleWords(style string) []string {
	var b strings.Builder
	lower := false
	for _, r := range style {
		if !unicode.IsLetter(r) || unicode.IsUpper(r) && lower {
			b.WriteByte(' ')
		}
		if lower = unicode.IsLower(r); unicode.IsLetter(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Fields(b.String())
}

func anyOf(have []string, set map[string]bool) bool {
	for _, w := range have {
		if set[w] {
			return true
		}
	}
	return false
}
