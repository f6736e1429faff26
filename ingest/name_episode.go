package ingest

import (
	"regexp"
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

const (
	figure  = `(?P<n>\d{1,4}(?:\.\d|[a-d])?)` + edition + `(?:[-~+&](?P<to>\d{1,4})(?:v\d)?)?(?:(?:\s?of\s?|\s(?:из|z)\s)\d{1,4})?`
	edition = `(?:\s?v(?P<v>\d))?`
	kanji   = `[一二三四五六七八九十百]{1,5}`
	tail    = `(?:\s+` + soft + `)*(?:(?:\s+-|[.:])\s.*)?$`
	word    = `(?:ep|eps|episode|odcinek|odc|folge|épisode|episodio|episódio|capitulo|capítulo|avsnitt|серия|эпизод)`
	kinds   = `(?:ova|oav|oad|ona|sp|specials?|(?:the\s)?movie|(?:nc|(?:creditless|clean|textless)\s)(?:op|ed|opening|ending)|` +
		`(?-i:OP|ED|PV|CM)|pv|menu|trailer|(?:web\s)?preview|teaser|特典|特別編|予告|劇場版|극장판)`
)

// sure holds the shapes that say of themselves that they number an episode; likely those that do so where nothing else did.
var (
	sure = shapes(
		`(?:^|[\s-])s(?P<season>\d{1,2})[\s-]*(?:ep?\s?|episode\s)(?P<n>\d{1,4}(?:\.\d)?)(?:(?:\s?-?\s?e|-)(?P<to>\d{1,3})\b)?`+edition+`\b`,
		`(?:^|[\s-])(?P<season>\d{1,2})x(?P<n>\d{2,3})`+edition+`(?:[\s-]|$)`,
		`第\s?(?P<n>\d{1,4}(?:\.\d)?|`+kanji+`)\s?[話话回集]`,
		`(?:^|\s)제?\s?(?P<n>\d{1,4}(?:\.\d)?)\s?(?:[話话화회]|\s(?:серия|эпизод|bölüm))`,
		`(?:^|[\s-])s(?P<season>\d{1,2})[\s-]?(?P<kind>`+kinds+`)[\s#-]*(?P<n>\d{1,3})?`+edition+tail,
		`\s-\s(?:(?:`+word+`\.?|e|#)\s?)?`+figure+tail,
		`(?:^|[\s-])(?:`+word+`\.?\s?|#\s?)`+figure+`\b.*$`,
		`(?:^|[\s-]+)(?P<kind>`+kinds+`|vol(?:ume)?\.?|dis[ck])[\s#-]*(?P<n>\d{1,3}(?:\.\d|[a-z])?)`+edition+tail,
		`(?:^|[\s-]+)(?P<kind>`+kinds+`)`+tail,
		`[\s-](?P<kind>movie)\s(?P<n>\d{1,2})\s.*$`,
		`(?:^|\s-\s)(?P<kind>opening|ending)\s?(?P<n>\d{1,2}[a-z]?)`+edition+tail,
	)
	likely = shapes(
		`^(?:e|#|(?:title|track|vol\.?|volume)\s?t?)?\s?`+figure+`(?:`+tail+`|\.\s.*$)`,
		`(?:^|[\s-])e(?P<n>\d{2,4})`+edition+`\b.*$`,
		`\s(?P<n>\d{1,3})\s?[-~]\s?(?P<to>\d{2,3})`+tail,
		`\st(?P<n>\d{2})$`,
		`(?P<glued>[^\d\s-])-(?P<n>\d{2,4})`+edition+tail,
		`\s(?P<n>\d{2,3}|[03-9]\d{3}|1[0-8]\d\d|2[1-9]\d\d)`+edition+tail,
		`\s(?P<n>0\d{1,2})`+edition+`\s.*$`,
	)
	kindEnd  = regexp.MustCompile(`(?i)[\s-]+(` + kinds + `)$`)
	filmWord = regexp.MustCompile(`(?i)^(?:gekijou?ban|eiga|劇場版|映画)\s*`)
	absolute = regexp.MustCompile(`\s-\s\d{2,4}$`)
	lateYear = regexp.MustCompile(`([^\s-])\s(?:19[3-9]\d|20[0-4]\d)$`)
)

func shapes(patterns ...string) (all []*regexp.Regexp) {
	for _, p := range patterns {
		all = append(all, regexp.MustCompile(`(?i)`+p))
	}
	return all
}

// take takes the first shape that fits out of a text. What follows it is the episode's title, which nobody asks for.
func take(text string, all []*regexp.Regexp, n *catalog.Name) (rest string, ok bool) {
	for _, shape := range all {
		if m := shape.FindStringSubmatchIndex(text); m != nil {
			fill(n, func(name string) string { return part(text, m, shape.SubexpIndex(name)) })
			return before(text, m, shape), true
		}
	}
	return text, false
}

// before is what stands before a match. A shape that can tell itself only by the letter before it gives that back as glued.
func before(text string, m []int, shape *regexp.Regexp) string {
	return tidy(text[:m[0]] + part(text, m, shape.SubexpIndex("glued")))
}

// fill writes down what a shape found. Season 0 is what media servers call the specials.
func fill(n *catalog.Name, found func(name string) string) {
	n.Number, n.Version = episode(found("n")), number(found("v"))
	if to := episode(found("to")); to != "" {
		n.Number += "-" + to
	}
	if season := found("season"); season != "" {
		if n.Season = number(season); n.Season == 0 {
			be(n, "SP")
		}
	}
	if kind := found("kind"); kind != "" {
		be(n, kindOf(kind))
	}
}

// takeKind takes the kind of an episode that stands before its number: "OVA - 02".
func takeKind(text string, n *catalog.Name) string {
	if m := kindEnd.FindStringSubmatchIndex(text); m != nil && plainNumber(n.Number) {
		be(n, kindOf(text[m[2]:m[3]]))
		return tidy(text[:m[0]])
	}
	return text
}

// takeCount takes what may stand between a title and its season: the year of release, and the number that counts all seasons through.
func takeCount(text string) string {
	return tidy(lateYear.ReplaceAllString(absolute.ReplaceAllString(text, ""), "$1"))
}

// takeFilm knows Japanese films by the word before their title; what they are called beyond it is cut as an episode's title is.
func takeFilm(text string, n *catalog.Name) string {
	m := filmWord.FindString(text)
	if m == "" || m == text {
		return text
	}
	text, _, _ = strings.Cut(text[len(m):], " - ")
	if n.Number == "" || plainNumber(n.Number) {
		be(n, "Movie")
	}
	return tidy(text)
}
