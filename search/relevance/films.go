package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/subtitles"
)

// film is subtitles of one film, in several languages.
type film struct {
	name   string
	tracks map[string][]subtitles.Line
}

// langAt is where a name of subtitles says its language, behind the film's.
var langAt = regexp.MustCompile(`^(.+)[.-]([a-z]{2,3})\.(srt|vtt)$`)

// readFilms reads every file of subtitles below a folder; one that cannot be read is an error.
func readFilms(dir string) (all []film, lines int, err error) {
	of := map[string]map[string][]subtitles.Line{}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		m := langAt.FindStringSubmatch(filepath.Base(path))
		if err != nil || m == nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		doc, err := subtitles.Parse(data, m[3])
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		lang := subtitles.ParseLanguage(m[2])
		subtitles.SetLanguages(doc.Lines, lang)
		if of[m[1]] == nil {
			of[m[1]] = map[string][]subtitles.Line{}
		}
		of[m[1]][lang], lines = doc.Lines, lines+len(doc.Lines)
		return nil
	})
	for name, tracks := range of {
		all = append(all, film{name, tracks})
	}
	slices.SortFunc(all, func(a, b film) int { return cmp.Compare(a.name, b.name) })
	return all, lines, err
}

// shelved is a line of a language, with its film.
type shelved struct {
	subtitles.Line
	film   string
	vector meaning.Vector
}

// filmTable asks for what is said in films in one language, and tells how often what is said at that moment in another comes among the first
// five of all films' lines in it. Lines of a word or two, which are said again and again, are not asked for.
func filmTable(m *meaning.Models, dir string) (string, error) {
	films, lines, err := readFilms(dir)
	if err != nil {
		return "", err
	}
	shelves := map[string][]shelved{}
	for _, f := range films {
		for _, lang := range languagesOf(f) {
			track := make([]meaning.Line, len(f.tracks[lang]))
			for i, l := range f.tracks[lang] {
				track[i] = meaning.Line{Text: l.Text, Lang: l.Lang}
			}
			vectors, err := m.Lines(nothingStops, track)
			if err != nil {
				return "", fmt.Errorf("%s in %s: %w", f.name, lang, err)
			}
			for i, l := range f.tracks[lang] {
				shelves[lang] = append(shelves[lang], shelved{l, f.name, vectors[i]})
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d lines of %d films.\n\n| asked in, among lines in | asked | lines | at the first place | among the first five |\n| --- | --- | --- | --- | --- |\n", lines, len(films))
	for _, from := range []string{"en", "pl", "ja", "de"} {
		for _, to := range []string{"en", "pl", "ja", "de", "fr", "es", "ru"} {
			if err := amongFilms(&b, m, films, shelves, from, to); err != nil {
				return "", err
			}
		}
	}
	return b.String(), nil
}

func languagesOf(f film) (all []string) {
	for lang := range f.tracks {
		all = append(all, lang)
	}
	slices.Sort(all)
	return all
}

func amongFilms(b *strings.Builder, m *meaning.Models, films []film, shelves map[string][]shelved, from, to string) error {
	asked, first, five := 0, 0, 0
	for _, f := range films {
		if from == to || f.tracks[to] == nil {
			continue
		}
		for _, l := range f.tracks[from] {
			if len(strings.Fields(l.Text)) < 4 && from != "ja" || len(l.Text) < 18 || !translated(l, f.tracks[to]) {
				continue
			}
			q, err := m.Query(l.Text, from)
			if err != nil {
				return err
			}
			at := placeOf(&q, shelves[to], f.name, l)
			asked++
			if at == 0 {
				first++
			}
			if at < 5 {
				five++
			}
		}
	}
	if asked > 0 {
		n := float64(asked)
		fmt.Fprintf(b, "| %s, %s | %d | %d | %s | %s |\n", from, to, asked, len(shelves[to]), short(float64(first)/n), short(float64(five)/n))
	}
	return nil
}

func translated(l subtitles.Line, others []subtitles.Line) bool {
	return slices.ContainsFunc(others, func(o subtitles.Line) bool { return atOnce(l, o) })
}

func atOnce(a, b subtitles.Line) bool {
	return 2*a.Range().Overlap(b.Range()) >= min(a.Range().Length(), b.Range().Length())
}

// placeOf is how many lines are nearer than the nearest that is said at the moment of l.
func placeOf(q *meaning.Query, lines []shelved, name string, l subtitles.Line) (at int) {
	best, scores := float32(-1e9), make([]float32, len(lines))
	for i := range lines {
		if scores[i] = q.Score(&lines[i].vector); lines[i].film == name && atOnce(l, lines[i].Line) {
			best = max(best, scores[i])
		}
	}
	for _, s := range scores {
		if s > best {
			at++
		}
	}
	return at
}
