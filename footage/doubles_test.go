package footage

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/amvlib/amvlib/catalog"
)

// TestDoubles are kept, and heed what is said after.
func TestDoubles(t *testing.T) {
	s := twoReleases()
	file := filepath.Join(t.TempDir(), "doubles.json")
	read := func() func(episode int64, number int) (int, bool) {
		t.Helper()
		d, err := ReadDoubles(t.Context(), file, s)
		if err != nil {
			t.Fatal(err)
		}
		all, _ := s.Episodes(t.Context())
		return func(episode int64, number int) (int, bool) {
			return d.Group(&all[episode-1], &s.shots[episode][number-1])
		}
	}
	if g, _ := read()(1, 1); g != 0 {
		t.Errorf("without a file shots are in group %d", g)
	}
	if err := duplicatesOf(t, s).KeepDoubles(file); err != nil {
		t.Fatal(err)
	}
	of := read()
	for n := 1; n <= 10; n++ {
		a, bestA := of(1, n)
		b, bestB := of(2, n)
		if c, _ := of(3, n); a == 0 || a != b || c != 0 || bestA || !bestB {
			t.Errorf("shots %d are in groups %d and %d, the other film's in %d; best: %v, %v", n, a, b, c, bestA, bestB)
		}
	}
	say := func(verb catalog.Verb, a, b catalog.Shot) {
		key := func(e int64) catalog.Key { return catalog.Key(rune('a' + e)) }
		s.words = append(s.words, catalog.Word{Verb: verb, Key: key(a.Episode), Subject: catalog.OnShot, Range: a.Range,
			Value: catalog.OtherShot{Key: key(b.Episode), Range: b.Range}.Value()})
	}
	say(catalog.NotDuplicate, s.shots[1][1], s.shots[2][1])
	say(catalog.Duplicate, s.shots[1][3], s.shots[1][5])
	of = read()
	a, _ := of(1, 2)
	if b, _ := of(2, 2); a == b {
		t.Error("what is denied is one group")
	}
	four, _ := of(1, 4)
	if six, _ := of(2, 6); four == 0 || four != six {
		t.Errorf("what is said to be one is %d and %d", four, six)
	}
	if err := os.WriteFile(file, []byte("spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	if g, _ := read()(1, 1); g != 0 {
		t.Error("a spoilt file has groups")
	}
}
