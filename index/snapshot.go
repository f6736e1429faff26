package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"

	bleve "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/amvlib/amvlib/catalog"
)

// format counts up whenever lines are indexed differently. Snapshots of another format are not looked at.
const format = 4

// What a snapshot remembers of the catalog that it is of.
var (
	generationKey = []byte("amvlib.generation")
	tokenKey      = []byte("amvlib.token")
	libraryKey    = []byte("amvlib.library")
)

var errForeign = errors.New("the index is of another library")

// snapshot is one state of the index, open for reading. A nil snapshot is that of an empty catalog.
type snapshot struct {
	dir    string
	number int
	engine bleve.Index
	reader bleve.IndexReader
	seen   catalog.Mark
	lists  lists
}

func (s *snapshot) mark() catalog.Mark {
	if s == nil {
		return catalog.Mark{}
	}
	return s.seen
}

func (s *snapshot) close() error {
	if s == nil {
		return nil
	}
	return guard(func() error { return errors.Join(s.reader.Close(), s.engine.Close()) })
}

func snapshotName(number int) string { return fmt.Sprintf("v%d-%08d", format, number) }

// numbers lists the snapshots in dir, newest first.
func numbers(dir string) (out []int, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		var v, n int
		if _, err := fmt.Sscanf(e.Name(), "v%d-%d", &v, &n); err == nil && e.Name() == snapshotName(n) && v == format {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out, err
}

// newest opens the newest snapshot in dir; old, where that is the one that is open already; nil where there is none. A snapshot that
// vanishes while it is being opened has been replaced by a newer one. With an error, what opened comes too, for want of better.
func newest(dir, library string, old *snapshot) (*snapshot, error) {
	var failed error
	for range 5 {
		list, err := numbers(dir)
		if err != nil || len(list) == 0 {
			return nil, err
		}
		if old != nil && filepath.Dir(old.dir) == dir && list[0] <= old.number {
			return old, nil
		}
		s, err := openSnapshot(dir, library, list[0])
		if err == nil {
			return s, nil
		}
		failed = err
		if again, _ := numbers(dir); slices.Equal(again, list) {
			break
		}
	}
	return nil, failed
}

// openSnapshot reads only, and takes a lock that readers share and no writer ever wants.
func openSnapshot(dir, library string, number int) (s *snapshot, err error) {
	path := filepath.Join(dir, snapshotName(number))
	if _, err := os.Stat(filepath.Join(path, "root.bolt")); err != nil {
		return nil, err // the engine would make an empty one
	}
	s = &snapshot{dir: path, number: number}
	err = guard(func() error { return s.open(library) })
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return s, nil
}

func (s *snapshot) open(library string) (err error) {
	s.engine, err = scorch.NewScorch(scorch.Name, map[string]any{"path": s.dir, "read_only": true, "bolt_timeout": "1s"}, nil)
	if err != nil {
		return err
	}
	if err = s.engine.Open(); err != nil {
		return err
	}
	if s.reader, err = s.engine.Reader(); err != nil {
		return errors.Join(err, s.engine.Close())
	}
	if err := s.recall(library); err != nil {
		return errors.Join(err, s.reader.Close(), s.engine.Close())
	}
	return nil
}

// recall reads what s is a view of.
func (s *snapshot) recall(library string) error {
	of, err := s.reader.GetInternal(libraryKey)
	if err != nil {
		return err
	}
	seen, err1 := s.reader.GetInternal(generationKey)
	token, err2 := s.reader.GetInternal(tokenKey)
	switch err := errors.Join(err1, err2); {
	case err != nil:
		return err
	case len(seen) != 8:
		return errDamaged
	case string(of) != library:
		return errForeign
	}
	s.seen = catalog.Mark{Generation: catalog.Generation(binary.BigEndian.Uint64(seen)), Token: string(token)}
	return nil
}

// prune removes segments that were merged into others: the engine does so in its own time, and has had none.
func (s *snapshot) prune() error {
	used := map[string]bool{}
	for _, piece := range s.reader.(*scorch.IndexSnapshot).Segments() {
		if p, ok := piece.Segment().(segment.PersistedSegment); ok {
			used[filepath.Base(p.Path())] = true
		}
	}
	files, err := filepath.Glob(filepath.Join(s.dir, "*.zap"))
	for _, f := range files {
		if !used[filepath.Base(f)] {
			err = errors.Join(err, os.Remove(f))
		}
	}
	return err
}

// guard turns what reading damaged files does (a slice out of range, a page that is not there) into an error.
func guard(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errDamaged, r)
		}
	}()
	return do()
}
