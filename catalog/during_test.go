package catalog

import (
	"reflect"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// TestLinesDuringAreThoseOfTheMoment compares with going over all lines of two episodes, one of which was cut by hand.
func TestLinesDuringAreThoseOfTheMoment(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	first, second := commit(t, c, synthetic(7, small)).ID, commit(t, c, synthetic(8, small)).ID
	split(t, c, second, timecode.Cinema.At(middleFrame(effective(t, c, second)[1])))
	var all []Line
	for _, e := range []int64{first, second} {
		lines, err := c.Lines(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, lines...)
	}
	for _, asked := range [][]Stretch{
		{{first, all[2].Range()}}, {{second, all[8].Range()}, {first, all[0].Range()}, {second, all[8].Range()}}, {{99, all[0].Range()}}, nil,
		{{first, timecode.Range{Start: all[3].End, End: all[3].End}}},
	} {
		var want []Line
		for _, l := range all {
			for _, s := range asked {
				if s.Episode == l.Episode && l.Start < s.End && l.End > s.Start {
					want = append(want, l)
					break
				}
			}
		}
		got, err := c.LinesDuring(t.Context(), asked)
		if err != nil || len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%v: got %+v, %v, want %+v", asked, got, err, want)
		}
	}
}
