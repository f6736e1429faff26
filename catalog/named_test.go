package catalog

import (
	"reflect"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// TestShotsByNameAreThoseOfShot asks for many at once, of episodes that the user cut and of others, and compares with one by one.
func TestShotsByNameAreThoseOfShot(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	whole, cut := commit(t, c, synthetic(7, small)).ID, commit(t, c, synthetic(8, small))
	shots := effective(t, c, cut.ID)
	parts := split(t, c, cut.ID, timecode.Cinema.At(middleFrame(shots[1])))
	if len(effective(t, c, cut.ID)) != len(shots)+1 {
		t.Fatal("it is not cut", parts)
	}
	var names []ShotName
	for _, episode := range []int64{cut.ID, 99, whole} {
		for _, n := range []int{6, 0, 2, 3, 5, 7, 2, -1} {
			names = append(names, ShotName{episode, n})
		}
	}
	got, err := c.ShotsByName(t.Context(), names)
	if err != nil {
		t.Fatal(err)
	}
	var want []Shot
	for _, n := range names {
		if s, err := c.Shot(t.Context(), n.Episode, n.Number); err == nil {
			want = append(want, s)
		}
	}
	if !reflect.DeepEqual(got, want) || len(want) != 9 {
		t.Errorf("got %d shots, want %d\n%+v\n%+v", len(got), len(want), got, want)
	}
	if none, err := c.ShotsByName(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("asked for none: %v, %v", none, err)
	}
}

// TestEpisodesAreThoseOfNow: the list is kept from one question to the next, and another's changes are seen all the same.
func TestEpisodesAreThoseOfNow(t *testing.T) {
	dir := t.TempDir()
	other := library(t, dir, Options{})
	c := library(t, dir, Options{})
	count := func(want int) []Episode {
		t.Helper()
		var all []Episode
		for range 2 {
			var err error
			if all, err = c.Episodes(t.Context()); err != nil || len(all) != want {
				t.Fatalf("%d episodes, %v, want %d", len(all), err, want)
			}
		}
		return all
	}
	count(0)
	e := commit(t, other, synthetic(7, small))
	all := count(1)
	if all[0].Name.Source = "changed by who asked"; count(1)[0].Name != e.Name {
		t.Error("who changes a list that was given changes the next")
	}
	if _, err := other.Say(t.Context(), Word{Verb: Rename, Key: e.Key, Value: `{"Source":"Renamed"}`}); err != nil {
		t.Fatal(err)
	}
	if got := count(1)[0].Name.Source; got != "Renamed" {
		t.Errorf("renamed by another it is still %q", got)
	}
	if err := other.Forget(t.Context(), e.ID); err != nil {
		t.Fatal(err)
	}
	count(0)
}
