package subtitles

import (
	"math"
	"strings"
	"unicode"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// encodings are the legacy charsets that subtitles come in.
var encodings = map[string]encoding.Encoding{
	"windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251, "windows-1252": charmap.Windows1252,
	"windows-1253": charmap.Windows1253, "windows-1254": charmap.Windows1254, "windows-1255": charmap.Windows1255,
	"windows-1256": charmap.Windows1256, "windows-874": charmap.Windows874, "iso-8859-2": charmap.ISO8859_2,
	"koi8-r": charmap.KOI8R, "ibm866": charmap.CodePage866, "iso-8859-5": charmap.ISO8859_5,
	"shift_jis": japanese.ShiftJIS, "euc-jp": japanese.EUCJP, "iso-2022-jp": japanese.ISO2022JP,
	"gb18030": simplifiedchinese.GB18030, "big5": traditionalchinese.Big5, "euc-kr": korean.EUCKR,
}

// alphabets are the letters beyond ASCII that a language writes, the most frequent first. What a file's high bytes are is judged by
// how well they fit one of these under a charset: "³" in a word is no French, but "ł" in its place is Polish.
var alphabets = []struct {
	charsets string
	letters  string
}{
	{"windows-1250 iso-8859-2", "łęąóżśćńź"},         // Polish
	{"windows-1250 iso-8859-2", "íáéěřšžčýůúťďňó"},   // Czech
	{"windows-1250 iso-8859-2", "áíéčšžťúýľôňďóäĺŕ"}, // Slovak
	{"windows-1250 iso-8859-2", "áéőóöüűíú"},         // Hungarian
	{"windows-1250 iso-8859-2", "šžčćđ"},             // Croatian, Slovene
	{"windows-1250 iso-8859-2", "ăţîşâ"},             // Romanian
	{"windows-1252", "éèàêçôâîùûœëï"},                // French
	{"windows-1252", "üäöß"},                         // German
	{"windows-1252", "óáéíñú¿¡ü"},                    // Spanish
	{"windows-1252", "ãéáçíêóàõúâô"},                 // Portuguese
	{"windows-1252", "èàòùìé"},                       // Italian
	{"windows-1252", "äåö"},                          // Swedish, Finnish
	{"windows-1252", "åøæé"},                         // Danish, Norwegian
	{"windows-1252", "íáðéóæþúýö"},                   // Icelandic
	{"windows-1252", "éëïè"},                         // Dutch
	{"windows-1254", "ıişğüçö"},                      // Turkish
	{"windows-1251 koi8-r ibm866 iso-8859-5", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"}, // Russian
	{"windows-1251", "оаинвтеріскдлумпзягьибчхйжїцюєшщф"},                          // Ukrainian
	{"windows-1251", "аоиетнрсвлдкпмзубъгчщяйжцшхюф"},                              // Bulgarian
	{"windows-1251", "аоиенрјстувдкмлпзгбчшцћжхњљђфџ"},                             // Serbian
	{"windows-1253", "αοιετνσηρπκμλςυάόίωδγέήθχύβφώξζψ"},                           // Greek
	{"windows-1255", "יוהלאתרמבשנםעדחקןפכצגסטזךףץ"},                                // Hebrew
	{"windows-1256", "الينمرتوبعدهسفكقحجةشصىخأطذزضغئءظثإ"},                         // Arabic
	{"windows-874", "านรอกเง่้มยลวดทสตะปบัีิคหุ์จพชแขใไ็ำโูถซผืศึธ"},               // Thai
}

// Log likelihoods of a byte, about as natural logarithms.
const (
	alien = -7.0 // a letter or sign that the language has not
	quote = -4.0 // typography, which every language has and the code pages place alike
)

// detect names the charset that data, which is no UTF-8, reads best in.
func detect(data []byte) string {
	best, top := "windows-1252", math.Inf(-1)
	hint := hints(data)
	for _, name := range candidates {
		var score float64
		if walk, ok := doubleBytes[name]; ok {
			score = walk.score(data)
		} else {
			score = singleBytes(name, data)
		}
		if score += hint[name]; score > top {
			best, top = name, score
		}
	}
	return best
}

// candidates in the order in which a tie is settled.
var candidates = []string{
	"windows-1252", "windows-1250", "windows-1251", "shift_jis", "gb18030", "big5", "euc-kr", "euc-jp", "iso-8859-2", "koi8-r", "ibm866",
	"iso-8859-5", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-874",
}

// hints is what chardet thinks. It knows whole languages and needs much text, so it only settles what letters leave open: a quarter
// of a likelihood at most.
func hints(data []byte) map[string]float64 {
	found, err := chardet.NewTextDetector().DetectAll(data)
	if err != nil || len(data) < 64 {
		return nil
	}
	hint := map[string]float64{}
	for _, r := range found {
		name := strings.ToLower(r.Charset)
		name = map[string]string{"gb-18030": "gb18030", "iso-8859-1": "windows-1252", "iso-8859-9": "windows-1254", "iso-8859-7": "windows-1253"}[name] + name
		for known := range encodings {
			if strings.HasPrefix(name, known) {
				hint[known] = max(hint[known], 0.25*float64(r.Confidence)/100)
			}
		}
	}
	hint["windows-1250"] = max(hint["windows-1250"], hint["iso-8859-2"]) // where both read the same, the common one it is
	return hint
}

// singleBytes is the mean likelihood of data's high bytes in a charset of single bytes, in the language that fits best.
func singleBytes(name string, data []byte) float64 {
	text := []rune(string(transcode(data, encodings[name])))
	best := math.Inf(-1)
	for _, a := range alphabets {
		if strings.Contains(a.charsets, name) {
			best = max(best, fit([]rune(a.letters), text))
		}
	}
	return best
}

// fit is the mean log likelihood of text's letters beyond ASCII, when letters are as frequent as their rank says.
func fit(letters, text []rune) float64 {
	p := map[rune]float64{}
	var harmonic float64
	for i := range letters {
		harmonic += 1 / float64(i+2)
	}
	for i, r := range letters {
		p[r] = math.Log(1 / float64(i+2) / harmonic)
	}
	sum, n := 0.0, 0
	for i, r := range text {
		if r < 0x80 {
			continue
		}
		sum, n = sum+likelihood(p, r, around(text, i-1), around(text, i+1)), n+1
	}
	return sum / float64(max(1, n))
}

func asciiLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

func around(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return ' '
	}
	return text[i]
}

// likelihood of one character between two others. A capital after a small letter is no language.
func likelihood(p map[rune]float64, r, before, after rune) float64 {
	if r >= 0x370 && unicode.IsLetter(r) && (asciiLetter(before) || asciiLetter(after)) {
		return alien // no word is in two scripts
	}
	if v, ok := p[r]; ok {
		if r < 0x370 && before >= 0xc0 && unicode.IsLetter(before) {
			v -= 1.5 // accented letters rarely come in runs; those of other scripts always do
		}
		return v
	}
	if v, ok := p[unicode.ToLower(r)]; ok && unicode.IsUpper(r) {
		if unicode.IsLower(before) {
			return alien
		}
		return v - 1
	}
	inWord := unicode.IsLetter(before) && unicode.IsLetter(after)
	if strings.ContainsRune("„”“’‘…–—«»♪\u00a0", r) && (!inWord || r == '’') {
		return quote
	}
	if r == '\ufffd' || unicode.IsControl(r) {
		return 2 * alien
	}
	return alien
}
