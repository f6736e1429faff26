package hashes

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/phash"
)

// shelf is a library in memory.
type shelf struct {
	id       string
	mark     catalog.Mark
	changed  map[int64]catalog.Generation
	episodes map[int64][]analysis.Sample
	asked    int // how many episodes were read
	trouble  error
}

func newShelf() *shelf {
	return &shelf{id: "LIB RARY/..", changed: map[int64]catalog.Generation{}, episodes: map[int64][]analysis.Sample{}}
}

// put commits an episode with these hashes, one a second; none forgets it.
func (s *shelf) put(episode int64, all ...phash.Hash) {
	s.mark.Generation++
	s.mark.Token = fmt.Sprint("token ", s.mark.Generation)
	s.changed[episode] = s.mark.Generation
	delete(s.episodes, episode)
	for i, h := range all {
		s.episodes[episode] = append(s.episodes[episode], analysis.Sample{Frame: int64(24 * i), Hash: h, Centre: ^h, Variance: 500})
	}
}

func (s *shelf) ID() string { return s.id }

func (s *shelf) Changes(_ context.Context, since catalog.Mark) (catalog.Mark, []catalog.Change, error) {
	if since.Generation > s.mark.Generation || since.Generation > 0 && since.Token != fmt.Sprint("token ", since.Generation) {
		return catalog.Mark{}, nil, catalog.ErrOtherHistory
	}
	var all []catalog.Change
	for _, e := range slices.Sorted(maps.Keys(s.changed)) {
		if s.changed[e] > since.Generation {
			all = append(all, catalog.Change{Episode: e, Gone: s.episodes[e] == nil})
		}
	}
	return s.mark, all, s.trouble
}

func (s *shelf) Sequence(_ context.Context, episode int64) (*catalog.Sequence, error) {
	s.asked++
	if s.episodes[episode] == nil {
		return nil, catalog.ErrNotFound
	}
	return &catalog.Sequence{Episode: episode, Samples: s.episodes[episode]}, s.trouble
}

