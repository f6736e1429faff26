package catalog

import (
	"testing"

	"github.com/amvlib/amvlib/picture"
)

// TestHuesOfAnOlderLibrary: a library from before hues were kept opens, and says of its shots that they are unknown.
func TestHuesOfAnOlderLibrary(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	e := commit(t, c, synthetic(1, small))
	if s, err := c.Shot(t.Context(), e.ID, 2); err != nil || s.Palette.Unknown() {
		t.Fatalf("hues as they were stored: %v, %v", s.Palette, err)
	}
	if _, err := c.writer.Exec("ALTER TABLE shot DROP COLUMN palette; ALTER TABLE shot DROP COLUMN flags; ALTER TABLE episode DROP COLUMN v_flags; PRAGMA user_version = 4"); err != nil {
		t.Fatal(err)
	}
	c = library(t, dir, Options{})
	shots, err := c.Effective(t.Context(), e.ID)
	if err != nil || len(shots) != small.shots {
		t.Fatalf("%d shots, %v", len(shots), err)
	}
	for _, s := range shots {
		if !s.Palette.Unknown() {
			t.Errorf("shot %d: %v, want hues unknown", s.Number, s.Palette)
		}
	}
}

// TestHuesOfAShotCutByHand are those of the shot that it was cut from.
func TestHuesOfAShotCutByHand(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(1, small)
	e := commit(t, c, in)
	of := in.Analysis.Shots[1]
	cut, err := c.Split(t.Context(), e.ID, (of.Range.Start+of.Range.End)/2)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range cut {
		if s.Palette != of.Palette || s.Palette == (picture.Palette{}) {
			t.Errorf("shot %d: %v, want %v", s.Number, s.Palette, of.Palette)
		}
	}
}
