package ingest

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

var (
	kindClean = regexp.MustCompile(`^(?:nc|creditless|clean|textless)\s?`)
	kindNames = map[string]string{
		"ova": "OVA", "oav": "OVA", "ovas": "OVA", "oad": "OAD", "oads": "OAD", "ona": "ONA", "onas": "ONA",
		"sp": "SP", "sps": "SP", "special": "SP", "specials": "SP", "特典": "SP", "特別編": "SP", "extra": "SP", "extras": "SP", "bonus": "SP",
		"featurettes": "SP", "interviews": "SP", "behind the scenes": "SP", "deleted scenes": "SP", "making of": "SP",
		"movie": "Movie", "the movie": "Movie", "劇場版": "Movie", "극장판": "Movie", "op": "OP", "opening": "OP", "ed": "ED", "ending": "ED",
		"vol": "Vol", "vol.": "Vol", "volume": "Vol", "disc": "Disc", "disk": "Disc", "pv": "PV", "pvs": "PV", "cm": "CM", "cms": "CM", "menu": "Menu", "menus": "Menu", "trailer": "Trailer", "trailers": "Trailer",
		"teaser": "Trailer", "preview": "Preview", "previews": "Preview", "web preview": "Preview", "予告": "Preview",
	}
	kanjiDigits = map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
)

// kindOf writes what is no episode the one way: specials are SP, creditless openings NCOP. It is empty for words that name no kind.
func kindOf(word string) string {
	word = strings.ToLower(word)
	bare := kindClean.ReplaceAllString(word, "")
	if kind := kindNames[bare]; bare == word || kind == "" {
		return kindNames[word]
	}
	return "NC" + kindNames[bare]
}

// be says of a number what it counts. What has said so already keeps its word.
func be(n *catalog.Name, kind string) {
	switch {
	case kind == "":
	case n.Number == "":
		n.Number = kind
	case plainNumber(n.Number):
		n.Number = kind + " " + n.Number
	}
}

func plainNumber(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// adopt takes over what brackets say where nothing else did: a number, a number for "OVA", a season.
func adopt(n *catalog.Name, in catalog.Name) {
	switch {
	case n.Number == "":
		n.Number, n.Version = in.Number, in.Version
	case plainNumber(n.Number):
		be(n, kindOf(in.Number))
	case !strings.ContainsAny(n.Number, "0123456789") && plainNumber(in.Number):
		n.Number, n.Version = n.Number+" "+in.Number, in.Version
	}
	if n.Season == 0 {
		n.Season = in.Season
	}
}

// part is group i of a match, empty where the shape has no such group or it took nothing.
func part(s string, m []int, i int) string {
	if m == nil || i < 0 || m[2*i] < 0 {
		return ""
	}
	return s[m[2*i]:m[2*i+1]]
}

// episode drops the zeros before a number: 07 is 7, and so is 七.
func episode(s string) string {
	if n := fromKanji(s); n > 0 {
		return strconv.Itoa(n)
	}
	if t := strings.TrimLeft(s, "0"); t != "" && plainNumber(t) {
		return t
	} else if s != "" {
		return "0" + t
	}
	return ""
}

// number reads figures or kanji; 0 for neither.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return fromKanji(s)
}

// fromKanji reads numbers up to 999: 百二十三 is 123.
func fromKanji(s string) (n int) {
	digit := 0
	for _, r := range s {
		unit := map[rune]int{'十': 10, '百': 100}[r]
		switch {
		case unit > 0:
			n, digit = n+max(digit, 1)*unit, 0
		case kanjiDigits[r] > 0:
			digit = kanjiDigits[r]
		default:
			return 0
		}
	}
	return n + digit
}