func open(t *testing.T, dir string, s *shelf, o Options) *View {
	t.Helper()
	v, err := Open(t.Context(), dir, s, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func found(t *testing.T, v *View, h phash.Hash, radius int) string {
	t.Helper()
	places, err := v.Whole(h, radius)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(places)
}

// TestCatchesUp with what was committed, replaced and forgotten since, reading no more than that.
func TestCatchesUp(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "hashes"), newShelf()
	s.put(1, 0xf0, 0xff)
	s.put(2, 0xf1)
	v := open(t, dir, s, Options{})
	if got := found(t, v, 0xf0, 1); got != "[{1 0 0} {2 0 1}]" {
		t.Errorf("found %s", got)
	}
	if places, err := v.Centre(^phash.Hash(0xff), 0); err != nil || fmt.Sprint(places) != "[{1 24 0}]" {
		t.Errorf("by the centre %v, %v", places, err)
	}
	if n, err := v.Count(0xf0, 1); n != 2 || err != nil {
		t.Errorf("%d are like it, %v", n, err)
	}
	v.Close()
	s.put(1, 0xf3)
	s.put(2)
	s.put(3, 0xf0)
	s.asked = 0
	v = open(t, dir, s, Options{})
	if got := found(t, v, 0xf0, 2); got != "[{3 0 0} {1 0 2}]" || s.asked != 2 {
		t.Errorf("found %s having read %d episodes", got, s.asked)
	}
	s.asked = 0
	if err := v.CatchUp(t.Context()); err != nil || s.asked != 0 {
		t.Errorf("with nothing new %d episodes are read, %v", s.asked, err)
	}
	s.put(4, 0xf0)
	if err := v.CatchUp(t.Context()); err != nil || found(t, v, 0xf0, 0) != "[{3 0 0} {4 0 0}]" {
		t.Errorf("kept open it finds %s, %v", found(t, v, 0xf0, 0), err)
	}
}

// TestFlatPicturesTakeNoPart, nor centres that are.
func TestFlatPicturesTakeNoPart(t *testing.T) {
	s := newShelf()
	s.put(1, 5, 6)
	s.episodes[1][0].Variance = 3
	s.episodes[1][1].Centre = 0
	if v := open(t, filepath.Join(t.TempDir(), "h"), s, Options{}); v.Len() != 1 || found(t, v, 5, 64) != "[{1 24 2}]" {
		t.Errorf("%d hashes, %s", v.Len(), found(t, v, 5, 64))
	}
}

// TestMadeAnew where the table is of another library, of a copy that was put back, or damaged.
func TestMadeAnew(t *testing.T) {
	spoil := map[string]func(t *testing.T, dir string, s *shelf){
		"another library": func(_ *testing.T, _ string, s *shelf) { s.id = "other" },
		"put back":        func(_ *testing.T, _ string, s *shelf) { s.mark.Generation = 1; s.mark.Token = "token 1" },
		"damaged": func(t *testing.T, dir string, _ *shelf) {
			files, _ := filepath.Glob(filepath.Join(dir, "*.phash"))
			b, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			b[len(b)-70] ^= 4
			if err := os.WriteFile(files[0], b, 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"killed while it was made": func(t *testing.T, dir string, s *shelf) {
			s.put(7, 0xaa)
			if err := os.WriteFile(filepath.Join(dir, "00000002-00000002.phash.unfinished"), []byte("half"), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"deleted": func(t *testing.T, dir string, _ *shelf) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		},
		"lock spoilt": func(t *testing.T, dir string, s *shelf) {
			s.put(7, 0xaa)
			if err := os.WriteFile(filepath.Join(dir, "lock"), make([]byte, 9000), 0o600); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, do := range spoil {
		t.Run(name, func(t *testing.T) {
			dir, s := filepath.Join(t.TempDir(), "hashes"), newShelf()
			s.put(1, 0xf0)
			s.put(2, 0xf1)
			open(t, dir, s, Options{}).Close()
			do(t, dir, s)
			v := open(t, dir, s, Options{})
			if got := found(t, v, 0xf0, 0); got != "[{1 0 0}]" || v.Stale() != nil {
				t.Errorf("found %s, stale: %v", got, v.Stale())
			}
		})
	}
}

// TestOneUpdates while another answers from what there is and says so; where there is nothing yet it waits.
func TestOneUpdates(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "hashes"), newShelf()
	s.put(1, 0xf0)
	open(t, dir, s, Options{}).Close()
	db, err := bbolt.Open(filepath.Join(dir, "lock"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.put(2, 0xf0)
	v := open(t, dir, s, Options{Wait: 1})
	if got := found(t, v, 0xf0, 0); got != "[{1 0 0}]" || !errors.Is(v.Stale(), ErrBusy) {
		t.Errorf("found %s, stale: %v", got, v.Stale())
	}
	db.Close()
	if err := v.CatchUp(t.Context()); err != nil || v.Stale() != nil || found(t, v, 0xf0, 0) != "[{1 0 0} {2 0 0}]" {
		t.Errorf("then %s, %v, %v", found(t, v, 0xf0, 0), v.Stale(), err)
	}
}

// TestReadOnly answers from the table as it is.
func TestReadOnly(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "hashes"), newShelf()
	s.put(1, 0xf0)
	if _, err := Open(t.Context(), dir, s, Options{ReadOnly: true}); !errors.Is(err, ErrNoTable) {
		t.Errorf("without a table: %v", err)
	}
	open(t, dir, s, Options{}).Close()
	s.put(2, 0xf0)
	if v := open(t, dir, s, Options{ReadOnly: true}); found(t, v, 0xf0, 0) != "[{1 0 0}]" || v.Stale() == nil {
		t.Errorf("found %s, stale: %v", found(t, v, 0xf0, 0), v.Stale())
	}
}

// TestGrowsElsewhere where its own folder takes nothing.
func TestGrowsElsewhere(t *testing.T) {
	s, cache := newShelf(), t.TempDir()
	s.put(1, 0xf0)
	dir := filepath.Join(t.TempDir(), "a file", "hashes")
	if err := os.WriteFile(filepath.Dir(dir), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	v := open(t, dir, s, Options{Cache: cache})
	if got := found(t, v, 0xf0, 0); got != "[{1 0 0}]" {
		t.Errorf("found %s", got)
	}
	if made, _ := filepath.Glob(filepath.Join(cache, "hashes-*", "*.phash")); len(made) != 1 {
		t.Errorf("made %q", made)
	}
	v.Close()
	broken := filepath.Join(cache, "file")
	os.WriteFile(broken, nil, 0o600) //nolint:errcheck // the next line tells
	v = open(t, dir, s, Options{Cache: broken})
	passing := v.passing
	if got := found(t, v, 0xf0, 0); got != "[{1 0 0}]" || passing == "" {
		t.Errorf("found %s in %q", got, passing)
	}
	v.Close()
	if _, err := os.Stat(passing); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s stays: %v", passing, err)
	}
}

// TestTrouble with the catalog is told, not answered over.
func TestTrouble(t *testing.T) {
	s := newShelf()
	s.put(1, 1)
	s.trouble = errors.New("disk on fire")
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "h"), s, Options{}); !errors.Is(err, s.trouble) {
		t.Errorf("got %v", err)
	}
}

// TestManyAtOnce search while it catches up.
func TestManyAtOnce(t *testing.T) {
	s := newShelf()
	s.put(1, 0xf0)
	v := open(t, filepath.Join(t.TempDir(), "h"), s, Options{})
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 50 {
				if places, err := v.Whole(0xf0, 0); err != nil || len(places) == 0 {
					t.Errorf("found %v, %v", places, err)
				}
			}
		})
	}
	for i := range int64(20) {
		s.put(i+2, 0xf0)
		if err := v.CatchUp(t.Context()); err != nil {
			t.Error(err)
		}
	}
	wait.Wait()
	if v.Len() != 42 {
		t.Errorf("%d hashes, want 42", v.Len())
	}
}

// TestMarks come back as they were written, and those of others do not.
func TestMarks(t *testing.T) {
	for _, m := range []catalog.Mark{{}, {Generation: 7, Token: "a b%"}, {Generation: 1 << 40}} {
		if got, ok := parseMark(markOf("x y", m), "x y"); !ok || got != m {
			t.Errorf("%+v came back as %+v, %v", m, got, ok)
		}
	}
	for _, mark := range []string{markOf("other", catalog.Mark{Generation: 1}), "0 x 1 t", "junk", "1"} {
		if m, ok := parseMark(mark, "x"); ok || m != (catalog.Mark{}) {
			t.Errorf("%q is taken for %+v", mark, m)
		}
	}
}
