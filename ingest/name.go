package ingest

import (
	"path"
	"regexp"
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

var (
	stream = regexp.MustCompile(`^\d{5}$`)
	copied = regexp.MustCompile(`^\d$`)
	letter = regexp.MustCompile(`[\p{L}\p{N}]`)
	vob    = regexp.MustCompile(`(?i)^vts_(\d\d)_(\d)$`)
)

// NameOf reads source, season, episode, version and group from a file's name, and from its folders where the name alone says too
// little ("Title/Season 2/07.mkv"). Paths of any system are read. What is no episode says in its number what it is: "OVA 2", "SP 1",
// "NCOP 1a", "Movie 3". Time grows with the path's length, whatever it holds.
func NameOf(name string) catalog.Name {
	folders, stem := split(name)
	n := fromStem(stem)
	fromFolders(folders, &n)
	if n.Source == "" {
		return catalog.Name{Source: untitled(stem)}
	}
	return n
}

// split parts a path into its folders, the nearest first, and its base without extension.
func split(name string) (folders []string, stem string) {
	parts := strings.Split(strings.ReplaceAll(name, `\`, "/"), "/")
	base := parts[len(parts)-1]
	for i := len(parts) - 2; i >= 0 && len(folders) < deepest; i-- {
		if !strings.HasSuffix(parts[i], ":") {
			folders = append(folders, normal(parts[i]))
		}
	}
	return folders, normal(strings.TrimSuffix(base, path.Ext(base)))
}

func untitled(stem string) string {
	if stem = tidy(stem); stem != "" {
		return stem
	}
	return "untitled"
}

// fromStem reads a file's own name. The source stays empty where it is for the folders to tell.
func fromStem(stem string) catalog.Name {
	if n, ok := fromDisc(stem); ok {
		return n
	}
	w := unpack(stem)
	n := catalog.Name{Group: w.group}
	text := takeNumber(&w, &n)
	if n.Season > 0 {
		text = takeCount(text)
	}
	if n.Number != "" {
		text = looseTail.ReplaceAllString(discEnd.ReplaceAllString(text, ""), "")
	}
	if n.Version == 0 {
		n.Version = w.version
	}
	text = takeFilm(takeKind(text, &n), &n)
	if inside := w.titleInside(); !letter.MatchString(text) && inside != "" {
		text = inside
	}
	n.Source = takeSeason(text, &n)
	return n
}

// takeNumber asks first what says that it is a number, then what stands in brackets, then what may be one. A lone figure in brackets
// counts last: downloaders tell copies apart by it.
func takeNumber(w *words, n *catalog.Name) string {
	text, _ := take(w.text, sure, n)
	for _, s := range w.inside {
		if !copied.MatchString(s) {
			takeInside(s, n)
		}
	}
	if n.Number == "" {
		text, _ = take(text, likely, n)
	}
	for _, s := range w.inside {
		takeInside(s, n)
	}
	return text
}

// fromDisc numbers the files of discs, which tell nothing but their place on the disc.
func fromDisc(stem string) (catalog.Name, bool) {
	if stream.MatchString(stem) {
		return catalog.Name{Number: "Stream " + episode(stem)}, true
	}
	if m := vob.FindStringSubmatch(stem); m != nil {
		return catalog.Name{Number: "VTS " + episode(m[1]) + "." + m[2]}, true
	}
	return catalog.Name{}, false
}
