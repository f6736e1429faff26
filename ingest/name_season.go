package ingest

import (
	"regexp"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

const (
	seasonWord = `(?:season|series|saison|staffel|sezon|temporada|stagione|сезон|시즌)`
	seasonNth  = `first|second|third|fourth|fifth|sixth`
	seasonName = `one|two|three|four|five|six`
	roman      = `i|ii|iii|iv|v|vi|vii|viii|ix`
	seasonPart = `(?:[\s-]+(?:part|cour)\s?\d)?$`
)

// marked says of itself that it is a season. implied is one only where an episode follows: "Ferry II" may be a film.
var (
	marked = shapes(
		`(?:^|[\s-]+)`+seasonWord+`\s?(?P<season>\d{1,2})`+seasonPart,
		`(?:^|[\s-]+)s(?P<season>\d{1,2})`+seasonPart,
		`(?:^|[\s-]+)(?P<season>\d)(?:st|nd|rd|th)\s`+seasonWord+seasonPart,
		`(?:^|[\s-]+)(?P<season>`+seasonNth+`)\s`+seasonWord+seasonPart,
		`(?:^|[\s-]+)`+seasonWord+`\s(?P<season>`+seasonName+`)`+seasonPart,
		`[\s-]*第(?P<season>\d{1,2}|`+kanji+`)[期季]$`,
		`(?:^|[\s-]+)(?P<season>\d{1,2})[期기]$`,
		`(?:^|[\s-]+)(?P<season>\d{1,2})(?:ª|º|\.|-?й)?\s(?:temporada|stagione|staffel|sezon|сезон)`+seasonPart,
	)
	// other is a word whose number counts something else than seasons.
	other   = regexp.MustCompile(`(?i)(?:^|\s)(?:part|cour|chapter|act|arc|stage|phase|book|route|zone|vol|volume|no|number|type|code|unit|class)\.?$`)
	implied = shapes(`(?:\s|(?P<glued>[\p{Han}\p{Hiragana}\p{Katakana}ー!]))(?P<season>[2-9]|(?-i:II|III|IV|VI|VII|VIII|IX))$`)
)

// takeSeason takes the season off a title's end.
func takeSeason(title string, n *catalog.Name) string {
	if rest, season, ok := seasonOf(title, marked); ok && rest != "" {
		if n.Season == 0 {
			n.Season = season
		}
		return rest
	}
	if rest, season, ok := seasonOf(title, implied); ok && n.Number != "" && !other.MatchString(rest) && (n.Season == 0 || n.Season == season) {
		n.Season = season
		return rest
	}
	return title
}

func seasonOf(text string, all []*regexp.Regexp) (rest string, season int, ok bool) {
	for _, shape := range all {
		if m := shape.FindStringSubmatchIndex(text); m != nil {
			return before(text, m, shape), ordinal(part(text, m, shape.SubexpIndex("season"))), true
		}
	}
	return text, 0, false
}

// ordinal reads 2, second, II and 二.
func ordinal(s string) int {
	s = strings.ToLower(s)
	if n := number(s); n > 0 {
		return n
	}
	for _, words := range []string{seasonNth, seasonName, roman} {
		if i := slices.Index(strings.Split(words, "|"), s); i >= 0 {
			return i + 1
		}
	}
	return 0
}

// takeInside reads what stands in brackets: it counts only where it is a number or a season and nothing else.
func takeInside(s string, n *catalog.Name) {
	var in catalog.Name
	rest, ok := take(s, sure, &in)
	if !ok {
		rest, ok = take(s, likely, &in)
	}
	if !ok {
		rest, in.Season, ok = seasonOf(s, marked)
	}
	if ok && rest == "" {
		adopt(n, in)
	}
}
