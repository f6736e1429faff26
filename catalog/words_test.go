package catalog

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

func say(t *testing.T, c *Catalog, verb Verb, key Key, r timecode.Range, value string) Word {
	t.Helper()
	w, err := c.Say(t.Context(), Word{Verb: verb, Key: key, Range: r, Value: value})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func remarks(t *testing.T, c *Catalog, key Key, r timecode.Range) Remarks {
	t.Helper()
	all, err := c.WordsOn(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return RemarksOn(all, r)
}

func TestWordsOutliveReingestAndNewShots(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	in := synthetic(1, small)
	e := commit(t, c, in)
	shots, err := c.Effective(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	first, second := shots[0].Range, shots[1].Range
	say(t, c, Tag, e.Key, first, "rain")
	say(t, c, Tag, e.Key, first, "night")
	say(t, c, Untag, e.Key, first, "night")
	say(t, c, Rate, e.Key, first, "4")
	say(t, c, Remark, e.Key, first, "for the chorus")
	say(t, c, Tag, e.Key, timecode.Range{}, "seen")
	commit(t, c, in)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = library(t, dir, Options{})
	want := Remarks{Tags: []string{"rain"}, Note: "for the chorus", Rating: 4}
	if got := remarks(t, c, e.Key, first); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	moved := timecode.Range{Start: first.Start + first.Length()/10, End: first.End + first.Length()/10}
	if got := remarks(t, c, e.Key, moved); !reflect.DeepEqual(got, want) {
		t.Errorf("the shot cut anew has %+v", got)
	}
	if got := remarks(t, c, e.Key, second); !got.None() {
		t.Errorf("the next shot has %+v", got)
	}
	if got := remarks(t, c, e.Key, timecode.Range{}); !slices.Equal(got.Tags, []string{"seen"}) || got.Rating != 0 {
		t.Errorf("the episode has %+v", got)
	}
}

func TestUndoTakesBackTheLastWordFirst(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	e := commit(t, c, synthetic(1, small))
	r := timecode.Range{Start: 0, End: timecode.Second}
	say(t, c, Rate, e.Key, r, "2")
	say(t, c, Rate, e.Key, r, "5")
	for _, want := range []int{5, 2, 0} {
		if got := remarks(t, c, e.Key, r).Rating; got != want {
			t.Errorf("rating %d, want %d", got, want)
		}
		w, err := c.Undo(t.Context())
		if want == 0 {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("took back %+v, %v, of nothing", w, err)
			}
		} else if err != nil || len(w) != 1 || w[0].Value != strconv.Itoa(want) {
			t.Fatalf("took back %+v, %v", w, err)
		}
	}
}

func TestARenamedEpisodeKeepsItsName(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(1, small)
	e := commit(t, c, in)
	want := Name{Source: "Kite Season", Season: 2, Number: "7"}
	before, _ := c.Generation(t.Context())
	say(t, c, Rename, e.Key, timecode.Range{}, NameWord(want))
	commit(t, c, in)
	for _, get := range []func() (Episode, error){
		func() (Episode, error) { return c.Episode(t.Context(), e.ID) },
		func() (Episode, error) { return c.ByKey(t.Context(), e.Key) },
		func() (Episode, error) { all, err := c.Episodes(t.Context()); return all[0], err },
	} {
		if got, err := get(); err != nil || got.Name != want {
			t.Errorf("%+v, %v", got.Name, err)
		}
	}
	if after, _ := c.Generation(t.Context()); after <= before {
		t.Error("what was said has no generation")
	}
	if _, err := c.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, _ := c.Episode(t.Context(), e.ID); got.Name != e.Name {
		t.Errorf("after undo it is called %+v", got.Name)
	}
}

func TestClipLists(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	a, b := timecode.Range{Start: 0, End: 10}, timecode.Range{Start: 10, End: 20}
	say(t, c, List, "", timecode.Range{}, "chorus")
	say(t, c, List, "", timecode.Range{}, "chorus")
	say(t, c, Add, "k1", a, "chorus")
	say(t, c, Add, "k2", a, "chorus")
	say(t, c, Add, "k1", b, "chorus")
	say(t, c, Add, "k1", b, "no such list")
	say(t, c, Remove, "k1", a, "chorus")
	say(t, c, List, "", timecode.Range{}, "verse")
	lists := func() []ClipList {
		all, err := c.Words(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return ClipLists(all)
	}
	want := []ClipList{{Name: "chorus", Clips: []ListedClip{{"k2", a}, {"k1", b}}}, {Name: "verse"}}
	if got := lists(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	say(t, c, Unlist, "", timecode.Range{}, "chorus")
	if got := lists(); len(got) != 1 || got[0].Name != "verse" {
		t.Errorf("got %+v", got)
	}
}

// What was said of a shot is meant of one that it shares half of the shorter with, and of none that it only touches.
func TestHalfOfTheShorterIsTheSameShot(t *testing.T) {
	words := []Word{{Verb: Tag, Subject: OnShot, Value: "rain", Range: timecode.Range{Start: 0, End: 10 * timecode.Second}}}
	for from, meant := range map[timecode.Time]bool{0: true, 4: true, 5: true, 6: false, 7: false, 9: false, 10: false} {
		r := timecode.Range{Start: from * timecode.Second, End: (from + 10) * timecode.Second}
		if got := RemarksOn(words, r); len(got.Tags) == 1 != meant {
			t.Errorf("%v: %+v", r, got)
		}
	}
}
