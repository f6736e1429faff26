package footage

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// doublesFormat counts up whenever what a file of doubles holds is meant otherwise.
const doublesFormat = 1

// keptDoubles is what a file of doubles holds. It is derived: it can be deleted at any time.
type keptDoubles struct {
	Format int
	Groups [][]keptDouble
}

type keptDouble struct {
	Key   catalog.Key
	In    int64 // first frame of the shot, without its transitions
	Range timecode.Range
	Best  bool
}

// KeepDoubles keeps the groups of a whole library in file, for searches to come.
func (d *Duplicates) KeepDoubles(file string) error {
	kept := keptDoubles{Format: doublesFormat, Groups: [][]keptDouble{}}
	for _, g := range d.Groups {
		var group []keptDouble
		for _, c := range g.Copies {
			group = append(group, keptDouble{c.Episode.Key, c.Shot.Clean.In, c.Shot.Range, c.Best})
		}
		kept.Groups = append(kept.Groups, group)
	}
	b, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(file), ".amvlib-doubles-*.part")
	if err != nil {
		return err
	}
	_, err = part.Write(b)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}

// Doubles tells which shots show the same footage: as [Footage.Duplicates] found when it was last asked of the whole library, and as the
// user has said since. Shots that were cut otherwise since are in no group.
type Doubles struct {
	of   map[doubleKey]*keptDouble
	in   map[*keptDouble]int
	last int
}

type doubleKey struct {
	key catalog.Key
	in  int64
}

// ReadDoubles reads what KeepDoubles kept. A file that is not there, or cannot be read, has no groups.
func ReadDoubles(ctx context.Context, file string, lib interface {
	Words(ctx context.Context) ([]catalog.Word, error)
}) (*Doubles, error) {
	d := &Doubles{of: map[doubleKey]*keptDouble{}, in: map[*keptDouble]int{}}
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	if err != nil {
		return d, err
	}
	var kept keptDoubles
	if err := json.Unmarshal(b, &kept); err != nil || kept.Format != doublesFormat {
		return d, nil
	}
	for _, g := range kept.Groups {
		d.last++
		for i := range g {
			d.put(&g[i], d.last)
		}
	}
	words, err := lib.Words(ctx)
	if err != nil {
		return d, err
	}
	for _, w := range words {
		d.hear(w)
	}
	return d, nil
}

func (d *Doubles) put(k *keptDouble, group int) {
	d.of[doubleKey{k.Key, k.In}], d.in[k] = k, group
}

// hear lets a word about a pair count. What is no longer the same leaves its group; what else was in it is as it was.
func (d *Doubles) hear(w catalog.Word) {
	other, ok := w.Other()
	if !ok {
		return
	}
	for _, a := range d.meant(catalog.OtherShot{Key: w.Key, Range: w.Range}) {
		for _, b := range d.meant(other) {
			switch same := d.in[a] == d.in[b]; {
			case w.Verb == catalog.NotDuplicate && same && a != b:
				d.last++
				d.in[b] = d.last
			case w.Verb == catalog.Duplicate && !same:
				d.join(d.in[a], d.in[b])
			}
		}
	}
}

func (d *Doubles) join(group, other int) {
	for k, in := range d.in {
		if in == other {
			d.in[k] = group
		}
	}
}

func (d *Doubles) meant(o catalog.OtherShot) (all []*keptDouble) {
	for _, k := range d.of {
		if o.About(k.Key, k.Range) {
			all = append(all, k)
		}
	}
	return all
}

// Group is the number of the group of a shot, 0 for none, and whether it is the best of it.
func (d *Doubles) Group(e *catalog.Episode, s *catalog.Shot) (group int, best bool) {
	k, ok := d.of[doubleKey{e.Key, s.Clean.In}]
	if !ok {
		return 0, false
	}
	return d.in[k], k.Best
}
