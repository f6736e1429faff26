package ingest

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

var (
	leadGroup = regexp.MustCompile(`^\s*\[([^\]]*)\]\s*`)
	brackets  = regexp.MustCompile(`\s*[\[({【][^\])}】]*[\])}】]\s*`)
	seasonEp  = regexp.MustCompile(`(?i)(?:^|[\s.-])s(\d{1,2})[\s.]?e(\d{1,4}(?:\.\d)?)(?:v(\d))?\b`)
	dashEp    = regexp.MustCompile(`(?i)\s+-\s+(?:(?:ep?|episode|#)\s*)?(\d{1,4}(?:\.\d)?)(?:v(\d))?(?:\s+-\s.*|\s+end)?\s*$`)
	wordEp    = regexp.MustCompile(`(?i)[\s-]+(?:ep\.?|episode|e|#)\s*(\d{1,4}(?:\.\d)?)(?:v(\d))?\b.*$`)
	trailEp   = regexp.MustCompile(`(?i)\s+(\d{2,3})(?:v(\d))?\s*$`)
	onlyEp    = regexp.MustCompile(`(?i)^(?:(?:ep?|episode|#)\s*)?(\d{1,4}(?:\.\d)?)(?:v(\d))?(?:\s+-\s.*)?$`)
	special   = regexp.MustCompile(`(?i)[\s-]+(OVA|OAV|ONA|SP|special|NCOP|NCED)\s*(\d{0,3})(?:v(\d))?\s*$`)
	seasonDir = regexp.MustCompile(`(?i)^(?:season|series|s)\s*(\d{1,2})$`)
	seasonEnd = regexp.MustCompile(`(?i)\s+(?:(?:season|series)\s*(\d{1,2})|s(\d{1,2}))$`)
	noise     = regexp.MustCompile(`(?i)\b(?:1080p|720p|480p|2160p|4k|x26[45]|h\.?26[45]|hevc|avc|bluray|bdrip|webrip|web-dl|dvdrip|hdtv|10bit|8bit|aac|flac|dual audio|multi-?subs?)\b.*$`)
)

// NameOf reads source, season, episode, version and group from a file's name, and from its folders where the name alone says too
// little ("Title/Season 2/07.mkv").
func NameOf(path string) catalog.Name {
	path = strings.ReplaceAll(path, `\`, "/")
	dir, base := filepath.Split(path)
	n, stem := catalog.Name{}, strings.TrimSuffix(base, filepath.Ext(base))
	stem, n.Group = takeGroup(stem)
	stem = plain(stem)
	stem = takeEpisode(stem, &n)
	if stem == "" {
		stem = fromFolders(dir, &n)
	}
	if m := seasonEnd.FindStringSubmatch(stem); m != nil && n.Season == 0 {
		n.Season = number(m[1] + m[2])
		stem = strings.TrimSpace(stem[:len(stem)-len(m[0])])
	}
	if n.Source = stem; stem == "" {
		n.Source = strings.TrimSpace(strings.TrimSuffix(base, filepath.Ext(base)))
	}
	if n.Source == "" {
		n.Source = base
	}
	return n
}

func takeGroup(stem string) (rest, group string) {
	m := leadGroup.FindStringSubmatch(stem)
	if m == nil || strings.TrimSpace(stem[len(m[0]):]) == "" {
		return stem, ""
	}
	return stem[len(m[0]):], strings.TrimSpace(m[1])
}

// plain drops what stands in brackets, and the dots and underscores that stand for blanks.
func plain(stem string) string {
	if bare := strings.TrimSpace(brackets.ReplaceAllString(stem, " ")); bare != "" {
		stem = bare
	}
	stem = strings.ReplaceAll(stem, "_", " ")
	if !strings.Contains(stem, " ") {
		stem = strings.ReplaceAll(stem, ".", " ")
	}
	if cut := strings.TrimSpace(noise.ReplaceAllString(stem, "")); cut != "" {
		stem = cut
	}
	return strings.Trim(strings.Join(strings.Fields(stem), " "), " -")
}

// takeEpisode takes the episode out of a stem, the surest shapes first.
func takeEpisode(stem string, n *catalog.Name) string {
	if m := seasonEp.FindStringSubmatchIndex(stem); m != nil {
		n.Season, n.Number, n.Version = number(group(stem, m, 1)), episode(group(stem, m, 2)), number(group(stem, m, 3))
		return strings.Trim(stem[:m[0]], " -.")
	}
	if m := special.FindStringSubmatchIndex(stem); m != nil {
		n.Number = strings.TrimSpace(strings.ToUpper(group(stem, m, 1)) + " " + episode(group(stem, m, 2)))
		n.Version = number(group(stem, m, 3))
		return strings.Trim(stem[:m[0]], " -")
	}
	for _, shape := range []*regexp.Regexp{dashEp, onlyEp, wordEp, trailEp} {
		if m := shape.FindStringSubmatchIndex(stem); m != nil {
			n.Number, n.Version = episode(group(stem, m, 1)), number(group(stem, m, 2))
			return strings.Trim(stem[:m[0]], " -")
		}
	}
	return stem
}

// fromFolders takes the title from the nearest folder that is not just a season.
func fromFolders(dir string, n *catalog.Name) string {
	for range 2 {
		dir = strings.TrimRight(dir, "/")
		name := plain(filepath.Base(dir))
		m := seasonDir.FindStringSubmatch(name)
		if m == nil {
			if dir == "" || name == "." || name == "" {
				return ""
			}
			return name
		}
		n.Season = number(m[1])
		dir = filepath.Dir(dir)
	}
	return ""
}

func group(s string, m []int, i int) string {
	if m[2*i] < 0 {
		return ""
	}
	return s[m[2*i]:m[2*i+1]]
}

// episode drops the zeros before a number: 07 is 7.
func episode(s string) string {
	if t := strings.TrimLeft(s, "0"); t != "" && t[0] != '.' {
		return t
	} else if s != "" {
		return "0" + t
	}
	return ""
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
