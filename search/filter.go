package search

import (
	"context"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
)

// choose leaves the episodes of a source and of a number or name.
func choose(all []catalog.Episode, source, episode string) ([]catalog.Episode, error) {
	chosen := all
	if source != "" {
		wanted := index.Fold(source)
		chosen = keep(chosen, func(e catalog.Episode) bool { return strings.Contains(index.Fold(e.Name.Source), wanted) })
	}
	if episode != "" {
		chosen = called(chosen, episode)
	}
	if len(chosen) == 0 && source+episode != "" {
		return nil, ErrNoEpisode
	}
	return chosen, nil
}

// called takes name for a number where an episode has it, else for part of a file's name: 7 is not meant to find 17 or 720p.
func called(all []catalog.Episode, name string) []catalog.Episode {
	wanted := number(name)
	if out := keep(all, func(e catalog.Episode) bool { return e.Name.Number != "" && number(e.Name.Number) == wanted }); len(out) > 0 {
		return out
	}
	part := index.Fold(name)
	return keep(all, func(e catalog.Episode) bool { return strings.Contains(index.Fold(fileName(e.Path)), part) })
}

// number is an episode's number without what is written or not: 07 is 7, ova 1 is OVA 1.
func number(s string) string {
	s = index.Fold(strings.TrimSpace(s))
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return s
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

// list gives the shots that the filters of q leave, in order of episode and time. Filters are all there is to go by.
func (s *Searcher) list(ctx context.Context, q Query, chosen []catalog.Episode) ([]Hit, error) {
	if q.Source == "" && q.Episode == "" && q.Lang == "" && q.Min <= 0 && q.Max <= 0 {
		return nil, ErrEmptyQuery
	}
	var out []Hit
	for i := range chosen {
		shots, err := s.listed(ctx, q, chosen[i].ID)
		if errors.Is(err, catalog.ErrNotFound) { // forgotten since it was listed
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, shot := range shots {
			out = append(out, Hit{Episode: &chosen[i], Shot: shot})
		}
		if len(out) >= q.Limit {
			return out[:q.Limit], nil
		}
	}
	return out, nil
}

// listed are an episode's shots that pass the filters of q.
func (s *Searcher) listed(ctx context.Context, q Query, episode int64) ([]catalog.Shot, error) {
	shots, err := s.cat.Effective(ctx, episode)
	if err != nil {
		return nil, err
	}
	var spoken map[int]bool
	if q.Lang != "" {
		if spoken, err = s.spoken(ctx, q.Lang, episode); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(shots, func(shot catalog.Shot) bool {
		length := shot.Range.Length()
		return length < q.Min || q.Max > 0 && length > q.Max || q.Lang != "" && !spoken[shot.Number]
	}), nil
}

// spoken are the numbers of the shots in which there is a line in lang.
func (s *Searcher) spoken(ctx context.Context, lang string, episode int64) (map[int]bool, error) {
	lines, err := s.cat.Lines(ctx, episode)
	out := map[int]bool{}
	for _, l := range lines {
		if l.Lang == lang {
			out[l.Shot] = true
		}
	}
	return out, err
}
