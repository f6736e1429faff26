package subtitles

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// ParseLanguage turns what files and containers call a language into its ISO 639-1 code, or 639-3 where there is no shorter one:
// "pol", "pl", "pl-PL", "PL_pl", "Polish" and "polski" are "pl". It is "" for what is no language, and for "und".
func ParseLanguage(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if code, ok := names[tag]; ok {
		return code
	}
	if len(tag) < 2 || len(tag) > 20 {
		return ""
	}
	t, err := language.Parse(strings.ReplaceAll(tag, "_", "-"))
	if err != nil {
		return ""
	}
	base, sure := t.Base()
	if code := base.String(); sure == language.Exact && code != "und" && code != "mul" && code != "zxx" {
		return code
	}
	return ""
}

// common are the languages that subtitles and songs are met in; text is taken for no other.
var common = map[whatlanggo.Lang]bool{
	whatlanggo.Eng: true, whatlanggo.Pol: true, whatlanggo.Deu: true, whatlanggo.Fra: true, whatlanggo.Spa: true, whatlanggo.Ita: true,
	whatlanggo.Por: true, whatlanggo.Nld: true, whatlanggo.Swe: true, whatlanggo.Dan: true, whatlanggo.Nob: true, whatlanggo.Fin: true,
	whatlanggo.Ces: true, whatlanggo.Hun: true, whatlanggo.Ron: true, whatlanggo.Tur: true, whatlanggo.Ind: true, whatlanggo.Vie: true,
	whatlanggo.Rus: true, whatlanggo.Ukr: true, whatlanggo.Bul: true, whatlanggo.Srp: true, whatlanggo.Hrv: true,
	whatlanggo.Arb: true, whatlanggo.Pes: true, whatlanggo.Heb: true, whatlanggo.Hin: true,
}

// names are what people write: English and native names, and codes that no standard has or that mean something else in a file's name.
var names = languageNames()

func languageNames() map[string]string {
	m := map[string]string{
		"jp": "ja", "jap": "ja", "cn": "zh", "chs": "zh", "cht": "zh", "sc": "zh", "tc": "zh", "chi": "zh", "cmn": "zh", "gb": "zh", "big5": "zh",
		"kr": "ko", "ua": "uk", "cz": "cs", "cze": "cs", "dk": "da", "se": "sv", "gr": "el", "br": "pt", "pob": "pt", "ptbr": "pt", "pb": "pt",
		"ger": "de", "fre": "fr", "vostfr": "fr", "dut": "nl", "gre": "el", "per": "fa", "rum": "ro", "slo": "sk", "ice": "is", "may": "ms",
		"arb": "ar", "pes": "fa", "nob": "no", "nno": "no", "nb": "no", "nn": "no", "spl": "es", "lat": "es", "latino": "es", "castellano": "es", "brazilian": "pt",
		"angielski": "en", "niemiecki": "de", "japoński": "ja", "rosyjski": "ru", "english": "en", "mandarin": "zh", "cantonese": "zh", "farsi": "fa",
	}
	english := display.English.Languages()
	for code := range strings.FieldsSeq("en pl ja de fr es it pt nl sv da no fi cs sk hu ro tr id vi ru uk bg sr hr sl el ar fa he hi ko zh th ms lt lv et is ca") {
		t := language.MustParse(code)
		m[strings.ToLower(english.Name(t))] = code
		m[strings.ToLower(display.Self.Name(t))] = code
	}
	return m
}

const (
	enoughText = 60       // letters, for a language told by its letter groups
	readText   = 16 << 10 // bytes that are looked at
)

// Language guesses the language of lines, dialogue before songs and signs, as ISO 639-1 (639-3 where there is none). It is "" when
// there is too little to go by.
func Language(lines []Line) string {
	text := spoken(lines, true)
	if letters(text) < enoughText {
		text = spoken(lines, false)
	}
	if code := byScript(text); code != "" {
		return code
	}
	if letters(text) < enoughText {
		return ""
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: common})
	if info.Confidence < 0.1 {
		return ""
	}
	return ParseLanguage(info.Lang.Iso6393())
}

// spoken gathers text to judge by, from the whole of the file rather than its head.
func spoken(lines []Line, dialogue bool) string {
	var b strings.Builder
	step := max(1, len(lines)/400)
	for i := 0; i < len(lines) && b.Len() < readText; i += step {
		if l := lines[i]; !dialogue || l.Kind == Dialogue || l.Kind == "" {
			b.WriteString(l.Text[:min(len(l.Text), 1000)])
			b.WriteByte('\n')
		}
	}
	return strings.ToValidUTF8(b.String(), "")
}

func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// scripts that one language, among those met in subtitles, is written in.
var scripts = []struct {
	table *unicode.RangeTable
	code  string
}{
	{unicode.Hangul, "ko"}, {unicode.Thai, "th"}, {unicode.Greek, "el"}, {unicode.Hebrew, "he"}, {unicode.Georgian, "ka"},
	{unicode.Armenian, "hy"}, {unicode.Tamil, "ta"}, {unicode.Bengali, "bn"}, {unicode.Devanagari, "hi"},
}

// byScript tells languages that are known by their letters. Kana among Han make it Japanese; a Han text without is Chinese, if it is
// long enough for kana to have come up.
func byScript(text string) string {
	var all, han, kana int
	count := make([]int, len(scripts))
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		all++
		switch {
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Han, r):
			han++
		case r >= 0x370:
			for i, s := range scripts {
				if unicode.Is(s.table, r) {
					count[i]++
				}
			}
		}
	}
	switch {
	case all == 0:
		return ""
	case kana*20 > all && (kana+han)*2 > all:
		return "ja"
	case han*2 > all && han >= 8:
		return "zh"
	}
	for i, s := range scripts {
		if count[i]*2 > all && all >= 4 {
			return s.code
		}
	}
	return ""
}
