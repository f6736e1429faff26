package catalog

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestFilesAreKnownByPath(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	in.Modified = in.Modified.In(time.FixedZone("far", 5*3600))
	e := commit(t, c, in)
	files, err := c.Files(t.Context())
	want := map[string]File{in.Path: {Path: in.Path, Size: in.Size, Modified: in.Modified.UTC(), Episode: e.ID, Sidecars: in.Sidecars}}
	if err != nil || !reflect.DeepEqual(files, want) {
		t.Errorf("got %+v, %v, want %+v", files, err, want)
	}
}

func TestNoDateStaysNoDate(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	in.Modified = time.Time{}
	e := commit(t, c, in)
	if got, err := c.Episode(t.Context(), e.ID); err != nil || !got.Modified.IsZero() {
		t.Errorf("modified = %v, %v", got.Modified, err)
	}
}

// place is where an episode is, and where else it was seen.
func place(t *testing.T, c *Catalog, id int64) (at string, all []string) {
	t.Helper()
	e, err := c.Episode(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	files, err := c.Files(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for path, f := range files {
		if f.Episode == id {
			all = append(all, path)
		}
	}
	slices.Sort(all)
	return e.Path, all
}

func expectPlace(t *testing.T, c *Catalog, id int64, at string, all ...string) {
	t.Helper()
	if gotAt, gotAll := place(t, c, id); gotAt != at || !slices.Equal(gotAll, all) {
		t.Errorf("episode %d is at %q, seen at %q; want %q, %q", id, gotAt, gotAll, at, all)
	}
}

func TestARenamedFileIsFollowed(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	e := commit(t, c, in)
	moved, when := absolute("moved.mkv"), in.Modified.Add(time.Hour)
	got, err := c.Relocate(t.Context(), in.Key, moved, when, "new")
	want := e
	want.Path, want.Modified, want.Generation = moved, when, 2
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Relocate = %+v, %v, want %+v", got, err, want)
	}
	if got, err := c.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Episode = %+v, %v, want %+v", got, err, want)
	}
	files, err := c.Files(t.Context())
	if f := files[moved]; err != nil || f.Sidecars != "new" || !f.Modified.Equal(when) || f.Size != in.Size {
		t.Errorf("file = %+v, %v", f, err)
	}
	if a, err := c.Analysis(t.Context(), e.ID); err != nil || !reflect.DeepEqual(a, in.Analysis) {
		t.Errorf("a rename changed the analysis: %v", err)
	}
	if _, err := c.Relocate(t.Context(), in.Key, "relative.mkv", when, ""); err == nil {
		t.Error("a relative path was taken")
	}
}

func TestCopiesKeepAllTheirPlaces(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	a, b, d := in.Path, absolute("b.mkv"), absolute("d.mkv")
	id := commit(t, c, in).ID
	for _, path := range []string{b, d} {
		if _, err := c.Relocate(t.Context(), in.Key, path, in.Modified, ""); err != nil {
			t.Fatal(err)
		}
	}
	expectPlace(t, c, id, d, a, b, d)
	for _, step := range []struct {
		drop, at string
		all      []string
		moved    Generation
	}{{d, b, []string{a, b}, 4}, {a, b, []string{b}, 4}, {a, b, []string{b}, 4}, {b, b, nil, 7}} {
		if err := c.Drop(t.Context(), step.drop); err != nil {
			t.Fatal(err)
		}
		expectPlace(t, c, id, step.at, step.all...)
		if e, err := c.Episode(t.Context(), id); err != nil || e.Generation != step.moved {
			t.Errorf("after dropping %s: generation %d, %v; want %d", step.drop, e.Generation, err, step.moved)
		}
	}
}

// Footage must never be shown that is not an episode's own.
func TestAPlaceTakenByOtherContentIsLost(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	old := synthetic(1, small)
	first := commit(t, c, old).ID
	seen, _, err := c.Changes(t.Context(), Mark{})
	if err != nil {
		t.Fatal(err)
	}
	better := synthetic(2, small)
	better.Path = old.Path
	second := commit(t, c, better).ID
	expectPlace(t, c, first, "")
	expectPlace(t, c, second, old.Path, old.Path)
	if _, changes, err := c.Changes(t.Context(), seen); err != nil || len(changes) != 2 {
		t.Errorf("changes = %v, %v; want both episodes", changes, err)
	}
	if _, err := c.Relocate(t.Context(), old.Key, absolute("kept.mkv"), old.Modified, ""); err != nil {
		t.Fatal(err)
	}
	expectPlace(t, c, first, absolute("kept.mkv"), absolute("kept.mkv"))
}

