package index

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	bleve "github.com/blevesearch/bleve_index_api"

	"github.com/amvlib/amvlib/catalog"
)

// Flaw is an episode of which an index holds something else than the catalog says.
type Flaw struct {
	Episode int64
	Lost    int // lines that the index lacks
	Stray   int // lines that it has and should not
	Wrong   int // lines that it has with other words, or in other shots, or as spoken by others
}

// Compare looks whether the index holds what the catalog does: it cuts every line of the catalog into its words again and compares
// them, and its shots, with what the index would find it by. It gives the episodes of which that is not so, in order. What changed in
// the catalog since the index last caught up is left out. It takes a few seconds for the lines of 400 episodes.
//
// An error that is not ErrClosed or the catalog's tells of an index that cannot be read as it was written.
func (ix *Index) Compare(ctx context.Context) ([]Flaw, error) {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	s := ix.snap
	if s == nil {
		return nil, ErrClosed
	}
	if err := s.intact(); err != nil {
		return nil, err
	}
	held := holdings{}
	if err := guard(func() error { return held.read(ctx, s.reader) }); err != nil {
		return nil, err
	}
	flaws, err := ix.flaws(ctx, held)
	if err != nil || len(flaws) == 0 {
		return nil, err
	}
	n, err := ix.behind(ctx, s.seen)
	flaws = slices.DeleteFunc(flaws, func(f Flaw) bool {
		return n.anew || slices.ContainsFunc(n.changes, func(c catalog.Change) bool { return c.Episode == f.Episode })
	})
	return flaws, err
}

// intact reads every segment against its checksum.
func (s *snapshot) intact() error {
	files, err := filepath.Glob(filepath.Join(s.dir, "*.zap"))
	if err != nil {
		return err
	}
	for _, f := range files {
		err := intact(f)
		if _, gone := os.Stat(s.dir); errors.Is(err, fs.ErrNotExist) && gone != nil {
			return nil // another process has replaced it, and it is open still
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// entry is a line in an index: its document's name and a digest of the terms that find it, in whatever order.
type entry struct {
	key    string
	digest uint64
}

// holdings are entries by episode and line.
type holdings map[int64]map[int64]entry

func (h holdings) put(k key, e entry) {
	if h[k.episode] == nil {
		h[k.episode] = map[int64]entry{}
	}
	h[k.episode][k.line] = e
}

var digestSeed = maphash.MakeSeed()

func digestOf(field, term string) uint64 { return maphash.String(digestSeed, field+"\x00"+term) }

// read takes in all that r holds.
func (h holdings) read(ctx context.Context, r bleve.IndexReader) error {
	digests := map[uint64]uint64{}
	names := []string{tagField}
	for _, f := range fields {
		names = append(names, f.fieldName())
	}
	for _, name := range names {
		if err := digest(ctx, r, name, digests); err != nil {
			return err
		}
	}
	all, err := r.DocIDReaderAll()
	if err != nil {
		return err
	}
	for {
		id, err := all.Next()
		if err != nil || id == nil {
			return errors.Join(err, all.Close())
		}
		name, err := r.ExternalID(id)
		if err != nil {
			return errors.Join(err, all.Close())
		}
		k, ok := parseKey(name)
		if !ok {
			return errors.Join(fmt.Errorf("%w: it holds a line of no name", errDamaged), all.Close())
		}
		h.put(k, entry{name, digests[id.Value()]})
	}
}

// digest adds a field's terms to the digests of the documents that have them.
func digest(ctx context.Context, r bleve.IndexReader, field string, digests map[uint64]uint64) error {
	terms, err := r.FieldDict(field)
	if err != nil {
		return err
	}
	for {
		t, err := terms.Next()
		if err != nil || t == nil {
			return errors.Join(err, terms.Close())
		}
		if err := eachPosting(ctx, r, field, t.Term, digests); err != nil {
			return errors.Join(err, terms.Close())
		}
	}
}

func eachPosting(ctx context.Context, r bleve.IndexReader, field, term string, digests map[uint64]uint64) error {
	reader, err := r.TermFieldReader(ctx, []byte(term), field, field != tagField, false, false)
	if err != nil {
		return err
	}
	sum := digestOf(field, term)
	var posting bleve.TermFieldDoc
	for {
		d, err := reader.Next(posting.Reset())
		if err != nil || d == nil {
			return errors.Join(err, reader.Close())
		}
		times := d.Freq
		if field == tagField {
			times = 1
		}
		digests[d.ID.Value()] += sum * times
	}
}

// entryOf is what an index should hold of a line.
func entryOf(l catalog.Line, shots map[int]catalog.Shot) entry {
	f := fieldOf(l.Lang, l.Text)
	e := entry{key: newKey(l, shots).String()}
	for _, t := range f.line().Analyze([]byte(l.Text)) {
		e.digest += digestOf(f.fieldName(), string(t.Term))
	}
	for _, tag := range append(lineTags(l), f.tag()) {
		e.digest += digestOf(tagField, tag)
	}
	return e
}

// flaws compares what is held with the catalog, several episodes at once.
func (ix *Index) flaws(ctx context.Context, held holdings) ([]Flaw, error) {
	_, episodes, err := ix.cat.Changes(ctx, catalog.Mark{})
	if err != nil {
		return nil, err
	}
	wanted := make(chan int64)
	var found []Flaw
	var failed error
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for episode := range wanted {
				f, err := ix.flaw(ctx, episode, held[episode])
				mu.Lock()
				if failed = errors.Join(failed, err); f != (Flaw{Episode: episode}) {
					found = append(found, f)
				}
				mu.Unlock()
			}
		})
	}
	for _, episode := range known(episodes, held) {
		wanted <- episode
	}
	close(wanted)
	workers.Wait()
	slices.SortFunc(found, func(a, b Flaw) int { return int(a.Episode - b.Episode) })
	return found, failed
}

// known are the episodes of which there is anything.
func known(changes []catalog.Change, held holdings) []int64 {
	all := maps.Clone(held)
	for _, c := range changes {
		if !c.Gone {
			all[c.Episode] = nil
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func (ix *Index) flaw(ctx context.Context, episode int64, held map[int64]entry) (Flaw, error) {
	f := Flaw{Episode: episode}
	if ctx.Err() != nil {
		return f, ctx.Err()
	}
	lines, err := ix.cat.Lines(ctx, episode)
	var shots []catalog.Shot
	if err == nil && len(lines) > 0 {
		shots, err = ix.cat.Effective(ctx, episode)
	}
	if err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return f, err
	}
	numbered := numberedShots(shots)
	for _, l := range lines {
		want := entryOf(l, numbered)
		switch got, ok := held[l.ID]; {
		case !ok:
			f.Lost++
		case got != want:
			f.Wrong++
		}
	}
	f.Stray = len(held) + f.Lost - len(lines)
	return f, nil
}
