package search

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
)

// choose leaves the episodes of a source, of a number or name, and of a range of numbers.
func choose(all []catalog.Episode, q Query) ([]catalog.Episode, error) {
	chosen := all
	if q.Source != "" {
		wanted := index.Fold(q.Source)
		chosen = keep(chosen, func(e catalog.Episode) bool { return strings.Contains(index.Fold(e.Name.Source), wanted) })
	}
	if q.Episode != "" {
		chosen = called(chosen, q.Episode)
	}
	if q.First > 0 || q.Last > 0 {
		chosen = keep(chosen, q.numbered)
	}
	if len(chosen) == 0 && (q.Source != "" || q.Episode != "" || q.First > 0 || q.Last > 0) {
		return nil, ErrNoEpisode
	}
	return chosen, nil
}

// numbered tells whether e has a number of the range. Films and OVAs have none.
func (q Query) numbered(e catalog.Episode) bool {
	first, last, ok := reach(e.Name.Number)
	return ok && last >= q.First && (q.Last <= 0 || first <= q.Last)
}

// called takes name for a number where an episode has it, then for a season and number, then for a source and number, else for part of
// a file's name. What is a number is never part of a name: 7 is not meant to find 17 or 720p.
func called(all []catalog.Episode, name string) []catalog.Episode {
	name = strings.TrimSpace(index.Fold(name))
	ways := []func(catalog.Name) bool{
		func(n catalog.Name) bool { return n.Number != "" && holds(n.Number, name) },
		func(n catalog.Name) bool { return inSeason(n, name) },
		func(n catalog.Name) bool { return ofSource(n, name) },
	}
	for _, is := range ways {
		if out := keep(all, func(e catalog.Episode) bool { return is(e.Name) }); len(out) > 0 {
			return out
		}
	}
	if digits.MatchString(name) || seasonal.MatchString(name) {
		return nil
	}
	return keep(all, func(e catalog.Episode) bool { return strings.Contains(index.Fold(fileName(e.Path)), name) })
}

var (
	digits   = regexp.MustCompile(`^\d+(\.\d+)?$`)
	seasonal = regexp.MustCompile(`^(?:s(\d{1,3})[ .]?e|(\d{1,3})x)(\d{1,4}(?:\.\d+)?)$`)
	counted  = regexp.MustCompile(`^(?:episode|ep|e|#)[ .]?(\d+(?:\.\d+)?)$`)
)

// number is an episode's number without what is written or not: 07 and ep 7 are 7, ova 1 is OVA 1.
func number(s string) string {
	s = strings.TrimSpace(index.Fold(s))
	if m := counted.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if !digits.MatchString(s) {
		return s
	}
	if s = strings.TrimLeft(s, "0"); strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "" || s[0] == '.' {
		s = "0" + s
	}
	return s
}

// inSeason reads S02E01 and 2x01. Where no season is known, it is the first.
func inSeason(n catalog.Name, name string) bool {
	m := seasonal.FindStringSubmatch(name)
	if m == nil || n.Number == "" {
		return false
	}
	season, err := strconv.Atoi(m[1] + m[2])
	return err == nil && season == max(n.Season, 1) && holds(n.Number, m[3])
}

// ofSource reads "Alpha 7", "Alpha - 07" and "Alpha S01E07": part of a source, then one of its numbers.
func ofSource(n catalog.Name, name string) bool {
	source := index.Fold(n.Source)
	for i, r := range name {
		if r != ' ' || n.Number == "" {
			continue
		}
		part, rest := strings.TrimRight(name[:i], " -"), strings.TrimSpace(name[i:])
		if part != "" && strings.Contains(source, part) && (holds(n.Number, rest) || inSeason(n, rest)) {
			return true
		}
	}
	return false
}

// fileName is the last part of a path of any system: a library moves between them.
func fileName(p string) string { return path.Base(strings.ReplaceAll(p, `\`, "/")) }

func keep(all []catalog.Episode, wanted func(catalog.Episode) bool) (out []catalog.Episode) {
	for _, e := range all {
		if wanted(e) {
			out = append(out, e)
		}
	}
	return out
}

// ids is never nil, for that would ask for every episode.
func ids(episodes []catalog.Episode) []int64 {
	out := make([]int64, len(episodes))
	for i, e := range episodes {
		out[i] = e.ID
	}
	return out
}

func byID(episodes []catalog.Episode) map[int64]*catalog.Episode {
	out := make(map[int64]*catalog.Episode, len(episodes))
	for i := range episodes {
		out[episodes[i].ID] = &episodes[i]
	}
	return out
}
