package ingest

import (
	"regexp"
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

// deepest is how many folders above a file may tell of it: Title/Season 2/Disc 1/BDMV/STREAM.
const deepest = 6

var (
	passing    = regexp.MustCompile(`(?i)^(?:(?:disc|disk|cd|dvd|bd|vol(?:ume)?\.?|part|cour)\s?\d*|bdmv|stream|video_?ts|video ts|movies?|films?|episodes|videos?)$`)
	discEnd    = regexp.MustCompile(`(?i)[\s-]+(?:disc|disk|cd|dvd|bd|vol(?:ume)?\.?)\s?\d{1,2}$`)
	batch      = regexp.MustCompile(`(?i)[\s-]+(?:\d{1,4}\s?[-~]\s?\d{1,4}|s\d{1,2}\s?[-~+]\s?s?\d{1,2})(?:\s.*)?$|\s\+\s.*$|[\s-]+(?:the\s)?complete(?:\s(?:series|collection|box))?$`)
	seasonDash = regexp.MustCompile(`(?i)^(` + seasonWord + `\s?\d{1,2}|s\d{1,2})\s+-\s.*$`)
)

// fromFolders fills in what a file's own name leaves open, folder by folder up to the one that bears a title.
func fromFolders(folders []string, n *catalog.Name) {
	for _, folder := range folders {
		name := unpack(folder).text
		if name = seasonDash.ReplaceAllString(name, "$1"); name == "" && noisy(folder) {
			continue
		}
		if !fromPart(name, n) {
			fromShow(folder, n)
			return
		}
	}
}

// fromPart reads a folder that holds a part of a show: a season, its specials, a disc.
func fromPart(name string, n *catalog.Name) bool {
	if rest, season, ok := seasonOf(name, marked); ok && rest == "" {
		inSeason(season, n)
		return true
	}
	kind := kindOf(name)
	switch {
	case passing.MatchString(name):
	case kind == "":
		return false
	case n.Season == 0:
		inKind(kind, n)
	}
	return true
}

// inSeason puts an episode into its folder's season. A name without a number is then an episode's title, and the show's is above.
func inSeason(season int, n *catalog.Name) {
	if season == 0 {
		inKind("SP", n)
		return
	}
	if n.Number == "" {
		n.Source = ""
	}
	if n.Season == 0 {
		n.Season = season
	}
}

func inKind(kind string, n *catalog.Name) {
	if n.Number == "" && kind == "SP" {
		n.Source = ""
	}
	be(n, kind)
}

// fromShow takes over what the folder of a show says: everything where the file says nothing, else what belongs to the same title.
func fromShow(folder string, n *catalog.Name) {
	w := unpack(folder)
	show := catalog.Name{Number: n.Number, Group: w.group}
	for _, s := range w.inside {
		takeInside(s, &show)
	}
	title := batch.ReplaceAllString(discEnd.ReplaceAllString(w.text, ""), "")
	if title = takeFilm(title, &catalog.Name{}); title == "" {
		title = w.titleInside()
	}
	if show.Source = takeSeason(title, &show); n.Source == "" {
		n.Source = show.Source
	}
	if !strings.EqualFold(n.Source, show.Source) {
		return
	}
	if n.Season == 0 {
		n.Season = show.Season
	}
	if n.Group == "" {
		n.Group = show.Group
	}
}