func TestTwoFilesThatSwapNames(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	a, b := synthetic(1, small), synthetic(2, small)
	first, second := commit(t, c, a).ID, commit(t, c, b).ID
	for key, path := range map[Key]string{a.Key: b.Path, b.Key: a.Path} {
		if _, err := c.Relocate(t.Context(), key, path, a.Modified, ""); err != nil {
			t.Fatal(err)
		}
	}
	expectPlace(t, c, first, b.Path, b.Path)
	expectPlace(t, c, second, a.Path, a.Path)
}

func TestForgetLeavesNothing(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	gone, kept := commit(t, c, synthetic(1, small)), commit(t, c, synthetic(2, small))
	if err := c.Forget(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"episode", "file", "signal", "shot", "thumb", "still", "track", "line"} {
		column := "episode"
		if table == "episode" {
			column = "id"
		}
		var left, others int
		err := c.reader.QueryRow("SELECT count(*) FILTER (WHERE "+column+" = ?), count(*) FROM "+table, gone.ID).Scan(&left, &others)
		if err != nil || left != 0 || others == 0 {
			t.Errorf("%s: %d rows left, %d in all, %v", table, left, others, err)
		}
	}
	again := commit(t, c, synthetic(1, small))
	if again.ID <= kept.ID {
		t.Errorf("the ID %d was given again", again.ID)
	}
}

func TestChangesAreToldOnce(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	marks := map[Generation]Mark{}
	expect := func(since, upto Generation, want ...Change) {
		t.Helper()
		g, got, err := c.Changes(t.Context(), marks[since])
		marks[g.Generation] = g
		if err != nil || g.Generation != upto || !slices.Equal(got, want) {
			t.Errorf("Changes(%d) = %v, %v, %v; want %d, %v", since, g, got, err, upto, want)
		}
		if now, err := c.Generation(t.Context()); err != nil || now != upto {
			t.Errorf("Generation = %d, %v; want %d", now, err, upto)
		}
	}
	expect(0, 0)
	a := commit(t, c, synthetic(1, small)).ID
	b := commit(t, c, synthetic(2, small)).ID
	expect(0, 2, Change{Episode: a}, Change{Episode: b})
	expect(2, 2)
	commit(t, c, synthetic(1, small))
	expect(0, 3, Change{Episode: b}, Change{Episode: a})
	expect(2, 3, Change{Episode: a})
	if err := c.Forget(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	expect(0, 4, Change{Episode: a})
	expect(2, 4, Change{Episode: a}, Change{Episode: b, Gone: true})
	expect(4, 4)
	for _, never := range []Mark{{9, "x"}, {4, "x"}, {4, ""}, {0, "x"}, {3, marks[4].Token}} {
		if _, _, err := c.Changes(t.Context(), never); !errors.Is(err, ErrOtherHistory) {
			t.Errorf("since %v: %v", never, err)
		}
	}
}

// TestACopyPutBackGoesAnotherWay: generations count over the same numbers again, but are not the same states.
func TestACopyPutBackGoesAnotherWay(t *testing.T) {
	dir := t.TempDir()
	c, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	commit(t, c, synthetic(1, small))
	before, _, err1 := c.Changes(t.Context(), Mark{})
	saved := filepath.Join(t.TempDir(), fileName)
	_, err2 := c.writer.ExecContext(t.Context(), "VACUUM INTO ?", saved)
	commit(t, c, synthetic(2, small))
	after, _, err3 := c.Changes(t.Context(), before)
	err = errors.Join(err1, err2, err3, c.Close(), os.Rename(saved, filepath.Join(dir, fileName)))
	if err != nil {
		t.Fatal(err)
	}
	c = library(t, dir, Options{})
	y := commit(t, c, synthetic(3, small))
	if _, _, err := c.Changes(t.Context(), after); y.Generation != after.Generation || !errors.Is(err, ErrOtherHistory) {
		t.Errorf("generation %d, %v", y.Generation, err)
	}
	if _, changes, err := c.Changes(t.Context(), before); err != nil || len(changes) != 1 || changes[0].Episode != y.ID {
		t.Errorf("what both ways share is no more: %v, %v", changes, err)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	if _, err := c.writer.ExecContext(t.Context(), `WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n
		WHERE value < 5000) INSERT INTO history SELECT value, 'old' FROM n;
		UPDATE library SET generation = 5000`); err != nil {
		t.Fatal(err)
	}
	commit(t, c, synthetic(1, small))
	var n, first int
	if err := c.reader.QueryRowContext(t.Context(), "SELECT count(*), min(generation) FROM history").Scan(&n, &first); err != nil {
		t.Fatal(err)
	}
	if n != history || first != 5001-history+1 {
		t.Errorf("%d tokens from generation %d on", n, first)
	}
}

func TestARefusedChangeLeavesTheGeneration(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	commit(t, c, synthetic(1, small))
	if err := c.Forget(t.Context(), 99); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
	if g, err := c.Generation(t.Context()); g != 1 || err != nil {
		t.Errorf("generation %d, %v; want 1", g, err)
	}
}
