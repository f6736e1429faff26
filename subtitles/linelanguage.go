package subtitles

import "unicode"

// SetLanguages gives lines that do not say their language that of their track, however short they are ("No!"), but for those whose letters say
// otherwise: the Japanese songs of an English track, and a long English line of a Japanese one.
func SetLanguages(lines []Line, track string) {
	for i := range lines {
		if l := &lines[i]; l.Lang == "" {
			l.Lang = languageIn(track, l.Text)
		}
	}
}

// unlatin are languages whose lines are in other letters than Latin ones.
var unlatin = words("ja zh ko th el he ka hy ta bn hi ru uk bg ar fa")

// languageIn is the language of a line of a track.
func languageIn(track, text string) string {
	all, latin, kana, han := 0, 0, 0, 0
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r):
			continue
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Han, r):
			han++
		}
		all++
	}
	switch {
	case track == "" || all == 0, track == "zh" && 2*(han+kana) > all, track == "ja" && 2*(han+kana) > all:
		return track
	case kana > 0 && 2*(kana+han) > all:
		return "ja"
	}
	own := ""
	switch {
	case 2*latin <= all:
		own = byScript(text)
	case unlatin[track]:
		own = Language([]Line{{Text: text}})
	}
	if own == "" {
		return track
	}
	return own
}
