package storyboard

import (
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

// TestTheSameFootageOnce: a shot whose double is in the plan is not fresh, though their keyframes are not alike.
func TestTheSameFootageOnce(t *testing.T) {
	of := func(episode int64, group int, hash uint64) *candidate {
		c := &candidate{hit: search.Hit{Episode: &catalog.Episode{ID: episode}, Group: group}}
		c.hit.Shot.Number, c.hit.Shot.Variance = 1, 900
		c.hit.Shot.Hash = phash.Hash(hash)
		return c
	}
	l := newLedger(timecode.Rate{Num: 24, Den: 1}, Options{})
	l.take(of(1, 7, 0x0123456789abcdef), 10)
	if l.fresh(of(2, 7, 0xfedcba9876543210)) {
		t.Error("another copy of the same footage counts as fresh")
	}
	if !l.fresh(of(3, 8, 0xfedcba9876543210)) || !l.fresh(of(4, 0, 0xfedcba9876543210)) {
		t.Error("other footage does not count as fresh")
	}
}
