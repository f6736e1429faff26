package storyboard

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/amvlib/amvlib/catalog"
)

// films reads the library's episodes at once and their shots when one is first asked for.
type films struct {
	shots  Shots
	all    []catalog.Episode // by ID
	gone   []catalog.Episode // whose files were replaced: the catalog remembers them without a place
	loaded map[int64][]catalog.Shot
}

func (f *films) list(ctx context.Context) error {
	all, err := f.shots.Episodes(ctx)
	if err != nil {
		return fmt.Errorf("list the episodes: %w", err)
	}
	for _, e := range all {
		switch {
		case e.Path == "":
			f.gone = append(f.gone, e)
		case e.Rate.Valid():
			f.all = append(f.all, e)
		}
	}
	slices.SortFunc(f.all, byID)
	slices.SortFunc(f.gone, byID)
	return nil
}

func byID(a, b catalog.Episode) int { return cmp.Compare(a.ID, b.ID) }

// of gives an episode's shots in order, without pictures.
func (f *films) of(ctx context.Context, e *catalog.Episode) ([]catalog.Shot, error) {
	if shots, ok := f.loaded[e.ID]; ok {
		return shots, nil
	}
	shots, err := f.shots.Effective(ctx, e.ID)
	if err != nil {
		return nil, fmt.Errorf("read the shots of %s: %w", e.Path, err)
	}
	shots = slices.Clone(shots)
	for i := range shots {
		shots[i].Thumb = nil
	}
	slices.SortFunc(shots, func(a, b catalog.Shot) int { return cmp.Compare(a.Number, b.Number) })
	f.loaded[e.ID] = shots
	return shots, nil
}

// bySource groups the episodes by anime, in order of their first episode.
func (f *films) bySource() [][]*catalog.Episode {
	var all [][]*catalog.Episode
	at := map[string]int{}
	for i := range f.all {
		e := &f.all[i]
		k, ok := at[e.Name.Source]
		if !ok {
			k = len(all)
			at[e.Name.Source] = k
			all = append(all, nil)
		}
		all[k] = append(all[k], e)
	}
	return all
}
